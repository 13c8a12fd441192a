// SPDX-License-Identifier: Apache-2.0
// Reads a card again and again through the C interface, as a counter does all day: memory does not grow.
//
//     memory_growth READINGS
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <unistd.h>

#include "tests/unit/host/sdk/linked_card.hpp"

namespace {

using namespace cancuoc;

constexpr int warmUp = 20;                       // readings after which caches and arenas have their size
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
    test::IssuedCard issued;
    const auto store = test::issuersStore();
    for (int reading = 0; reading < warmUp; ++reading) {
        read(issued, store);
    }
    const auto before = residentBytes();
    for (int reading = 0; reading < readings; ++reading) {
        read(issued, store);
    }
    const auto after = residentBytes();
    std::printf("%d readings: %zu kB resident before, %zu kB after\n", readings, before / 1024, after / 1024);
    return after <= before + tolerance ? 0 : 1;
}
