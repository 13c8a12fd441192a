// SPDX-License-Identifier: Apache-2.0
#include "card/chip.hpp"

#include "card/core/answer_to_reset.hpp"

#include <algorithm>

namespace cancuoc::card {
namespace {

constexpr std::array<std::uint8_t, 2> internalError{0x6F, 0x00};

std::array<Application*, 1 + Applications::size>
withIssuerDomain(Application& issuerDomain, const std::array<Application*, Applications::size>& others) {
    std::array<Application*, 1 + Applications::size> all{&issuerDomain};
    std::copy(others.begin(), others.end(), all.begin() + 1);
    return all;
}

} // namespace

Chip::Chip(Flash& flash, RandomSource& random, Delay& delay)
    : store_(flash), table_({store_, random, delay, directory_}),
      personalizations_(table_.personalizations()), issuerDomain_(store_, random, delay, personalizations_),
      dispatcher_(withIssuerDomain(issuerDomain_, table_.applications()), *table_.applications().front(),
                  issuerDomain_) {
    for (const Application* application : table_.applications()) {
        directory_.add(application->identifier());
    }
}

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
