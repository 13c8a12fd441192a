// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate.hpp"
#include "host/trust/certificate_revocation_list.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

namespace {

void readCrl(BytesView file) {
    try {
        (void)trust::CertificateRevocationList::decode(file);
    } catch (const MalformedData&) {
        return;
    }
}

void readCertificate(BytesView file) {
    try {
        const auto certificate = trust::Certificate::decode(file);
        if (trust::Certificate::decode(certificate.der()).sha256() != certificate.sha256()) {
            std::abort();
        }
        (void)certificate.defects(certificate.notBefore());
    } catch (const MalformedData&) {
        return;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    readCertificate({data, size});
    readCrl({data, size});
    return 0;
}
