// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "host/base/error.hpp"
#include "qr/card_seal.hpp"

// The bytes of any symbol: refused as malformed, or a seal that is written again to the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    const BytesView bytes(data, size);
    try {
        const auto seal = qr::DigitalSeal::decode(bytes);
        const auto again = qr::signSeal(seal.content, [&](BytesView signedBytes) {
            if (!equal(signedBytes, seal.signedBytes)) {
                std::abort();
            }
            return seal.signature;
        });
        if (!equal(again, bytes)) {
            std::abort();
        }
        static_cast<void>(qr::payloadOf(seal.content));
    } catch (const MalformedData&) {
    }
    return 0;
}
