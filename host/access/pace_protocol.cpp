// SPDX-License-Identifier: Apache-2.0
#include "host/access/pace_protocol.hpp"

#include "host/access/protocol_cipher.hpp"

#include <algorithm>
#include <utility>

namespace cancuoc {

namespace {

// id-PACE-ECDH-GM, Doc 9303-11, 9.2.3.
constexpr std::string_view ecdhGenericMapping = "0.4.0.127.0.7.2.2.4.2";

constexpr unsigned firstStandardizedCurve = 8;
constexpr unsigned lastStandardizedCurve = 18;

// Larger is better: cipher strength counts first, and no curve under 256 bits wins over one of 256 or more,
// where the smaller is as strong as the ciphers need and several times faster on a chip.
std::pair<int, int> preference(const PaceProtocol& protocol) {
    const int bytes = static_cast<int>(protocol.curve.fieldSize());
    constexpr int enough = 32;
    return {static_cast<int>(protocol.cipher), bytes >= enough ? 2 * enough * enough - bytes : bytes};
}

} // namespace

std::optional<PaceProtocol> PaceProtocol::from(const PaceOffer& offer) {
    const auto cipher = sessionCipher(offer.protocol, ecdhGenericMapping);
    if (!cipher || !offer.parameterId || *offer.parameterId < firstStandardizedCurve ||
        *offer.parameterId > lastStandardizedCurve) {
        return std::nullopt;
    }
    return PaceProtocol{offer.protocol, *cipher, EllipticCurve::standardized(*offer.parameterId)};
}

std::optional<PaceProtocol> choosePaceProtocol(std::span<const PaceOffer> offers) {
    std::optional<PaceProtocol> best;
    for (const PaceOffer& offer : offers) {
        const auto candidate = PaceProtocol::from(offer);
        if (candidate && (!best || preference(*candidate) > preference(*best))) {
            best = candidate;
        }
    }
    if (best) {
        best->ambiguousParameters =
            std::count_if(offers.begin(), offers.end(),
                          [&best](const PaceOffer& offer) { return offer.protocol == best->protocol; }) > 1;
    }
    return best;
}

} // namespace cancuoc
