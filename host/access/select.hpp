// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/command.hpp"

namespace cancuoc {

/// SELECT by application identifier, first occurrence, no response data (Doc 9303-10, 3.6.1).
[[nodiscard]] CommandApdu selectApplication(BytesView applicationIdentifier);

/// SELECT the master file, 3F00.
[[nodiscard]] CommandApdu selectMasterFile();

/// SELECT an elementary file under the current directory (Doc 9303-10, 3.6.2).
[[nodiscard]] CommandApdu selectElementaryFile(std::uint16_t fileIdentifier);

} // namespace cancuoc
