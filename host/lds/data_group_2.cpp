// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_2.hpp"

#include "host/apdu/tlv.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/biometric_data_group.hpp"
#include "host/lds/data_group.hpp"

namespace cancuoc::lds {

using biometric::BiometricInformation;

namespace {

constexpr std::uint8_t noInformationGiven = 0; // Doc 9303-10, table 46

} // namespace

DataGroup2 DataGroup2::of(const biometric::FacialRecord& record) {
    return DataGroup2{{BiometricInformation::ofRecord(biometric::biometricTypeFace, noInformationGiven,
                                                      biometric::formatTypeFace, record.encode())}};
}

DataGroup2 DataGroup2::of(const biometric::FaceImageDataBlock& block) {
    return DataGroup2{{BiometricInformation::ofDataBlock(biometric::biometricTypeFace, noInformationGiven,
                                                         biometric::formatTypeFaceBlock, block.encode())}};
}

// Doc 9303-10, 4.7.2
DataGroup2 DataGroup2::decode(BytesView file) {
    return decodeFile("DG2", file, maximumLength, [file] {
        const Tlv dataGroup = readTlv(file, fileTag(FileId::DataGroup2), "DG2");
        auto group = biometric::BiometricInformationGroup::decode(dataGroup.value);
        if (group.templates.empty()) {
            throw MalformedData("There is no facial image.");
        }
        return DataGroup2{std::move(group.templates)};
    });
}

Bytes DataGroup2::encode() const {
    return encodeTlv(fileTag(FileId::DataGroup2), biometric::BiometricInformationGroup{templates}.encode());
}

std::vector<biometric::FacialRecord> DataGroup2::records() const {
    return decodeTemplates("DG2", templates, [](const BiometricInformation& information) {
        return std::vector{biometric::FacialRecord::decode(information.dataBlock)};
    });
}

std::vector<biometric::EncodedImage> DataGroup2::images() const {
    return decodeTemplates("DG2", templates, biometric::faceImages);
}

} // namespace cancuoc::lds
