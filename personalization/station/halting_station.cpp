// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/halting_station.hpp"

#include <utility>

#include "host/reader/connection_in_front.hpp"
#include "personalization/line/rewired_chip.hpp"

namespace cancuoc::station {

namespace {

using personalization::InsertedChip;

class HaltingConnection final : public ConnectionInFront {
public:
    HaltingConnection(Connection& connection, const std::atomic<bool>& halted)
        : ConnectionInFront(connection), halted_(halted) {}

    [[nodiscard]] Bytes transmit(BytesView command) override {
        requireGoing();
        return behind().transmit(command);
    }
    void reset() override {
        requireGoing();
        behind().reset();
    }
    void interruptBy(const Interruption& interruption) override { behind().interruptBy(interruption); }
    [[nodiscard]] PaceReader* paceReader() override { return behind().paceReader(); }

private:
    void requireGoing() const {
        if (halted_) {
            throw RunHalted();
        }
    }

    const std::atomic<bool>& halted_;
};

std::unique_ptr<InsertedChip> halting(std::unique_ptr<InsertedChip> chip, const std::atomic<bool>& halted) {
    if (chip == nullptr) {
        return nullptr;
    }
    return std::make_unique<personalization::RewiredChip>(std::move(chip), [&halted](Connection& own) {
        return std::make_unique<HaltingConnection>(own, halted);
    });
}

} // namespace

std::unique_ptr<InsertedChip> HaltingStation::insertBlank() {
    return halting(station_->insertBlank(), halted_);
}

std::unique_ptr<InsertedChip> HaltingStation::findAgain(std::string_view serial, std::string_view number) {
    return halting(station_->findAgain(serial, number), halted_);
}

} // namespace cancuoc::station
