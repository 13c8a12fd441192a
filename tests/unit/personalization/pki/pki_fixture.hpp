// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <random>

namespace cancuoc::test {

/// The same bytes in every run. Not random at all.
class RepeatableRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> output) override {
        for (std::uint8_t& byte : output) {
            byte = static_cast<std::uint8_t>(engine_());
        }
    }

private:
    std::mt19937 engine_;
};

inline std::chrono::sys_seconds noon(int year, unsigned month, unsigned day) {
    using namespace std::chrono;
    return sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) + hours(12);
}

/// A PKI made at noon of 22 November 2026, or at `moment`.
class PkiFixture {
public:
    explicit PkiFixture(const personalization::PkiOptions& options = {},
                        std::chrono::sys_seconds moment = noon(2026, 11, 22)) {
        personalization::createPki(
            directory_.path(), options, [moment] { return moment; }, random_);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return directory_.path(); }
    [[nodiscard]] personalization::PkiFiles files() const { return personalization::PkiFiles(path()); }

private:
    RepeatableRandom random_;
    TemporaryDirectory directory_;
};

} // namespace cancuoc::test
