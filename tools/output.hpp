// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>

#include <nlohmann/json.hpp>

namespace cancuoc::tools {

/// JSON whose members keep the order in which they were written.
using Json = nlohmann::ordered_json;

/// Prints one JSON object, indented and ended by a line feed. Text that is not UTF-8 is shown with U+FFFD.
void printJson(std::ostream& out, const Json& object);

} // namespace cancuoc::tools
