// SPDX-License-Identifier: Apache-2.0
#include "tools/output.hpp"

namespace cancuoc::tools {

std::string formatJson(const Json& object) {
    return printableJson(object.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

void printJson(std::ostream& out, const Json& object) {
    out << formatJson(object);
}

} // namespace cancuoc::tools
