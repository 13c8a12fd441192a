// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>

#include <nlohmann/json.hpp>

#include "host/inspection/inspection_request.hpp"
#include "host/inspection/inspection_result.hpp"
#include "host/sdk/include/cancuoc.h"
#include "host/sdk/typed_access.hpp"

namespace cancuoc::sdk {

/// What a cancuoc_result names. It never changes, and may be asked from any thread.
class Result {
public:
    /// Of an event, or of evidence.
    /// @param judged whether there is a verdict yet
    explicit Result(inspection::InspectionResult found, bool judged = true)
        : found_(std::move(found)), judged_(judged) {}
    /// Of a reading, which leaves evidence.
    /// @param asked what the reading asked for; its keys are not needed
    Result(inspection::InspectionResult found, inspection::InspectionRequest asked)
        : found_(std::move(found)), asked_(std::move(asked)) {}

    Result(const Result&) = delete;
    Result& operator=(const Result&) = delete;
    ~Result() {
        if (asked_) {
            wipeExpected(*asked_);
        }
    }

    [[nodiscard]] const inspection::InspectionResult& found() const { return found_; }
    /// Null unless it is of a reading.
    [[nodiscard]] const inspection::InspectionRequest* asked() const { return asked_ ? &*asked_ : nullptr; }
    [[nodiscard]] bool judged() const { return judged_; }
    /// The object that `cancuoc read --json` prints, made when somebody asks for it first.
    [[nodiscard]] const nlohmann::ordered_json& json() const;

private:
    inspection::InspectionResult found_;
    std::optional<inspection::InspectionRequest> asked_;
    bool judged_ = true;
    mutable std::once_flag jsonMade_;
    mutable nlohmann::ordered_json json_;
};

/// The number that the C interface has for a verdict, and for how a check ended.
[[nodiscard]] cancuoc_verdict toC(inspection::Verdict verdict);
[[nodiscard]] cancuoc_check toC(trust::CheckResult result);

} // namespace cancuoc::sdk
