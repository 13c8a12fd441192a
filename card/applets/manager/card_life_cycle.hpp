// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/issuer_objects.hpp"
#include "card/core/fault_guard.hpp"
#include "card/storage/object_store.hpp"

#include <array>
#include <cstdint>

namespace cancuoc::card::manager {

/// Card life cycle states (GlobalPlatform Card Specification, table 11-6).
enum class CardState : std::uint8_t {
    OpReady = 0x01,
    Initialized = 0x07,
    Secured = 0x0F,
    Locked = 0x7F,
    Terminated = 0xFF,
};

/// The card life cycle (5.1): forwards only, but for a locked card that is made secured again. Decisions on
/// it are guarded against injected faults.
class CardLifeCycle {
public:
    /// The store outlives the object.
    CardLifeCycle(const ObjectStore& store, FaultGuard guard) : store_(&store), guard_(guard) {}

    /// The state. A memory that cannot be read makes a terminated card.
    [[nodiscard]] CardState state() const {
        std::array<std::uint8_t, 1> stored{};
        if (!store_->length(lifeCycleObject)) {
            return CardState::OpReady;
        }
        return store_->read(lifeCycleObject, 0, stored) ? static_cast<CardState>(stored[0])
                                                        : CardState::Terminated;
    }

    /// Whether the card is still personalized: OP_READY or INITIALIZED.
    [[nodiscard]] bool isOpen() {
        return guard_.holds(
            [this] { return state() == CardState::OpReady || state() == CardState::Initialized; });
    }

    /// Whether the issuer has neither locked nor terminated the card.
    [[nodiscard]] bool isInUse() {
        return guard_.holds([this] {
            const CardState now = state();
            return now == CardState::OpReady || now == CardState::Initialized || now == CardState::Secured;
        });
    }

    [[nodiscard]] bool isTerminated() {
        return !guard_.holds([this] { return state() != CardState::Terminated; });
    }

    /// Whether the card may go from its state to `next`.
    [[nodiscard]] bool allows(CardState next) {
        return guard_.holds([&] { return leadsTo(next); });
    }

private:
    [[nodiscard]] bool leadsTo(CardState next) const {
        const CardState now = state();
        switch (next) {
        case CardState::Initialized:
            return now == CardState::OpReady;
        case CardState::Secured:
            return now == CardState::OpReady || now == CardState::Initialized || now == CardState::Locked;
        case CardState::Locked:
            return now == CardState::Secured;
        case CardState::Terminated:
            return now != CardState::Terminated;
        case CardState::OpReady:
            break;
        }
        return false;
    }

    const ObjectStore* store_;
    FaultGuard guard_;
};

} // namespace cancuoc::card::manager
