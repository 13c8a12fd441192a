// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>

#include <nlohmann/json.hpp>

namespace cancuoc::tools {

/// JSON whose members keep the order in which they were written.
using Json = nlohmann::ordered_json;

/// The JSON object as text, indented and ended by a line feed. Text that is not UTF-8 is shown with U+FFFD.
[[nodiscard]] std::string formatJson(const Json& object);

/// Prints one JSON object as formatJson writes it.
void printJson(std::ostream& out, const Json& object);

} // namespace cancuoc::tools
