// SPDX-License-Identifier: Apache-2.0
#include "host/lds/cvca.hpp"

#include "host/lds/asn1.hpp"
#include "host/lds/certificate_reference.hpp"

#include <algorithm>

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t authorityReference = 0x42;

bool isPadding(BytesView bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](auto byte) { return byte == 0; });
}

} // namespace

// FileID ::= SEQUENCE { fid OCTET STRING (SIZE(2)), sfid OCTET STRING (SIZE(1)) OPTIONAL }
Cvca::Location Cvca::locate(BytesView fileId) {
    if (fileId.empty()) {
        return {};
    }
    TlvReader reader = readTlv(fileId, asn1::sequence, "The place of EF.CVCA").children();
    const BytesView identifier = reader.expect(asn1::octetString, "The file identifier of EF.CVCA").value;
    if (identifier.size() != 2) {
        throw MalformedData("The file identifier of EF.CVCA has not 2 bytes.");
    }
    Location location{static_cast<std::uint16_t>(fromBigEndian(identifier)), std::nullopt};
    if (!reader.atEnd()) {
        const BytesView shortIdentifier =
            reader.expect(asn1::octetString, "The short file identifier of EF.CVCA").value;
        if (shortIdentifier.size() != 1 || shortIdentifier[0] < 1 || shortIdentifier[0] > 30) {
            throw MalformedData("The short file identifier of EF.CVCA is no number from 1 to 30.");
        }
        location.shortFileIdentifier = shortIdentifier[0];
    }
    reader.expectEnd("The place of EF.CVCA");
    return location;
}

Cvca Cvca::decode(BytesView file) {
    return decodeFile("EF.CVCA", file, maximumLength, [file] {
        Cvca cvca;
        TlvReader reader(file);
        while (!isPadding(reader.remaining())) {
            if (cvca.authorityReferences.size() == maximumCount) {
                throw MalformedData("There are more than 2 Certification Authority References.");
            }
            cvca.authorityReferences.push_back(
                readCertificateReference(reader, authorityReference, "A Certification Authority Reference"));
        }
        if (cvca.authorityReferences.empty()) {
            throw MalformedData("There is no Certification Authority Reference.");
        }
        return cvca;
    });
}

Bytes Cvca::encode() const {
    Bytes file;
    for (const std::string& reference : authorityReferences) {
        appendTlv(file, authorityReference, viewOf(reference));
    }
    file.resize(std::max(file.size(), length));
    return file;
}

} // namespace cancuoc::lds
