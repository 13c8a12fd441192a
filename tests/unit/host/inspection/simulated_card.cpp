// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/inspection/simulated_card.hpp"

#include <openssl/cms.h>
#include <openssl/x509.h>

#include "host/apdu/tlv.hpp"
#include "host/lds/common_data.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/lds/data_group_2.hpp"
#include "host/lds/security_object_file.hpp"
#include "personalization/issuance/data_groups.hpp"
#include "tests/unit/host/inspection/test_card.hpp"
#include "tests/unit/host/trust/test_pki.hpp"

namespace cancuoc::test {

namespace {

using lds::FileId;

constexpr std::uint16_t atrInfoFile = 0x2F01;
constexpr std::uint8_t atrInfoShortIdentifier = 0x01;

struct Issuer {
    Identity csca = makeSelfSigned(makeRsaKey(2048));
    Identity documentSigner = issue(csca, makeRsaKey(2048), documentSignerOptions());
    trust::TrustStore trustStore = trust::TrustStore::inMemory();

    Issuer() { trustStore.addCertificate(csca.der()); }
};

const Issuer& madeUpIssuer() {
    static const Issuer made;
    return made;
}

// The portrait, with as many bytes behind its end as the size of the file asks for.
Bytes dataGroup2(const SimulatedCardProfile& profile) {
    Bytes image = profile.face.empty() ? issuer().submissions().front().pictures.portrait : profile.face;
    const auto encode = [&] {
        if (profile.faceDataBlock) {
            return lds::DataGroup2::of(biometric::FaceImageDataBlock::of(image)).encode();
        }
        auto file = lds::DataGroup2::of(biometric::FacialRecord::fullFrontal(image));
        auto& record = file.templates.front().dataBlock;
        record.resize(record.size() + profile.faceExcess);
        return file.encode();
    };
    image.resize(image.size() + profile.dataGroup2Size - encode().size());
    return encode();
}

// A certificate of the document signer's key with another serial number.
const Identity& renumberedSigner() {
    static const Identity signer = [] {
        auto options = documentSignerOptions();
        options.serial = 77;
        EVP_PKEY* const key = madeUpIssuer().documentSigner.key.get();
        EVP_PKEY_up_ref(key);
        return issue(madeUpIssuer().csca, EvpKey(key), options);
    }();
    return signer;
}

// With the CSCA's certificate beside the signer's, which makes it as long as many are.
Bytes securityObject(const lds::DocumentSecurityObject& object, const SimulatedCardProfile& profile) {
    SignatureOptions options{.contentType = profile.contentType};
    if (profile.signerNamedOtherwise) {
        options.flags = CMS_NOCERTS;
        options.embedded = &renumberedSigner();
        return makeSod(object.encode(), {&madeUpIssuer().documentSigner}, options);
    }
    const auto file =
        lds::SecurityObjectFile::decode(makeSod(object.encode(), {&madeUpIssuer().documentSigner}, options));
    const auto cms = file.signedData().parseCms();
    CMS_add1_cert(cms.get(), madeUpIssuer().csca.certificate.get());
    unsigned char* encoded = nullptr;
    const int size = i2d_CMS_ContentInfo(cms.get(), &encoded);
    const Bytes contentInfo(encoded, encoded + size);
    OPENSSL_free(encoded);
    return lds::SecurityObjectFile::wrap(contentInfo).encode();
}

const Identity& stranger() {
    static const Identity csca = makeSelfSigned(makeRsaKey(2048));
    static const Identity signer = issue(csca, makeRsaKey(2048), documentSignerOptions());
    return signer;
}

Bytes atrInfo(std::size_t length) {
    const Bytes integer = encodeTlv(0x02, concat(Bytes{0x00}, toBigEndian(length, 2)));
    return concat(encodeTlv(0x43, Bytes{0xC0}), encodeTlv(0x7F66, integer, integer));
}

Bytes derOf(const EvpKey& key) {
    unsigned char* encoded = nullptr;
    const int size = i2d_PUBKEY(key.get(), &encoded);
    Bytes der(encoded, encoded + size);
    OPENSSL_free(encoded);
    return der;
}

Bytes sign(const EvpKey& key, BytesView challenge) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
    Bytes signature(128);
    std::size_t size = signature.size();
    EVP_DigestSign(context.get(), signature.data(), &size, challenge.data(), challenge.size());
    signature.resize(size);
    return signature;
}

lds::CardAccess cardAccessOf(const SimulatedCardProfile& profile) {
    auto cardAccess = lds::CardAccess::vietnameseCitizenCard();
    auto& infos = cardAccess.securityInfos.infos;
    if (profile.chipAuthenticationMapping) {
        infos.push_back(lds::PaceInfo{ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.6.2"), 2, 13});
    }
    for (auto& info : infos) {
        if (auto* const pace = std::get_if<lds::PaceInfo>(&info)) {
            pace->parameterId = static_cast<int>(profile.paceParameters);
        }
    }
    if (profile.basicAccessControl) {
        std::erase_if(infos, [](const auto& info) { return std::holds_alternative<lds::PaceInfo>(info); });
    }
    return cardAccess;
}

std::map<FileId, Bytes> signedFiles(const SimulatedCardProfile& profile, const lds::CardAccess& cardAccess,
                                    const personalization::ChipKeys& keys) {
    std::map<FileId, Bytes> files{
        {FileId::DataGroup1, toBytes(TestCard::image().file(lds::fileIdentifier(FileId::DataGroup1)))},
        {FileId::DataGroup2, dataGroup2(profile)},
        {FileId::DataGroup14, personalization::dataGroup14Of(cardAccess, keys).encode()}};
    if (!profile.basicAccessControl) {
        files[FileId::CardAccess] = cardAccess.encode();
    }
    return files;
}

} // namespace

SimulatedCard::SimulatedCard(const SimulatedCardProfile& profile) : chip_(profile.habits) {
    SystemRandom random;
    const auto keys = personalization::ChipKeys::generate(random);
    const auto cardAccess = cardAccessOf(profile);
    auto files = signedFiles(profile, cardAccess, keys);
    if (profile.activeAuthentication) {
        const auto key = std::make_shared<EvpKey>(makeEcKey("prime256v1", CurveParameters::Named));
        files[FileId::DataGroup15] = lds::DataGroup15{derOf(*key)}.encode();
        chip_.activeAuthentication = [key](BytesView challenge) { return sign(*key, challenge); };
    }
    if (profile.change) {
        profile.change(files);
    }
    lds::DocumentSecurityObject object;
    std::vector<int> numbers;
    for (int number = 1; number <= 16; ++number) {
        if (const auto file = files.find(lds::dataGroupFile(number)); file != files.end()) {
            object.dataGroupHashes[number] = digest(object.hashAlgorithm, file->second);
            numbers.push_back(number);
        }
    }
    files[FileId::Com] = lds::CommonData::forDataGroups(numbers).encode();
    files[FileId::Sod] = securityObject(object, profile);
    for (const auto& [file, content] : files) {
        chip_.files[lds::fileIdentifier(file)] = content;
        chip_.shortIdentifiers[lds::shortFileId(file)] = lds::fileIdentifier(file);
    }
    if (profile.chipAuthenticationMapping) {
        auto infos = personalization::dataGroup14Of(cardAccess, keys).securityInfos;
        for (auto& info : infos.infos) {
            if (auto* const key = std::get_if<lds::ChipAuthenticationPublicKeyInfo>(&info)) {
                key->keyId = 13; // the parameterId of the PACEInfo
            }
        }
        chip_.chipAuthenticationMapping = true;
        chip_.files[SimulatedCard::cardSecurityFile] = cardSecurity(infos);
        chip_.masterFileShortIdentifiers[lds::shortFileId(FileId::CardSecurity)] =
            SimulatedCard::cardSecurityFile;
    }
    if (profile.statedLength) {
        chip_.files[atrInfoFile] = atrInfo(*profile.statedLength);
        chip_.masterFileShortIdentifiers[atrInfoShortIdentifier] = atrInfoFile;
    }
    chip_.application = fromHex("A0000002471001");
    chip_.paceCurve = EllipticCurve::standardized(profile.paceParameters);
    chip_.chipAuthenticationKey = EllipticCurveKeyPair::fromPrivateKey(
        EllipticCurve::standardized(13), keys.chipAuthentication.privateKey.view());
    chip_.password = toBytes(request_.keys.can->encoded());
    if (profile.basicAccessControl) {
        request_.keys = {.mrz = TestCard::mrzKey()};
        chip_.basicAccessKeySeed = toBytes(request_.keys.mrz->encoded());
    }
}

Bytes SimulatedCard::cardSecurity(const lds::SecurityInfos& infos, bool byStranger) {
    const auto sod = makeSod(infos.encode(), {byStranger ? &stranger() : &madeUpIssuer().documentSigner},
                             {.contentType = std::string(lds::CardSecurity::contentType)});
    return lds::SecurityObjectFile::decode(sod).signedData().contentInfo();
}

inspection::InspectionResult SimulatedCard::inspect() {
    return inspect(chip_);
}

inspection::InspectionResult SimulatedCard::inspect(Connection& connection) {
    chip_.reset();
    chip_.received.clear();
    SystemRandom random;
    return inspection::Inspection(connection, random, clock()).run(request_);
}

inspection::InspectionRequest SimulatedCard::request() {
    inspection::InspectionRequest request;
    request.keys.can = AccessKey::fromNumber(TestCard::record().number);
    request.trustStore = &madeUpIssuer().trustStore;
    return request;
}

Clock SimulatedCard::clock() {
    return [] { return now; };
}

} // namespace cancuoc::test
