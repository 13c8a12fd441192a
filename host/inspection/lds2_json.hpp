// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "host/inspection/lds2_content.hpp"

namespace cancuoc::inspection {

/// The member `lds2` of what `cancuoc read --json` prints. A record whose content cannot be decoded has a
/// `defect` instead; `signer` is the country and serial number of the certificate that it refers to, if that
/// was read.
[[nodiscard]] nlohmann::ordered_json toJson(const Lds2Content& content);

} // namespace cancuoc::inspection
