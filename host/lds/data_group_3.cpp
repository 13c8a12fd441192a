// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_3.hpp"

#include "host/lds/asn1.hpp"

namespace cancuoc::lds {

using biometric::BiometricInformation;

namespace {

// Doc 9303-10, 4.7.3.2.1, table 49: bits 1 and 2 the side, bits 3 to 5 the finger.
std::uint8_t subtypeOf(std::uint16_t position) {
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

void requireOneFinger(std::size_t images) {
    if (images != 1) {
        throw MalformedData("Each finger of DG3 goes into a template of its own, with one image in it.");
    }
}

} // namespace

DataGroup3 DataGroup3::of(const std::vector<biometric::FingerRecord>& records) {
    DataGroup3 dataGroup;
    for (const biometric::FingerRecord& record : records) {
        requireOneFinger(record.images.size());
        dataGroup.templates.push_back(BiometricInformation::ofRecord(
            biometric::biometricTypeFinger, subtypeOf(record.images.front().position),
            biometric::formatTypeFingerImage, record.encode()));
    }
    return dataGroup;
}

DataGroup3 DataGroup3::of(const std::vector<biometric::FingerImageDataBlock>& blocks) {
    DataGroup3 dataGroup;
    for (const biometric::FingerImageDataBlock& block : blocks) {
        requireOneFinger(block.representations.size());
        const auto position = block.representations.front().position.value();
        dataGroup.templates.push_back(
            BiometricInformation::ofDataBlock(biometric::biometricTypeFinger, subtypeOf(position.value_or(0)),
                                              biometric::formatTypeFingerBlock, block.encode()));
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
    return decodeTemplates("DG3", templates, [](const BiometricInformation& information) {
        return std::vector{biometric::FingerRecord::decode(information.dataBlock)};
    });
}

std::vector<biometric::EncodedFinger> DataGroup3::fingers() const {
    return decodeTemplates("DG3", templates, biometric::fingerImages);
}

} // namespace cancuoc::lds
