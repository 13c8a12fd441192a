// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/line/chip_station.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace cancuoc::personalization {

/// A chip that is reached over a connection in front of its own.
class RewiredChip final : public InsertedChip {
public:
    /// Makes the connection that stands in front of the chip's, which outlives it.
    using Wire = std::function<std::unique_ptr<Connection>(Connection& own)>;

    /// `chip` must not be null.
    RewiredChip(std::unique_ptr<InsertedChip> chip, const Wire& wire)
        : chip_(std::move(chip)), connection_(wire(chip_->connection())) {}

    [[nodiscard]] std::string serial() const override { return chip_->serial(); }
    [[nodiscard]] bool isVolatile() const override { return chip_->isVolatile(); }
    [[nodiscard]] Connection& connection() override { return *connection_; }
    void keep(std::string_view number) override { chip_->keep(number); }
    void reject() override { chip_->reject(); }
    void giveBack() override { chip_->giveBack(); }

private:
    std::unique_ptr<InsertedChip> chip_;
    std::unique_ptr<Connection> connection_;
};

} // namespace cancuoc::personalization
