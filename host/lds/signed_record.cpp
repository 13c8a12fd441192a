// SPDX-License-Identifier: Apache-2.0
#include "host/lds/signed_record.hpp"

#include "host/lds/asn1.hpp"
#include "host/lds/signature_objects.hpp"

namespace cancuoc::lds {

SignedRecord SignedRecord::decode(BytesView record, Tags tags) {
    return decodeFile("The record", record, maximumLength, [record, tags] {
        TlvReader reader(record);
        SignedRecord decoded;
        decoded.state = toText(reader.expect(tags.state, "The State").value);
        decoded.signedInfo = toBytes(reader.expect(tags.signedInfo, "The signed information").encoded);
        SignatureObjects objects = SignatureObjects::read(reader);
        decoded.signature = std::move(objects.signature);
        decoded.certificateReference = objects.certificateReference;
        reader.expectEnd("The record");
        return decoded;
    });
}

Bytes SignedRecord::encode(Tags tags) const {
    return concat(encodeTlv(tags.state, viewOf(state)), signedInfo,
                  SignatureObjects{signature, certificateReference}.encode());
}

} // namespace cancuoc::lds
