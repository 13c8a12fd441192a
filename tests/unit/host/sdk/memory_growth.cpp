// SPDX-License-Identifier: Apache-2.0
// Reads a card again and again through the C interface, as a counter does all day: memory does not grow. What
// is resident differs by more than a megabyte from one reading to the next, by how the threads share the
// allocator's arenas, so the least of the last readings is held against the most of the first.
//
//     memory_growth READINGS
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <stdexcept>

#include <unistd.h>

#include "tests/unit/host/sdk/linked_card.hpp"

namespace {

using namespace cancuoc;

constexpr int warmUp = 20;                       // readings after which caches and arenas have their size
constexpr int compared = 50;                     // readings at the beginning and at the end
constexpr std::size_t tolerance = 1024UL * 1024; // bytes, whatever the number of readings

std::size_t residentBytes() {
    std::size_t total = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

void read(test::IssuedCard& issued, const TrustStore& store) {
    auto reading = test::readingOf(issued.linked, store);
    const auto result = reading.run();
    if (!result.genuine() || result.json().empty() || !result.face()) {
        throw std::runtime_error("the card was not read as it should be");
    }
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: memory_growth READINGS\n", stderr);
        return 1;
    }
    const int readings = std::atoi(arguments[1]);
    if (readings < 2 * compared) {
        std::fprintf(stderr, "memory_growth: at least %d readings are needed\n", 2 * compared);
        return 1;
    }
    test::IssuedCard issued;
    const auto store = test::issuersStore();
    for (int reading = 0; reading < warmUp; ++reading) {
        read(issued, store);
    }
    std::size_t before = 0;
    std::size_t after = std::numeric_limits<std::size_t>::max();
    for (int reading = 0; reading < readings; ++reading) {
        read(issued, store);
        if (reading < compared) {
            before = std::max(before, residentBytes());
        } else if (reading >= readings - compared) {
            after = std::min(after, residentBytes());
        }
    }
    std::printf("%d readings: at most %zu kB resident in the first %d, at least %zu kB in the last\n",
                readings, before / 1024, compared, after / 1024);
    return after <= before + tolerance ? 0 : 1;
}
