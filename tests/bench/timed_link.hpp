// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "card/ports/host/latency_model.hpp"
#include "host/reader/connection.hpp"

namespace cancuoc::bench {

/// A connection that adds up the time which the same commands would take with a real chip over a real link,
/// by the model of `cancuoc chip run --latency`. Nobody waits: the time is computed.
class TimedLink final : public Connection {
public:
    using Time = std::chrono::duration<double>;

    /// `chip` outlives the link.
    TimedLink(Connection& chip, const card::host::LatencyModel& model) : chip_(chip), model_(model) {}

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
    Connection& chip_;
    card::host::LatencyModel model_;
    Time elapsed_{};
    std::size_t commands_ = 0;
};

} // namespace cancuoc::bench
