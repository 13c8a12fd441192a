// SPDX-License-Identifier: Apache-2.0
#include "host/lds/biometric_data_group.hpp"

#include "host/apdu/tlv.hpp"
#include "host/lds/asn1.hpp"

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t biometricInformationGroupTag = 0x7F61;
constexpr std::uint32_t issuerContentTag = 0x53;

} // namespace

// Doc 9303-10, tables 47 and 54; tables 50 and 57 for a group without templates
BiometricDataGroup BiometricDataGroup::decode(BytesView content, FileId file) {
    const std::string name = fileName(file);
    return decodeFile(name, content, maximumLength, [&] {
        TlvReader reader = readTlv(content, fileTag(file), name).children();
        const Tlv group = reader.expect(biometricInformationGroupTag, "The biometric information group");
        BiometricDataGroup dataGroup;
        dataGroup.templates = biometric::BiometricInformationGroup::decode(group.encoded).templates;
        if (!reader.atEnd()) {
            dataGroup.issuerContent = toBytes(reader.expect(issuerContentTag, "The issuer's content").value);
        }
        reader.expectEnd(name);
        return dataGroup;
    });
}

Bytes BiometricDataGroup::encode(FileId file) const {
    Bytes content;
    if (!issuerContent.empty()) {
        content = encodeTlv(issuerContentTag, issuerContent);
    }
    return encodeTlv(fileTag(file), biometric::BiometricInformationGroup{templates}.encode(), content);
}

} // namespace cancuoc::lds
