// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_3.hpp"

#include "host/lds/asn1.hpp"

namespace cancuoc::lds {

namespace {

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

DataGroup3 DataGroup3::decode(BytesView file) {
    return {BiometricDataGroup::decode(file, FileId::DataGroup3)};
}

Bytes DataGroup3::encode() const {
    return BiometricDataGroup::encode(FileId::DataGroup3);
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
