// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/halting_station.hpp"

#include "host/reader/connection.hpp"

namespace cancuoc::station {

namespace {

using personalization::InsertedChip;

class HaltingConnection final : public Connection {
public:
    HaltingConnection(Connection& connection, const std::atomic<bool>& halted)
        : connection_(connection), halted_(halted) {}

    [[nodiscard]] Bytes transmit(BytesView command) override {
        requireGoing();
        return connection_.transmit(command);
    }
    void reset() override {
        requireGoing();
        connection_.reset();
    }
    void interruptBy(const Interruption& interruption) override { connection_.interruptBy(interruption); }
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
    [[nodiscard]] PaceReader* paceReader() override { return connection_.paceReader(); }

private:
    void requireGoing() const {
        if (halted_) {
            throw RunHalted();
        }
    }

    Connection& connection_;
    const std::atomic<bool>& halted_;
};

class HaltingChip final : public InsertedChip {
public:
    HaltingChip(std::unique_ptr<InsertedChip> chip, const std::atomic<bool>& halted)
        : chip_(std::move(chip)), connection_(chip_->connection(), halted) {}

    [[nodiscard]] std::string serial() const override { return chip_->serial(); }
    [[nodiscard]] bool isVolatile() const override { return chip_->isVolatile(); }
    [[nodiscard]] Connection& connection() override { return connection_; }
    void keep(std::string_view number) override { chip_->keep(number); }
    void reject() override { chip_->reject(); }
    void giveBack() override { chip_->giveBack(); }

private:
    std::unique_ptr<InsertedChip> chip_;
    HaltingConnection connection_;
};

std::unique_ptr<InsertedChip> halting(std::unique_ptr<InsertedChip> chip, const std::atomic<bool>& halted) {
    return chip == nullptr ? nullptr : std::make_unique<HaltingChip>(std::move(chip), halted);
}

} // namespace

std::unique_ptr<InsertedChip> HaltingStation::insertBlank() {
    return halting(station_->insertBlank(), halted_);
}

std::unique_ptr<InsertedChip> HaltingStation::findAgain(std::string_view serial, std::string_view number) {
    return halting(station_->findAgain(serial, number), halted_);
}

} // namespace cancuoc::station
