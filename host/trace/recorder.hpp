// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"
#include "host/inspection/inspection.hpp"
#include "host/reader/connection_in_front.hpp"
#include "host/trace/selected_file.hpp"
#include "host/trace/trace.hpp"

namespace cancuoc::trace {

/// Records inspections of one session, with everything in them: what it has recorded is to be redacted before
/// it is shown or kept.
///
///     SessionRecorder recorder(header);
///     RecordingConnection recording(connection, recorder);
///     Inspection inspection(recording, random, clock);
///     recorder.attachTo(inspection);
///     recorder.finish(inspection.run(request));
class SessionRecorder {
public:
    explicit SessionRecorder(Header header);
    SessionRecorder(const SessionRecorder&) = delete;
    SessionRecorder& operator=(const SessionRecorder&) = delete;
    ~SessionRecorder() = default;

    /// Records what goes above secure messaging, and the events, which `observer` sees as well. The recorder
    /// must outlive the inspection.
    void attachTo(inspection::Inspection& inspection, inspection::EventObserver observer = {});

    /// How the session ended: with a result, or with an exception's sentence.
    void finish(const inspection::InspectionResult& result);
    void finish(const std::exception& failure);

    /// The trace so far, not redacted.
    [[nodiscard]] const Trace& verbatim() const { return trace_; }

private:
    friend class RecordingConnection;

    void connected(const Connection& connection);
    void reset();
    void wire(WireExchange exchange) { wire_.push_back(exchange); }
    void cardGone() { cardGone_ = true; }
    void exchanged(const PlainExchange& exchange);
    [[nodiscard]] Ending endingOf(const PlainExchange& exchange) const;
    [[nodiscard]] FileSlice store(const ReadPart& part);

    template <class What>
    void add(What what) {
        trace_.entries.push_back({std::move(what), 0});
    }

    Trace trace_;
    SelectedFile selectedFile_;
    std::vector<WireExchange> wire_;
    bool cardGone_ = false;
};

/// A connection whose lengths, status words and times are recorded. Both must outlive it.
class RecordingConnection final : public ConnectionInFront {
public:
    RecordingConnection(Connection& connection, SessionRecorder& recorder);

    [[nodiscard]] Bytes transmit(BytesView command) override;
    void reset() override;

private:
    SessionRecorder& recorder_;
};

} // namespace cancuoc::trace
