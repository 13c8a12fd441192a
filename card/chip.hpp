// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/emrtd_application.hpp"
#include "card/applets/emrtd/emrtd_personalization.hpp"
#include "card/applets/manager/issuer_domain.hpp"
#include "card/core/delay.hpp"
#include "card/core/dispatcher.hpp"
#include "card/core/random.hpp"
#include "card/storage/flash.hpp"
#include "card/storage/object_store.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace cancuoc::card {

/// The whole chip: its store, its applications and the dispatcher in front of them. A port gives it a memory
/// and randomness and carries APDUs.
class Chip {
public:
    /// The memory, the randomness and the timer outlive the chip. The chip answers nothing before `powerOn`.
    Chip(Flash& flash, RandomSource& random, Delay& delay);
    Chip(const Chip&) = delete;
    Chip& operator=(const Chip&) = delete;

    /// Power-up or reset: recovers the store, forgets every session. A first power-up gives the chip its
    /// serial number. False when the memory cannot be used; the chip then answers 6F00 to every command.
    [[nodiscard]] bool powerOn();

    /// The answer to reset.
    [[nodiscard]] static std::span<const std::uint8_t> atr();

    /// Answers one command APDU; the response lives in the chip until the next call.
    [[nodiscard]] std::span<const std::uint8_t> transmit(std::span<const std::uint8_t> apdu);

private:
    ObjectStore store_;
    emrtd::EmrtdApplication emrtd_;
    emrtd::EmrtdPersonalization emrtdPersonalization_;
    manager::IssuerDomain issuerDomain_;
    std::array<Application*, 2> applications_;
    Dispatcher dispatcher_;
    bool usable_ = false;
};

} // namespace cancuoc::card
