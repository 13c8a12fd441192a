// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_2.hpp"

#include "host/apdu/tlv.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/data_group.hpp"

namespace cancuoc::lds {

DataGroup2 DataGroup2::of(const biometric::FacialRecord& record) {
    biometric::BiometricInformation information;
    information.header.biometricType = biometric::biometricTypeFace;
    information.header.biometricSubtype = std::uint8_t{0}; // no information given
    information.header.formatType = biometric::formatTypeFace;
    information.dataBlock = record.encode();
    return DataGroup2{{std::move(information)}};
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
    std::vector<biometric::FacialRecord> records;
    for (const biometric::BiometricInformation& information : templates) {
        records.push_back(decodeFile("DG2", information.dataBlock, maximumLength, [&information] {
            return biometric::FacialRecord::decode(information.dataBlock);
        }));
    }
    return records;
}

} // namespace cancuoc::lds
