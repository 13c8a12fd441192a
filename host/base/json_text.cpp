// SPDX-License-Identifier: Apache-2.0
#include "host/base/json_text.hpp"

#include <nlohmann/json.hpp>

#include "host/base/printable_text.hpp"

namespace cancuoc {

std::string jsonText(const nlohmann::ordered_json& value) {
    return printableJson(value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

} // namespace cancuoc
