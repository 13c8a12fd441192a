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
