// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstring>
#include <optional>

#include <cancuoc.hpp>

#include "tests/unit/host/inspection/test_card.hpp"

namespace cancuoc::test {

/// A card link as a program has it, with a connection of the tests behind it.
class LinkedCard {
public:
    explicit LinkedCard(Connection& connection) : connection_(connection) {}
    LinkedCard(const LinkedCard&) = delete;
    LinkedCard& operator=(const LinkedCard&) = delete;

    /// The command before which `failure` happens; nothing: never.
    std::optional<std::size_t> failBefore;
    /// How often it happens, one command after another.
    std::size_t failures = 1;
    cancuoc_status failure = CANCUOC_CARD_REMOVED;
    /// Commands so far.
    std::size_t commands = 0;

    /// Valid as long as the object.
    [[nodiscard]] cancuoc_card_link link() {
        const auto atr = connection_.atr();
        cancuoc_card_link link{};
        link.context = this;
        link.transmit = transmit;
        link.reset = reset;
        link.name = "a program's reader";
        link.atr = atr.data();
        link.atr_length = atr.size();
        link.maximum_command = connection_.maximumCommandLength();
        link.maximum_response = connection_.maximumResponseLength();
        return link;
    }

private:
    static cancuoc_status transmit(void* context, const std::uint8_t* command, std::size_t commandLength,
                                   std::uint8_t* response, std::size_t capacity,
                                   std::size_t* responseLength) {
        auto& card = *static_cast<LinkedCard*>(context);
        if (card.failBefore == card.commands++) {
            card.failBefore = --card.failures != 0 ? std::optional(card.commands) : std::nullopt;
            card.failures = std::max(card.failures, std::size_t{1});
            card.connection_.reset();
            return card.failure;
        }
        const auto answer = card.connection_.transmit({command, commandLength});
        if (answer.size() > capacity) {
            return CANCUOC_INTERNAL_ERROR;
        }
        std::memcpy(response, answer.data(), answer.size());
        *responseLength = answer.size();
        return CANCUOC_OK;
    }

    static cancuoc_status reset(void* context) {
        static_cast<LinkedCard*>(context)->connection_.reset();
        return CANCUOC_OK;
    }

    Connection& connection_;
};

/// A card of the issuer's behind a link.
struct IssuedCard {
    TestCard card{TestCard::image()};
    InProcessConnection connection{card.powerOn()};
    LinkedCard linked{connection};
};

/// The issuer's certificates.
inline TrustStore issuersStore() {
    auto store = TrustStore::inMemory();
    for (const auto& certificate : issuer().trustStore().certificates()) {
        store.import(certificate.der());
    }
    return store;
}

/// On the day of the tests' issuer, with the key of the tests' citizen.
inline Reading readingOf(LinkedCard& card, const TrustStore& store) {
    Reading reading;
    reading.key(CANCUOC_KEY_NUMBER, TestCard::record().number).trust(store).cardLink(card.link());
    const auto now = IssuingFixture::clock()().time_since_epoch().count();
    reading.time(now);
    return reading;
}

} // namespace cancuoc::test
