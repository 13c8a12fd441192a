// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/tlv.hpp"
#include "host/base/object_identifier.hpp"
#include "tests/unit/host/trust/test_pki.hpp"

namespace cancuoc::test {

inline CertificateOptions deviationListSignerOptions() {
    auto options = documentSignerOptions();
    options.commonName = "Deviation List Signer";
    options.extendedKeyUsage = "critical,2.23.136.1.1.8";
    return options;
}

/// A State that publishes a deviation list about its Document Signer.
struct DeviationPublisher {
    explicit DeviationPublisher(const CertificateOptions& signerOptions = deviationListSignerOptions())
        : csca(makeSelfSigned(makeEcKey("P-384"))), signer(issue(csca, makeEcKey("P-256"), signerOptions)),
          documentSigner(issue(csca, makeEcKey("P-256"), documentSignerOptions())) {}

    /// The list with this content, signed.
    [[nodiscard]] Bytes sign(BytesView content, std::chrono::sys_seconds time = now) const {
        SignatureOptions options;
        options.contentType = "2.23.136.1.1.7";
        options.signingTime = time;
        return toBytes(readTlv(makeSod(content, {&signer}, options), 0x77, "the wrapper").value);
    }

    Identity csca;
    Identity signer;
    Identity documentSigner;
};

/// One Deviation (Doc 9303-12, 10.2) of this kind for the documents within `limits`, encoded.
inline Bytes deviation(const Bytes& limits, const std::string& type, const std::string& description) {
    const Bytes text = description.empty() ? Bytes() : encodeTlv(0x13, viewOf(description));
    return encodeTlv(0x30, encodeTlv(0x30, limits),
                     encodeTlv(0x31, encodeTlv(0x30, text, ObjectIdentifier::fromText(type).encode(),
                                               fromHex("A003020101"))));
}

inline Bytes deviationList(const std::vector<Bytes>& deviations) {
    Bytes set;
    for (const Bytes& one : deviations) {
        append(set, one);
    }
    return encodeTlv(0x30, fromHex("020100300B0609608648016503040201"), encodeTlv(0x31, set));
}

inline Bytes issuancePeriod(std::string_view first, std::string_view last) {
    return encodeTlv(0xA4, encodeTlv(0x18, viewOf(first)), encodeTlv(0x18, viewOf(last)));
}

inline Bytes issuerAndSerialNumber(const X509& certificate) {
    unsigned char* name = nullptr;
    const int nameLength = i2d_X509_NAME(X509_get_issuer_name(&certificate), &name);
    unsigned char* serial = nullptr;
    const int serialLength = i2d_ASN1_INTEGER(X509_get0_serialNumber(&certificate), &serial);
    const Bytes encoded = encodeTlv(0xA1, BytesView(name, static_cast<std::size_t>(nameLength)),
                                    BytesView(serial, static_cast<std::size_t>(serialLength)));
    OPENSSL_free(name);
    OPENSSL_free(serial);
    return encoded;
}

} // namespace cancuoc::test
