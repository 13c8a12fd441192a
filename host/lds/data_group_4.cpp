// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_4.hpp"

#include "host/lds/asn1.hpp"

namespace cancuoc::lds {

using biometric::BiometricInformation;

namespace {

void requireOneEye(std::size_t eyes) {
    if (eyes != 1) {
        throw MalformedData("Each eye of DG4 goes into a template of its own.");
    }
}

// Doc 9303-10, 4.7.4.2.1, table 56: the codes of the records are those of the sub-type.
std::uint8_t subtypeOf(biometric::Eye eye) {
    return static_cast<std::uint8_t>(eye);
}

} // namespace

DataGroup4 DataGroup4::of(const std::vector<biometric::IrisRecord>& records) {
    DataGroup4 dataGroup;
    for (const biometric::IrisRecord& record : records) {
        requireOneEye(record.eyes.size());
        dataGroup.templates.push_back(
            BiometricInformation::ofRecord(biometric::biometricTypeIris, subtypeOf(record.eyes.front().eye),
                                           biometric::formatTypeIris, record.encode()));
    }
    return dataGroup;
}

DataGroup4 DataGroup4::of(const std::vector<biometric::IrisImageDataBlock>& blocks) {
    DataGroup4 dataGroup;
    for (const biometric::IrisImageDataBlock& block : blocks) {
        requireOneEye(block.representations.size());
        dataGroup.templates.push_back(BiometricInformation::ofDataBlock(
            biometric::biometricTypeIris, subtypeOf(block.representations.front().eye),
            biometric::formatTypeIrisBlock, block.encode()));
    }
    return dataGroup;
}

DataGroup4 DataGroup4::decode(BytesView file) {
    return {BiometricDataGroup::decode(file, FileId::DataGroup4)};
}

Bytes DataGroup4::encode() const {
    return BiometricDataGroup::encode(FileId::DataGroup4);
}

std::vector<biometric::EncodedIris> DataGroup4::irises() const {
    return decodeTemplates("DG4", templates, biometric::irisImages);
}

} // namespace cancuoc::lds
