// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate_holder_authorization.hpp"

#include "host/lds/asn1.hpp"

namespace cancuoc::trust {

namespace {
constexpr std::uint32_t authorizationTemplate = 0x7F4C;
constexpr std::uint32_t discretionaryData = 0x53;
constexpr std::size_t longestBitMap = 32;
} // namespace

std::string_view nameOf(CertificateHolderRole role) {
    switch (role) {
    case CertificateHolderRole::Cvca:
        return "CVCA";
    case CertificateHolderRole::DomesticDocumentVerifier:
        return "domestic document verifier";
    case CertificateHolderRole::ForeignDocumentVerifier:
        return "foreign document verifier";
    case CertificateHolderRole::Terminal:
        break;
    }
    return "terminal";
}

CertificateHolderRole CertificateHolderAuthorization::role() const {
    return static_cast<CertificateHolderRole>(relativeAuthorization.front() >> 6U);
}

bool CertificateHolderAuthorization::mayRead(int number) const {
    if (terminalType != ObjectIdentifier::fromText(inspectionSystem)) {
        return false;
    }
    const std::uint8_t rights = relativeAuthorization.back();
    return (number == 3 && (rights & dataGroup3) != 0) || (number == 4 && (rights & dataGroup4) != 0);
}

CertificateHolderAuthorization CertificateHolderAuthorization::decode(BytesView dataObject) {
    constexpr std::string_view what = "The Certificate Holder Authorization Template";
    TlvReader reader = readTlv(dataObject, authorizationTemplate, what).children();
    auto terminalType = lds::readObjectIdentifier(reader, "The terminal type");
    const BytesView bitMap = reader.expect(discretionaryData, "The relative authorization").value;
    reader.expectEnd(what);
    if (bitMap.empty() || bitMap.size() > longestBitMap) {
        throw MalformedData("The relative authorization has not 1 to 32 bytes.");
    }
    return {std::move(terminalType), toBytes(bitMap)};
}

Bytes CertificateHolderAuthorization::encode() const {
    return encodeTlv(authorizationTemplate, terminalType.encode(),
                     encodeTlv(discretionaryData, relativeAuthorization));
}

} // namespace cancuoc::trust
