// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "host/base/error.hpp"
#include "qr/payload.hpp"

// Whatever a scanner sends: it is refused as malformed, or it can be written and read again to the same
// payload.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const auto parsed = qr::parsePayload(text);
        const auto written = qr::formatPayload(parsed.payload, qr::Profile::Cancuoc2024);
        if (written.size() <= qr::maximumPayloadLength &&
            qr::parsePayload(written).payload != parsed.payload) {
            std::abort();
        }
    } catch (const MalformedData&) {
    }
    return 0;
}
