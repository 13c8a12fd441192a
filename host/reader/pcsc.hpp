// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/connection.hpp"

#include <memory>

namespace cancuoc {

/// A reader that the smart card service knows.
struct ReaderInfo {
    std::string name;
    bool cardPresent = false;
};

/// The link to the machine's smart card service (PC/SC). One thread at a time uses a context.
class PcscContext {
public:
    /// Throws ReaderUnavailable when the service is not running.
    PcscContext();
    PcscContext(const PcscContext&) = delete;
    PcscContext& operator=(const PcscContext&) = delete;
    ~PcscContext();

    /// All readers, in the service's order; empty when there is none. Throws ReaderUnavailable.
    [[nodiscard]] std::vector<ReaderInfo> readers() const;

private:
    friend class PcscConnection;
    class Handle;
    std::unique_ptr<Handle> handle_;
};

/// Picks the reader that a person means by `text`: the one of this name; else, of those whose names contain
/// it in upper or lower case, the only one, or the only one that holds a card. An empty text fits every
/// reader. Throws ReaderUnavailable when no name fits, BadConfiguration when several do and the cards do not
/// decide; both messages list names.
[[nodiscard]] const ReaderInfo& chooseReader(const std::vector<ReaderInfo>& readers, std::string_view text);

/// A connection to a card in a PC/SC reader. While it lives it holds a transaction, so that no other program
/// can send a command in between; the card is reset when it ends.
class PcscConnection final : public Connection {
public:
    /// Connects to the card in the reader that chooseReader finds for `readerText`, over T=1 or T=0 as the
    /// card prefers; waits while another program holds a transaction. Throws ReaderUnavailable, ReaderBusy,
    /// NoCard, BadConfiguration.
    explicit PcscConnection(std::string_view readerText);
    PcscConnection(const PcscConnection&) = delete;
    PcscConnection& operator=(const PcscConnection&) = delete;
    ~PcscConnection() override;

    [[nodiscard]] Bytes transmit(BytesView command) override;
    void reset() override;
    [[nodiscard]] BytesView atr() const override;
    [[nodiscard]] std::string readerName() const override;
    [[nodiscard]] std::size_t maximumCommandLength() const override;
    [[nodiscard]] std::size_t maximumResponseLength() const override;
    [[nodiscard]] std::size_t readerMaximumLength() const override;

private:
    class Card;
    PcscContext context_;
    std::unique_ptr<Card> card_;
};

} // namespace cancuoc
