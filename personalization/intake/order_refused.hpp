// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"
#include "personalization/intake/finding.hpp"

#include <utility>

namespace cancuoc::personalization {

/// An order of which no record can be taken; the finding says why, in every language.
class OrderRefused : public MalformedData {
public:
    /// `finding` is about the order as a whole.
    explicit OrderRefused(Finding finding)
        : MalformedData("The order is refused: " + (finding.field.empty() ? "it" : finding.field) + " " +
                        finding.message(Language::English) + " [" + std::string(finding.rule->id) + "]."),
          finding_(std::move(finding)) {}

    [[nodiscard]] const Finding& finding() const { return finding_; }

private:
    Finding finding_;
};

} // namespace cancuoc::personalization
