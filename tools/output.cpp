// SPDX-License-Identifier: Apache-2.0
#include "tools/output.hpp"

#include <ostream>

namespace cancuoc::tools {

void printJson(std::ostream& out, const Json& object) {
    out << object.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

} // namespace cancuoc::tools
