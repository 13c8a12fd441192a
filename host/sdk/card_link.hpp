// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/reader/card_source.hpp"
#include "host/sdk/include/cancuoc.h"

namespace cancuoc::sdk {

/// A card link of the program's own.
struct CardLink {
    /// Throws Refusal with CANCUOC_INVALID_ARGUMENT.
    explicit CardLink(const cancuoc_card_link& link);

    cancuoc_card_link callbacks; ///< its name and ATR are those below
    std::string name;
    Bytes atr;
};

/// The card behind it. Throws Refusal with CANCUOC_CALLBACK_FAILED when the program's functions do what they
/// may not.
class LinkConnection final : public Connection {
public:
    /// `link` must outlive the connection.
    explicit LinkConnection(const CardLink& link) : link_(link) {}

    [[nodiscard]] Bytes transmit(BytesView command) override;
    void reset() override;
    void interruptBy(const Interruption& interruption) override { interruption_ = interruption; }
    [[nodiscard]] BytesView atr() const override { return link_.atr; }
    [[nodiscard]] std::string readerName() const override { return link_.name; }
    [[nodiscard]] std::size_t maximumCommandLength() const override;
    [[nodiscard]] std::size_t maximumResponseLength() const override;
    [[nodiscard]] std::size_t readerMaximumLength() const override;

private:
    const CardLink& link_;
    Interruption interruption_;
};

/// The link as a source: a card that lost its power is reset, one that was taken away does not come back by
/// itself.
class LinkSource final : public CardSource {
public:
    /// `link` must outlive the source.
    explicit LinkSource(const CardLink& link) : link_(link), connection_(link) {}

    [[nodiscard]] Connection& connection() override { return connection_; }
    [[nodiscard]] bool isBack(const CardRemoved& lost) override;

private:
    const CardLink& link_;
    LinkConnection connection_;
    CardResetter resetter_;
};

} // namespace cancuoc::sdk
