// SPDX-License-Identifier: Apache-2.0
#include "personalization/issuance/card_builder.hpp"

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/lds/common_data.hpp"
#include "host/lds/data_group.hpp"
#include "host/lds/data_group_1.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/lds/data_group_2.hpp"
#include "host/lds/data_group_3.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/lds/vietnamese_data_group_13.hpp"
#include "tests/unit/personalization/issuance/issuer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::exampleRecord;
using cancuoc::test::Issuer;

namespace {

BytesView file(const CardImage& image, lds::FileId id) {
    return image.file(static_cast<std::uint16_t>(id));
}

const std::vector<int> dataGroupNumbers{1, 2, 3, 13, 14, 15};

} // namespace

TEST_CASE(
    "A card has the files of the Vietnamese card in the order of loading, none longer than a chip takes") {
    Issuer issuer;
    const CardImage image = issuer.build(exampleRecord());
    std::vector<std::uint16_t> identifiers;
    for (const ElementaryFile& each : image.files) {
        identifiers.push_back(each.fileIdentifier);
        CHECK(each.content.size() < 65536);
    }
    CHECK(identifiers ==
          std::vector<std::uint16_t>{0x0101, 0x0102, 0x0103, 0x010D, 0x010E, 0x010F, 0x011E, 0x011D});
    CHECK(image.file(0x010B).empty()); // no DG11 on this card
    // As on cards in the field.
    CHECK(image.cardAccess ==
          fromHex("3134300d060804007f0007020202020101300f060a04007f000702020302020201013012060a"
                  "04007f0007020204020202010202010d"));
}

TEST_CASE(
    "EF.COM, the Document Security Object and the files name the same data groups, and the hashes agree") {
    Issuer issuer;
    const CardImage image = issuer.build(exampleRecord());
    CHECK(lds::CommonData::decode(file(image, lds::FileId::Com)).dataGroups() == dataGroupNumbers);
    const auto sod = lds::SecurityObjectFile::decode(file(image, lds::FileId::Sod));
    const auto securityObject = sod.documentSecurityObject();
    CHECK(securityObject.version() == 0);
    CHECK(securityObject.hashAlgorithm == HashAlgorithm::Sha256);
    std::map<int, Bytes> hashes;
    for (const int number : dataGroupNumbers) {
        hashes[number] = digest(HashAlgorithm::Sha256, file(image, lds::dataGroupFile(number)));
    }
    CHECK(securityObject.dataGroupHashes == hashes);
    CHECK(sod.signedData().certificates() == std::vector<Bytes>{issuer.signer().certificate()});
}

TEST_CASE("On request the Document Security Object signs the version of the LDS, which EF.COM repeats") {
    Issuer issuer;
    IssuingPolicy policy;
    policy.signLdsVersion = true;
    SystemRandom random;
    const CardImage image = buildCard(exampleRecord(), issuer.pictures(), ChipKeys::generate(random),
                                      issuer.signer(), {}, policy);
    const auto sod = lds::SecurityObjectFile::decode(file(image, lds::FileId::Sod));
    const auto object = sod.documentSecurityObject();
    CHECK(object.version() == 1);
    REQUIRE(object.versionInfo.has_value());
    const auto commonData = lds::CommonData::decode(file(image, lds::FileId::Com));
    CHECK(commonData.ldsVersion == "0108");
    CHECK(object.versionInfo->ldsVersion == commonData.ldsVersion);
    CHECK(object.versionInfo->unicodeVersion == commonData.unicodeVersion);
}

TEST_CASE("DG1 is the MRZ of the card, and the access keys are made of it") {
    Issuer issuer;
    const CardImage image = issuer.build(exampleRecord());
    CHECK(lds::DataGroup1::decode(file(image, lds::FileId::DataGroup1)).lines ==
          std::vector<std::string>{"IDVNM2990000011001299000001<<2", "9901018M2401014VNM<<<<<<<<<<<2",
                                   "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<"});
    CHECK(toText(image.cardAccessNumber.view()) == "000001");
    CHECK(toText(image.mrzInformation.view()) == "299000001199010182401014");
}

TEST_CASE("The portrait and the fingerprints stand on the card byte for byte") {
    Issuer issuer;
    const CardImage image = issuer.build(exampleRecord());
    const auto faces = lds::DataGroup2::decode(file(image, lds::FileId::DataGroup2)).records();
    REQUIRE(faces.size() == 1);
    REQUIRE(faces.front().images.size() == 1);
    CHECK(faces.front().images.front().image == issuer.pictures().portrait);
    CHECK(faces.front().images.front().width == 300);
    CHECK(faces.front().images.front().height == 400);
    CHECK(faces.front().images.front().imageDataType == 0);

    const auto fingers = lds::DataGroup3::decode(file(image, lds::FileId::DataGroup3)).records();
    REQUIRE(fingers.size() == 2);
    CHECK(fingers[0].images.front().position == 7); // left index
    CHECK(fingers[0].images.front().image == issuer.pictures().leftIndex);
    CHECK(fingers[1].images.front().position == 2); // right index
    CHECK(fingers[1].images.front().image == issuer.pictures().rightIndex);
    CHECK(fingers[0].compression == biometric::FingerCompression::Png);
}

