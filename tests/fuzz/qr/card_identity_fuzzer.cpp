// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <nlohmann/json.hpp>

#include "host/base/error.hpp"
#include "qr/card_identity.hpp"

// The JSON of a read from anywhere: refused, or a payload made of it matches it field by field.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    const auto json = nlohmann::ordered_json::parse(data, data + size, nullptr, /*allow_exceptions*/ false);
    if (json.is_discarded()) {
        return 0;
    }
    try {
        const auto identity = qr::cardIdentityFromJson(json);
        for (const auto& comparison : qr::compare(qr::toPayload(identity), identity)) {
            if (comparison.result == qr::FieldResult::Differs) {
                std::abort();
            }
        }
    } catch (const MalformedData&) {
    }
    return 0;
}
