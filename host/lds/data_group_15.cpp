// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_15.hpp"

#include "host/apdu/tlv.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/data_group.hpp"

namespace cancuoc::lds {

DataGroup15 DataGroup15::decode(BytesView file) {
    return decodeFile("DG15", file, maximumLength, [file] {
        TlvReader reader = readTlv(file, fileTag(FileId::DataGroup15), "DG15").children();
        const Tlv key = reader.expect(asn1::sequence, "The SubjectPublicKeyInfo");
        reader.expectEnd("DG15");
        TlvReader parts = key.children();
        (void)parts.expect(asn1::sequence, "The algorithm of the key");
        (void)parts.expect(asn1::bitString, "The key itself");
        parts.expectEnd("The SubjectPublicKeyInfo");
        return DataGroup15{toBytes(key.encoded)};
    });
}

Bytes DataGroup15::encode() const {
    return encodeTlv(fileTag(FileId::DataGroup15), subjectPublicKeyInfo);
}

} // namespace cancuoc::lds
