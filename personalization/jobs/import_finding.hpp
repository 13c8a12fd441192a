// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/finding.hpp"
#include "personalization/jobs/job_store.hpp"

#include <cstddef>
#include <optional>

namespace cancuoc::personalization {

/// What the intake says of a record in `line` that the job store did not take; nothing when it has it now.
[[nodiscard]] inline std::optional<Finding> findingOf(ImportOutcome outcome, std::size_t line) {
    switch (outcome) {
    case ImportOutcome::OtherDataUnderId:
        return Finding{ruleNamed("duplicate.request-data"), line, "request_id", {}};
    case ImportOutcome::NumberOfOtherRequest:
        return Finding{ruleNamed("duplicate.citizen"), line, "number", {}};
    case ImportOutcome::Added:
    case ImportOutcome::AlreadyThere:
        break;
    }
    return std::nullopt;
}

} // namespace cancuoc::personalization
