// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/issuer_domain.hpp"
#include "card/applications.hpp"
#include "card/core/configuration.hpp"
#include "card/core/delay.hpp"
#include "card/core/dispatcher.hpp"
#include "card/core/random.hpp"
#include "card/storage/flash.hpp"
#include "card/storage/object_store.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace cancuoc::card {

/// The whole chip: its store, its applications and the dispatcher in front of them. A port gives it a memory,
/// a timer and a random generator that the port's entropy seeds, and carries APDUs.
class Chip {
public:
    /// The memory, the randomness and the timer outlive the chip. The chip answers nothing before `powerOn`.
    Chip(Flash& flash, RandomSource& random, Delay& delay);
    Chip(const Chip&) = delete;
    Chip& operator=(const Chip&) = delete;

    /// Power-up or reset: recovers the store, forgets every session. A first power-up gives the chip its
    /// serial number. False when there is no randomness or the memory cannot be used; the chip then answers
    /// 6F00 to every command.
    [[nodiscard]] bool powerOn();

    /// The answer to reset.
    [[nodiscard]] static std::span<const std::uint8_t> atr();

    /// Answers one command APDU; the response lives in the chip until the next call.
    [[nodiscard]] std::span<const std::uint8_t> transmit(std::span<const std::uint8_t> apdu);

private:
    static_assert(1 + Applications::size <= configuration::maximumApplications);

    ObjectStore store_;
    ApplicationDirectory directory_;
    Applications table_;
    std::array<manager::Personalizable*, Applications::size> personalizations_;
    manager::IssuerDomain issuerDomain_;
    Dispatcher dispatcher_;
    bool usable_ = false;
};

} // namespace cancuoc::card
