// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <stop_token>

#include "host/inspection/inspection_request.hpp"
#include "host/inspection/reading_cache.hpp"
#include "host/sdk/card_link.hpp"
#include "host/sdk/event_relay.hpp"
#include "host/sdk/include/cancuoc.h"
#include "host/sdk/occupancy.hpp"
#include "host/sdk/result.hpp"
#include "host/sdk/store.hpp"
#include "host/sdk/typed_access.hpp"
#include "host/trace/recorder.hpp"

namespace cancuoc::sdk {

/// What a cancuoc_reading names: one thread at a time configures or runs it, any may stop it.
class Reading {
public:
    /// How the card is read and judged, and what is kept between runs.
    struct Setup {
        inspection::InspectionRequest request; ///< its pointers are set while a run lasts
        TypedAccess given;
        std::string reader;
        std::optional<CardLink> link; ///< in the place of `reader`
        std::chrono::milliseconds waitForCard{0};
        std::chrono::milliseconds waitForReturn{0};
        std::chrono::milliseconds whole{0}; ///< 0: as long as it takes
        std::shared_ptr<Store> store;
        std::optional<trust::TerminalKeys> terminalKeys;
        std::optional<std::chrono::sys_seconds> time;
        cancuoc_event_callback callback = nullptr;
        void* context = nullptr;
        bool record = false;
        std::optional<std::string> trace; ///< redacted; of the last run, if it was recorded
        inspection::ReadingCache cache;
    };

    Reading() = default;
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    /// Wipes what the card was expected to say; what was typed wipes itself.
    ~Reading();

    /// The setup, for the thread that has it.
    class Held {
    public:
        /// Throws Refusal with CANCUOC_BUSY while somebody has it, the same thread in a callback also.
        explicit Held(Reading& reading);
        [[nodiscard]] Setup* operator->() const { return &setup_; }
        [[nodiscard]] Setup& operator*() const { return setup_; }

    private:
        std::unique_lock<Occupancy> lock_;
        Setup& setup_;
    };

    /// Reads and judges the card. Throws what trace::AttendedInspection::run and CardOnReader's constructor
    /// throw; Refusal with CANCUOC_BUSY.
    [[nodiscard]] std::shared_ptr<const Result> run();
    /// Ends the run that is going on, or the next.
    void cancel();

private:
    [[nodiscard]] Interruption interruption(const Setup& setup) const;
    void rearm();

    Occupancy occupancy_;
    Setup setup_;
    mutable std::mutex stopMutex_;
    std::stop_source stop_;
};

} // namespace cancuoc::sdk
