// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/numbers_bench.hpp"

#include "personalization/numbers/number_register.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <stdexcept>
#include <vector>

namespace cancuoc::bench {

namespace {

using namespace personalization;
using Timer = std::chrono::steady_clock;

constexpr std::size_t lookUps = 100'000;

double secondsSince(Timer::time_point start) {
    return std::chrono::duration<double>(Timer::now() - start).count();
}

/// The prefix with this index from 0: years from 2090 to 2399, in which nobody lives, then the other sex,
/// then the next place.
NumberPrefix prefixAt(std::uint64_t index) {
    constexpr std::uint64_t years = 310;
    return {static_cast<unsigned>(97 + index / (2 * years)), index / years % 2 == 0 ? Sex::Male : Sex::Female,
            std::chrono::year(2090 + static_cast<int>(index % years))};
}

// One number in so many is kept, to be looked up.
std::vector<std::string> fill(NumberRegister& numbers, std::uint64_t count) {
    const std::uint64_t every = std::max<std::uint64_t>(1, count / lookUps);
    std::vector<std::string> kept;
    for (std::uint64_t index = 0, done = 0; done < count; ++index) {
        const std::uint64_t next = std::min(count - done, NumberPrefix::capacity);
        const auto allocated = numbers.allocate(prefixAt(index), next, "bench").numbers;
        for (std::uint64_t at = 0; at < next; at += every) {
            kept.push_back(allocated[at]);
        }
        done += next;
    }
    std::shuffle(kept.begin(), kept.end(), std::mt19937_64(2099));
    return kept;
}

double lookUpRate(NumberRegister& numbers, const std::vector<std::string>& known) {
    const auto start = Timer::now();
    for (const std::string& number : known) {
        if (!numbers.isIssued(number)) {
            throw std::runtime_error("an issued number is not found");
        }
    }
    return static_cast<double>(known.size()) / secondsSince(start);
}

} // namespace

void reportNumbers(std::ostream& out, const std::filesystem::path& folder, std::uint64_t numbers) {
    const auto file = folder / "numbers.sqlite";
    SystemRandom random;
    std::vector<std::string> known;
    double fillSeconds = 0;
    {
        NumberRegister filled(file, systemClock(), random);
        const auto start = Timer::now();
        known = fill(filled, numbers);
        fillSeconds = secondsSince(start);
    }
    NumberRegister opened(file, systemClock(), random);
    const auto size = static_cast<double>(std::filesystem::file_size(file));
    out << "Register of " << numbers << " numbers\n"
        << "  allocate             " << static_cast<double>(numbers) / fillSeconds
        << " numbers/s, a prefix at once\n"
        << "  file                 " << size / 1e6 << " MB, " << size / static_cast<double>(numbers)
        << " bytes a number\n"
        << "  look up              " << lookUpRate(opened, known) << " numbers/s, " << known.size()
        << " in no order\n"
        << "  plan                 " << opened.lookUpPlan();
}

} // namespace cancuoc::bench
