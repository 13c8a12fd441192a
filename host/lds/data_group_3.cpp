// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_3.hpp"

#include "host/apdu/tlv.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/data_group.hpp"

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t biometricInformationGroupTag = 0x7F61;
constexpr std::uint32_t issuerContentTag = 0x53;

// Doc 9303-10, 4.7.3.2.1, table 49: bits 1 and 2 the side, bits 3 to 5 the finger.
std::uint8_t subtypeOf(std::uint8_t position) {
    constexpr std::uint8_t right = 0b01;
    constexpr std::uint8_t left = 0b10;
    constexpr std::uint8_t fingersOfAHand = 5;
    if (position == 0 || position > 2 * fingersOfAHand) {
        return 0;
    }
    const bool isLeft = position > fingersOfAHand;
    const auto finger = static_cast<std::uint8_t>(isLeft ? position - fingersOfAHand : position);
    return static_cast<std::uint8_t>(finger << 2 | (isLeft ? left : right));
}

} // namespace

DataGroup3 DataGroup3::of(const std::vector<biometric::FingerRecord>& records) {
    DataGroup3 dataGroup;
    for (const biometric::FingerRecord& record : records) {
        if (record.images.size() != 1) {
            throw MalformedData("Each finger of DG3 goes into a template of its own, with one image in it.");
        }
        biometric::BiometricInformation information;
        information.header.biometricType = biometric::biometricTypeFinger;
        information.header.biometricSubtype = subtypeOf(record.images.front().position);
        information.header.formatType = biometric::formatTypeFingerImage;
        information.dataBlock = record.encode();
        dataGroup.templates.push_back(std::move(information));
    }
    return dataGroup;
}

// Doc 9303-10, 4.7.3; table 50 for a group without fingers
DataGroup3 DataGroup3::decode(BytesView file) {
    return decodeFile("DG3", file, maximumLength, [file] {
        TlvReader reader = readTlv(file, fileTag(FileId::DataGroup3), "DG3").children();
        const Tlv group = reader.expect(biometricInformationGroupTag, "The biometric information group");
        DataGroup3 dataGroup;
        dataGroup.templates = biometric::BiometricInformationGroup::decode(group.encoded).templates;
        if (!reader.atEnd()) {
            dataGroup.issuerContent = toBytes(reader.expect(issuerContentTag, "The issuer's content").value);
        }
        reader.expectEnd("DG3");
        return dataGroup;
    });
}

Bytes DataGroup3::encode() const {
    Bytes content;
    if (!issuerContent.empty()) {
        content = encodeTlv(issuerContentTag, issuerContent);
    }
    return encodeTlv(fileTag(FileId::DataGroup3), biometric::BiometricInformationGroup{templates}.encode(),
                     content);
}

std::vector<biometric::FingerRecord> DataGroup3::records() const {
    std::vector<biometric::FingerRecord> records;
    for (const biometric::BiometricInformation& information : templates) {
        records.push_back(decodeFile("DG3", information.dataBlock, maximumLength, [&information] {
            return biometric::FingerRecord::decode(information.dataBlock);
        }));
    }
    return records;
}

} // namespace cancuoc::lds
