// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "host/reader/connection.hpp"

namespace cancuoc::bench {

/// The time that one kind of chip takes to compute.
struct ChipSpeed {
    std::string_view name;
    std::chrono::duration<double, std::milli> keyGeneration; ///< on a curve of 256 bits
    std::chrono::duration<double, std::milli> keyAgreement;  ///< likewise
    std::chrono::duration<double, std::milli> aes256Bytes;   ///< AES-CBC over 256 bytes; a MAC takes as long
};

/// The contactless link between reader and chip, and the way to the reader.
struct LinkSpeed {
    double kilobitsPerSecond = 106;                         ///< 106, 212, 424 or 848
    std::chrono::duration<double, std::milli> perApdu{4.0}; ///< from the program to the antenna and back
};

/// A connection that adds up the time which the same commands would take with a real chip over a real link.
/// Nobody waits: the time is computed.
class TimedLink final : public Connection {
public:
    using Time = std::chrono::duration<double>;

    /// `chip` outlives the link.
    TimedLink(Connection& chip, const ChipSpeed& chipSpeed, const LinkSpeed& linkSpeed);

    [[nodiscard]] Bytes transmit(BytesView command) override;
    void reset() override { chip_.reset(); }
    [[nodiscard]] BytesView atr() const override { return chip_.atr(); }
    [[nodiscard]] std::string readerName() const override { return "timed link"; }
    [[nodiscard]] std::size_t maximumCommandLength() const override { return chip_.maximumCommandLength(); }
    [[nodiscard]] std::size_t maximumResponseLength() const override { return chip_.maximumResponseLength(); }

    /// Since the first command.
    [[nodiscard]] Time elapsed() const { return elapsed_; }
    [[nodiscard]] std::size_t commands() const { return commands_; }

private:
    [[nodiscard]] Time onTheAir(std::size_t bytes) const;
    [[nodiscard]] Time computing(BytesView command, std::size_t responseSize) const;

    Connection& chip_;
    ChipSpeed chipSpeed_;
    LinkSpeed linkSpeed_;
    Time elapsed_{};
    std::size_t commands_ = 0;
};

} // namespace cancuoc::bench
