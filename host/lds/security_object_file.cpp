// SPDX-License-Identifier: Apache-2.0
#include "host/lds/security_object_file.hpp"

#include "host/apdu/tlv.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/data_group.hpp"

#include <algorithm>

namespace cancuoc::lds {

SecurityObjectFile::SecurityObjectFile(Bytes file, SignedData signedData)
    : file_(std::move(file)), signedData_(std::move(signedData)) {}

SecurityObjectFile SecurityObjectFile::decode(BytesView file) {
    return decodeFile("EF.SOD", file, maximumLength, [file] {
        const Tlv wrapper = readTlv(file, fileTag(FileId::Sod), "EF.SOD");
        return SecurityObjectFile(toBytes(file), SignedData::decode(wrapper.value));
    });
}

SecurityObjectFile SecurityObjectFile::wrap(BytesView contentInfo) {
    return decode(encodeTlv(fileTag(FileId::Sod), contentInfo));
}

DocumentSecurityObject SecurityObjectFile::documentSecurityObject() const {
    const std::string type = signedData_.contentType().toText();
    const auto& others = DocumentSecurityObject::otherContentTypes;
    if (type != DocumentSecurityObject::contentType &&
        std::find(others.begin(), others.end(), type) == others.end()) {
        throw MalformedData("EF.SOD holds signed content of the type " + type +
                            ", not an LDSSecurityObject.");
    }
    return DocumentSecurityObject::decode(signedData_.content());
}

} // namespace cancuoc::lds
