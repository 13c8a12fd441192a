// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "host/inspection/image_files.hpp"
#include "host/inspection/inspection_result.hpp"

namespace cancuoc::inspection {

/// The object that `cancuoc read --json` prints. Members for which nothing was read are absent.
/// @param stored the names under which the images were stored; empty if they were not
[[nodiscard]] nlohmann::ordered_json toJson(const InspectionResult& result, const StoredImages& stored = {});

} // namespace cancuoc::inspection
