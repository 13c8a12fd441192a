// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "host/inspection/inspection_result.hpp"

namespace cancuoc::inspection {

/// The object that `cancuoc read --json` prints. Members for which nothing was read are absent.
/// @param faceFile the name under which the face image was stored; empty if it was not
[[nodiscard]] nlohmann::ordered_json toJson(const InspectionResult& result, std::string_view faceFile = {});

} // namespace cancuoc::inspection
