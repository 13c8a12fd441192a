// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/inspection/inspection_event.hpp"
#include "host/reader/card_on_reader.hpp"
#include "host/sdk/include/cancuoc.h"

namespace cancuoc::sdk {

/// Tells the program's function what happens while a card is read.
class EventRelay {
public:
    /// @param callback null: nobody is told
    EventRelay(cancuoc_event_callback callback, void* context) : callback_(callback), context_(context) {}

    /// The card is read from the beginning: nothing is known of it, and another may lie there.
    void begin();
    /// Throws Cancelled when the program's function wants the reading to end.
    void tell(const inspection::InspectionEvent& event);
    void tell(CardPrompt prompt);

private:
    void call(cancuoc_event event, bool withResult = false);
    void tellFile(cancuoc_event_kind kind, lds::FileId file, std::size_t read, std::size_t total);

    void translate(const inspection::event::AccessOpened& opened);
    void translate(const inspection::event::FileBegun& begun);
    void translate(const inspection::event::FileProgress& progress);
    void translate(const inspection::event::FileRead& read);
    void translate(const inspection::event::RecordsRead& read);
    void translate(const inspection::event::IdentityRead& read);
    void translate(const inspection::event::IdentityJudged& judged);
    void translate(const inspection::event::CheckSettled& settled);
    void translate(const inspection::event::FaceRead& read);
    void translate(const inspection::event::Finished& finished);

    cancuoc_event_callback callback_;
    void* context_;
    inspection::InspectionResult soFar_;
    bool judged_ = false;
};

} // namespace cancuoc::sdk
