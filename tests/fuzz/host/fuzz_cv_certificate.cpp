// SPDX-License-Identifier: Apache-2.0
#include "host/base/error.hpp"
#include "host/trust/cv_certificate.hpp"

#include <cstdlib>

using namespace cancuoc;

namespace {

/// A body that was read is written in a form that reads the same.
void writeBodyBack(const trust::CvCertificateBody& body) {
    const Bytes written = body.encode();
    if (trust::CvCertificateBody::decode(written) != body) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto certificate = trust::CvCertificate::decode({data, size});
        writeBodyBack(certificate.body());
        if (trust::CvCertificate::decode(certificate.encoded()).encoded() != certificate.encoded()) {
            std::abort();
        }
        (void)certificate.isSignedBy(certificate.body().publicKey, std::nullopt);
    } catch (const MalformedData&) {
        return 0;
    }
    return 0;
}
