// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "host/trust/check.hpp"

namespace cancuoc::inspection {

/// The checks of one inspection: all of `check_name::all` from the start, each not performed until it is
/// settled.
class Checklist {
public:
    /// `changed` is told of every check that is settled, unless it is settled again as before.
    explicit Checklist(std::function<void(const trust::Check&)> changed = {});

    /// Enters how a check ended; a later result replaces an earlier one.
    void settle(trust::Check check);
    void settle(std::vector<trust::Check> checks);

    /// The check of that name, which must be one of `check_name::all`.
    [[nodiscard]] const trust::Check& operator[](std::string_view name) const;
    /// All of them, in the order of `check_name::all`.
    [[nodiscard]] const std::vector<trust::Check>& all() const { return checks_; }

private:
    std::function<void(const trust::Check&)> changed_;
    std::vector<trust::Check> checks_;
};

} // namespace cancuoc::inspection
