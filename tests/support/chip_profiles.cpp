// SPDX-License-Identifier: Apache-2.0
#include "tests/support/chip_profiles.hpp"

#include "host/apdu/tlv.hpp"
#include "host/crypto/digest.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/lds/card_access.hpp"
#include "host/lds/common_data.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/lds/document_security_object.hpp"
#include "tests/support/openssl_rsa.hpp"

#include <stdexcept>

namespace cancuoc::test {
namespace {

// Data groupings of the chip.
constexpr std::uint16_t cardAccess = 0x011C;
constexpr std::uint16_t securityObject = 0x011D;
constexpr std::uint16_t commonData = 0x011E;
constexpr std::uint16_t cardSecurity = 0x021D;
constexpr std::uint16_t cardAccessNumberGrouping = 0x8001;
constexpr std::uint16_t mrzInformationGrouping = 0x8002;
constexpr std::uint16_t chipAuthenticationKey = 0x8003;
constexpr std::uint16_t activeAuthenticationKey = 0x8004;
constexpr std::uint16_t rsaActiveAuthenticationKey = 0x8005;
constexpr std::uint16_t protocolProfile = 0x8006;
constexpr std::uint16_t trustPoint = 0x8007;
constexpr std::uint16_t currentDate = 0x8009;
constexpr std::uint16_t identifiedChipAuthenticationKey = 0x8300;

constexpr unsigned nistP256 = 12;
constexpr unsigned brainpoolP256r1 = 13;
constexpr unsigned nistP384 = 15;

std::uint16_t dataGroup(int number) {
    return static_cast<std::uint16_t>(0x0100 + number);
}

/// The same scalar each time, well below every order.
EllipticCurveKeyPair keyPair(unsigned parameterId, std::uint8_t filling) {
    const auto curve = EllipticCurve::standardized(parameterId);
    Bytes scalar(curve.orderSize(), filling);
    scalar.front() = 0x01;
    return EllipticCurveKeyPair::fromPrivateKey(curve, scalar);
}

Bytes storedKey(const EllipticCurveKeyPair& pair) {
    return concat(Bytes{static_cast<std::uint8_t>(pair.curve().parameterId())}, pair.privateKey());
}

Bytes subjectPublicKeyInfo(const EllipticCurveKeyPair& pair) {
    return encodeSubjectPublicKeyInfo(pair.curve(), pair.publicKey(), CurveEncoding::Explicit);
}

ObjectIdentifier identifier(const std::string& text) {
    return ObjectIdentifier::fromText(text);
}

lds::PaceInfo pace(const std::string& variantAndCipher, int parameterId) {
    return {identifier("0.4.0.127.0.7.2.2.4." + variantAndCipher), 2, parameterId};
}

lds::ChipAuthenticationInfo chipAuthentication(const std::string& algorithmAndCipher,
                                               std::optional<int> keyId) {
    return {identifier("0.4.0.127.0.7.2.2.3." + algorithmAndCipher), 1, keyId};
}

std::vector<lds::SecurityInfo> cardAccessInfosOf(DocumentProfile profile) {
    switch (profile) {
    case DocumentProfile::VietnameseCard2021:
    case DocumentProfile::VietnameseCard2024:
        return lds::CardAccess::vietnameseCitizenCard().securityInfos.infos;
    case DocumentProfile::EuropeanPassport:
        // Generic, Integrated and Chip Authentication Mapping, and a second curve for the first.
        return {pace("2.2", 13), pace("2.2", 12), pace("4.4", 13), pace("6.2", 13)};
    case DocumentProfile::PaceOnly:
        return {pace("2.1", 12), pace("2.4", 16), pace("1.2", 0), pace("3.2", 2)};
    case DocumentProfile::BasicAccessControlOnly:
    case DocumentProfile::Plain:
        return {};
    }
    throw std::invalid_argument("no such profile");
}

std::vector<lds::SecurityInfo> chipAuthenticationInfosOf(DocumentProfile profile) {
    switch (profile) {
    case DocumentProfile::VietnameseCard2021:
    case DocumentProfile::VietnameseCard2024:
        return {};
    case DocumentProfile::EuropeanPassport:
        return {chipAuthentication("2.1", 1), chipAuthentication("2.4", 1), chipAuthentication("2.2", 13),
                lds::TerminalAuthenticationInfo{identifier("0.4.0.127.0.7.2.2.2"), 1, {}}};
    case DocumentProfile::PaceOnly:
        return {chipAuthentication("2.4", std::nullopt)};
    default:
        return {};
    }
}

bool isVietnamese(DocumentProfile profile) {
    return profile == DocumentProfile::VietnameseCard2021 || profile == DocumentProfile::VietnameseCard2024;
}

Bytes protocolsOf(DocumentProfile profile) {
    switch (profile) {
    case DocumentProfile::VietnameseCard2024:
        return fromHex("0301");
    case DocumentProfile::PaceOnly:
        return fromHex("0200");
    case DocumentProfile::BasicAccessControlOnly:
        return fromHex("0100");
    case DocumentProfile::Plain:
        return fromHex("0000");
    default:
        return fromHex("0300");
    }
}

void addChipAuthentication(DocumentProfile profile, lds::DataGroup14& dataGroup14, ChipDocument& document) {
    for (const auto& key : chipAuthenticationKeysOf(profile)) {
        const std::optional<int> keyId = key.keyId ? std::optional<int>(*key.keyId) : std::nullopt;
        dataGroup14.securityInfos.infos.emplace_back(lds::ChipAuthenticationPublicKeyInfo{
            identifier("0.4.0.127.0.7.2.2.1.2"), subjectPublicKeyInfo(key.pair), keyId});
        const auto grouping = key.keyId
                                  ? static_cast<std::uint16_t>(identifiedChipAuthenticationKey | *key.keyId)
                                  : chipAuthenticationKey;
        document.secrets[grouping] = storedKey(key.pair);
    }
}

/// RSA where the profile is an old one, and otherwise ECDSA with the hash of the curve's length.
void addActiveAuthentication(DocumentProfile profile, lds::DataGroup14& dataGroup14, ChipDocument& document) {
    if (profile == DocumentProfile::BasicAccessControlOnly) {
        static const OpensslRsa key(1024);
        document.files[dataGroup(15)] = lds::DataGroup15{key.subjectPublicKeyInfo()}.encode();
        document.secrets[rsaActiveAuthenticationKey] =
            concat(fromHex("01"), toBigEndian(65537, 4), key.firstPrime(), key.secondPrime());
        return;
    }
    const bool isLong = profile == DocumentProfile::EuropeanPassport;
    const auto pair = keyPair(isLong ? nistP384 : nistP256, 0x41);
    dataGroup14.securityInfos.infos.emplace_back(lds::ActiveAuthenticationInfo{
        identifier("2.23.136.1.1.5"), 1,
        identifier(isLong ? "0.4.0.127.0.7.1.1.4.1.4" : "0.4.0.127.0.7.1.1.4.1.3")});
    document.files[dataGroup(15)] = lds::DataGroup15{subjectPublicKeyInfo(pair)}.encode();
    document.secrets[activeAuthenticationKey] = storedKey(pair);
}

} // namespace

void listDataGroups(ChipDocument& document) {
    std::vector<int> numbers;
    for (int number = 1; number <= 16; ++number) {
        if (document.files.count(dataGroup(number)) != 0) {
            numbers.push_back(number);
        }
    }
    document.files[commonData] = lds::CommonData::forDataGroups(numbers).encode();
}

void hashDataGroups(ChipDocument& document, std::size_t length, HashAlgorithm algorithm) {
    lds::DocumentSecurityObject object;
    object.hashAlgorithm = algorithm;
    for (int number = 1; number <= 16; ++number) {
        const auto file = document.files.find(dataGroup(number));
        if (file != document.files.end()) {
            object.dataGroupHashes[number] = digest(object.hashAlgorithm, file->second);
        }
    }
    const auto contentType = identifier(std::string(lds::DocumentSecurityObject::contentType));
    const Bytes content = encodeTlv(0x30, encodeTlv(0x06, contentType.encode()),
                                    encodeTlv(0xA0, encodeTlv(0x04, object.encode())));
    const auto withFilling = [&](std::size_t filling) {
        const Bytes signedData =
            encodeTlv(0x30, fromHex("020103"), encodeTlv(0x31, fromHex("300B0609608648016503040201")),
                      content, encodeTlv(0x04, Bytes(filling, 0x5A)));
        return encodeTlv(0x77,
                         encodeTlv(0x30, fromHex("06092A864886F70D010702"), encodeTlv(0xA0, signedData)));
    };
    std::size_t filling = 0;
    while (withFilling(filling).size() < length) {
        ++filling;
    }
    document.files[securityObject] = withFilling(filling);
}

void setMachineReadableZone(ChipDocument& document, std::string_view zone) {
    document.files[dataGroup(1)] = encodeTlv(0x61, encodeTlv(0x5F1F, toBytes(viewOf(zone))));
    hashDataGroups(document);
}

std::string_view nameOf(DocumentProfile profile) {
    switch (profile) {
    case DocumentProfile::VietnameseCard2021:
        return "Vietnamese card of 2021";
    case DocumentProfile::VietnameseCard2024:
        return "Vietnamese card of 2024";
    case DocumentProfile::EuropeanPassport:
        return "European passport";
    case DocumentProfile::PaceOnly:
        return "PACE only";
    case DocumentProfile::BasicAccessControlOnly:
        return "BAC only";
    case DocumentProfile::Plain:
        return "plain";
    }
    return "";
}

const CvKeyPair& countryVerifyingAuthority() {
    static const auto authority = CvKeyPair::ecdsa("UTCVCA00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    return authority;
}

CertifiedTerminal certifyTerminal(const CvKeyPair& authority, std::uint8_t rights) {
    const auto verifier = CvKeyPair::ecdsa("UTDV00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    const auto terminal = CvKeyPair::ecdsa("UTIS00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    return {terminal,
            {authority.selfSigned(), authority.issue(verifier, 0x83), verifier.issue(terminal, rights)}};
}

trust::TerminalKeys terminalOf(const CvKeyPair& authority, std::uint8_t rights) {
    const auto terminal = certifyTerminal(authority, rights);
    trust::TerminalKeys keys;
    keys.addCertificate(terminal.certificates[0]);
    keys.addCertificate(terminal.certificates[1]);
    keys.addTerminal(terminal.certificates[2],
                     [key = terminal.key](BytesView message) { return key.sign(message); });
    return keys;
}

void setTrustPoint(ChipDocument& document, const CvKeyPair& authority) {
    setTrustPoint(document, authority.selfSigned());
}

void setTrustPoint(ChipDocument& document, const trust::CvCertificate& authority) {
    document.secrets[trustPoint] = authority.encoded();
    document.secrets[currentDate] = fromHex("020600010001");
}

Bytes fileOf(std::uint8_t tag, std::size_t length) {
    Bytes content{tag};
    if (length < 130) {
        append(content, toBigEndian(length - 2, 1));
    } else {
        append(content, Bytes{0x82});
        append(content, toBigEndian(length - 4, 2));
    }
    for (std::size_t i = content.size(); i < length; ++i) {
        content.push_back(static_cast<std::uint8_t>(tag + i * 31 + i / 256));
    }
    return content;
}

std::vector<ChipAuthenticationKeyPair> chipAuthenticationKeysOf(DocumentProfile profile) {
    std::vector<ChipAuthenticationKeyPair> keys;
    switch (profile) {
    case DocumentProfile::VietnameseCard2021:
    case DocumentProfile::VietnameseCard2024:
    case DocumentProfile::PaceOnly:
        keys.push_back({keyPair(brainpoolP256r1, 0x31), std::nullopt});
        break;
    case DocumentProfile::EuropeanPassport:
        keys.push_back({keyPair(nistP256, 0x32), std::uint8_t{1}});
        keys.push_back({keyPair(brainpoolP256r1, 0x33), std::uint8_t{13}});
        break;
    default:
        break;
    }
    return keys;
}

ChipDocument makeDocument(DocumentProfile profile) {
    ChipDocument document;
    const auto mrz = viewOf(machineReadableZone);
    document.files[dataGroup(1)] = concat(fromHex("615D5F1F5A"), mrz);
    document.files[dataGroup(2)] = fileOf(0x75, 5000);
    if (isVietnamese(profile)) {
        document.files[dataGroup(3)] = fileOf(0x63, 3000);
        document.files[dataGroup(13)] = fileOf(0x6D, 300);
    }
    lds::DataGroup14 dataGroup14;
    dataGroup14.securityInfos.infos = cardAccessInfosOf(profile);
    if (!dataGroup14.securityInfos.infos.empty()) {
        document.files[cardAccess] = lds::CardAccess{dataGroup14.securityInfos}.encode();
    }
    for (const auto& info : chipAuthenticationInfosOf(profile)) {
        dataGroup14.securityInfos.infos.push_back(info);
    }
    addChipAuthentication(profile, dataGroup14, document);
    addActiveAuthentication(profile, dataGroup14, document);
    if (profile == DocumentProfile::EuropeanPassport) {
        document.files[dataGroup(3)] = fileOf(0x63, 3000);
        document.files[dataGroup(4)] = fileOf(0x76, 2000);
        document.files[cardSecurity] =
            concat(fromHex("3082"), toBigEndian(dataGroup14.encode().size(), 2), dataGroup14.encode());
    }
    if (!dataGroup14.securityInfos.infos.empty()) {
        document.files[dataGroup(14)] = dataGroup14.encode();
    }
    listDataGroups(document);
    hashDataGroups(document);
    if (profile == DocumentProfile::EuropeanPassport || profile == DocumentProfile::VietnameseCard2024) {
        setTrustPoint(document, countryVerifyingAuthority());
    }

    document.secrets[protocolProfile] = protocolsOf(profile);
    if (profile != DocumentProfile::Plain) {
        document.secrets[mrzInformationGrouping] = toBytes(viewOf(mrzInformation));
    }
    if (!cardAccessInfosOf(profile).empty()) {
        document.secrets[cardAccessNumberGrouping] = toBytes(viewOf(cardAccessNumber));
    }
    return document;
}

} // namespace cancuoc::test
