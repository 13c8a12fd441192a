// SPDX-License-Identifier: Apache-2.0
// No key is left in memory that a reading gives back: it is looked for in every piece before that is freed.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

#include <malloc.h>

#include <cancuoc.hpp>

using namespace cancuoc;

namespace {

// Longer than what a std::string keeps in itself, and the second than what the first has room for.
constexpr std::array documentNumbers{"A299000001B299000002", "C299000003D299000004E299000005"};
// The first two lines of a TD1, as they are given, as they are given with a letter for a digit, and joined.
constexpr std::array zones{"IDVNM2990000011001299000001<<2 9901018M2401014VNM<<<<<<<<<<<2",
                           "IDVNM299OOO0011001299000001<<2 9901018M2401014VNM<<<<<<<<<<<2",
                           "IDVNM2990000011001299000001<<29901018M2401014VNM<<<<<<<<<<<2"};
constexpr std::size_t longestZone = 200;
constexpr const char* thirdLine = " NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<";

std::size_t found = 0;

bool holds(const void* memory, const char* text) noexcept {
    // What malloc gives is as long as what it says it can be used for.
    return memmem(memory, malloc_usable_size(const_cast<void*>(memory)), text, std::strlen(text)) != nullptr;
}

void freeWatched(void* memory) noexcept {
    const auto isHeld = [memory](const char* key) { return memory != nullptr && holds(memory, key); };
    found += static_cast<std::size_t>(std::count_if(documentNumbers.begin(), documentNumbers.end(), isHeld) +
                                      std::count_if(zones.begin(), zones.end(), isHeld));
    std::free(memory);
}

cancuoc_status give(const Reading& reading, const char* documentNumber) {
    return cancuoc_reading_set_key(reading.handle(), CANCUOC_KEY_DOCUMENT_NUMBER, documentNumber, nullptr);
}

} // namespace

// The library's, too, in place of those of the C++ library.
void operator delete(void* memory) noexcept {
    freeWatched(memory);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept {
    freeWatched(memory);
}

TEST_CASE("keys that are replaced, refused or forgotten are wiped") {
    {
        std::string control(documentNumbers[0]);
        control.shrink_to_fit();
    }
    CHECK(found == 1);
    found = 0;
    {
        Reading reading;
        CHECK(give(reading, documentNumbers[0]) == CANCUOC_OK);
        CHECK(cancuoc_reading_set_dates(reading.handle(), "2090-01-02", "2099-12-31", nullptr) == CANCUOC_OK);
        CHECK(give(reading, documentNumbers[1]) == CANCUOC_OK);
        CHECK(cancuoc_reading_set_key(reading.handle(), CANCUOC_KEY_CAN, "12345", nullptr) ==
              CANCUOC_BAD_CONFIGURATION);
        CHECK(cancuoc_reading_set_key(reading.handle(), CANCUOC_KEY_CAN, "123456", nullptr) == CANCUOC_OK);
        CHECK(found == 0);
    }
    CHECK(found == 0);
}

TEST_CASE("an MRZ is wiped, too, where letters of it were put right and where it is replaced") {
    found = 0;
    {
        Reading reading;
        for (const char* zone : {zones[0], zones[1]}) {
            // A longer text in between leaves nothing behind the end of a shorter one.
            for (const char* spaces : {"", "          "}) {
                std::string given;
                given.reserve(longestZone);
                given.append(zone).append(thirdLine).append(spaces);
                CHECK(cancuoc_reading_set_key(reading.handle(), CANCUOC_KEY_MRZ, given.c_str(), nullptr) ==
                      CANCUOC_OK);
                std::fill(given.begin(), given.end(), '?');
            }
        }
    }
    CHECK(found == 0);
}
