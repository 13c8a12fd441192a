// SPDX-License-Identifier: Apache-2.0
#include "tools/output.hpp"

#include "host/base/json_text.hpp"

namespace cancuoc::tools {

std::string formatJson(const Json& object) {
    return jsonText(object) + "\n";
}

void printJson(std::ostream& out, const Json& object) {
    out << formatJson(object);
}

} // namespace cancuoc::tools
