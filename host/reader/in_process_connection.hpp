// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/connection.hpp"

#include <functional>

namespace cancuoc {

/// A connection to a chip in the same process, given as a function from command to response.
class InProcessConnection final : public Connection {
public:
    using Exchange = std::function<Bytes(BytesView command)>;
    /// Powers the chip off and on.
    using Reset = std::function<void()>;

    /// `atr` decides about extended length (statesExtendedLength). What `exchange` and `reset` refer to must
    /// outlive the connection.
    InProcessConnection(std::string readerName, Bytes atr, Exchange exchange, Reset reset = {});

    [[nodiscard]] Bytes transmit(BytesView command) override;
    void reset() override;
    [[nodiscard]] BytesView atr() const override { return atr_; }
    [[nodiscard]] std::string readerName() const override { return readerName_; }
    [[nodiscard]] std::size_t maximumCommandLength() const override;
    [[nodiscard]] std::size_t maximumResponseLength() const override;
    [[nodiscard]] std::size_t readerMaximumLength() const override;

private:
    std::string readerName_;
    Bytes atr_;
    Exchange exchange_;
    Reset reset_;
};

} // namespace cancuoc
