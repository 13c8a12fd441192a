// SPDX-License-Identifier: Apache-2.0
#include "host/access/pace_protocol.hpp"

#include "host/access/protocol_cipher.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace cancuoc {

namespace {

struct Family {
    std::string_view identifier;
    KeyAgreement agreement;
    MappingType mapping;
};

// Doc 9303-11, 9.2.3.
constexpr std::array<Family, 5> families{{
    {"0.4.0.127.0.7.2.2.4.1", KeyAgreement::DiffieHellman, MappingType::Generic},
    {"0.4.0.127.0.7.2.2.4.2", KeyAgreement::EllipticCurve, MappingType::Generic},
    {"0.4.0.127.0.7.2.2.4.3", KeyAgreement::DiffieHellman, MappingType::Integrated},
    {"0.4.0.127.0.7.2.2.4.4", KeyAgreement::EllipticCurve, MappingType::Integrated},
    {"0.4.0.127.0.7.2.2.4.6", KeyAgreement::EllipticCurve, MappingType::ChipAuthentication},
}};

KeyAgreement agreementOf(const DomainParameters& parameters) {
    return std::holds_alternative<EllipticCurve>(parameters) ? KeyAgreement::EllipticCurve
                                                             : KeyAgreement::DiffieHellman;
}

// Standardized parameters go by their number; explicit ones must not use it (9.5.1).
std::optional<DomainParameters> domainParametersOf(const PaceOffer& offer) {
    constexpr unsigned firstProprietary = 32;
    if (offer.parameterId && *offer.parameterId < firstProprietary) {
        return standardizedDomainParameters(*offer.parameterId);
    }
    return offer.explicitParameters;
}

// Whether the standard has the combination (4.4.3, note 1; 9.5.1, note to table 12).
bool isDefined(const Family& family, BlockCipher cipher, const DomainParameters& parameters) {
    constexpr unsigned p224 = 10;
    const auto* const curve = std::get_if<EllipticCurve>(&parameters);
    if (agreementOf(parameters) != family.agreement) {
        return false;
    }
    if (family.mapping == MappingType::Integrated && curve != nullptr && curve->parameterId() == p224) {
        return false; // its prime is 1 modulo 4
    }
    return family.mapping != MappingType::ChipAuthentication || cipher != BlockCipher::TripleDes;
}

// In bits, as NIST SP 800-57 part 1, 5.6.1.1 compares them.
int strengthOf(BlockCipher cipher) {
    return cipher == BlockCipher::TripleDes ? 80 : static_cast<int>(8 * keySizeOf(cipher));
}

int strengthOf(const DomainParameters& parameters) {
    if (const auto* const curve = std::get_if<EllipticCurve>(&parameters)) {
        return static_cast<int>(4 * curve->fieldSize());
    }
    return std::get<DiffieHellmanGroup>(parameters).primeSize() > 128 ? 112 : 80;
}

// Larger is better.
auto preference(const PaceProtocol& protocol) {
    constexpr int enough = 128;
    const int group = strengthOf(protocol.domainParameters);
    return std::tuple(std::min({enough, strengthOf(protocol.cipher), group}),
                      protocol.keyAgreement() == KeyAgreement::EllipticCurve, strengthOf(protocol.cipher),
                      protocol.mapping == MappingType::ChipAuthentication, group > enough ? -group : group,
                      protocol.mapping == MappingType::Generic);
}

} // namespace

std::string_view nameOf(MappingType mapping) {
    switch (mapping) {
    case MappingType::Integrated:
        return "IM";
    case MappingType::ChipAuthentication:
        return "CAM";
    case MappingType::Generic:
        break;
    }
    return "GM";
}

KeyAgreement PaceProtocol::keyAgreement() const {
    return agreementOf(domainParameters);
}

std::optional<PaceProtocol> PaceProtocol::from(const PaceOffer& offer) {
    for (const Family& family : families) {
        const auto cipher = sessionCipher(offer.protocol, family.identifier);
        if (!cipher) {
            continue;
        }
        auto parameters = domainParametersOf(offer);
        if (!parameters || !isDefined(family, *cipher, *parameters)) {
            return std::nullopt;
        }
        return PaceProtocol{offer.protocol, family.mapping, *cipher, *std::move(parameters),
                            offer.parameterId};
    }
    return std::nullopt;
}

std::vector<PaceProtocol> rankPaceProtocols(std::span<const PaceOffer> offers) {
    std::vector<PaceProtocol> ranked;
    for (const PaceOffer& offer : offers) {
        if (auto protocol = PaceProtocol::from(offer)) {
            protocol->ambiguousParameters =
                std::count_if(offers.begin(), offers.end(), [&offer](const PaceOffer& other) {
                    return other.protocol == offer.protocol;
                }) > 1;
            ranked.push_back(*std::move(protocol));
        }
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const PaceProtocol& left, const PaceProtocol& right) {
        return preference(left) > preference(right);
    });
    return ranked;
}

std::optional<PaceProtocol> choosePaceProtocol(std::span<const PaceOffer> offers) {
    auto ranked = rankPaceProtocols(offers);
    return ranked.empty() ? std::nullopt : std::optional(std::move(ranked.front()));
}

} // namespace cancuoc
