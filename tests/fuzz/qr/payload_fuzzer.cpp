// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "host/base/error.hpp"
#include "qr/health_insurance_card.hpp"
#include "qr/payload.hpp"
#include "qr/qr_json.hpp"

// Whatever a scanner sends: it is refused as malformed, or it can be written and read again to the same
// payload; every oddity and the refusal lie within the text, and its kind is that which can be parsed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto requireWithin = [&](std::size_t position) {
        if (position > size) {
            std::abort();
        }
    };
    static_cast<void>(qr::describeSymbol(std::string(text)));
    bool isHealthInsuranceCard = false;
    try {
        for (const auto& oddity : qr::parseHealthInsuranceCard(text).oddities) {
            requireWithin(oddity.position.value_or(0));
        }
        isHealthInsuranceCard = true;
    } catch (const MalformedData&) {
    }
    if (size <= qr::maximumPayloadLength &&
        isHealthInsuranceCard != (qr::classify(text) == qr::PayloadKind::HealthInsuranceCard)) {
        std::abort();
    }
    try {
        const auto parsed = qr::parsePayload(text);
        const auto written = qr::formatPayload(parsed.payload, qr::Profile::Cancuoc2024);
        // Where fields were left out, a space can have become the last character, which reading takes off.
        const bool isWhole =
            std::none_of(parsed.oddities.begin(), parsed.oddities.end(), [](const qr::Oddity& oddity) {
                return oddity.kind == qr::OddityKind::FieldsLeftOut;
            });
        if (isWhole && written.size() <= qr::maximumPayloadLength &&
            qr::parsePayload(written).payload != parsed.payload) {
            std::abort();
        }
        for (const auto& oddity : parsed.oddities) {
            requireWithin(oddity.position.value_or(0));
        }
    } catch (const qr::PayloadRefused& refused) {
        requireWithin(refused.position());
    } catch (const MalformedData&) {
    }
    return 0;
}
