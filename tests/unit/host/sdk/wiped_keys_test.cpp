// SPDX-License-Identifier: Apache-2.0
// No key is left in memory that a reading gives back: it is looked for in every piece before that is freed.
#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <new>

#include <malloc.h>

#include <cancuoc.hpp>

using namespace cancuoc;

namespace {

// Longer than what a std::string keeps in itself, and the second than what the first has room for.
constexpr std::array documentNumbers{"A299000001B299000002", "C299000003D299000004E299000005"};

std::size_t found = 0;

void freeWatched(void* memory) noexcept {
    for (const char* number : documentNumbers) {
        if (memory != nullptr &&
            memmem(memory, malloc_usable_size(memory), number, std::strlen(number)) != nullptr) {
            ++found;
        }
    }
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
