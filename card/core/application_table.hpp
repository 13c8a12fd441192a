// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/personalizable.hpp"
#include "card/core/application.hpp"
#include "card/core/application_directory.hpp"
#include "card/core/delay.hpp"
#include "card/core/random.hpp"
#include "card/storage/object_store.hpp"

#include <array>
#include <cstddef>
#include <tuple>

namespace cancuoc::card {

/// What the chip offers to its applications; everything outlives them.
struct ApplicationServices {
    ObjectStore& store;
    RandomSource& random;
    Delay& delay;
    const ApplicationDirectory& directory;
};

/// The applications of a chip. Each of the types has a constructor from ApplicationServices, and the members
/// `application()`, what the dispatcher drives, and `personalization()`, what the issuer domain fills.
template <typename... Types>
class ApplicationTable {
public:
    // NOLINTNEXTLINE(bugprone-dynamic-static-initializers): a constant.
    static constexpr std::size_t size = sizeof...(Types);

    explicit ApplicationTable(const ApplicationServices& services)
        : applications_(servicesFor<Types>(services)...) {}
    ApplicationTable(const ApplicationTable&) = delete;
    ApplicationTable& operator=(const ApplicationTable&) = delete;

    /// The applications in the order of the table.
    [[nodiscard]] std::array<Application*, size> applications() {
        return std::apply(
            [](auto&... each) { return std::array<Application*, size>{&each.application()...}; },
            applications_);
    }

    /// Their personalizations in the same order.
    [[nodiscard]] std::array<manager::Personalizable*, size> personalizations() {
        return std::apply(
            [](auto&... each) {
                return std::array<manager::Personalizable*, size>{&each.personalization()...};
            },
            applications_);
    }

private:
    template <typename>
    static const ApplicationServices& servicesFor(const ApplicationServices& services) {
        return services;
    }

    std::tuple<Types...> applications_;
};

} // namespace cancuoc::card
