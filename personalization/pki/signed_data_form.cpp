// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/signed_data_form.hpp"

#include <algorithm>
#include <array>

#include "host/apdu/tlv.hpp"
#include "host/base/object_identifier.hpp"
#include "host/lds/asn1.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/set_of.hpp"

namespace cancuoc::personalization {

namespace {

namespace asn1 = lds::asn1;

constexpr std::uint32_t contextTag0 = 0xA0; // content, eContent, certificates, signed attributes

using TimePtr = std::unique_ptr<ASN1_TIME, OpensslFree<ASN1_TIME_free>>;

Bytes identifier(const std::string& dotted) {
    return ObjectIdentifier::fromText(dotted).encode();
}

// The last arc of SHA-256, SHA-384 and SHA-512 and of ECDSA with them (RFC 5754, 2; RFC 5758, 3.2).
struct HashArcs {
    HashAlgorithm hash;
    const char* digest;
    const char* ecdsa;
};
constexpr std::array<HashArcs, 3> hashArcs{{{HashAlgorithm::Sha256, "1", "2"},
                                            {HashAlgorithm::Sha384, "2", "3"},
                                            {HashAlgorithm::Sha512, "3", "4"}}};

HashArcs arcsOf(HashAlgorithm hash) {
    return *std::find_if(hashArcs.begin(), hashArcs.end(),
                         [hash](const HashArcs& arcs) { return arcs.hash == hash; });
}

Bytes hashIdentifier(HashAlgorithm hash) {
    return identifier(std::string("2.16.840.1.101.3.4.2.") + arcsOf(hash).digest);
}

// RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (RFC 4055, 3.1), as schemeOf() has it.
Bytes pssAlgorithm(HashAlgorithm hash) {
    const Bytes hashAlgorithm =
        encodeTlv(asn1::sequence, hashIdentifier(hash), encodeTlv(asn1::null, Bytes()));
    const Bytes mask = encodeTlv(asn1::sequence, identifier("1.2.840.113549.1.1.8"), hashAlgorithm);
    const Bytes salt = lds::encodeInteger(static_cast<int>(sizeOf(hash)));
    const Bytes parameters = encodeTlv(asn1::sequence, encodeTlv(0xA0, hashAlgorithm), encodeTlv(0xA1, mask),
                                       encodeTlv(0xA2, salt));
    return encodeTlv(asn1::sequence, identifier("1.2.840.113549.1.1.10"), parameters);
}

Bytes signatureAlgorithmOf(const SignatureScheme& scheme) {
    return scheme.kind == SignatureScheme::Kind::RsaPss
               ? pssAlgorithm(scheme.hash)
               : encodeTlv(asn1::sequence,
                           identifier(std::string("1.2.840.10045.4.3.") + arcsOf(scheme.hash).ecdsa));
}

Bytes issuerAndSerialNumberOf(const X509& certificate) {
    const unsigned char* name = nullptr;
    std::size_t nameSize = 0;
    requireOpenssl(X509_NAME_get0_der(X509_get_issuer_name(&certificate), &name, &nameSize),
                   "The issuer of a certificate cannot be encoded");
    unsigned char* serialNumber = nullptr;
    const int size = i2d_ASN1_INTEGER(X509_get0_serialNumber(&certificate), &serialNumber);
    const Bytes encoded(serialNumber, serialNumber + std::max(size, 0));
    OPENSSL_free(serialNumber);
    return encodeTlv(asn1::sequence, BytesView(name, nameSize), encoded);
}

// UTCTime through 2049, then GeneralizedTime (RFC 5652, 11.3).
Bytes encodeTime(std::chrono::sys_seconds time) {
    const auto encoded = ownOpenssl<TimePtr>(ASN1_TIME_set(nullptr, time.time_since_epoch().count()),
                                             "A time cannot be written");
    return encodeTlv(static_cast<std::uint32_t>(encoded->type),
                     BytesView(encoded->data, static_cast<std::size_t>(encoded->length)));
}

Bytes attribute(const char* type, BytesView value) {
    return encodeTlv(asn1::sequence, identifier(type), encodeTlv(asn1::set, value));
}

} // namespace

SignedDataForm::SignedDataForm(const X509& signer, const SignatureScheme& scheme,
                               std::string_view contentType)
    : hash_(scheme.hash), contentType_(identifier(std::string(contentType))),
      digestAlgorithm_(encodeTlv(asn1::sequence, hashIdentifier(scheme.hash))),
      signatureAlgorithm_(signatureAlgorithmOf(scheme)), certificate_(encodeDer(signer)),
      signerIdentifier_(issuerAndSerialNumberOf(signer)) {}

Bytes SignedDataForm::attributes(BytesView content, std::chrono::sys_seconds time) const {
    return elementsOfSet(
        {attribute("1.2.840.113549.1.9.3", contentType_), attribute("1.2.840.113549.1.9.5", encodeTime(time)),
         attribute("1.2.840.113549.1.9.4", encodeTlv(asn1::octetString, digest(hash_, content)))});
}

Bytes SignedDataForm::encode(BytesView content, BytesView attributes, BytesView signature) const {
    const Bytes encapsulated = encodeTlv(asn1::sequence, contentType_,
                                         encodeTlv(contextTag0, encodeTlv(asn1::octetString, content)));
    const Bytes signerInfo = encodeTlv(asn1::sequence, lds::encodeInteger(1), signerIdentifier_,
                                       digestAlgorithm_, encodeTlv(contextTag0, attributes),
                                       signatureAlgorithm_, encodeTlv(asn1::octetString, signature));
    const Bytes signedData =
        encodeTlv(asn1::sequence, lds::encodeInteger(3), encodeTlv(asn1::set, digestAlgorithm_), encapsulated,
                  encodeTlv(contextTag0, certificate_), encodeTlv(asn1::set, signerInfo));
    return encodeTlv(asn1::sequence, identifier("1.2.840.113549.1.7.2"), encodeTlv(contextTag0, signedData));
}

} // namespace cancuoc::personalization
