// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/connection.hpp"

namespace cancuoc {

/// Stands in front of another connection and says of card and reader what that one says. What becomes of
/// commands and resets is for the class derived from it; no interruption reaches the other, and no PACE of
/// the reader is offered, unless it sees to that too.
class ConnectionInFront : public Connection {
public:
    [[nodiscard]] BytesView atr() const override { return connection_.atr(); }
    [[nodiscard]] std::string readerName() const override { return connection_.readerName(); }
    [[nodiscard]] std::size_t maximumCommandLength() const override {
        return connection_.maximumCommandLength();
    }
    [[nodiscard]] std::size_t maximumResponseLength() const override {
        return connection_.maximumResponseLength();
    }
    [[nodiscard]] std::size_t readerMaximumLength() const override {
        return connection_.readerMaximumLength();
    }

protected:
    /// `connection` outlives the object.
    explicit ConnectionInFront(Connection& connection) : connection_(connection) {}

    /// The other one.
    [[nodiscard]] Connection& behind() const { return connection_; }

private:
    Connection& connection_;
};

} // namespace cancuoc
