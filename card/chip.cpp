// SPDX-License-Identifier: Apache-2.0
#include "card/chip.hpp"

#include "card/core/answer_to_reset.hpp"

namespace cancuoc::card {
namespace {

constexpr std::array<std::uint8_t, 2> internalError{0x6F, 0x00};

} // namespace

Chip::Chip(Flash& flash, RandomSource& random, Delay& delay)
    : store_(flash), emrtd_(store_, random, delay), emrtdPersonalization_(store_),
      issuerDomain_(store_, random, emrtdPersonalization_), applications_{&issuerDomain_, &emrtd_},
      dispatcher_(applications_, emrtd_) {}

bool Chip::powerOn() {
    dispatcher_.reset();
    usable_ = store_.open() && issuerDomain_.initialize();
    return usable_;
}

std::span<const std::uint8_t> Chip::atr() {
    return answerToReset;
}

std::span<const std::uint8_t> Chip::transmit(std::span<const std::uint8_t> apdu) {
    return usable_ ? dispatcher_.transmit(apdu) : std::span<const std::uint8_t>(internalError);
}

} // namespace cancuoc::card
