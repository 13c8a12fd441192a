// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/connection.hpp"
#include "host/reader/pace_reader.hpp"
#include "host/reader/reader_features.hpp"
#include "host/reader/reader_info.hpp"

#include <memory>

namespace cancuoc {

/// Who else may use the card.
enum class Sharing {
    /// Other programs may connect, and wait for the end of the transaction before they send anything.
    Shared,
    /// No other program may even connect.
    Exclusive
};

/// How to connect to a card.
struct PcscOptions {
    Sharing sharing = Sharing::Shared;
    /// When to give up waiting: for the card to be free, and for every answer until Connection::interruptBy
    /// says otherwise.
    Interruption interruption{};
    /// How long nothing is sent before the transaction is kept alive; Windows takes the card's power after 5
    /// seconds.
    std::chrono::milliseconds keepAliveEvery{2000};
};

/// A connection to a card in a PC/SC reader. While it lives it holds a transaction, so that no other program
/// can send a command in between; the card is reset when it ends. It has a thread and a link to the service
/// of its own: any number of connections to as many readers work side by side, and a driver that hangs stalls
/// none but its own, which gives up when the caller's deadline says so.
class PcscConnection final : public Connection, public PaceReader {
public:
    /// Connects to the card in the reader that chooseReader finds for `readerText`, over T=1 or T=0 as the
    /// card prefers; waits while another program holds a transaction. Throws ReaderUnavailable, ReaderBusy,
    /// NoCard, BadConfiguration, Cancelled, DeadlineExceeded.
    explicit PcscConnection(std::string_view readerText, const PcscOptions& options = {});
    ~PcscConnection() override;

    [[nodiscard]] Bytes transmit(BytesView command) override;
    void reset() override;
    void interruptBy(const Interruption& interruption) override;
    [[nodiscard]] BytesView atr() const override;
    [[nodiscard]] std::string readerName() const override;
    [[nodiscard]] std::size_t maximumCommandLength() const override;
    [[nodiscard]] std::size_t maximumResponseLength() const override;
    [[nodiscard]] std::size_t readerMaximumLength() const override;
    /// This connection, where the reader runs PACE itself.
    [[nodiscard]] PaceReader* paceReader() override;

    [[nodiscard]] PaceCapabilities paceCapabilities() const override;
    [[nodiscard]] EstablishPaceChannelOutput
    establishPaceChannel(const EstablishPaceChannelInput& input) override;
    void destroyPaceChannel() override;

    /// What the reader can do besides carrying APDUs.
    [[nodiscard]] const ReaderFeatures& features() const;

private:
    class Link;
    std::unique_ptr<Link> link_;
};

} // namespace cancuoc
