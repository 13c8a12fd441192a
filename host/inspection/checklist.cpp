// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/checklist.hpp"

#include <algorithm>
#include <utility>

#include "host/inspection/check_name.hpp"

namespace cancuoc::inspection {

namespace {

std::size_t placeOf(std::string_view name) {
    return static_cast<std::size_t>(std::find(check_name::all.begin(), check_name::all.end(), name) -
                                    check_name::all.begin());
}

} // namespace

Checklist::Checklist(std::function<void(const trust::Check&)> changed) : changed_(std::move(changed)) {
    for (const auto name : check_name::all) {
        checks_.push_back({std::string(name), trust::CheckResult::NotPerformed, ""});
    }
}

void Checklist::settle(trust::Check check) {
    auto& place = checks_.at(placeOf(check.name));
    if (place == check) {
        return;
    }
    place = std::move(check);
    if (changed_) {
        changed_(place);
    }
}

void Checklist::settle(std::vector<trust::Check> checks) {
    for (auto& check : checks) {
        settle(std::move(check));
    }
}

const trust::Check& Checklist::operator[](std::string_view name) const {
    return checks_.at(placeOf(name));
}

} // namespace cancuoc::inspection
