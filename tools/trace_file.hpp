// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "host/trace/recorder.hpp"
#include "tools/reading.hpp"

namespace cancuoc::tools {

/// Records the session, if it is to be recorded, and writes it as soon as it has ended, in whichever way.
class TraceFile {
public:
    /// @throws Error if the file cannot be written
    TraceFile(const ReadOptions& options, const inspection::GivenAccess& given,
              const inspection::InspectionRequest& request);

    /// Null when nothing is to be recorded.
    [[nodiscard]] trace::SessionRecorder* recorder() { return recorder_ ? &*recorder_ : nullptr; }

    /// The session ended with a result, or with an exception.
    /// @throws Error if the file cannot be written
    template <class End>
    void finish(const End& end) {
        if (recorder_) {
            recorder_->finish(end);
            write();
        }
    }

private:
    void write() const;

    std::string path_;
    bool redacted_;
    std::optional<trace::SessionRecorder> recorder_;
};

} // namespace cancuoc::tools
