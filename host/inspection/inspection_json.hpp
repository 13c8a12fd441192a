// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "host/inspection/face_files.hpp"
#include "host/inspection/inspection_result.hpp"

namespace cancuoc::inspection {

/// The object that `cancuoc read --json` prints. Members for which nothing was read are absent.
/// @param faceFiles the names under which the face was stored; empty if it was not
[[nodiscard]] nlohmann::ordered_json toJson(const InspectionResult& result, const FaceFiles& faceFiles = {});

} // namespace cancuoc::inspection