TEST_CASE("DG13 carries every field of the record that the card has an item for") {
    Issuer issuer;
    const Bytes chipSerial = fromHex("00010123456789ABCDEF");
    const CardImage image = issuer.build(exampleRecord(), chipSerial);
    lds::CitizenData expected;
    expected.number = "001299000001";
    expected.fullName = "Nguyễn Văn Mẫu";
    expected.birthDate = "01/01/2099";
    expected.sex = "Nam";
    expected.nationality = "Việt Nam";
    expected.ethnicity = "Kinh";
    expected.religion = "Không";
    expected.placeOfOrigin = "Phường Mẫu, Hà Nội";
    expected.residence = "Số 1 Phố Mẫu, Phường Mẫu, Hà Nội";
    expected.distinguishingFeatures = "Nốt ruồi C:1cm dưới trước đuôi mắt trái";
    expected.issueDate = "02/01/2113";
    expected.expiryDate = "01/01/2124";
    expected.fatherName = "Nguyễn Văn Cha";
    expected.motherName = "Trần Thị Mẹ";
    expected.spouseName = "Lê Thị Vợ";
    expected.oldNumber = "990000001";
    expected.chipCode = "0123456789ABCDEF";
    const auto decoded = lds::VietnameseDataGroup13::decode(file(image, lds::FileId::DataGroup13));
    CHECK(decoded.citizen == expected);
    CHECK(decoded.other.empty());
    CHECK_THROWS_AS(static_cast<void>(issuer.build(exampleRecord(), fromHex("01"))), BadConfiguration);
}

TEST_CASE("A woman's card without expiry, spouse, old number and chip serial") {
    Issuer issuer;
    CitizenRecord record = exampleRecord();
    record.number = "001399000002";
    record.sex = Sex::Female;
    record.expiryDate.reset();
    record.spouseName.clear();
    record.oldNumber.clear();
    const CardImage image = issuer.build(record);
    const auto zone = lds::DataGroup1::decode(file(image, lds::FileId::DataGroup1)).machineReadableZone;
    CHECK(zone.sex == lds::Sex::Female);
    CHECK(zone.neverExpires());
    const auto citizen = lds::VietnameseDataGroup13::decode(file(image, lds::FileId::DataGroup13)).citizen;
    CHECK(citizen.sex == "Nữ");
    CHECK(citizen.expiryDate == "Không thời hạn");
    CHECK(citizen.spouseName.empty());
    CHECK(citizen.oldNumber.empty());
    CHECK(citizen.chipCode.empty());
}

TEST_CASE("DG14 proves EF.CardAccess and, with DG15, holds the chip's own public keys") {
    Issuer issuer;
    const CardImage image = issuer.build(exampleRecord());
    const auto dataGroup14 = lds::DataGroup14::decode(file(image, lds::FileId::DataGroup14));
    CHECK(dataGroup14.contains(lds::CardAccess::decode(image.cardAccess)));
    const auto& infos = dataGroup14.securityInfos;

    const auto chipKeys = infos.all<lds::ChipAuthenticationPublicKeyInfo>();
    REQUIRE(chipKeys.size() == 1);
    const auto chipKey = decodeEllipticCurvePublicKey(chipKeys.front().subjectPublicKeyInfo).value();
    CHECK(chipKey.curve.name() == "brainpoolP256r1");
    CHECK(chipKey.point == image.keys.chipAuthentication.publicKey);
    const auto chipAuthentication = infos.all<lds::ChipAuthenticationInfo>();
    REQUIRE(chipAuthentication.size() == 1);
    CHECK(chipAuthentication.front().protocol.toText() == "0.4.0.127.0.7.2.2.3.2.2");
    CHECK(chipAuthentication.front().version == 1);

    const auto activeAuthentication = infos.all<lds::ActiveAuthenticationInfo>();
    REQUIRE(activeAuthentication.size() == 1);
    CHECK(activeAuthentication.front().signatureAlgorithm.toText() ==
          "0.4.0.127.0.7.1.1.4.1.3"); // plain, SHA-256
    const auto dataGroup15 = lds::DataGroup15::decode(file(image, lds::FileId::DataGroup15));
    const auto activeKey = decodeEllipticCurvePublicKey(dataGroup15.subjectPublicKeyInfo).value();
    CHECK(activeKey.curve.name() == "P-256");
    CHECK(activeKey.point == image.keys.activeAuthentication.publicKey);
}

TEST_CASE("Drawn citizens become cards") {
    Issuer issuer;
    const CardImage image = issuer.build(issuer.drawnRecord());
    const auto citizen = lds::VietnameseDataGroup13::decode(file(image, lds::FileId::DataGroup13)).citizen;
    CHECK(citizen.fullName == issuer.drawnRecord().fullName);
    CHECK(citizen.residence == issuer.drawnRecord().residence);
}

TEST_CASE("What does not fit is refused with the name of its field or file") {
    Issuer issuer;
    SystemRandom random;
    const auto refusal = [&](const CitizenRecord& record, const Pictures& pictures,
                             const IssuingPolicy& policy = {}) -> std::string {
        try {
            static_cast<void>(
                buildCard(record, pictures, ChipKeys::generate(random), issuer.signer(), {}, policy));
        } catch (const MalformedData& error) {
            return error.what();
        }
        return "";
    };
    const auto begins = [](const std::string& text, std::string_view start) {
        return text.rfind(start, 0) == 0;
    };

    CHECK(refusal(exampleRecord(), issuer.pictures()).empty());
    CitizenRecord record = exampleRecord();
    record.number = "99000001";
    CHECK(begins(refusal(record, issuer.pictures()), "number"));
    record = exampleRecord();
    record.fullName = "漢字";
    CHECK(refusal(record, issuer.pictures()).find("full_name") != std::string::npos);

    Pictures pictures = issuer.pictures();
    pictures.portrait = toBytes(viewOf("no picture"));
    CHECK(begins(refusal(exampleRecord(), pictures), "portrait: "));
    pictures = issuer.pictures();
    pictures.rightIndex.clear();
    CHECK(begins(refusal(exampleRecord(), pictures), "right_index: "));

    IssuingPolicy policy;
    policy.maximumFileSize = 20'000;
    CHECK(begins(refusal(exampleRecord(), issuer.pictures(), policy), "DG3 would have "));
}
