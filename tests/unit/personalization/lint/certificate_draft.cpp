// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/personalization/lint/certificate_draft.hpp"

#include "tests/unit/host/trust/test_pki.hpp"

#include <algorithm>

namespace cancuoc::test {

namespace {

const Bytes csca = nameOf({{countryName, "VN"}, {commonName, "CSCA Test"}});
const Bytes vietnam = alternativeName({{localityName, "VNM"}});
const Bytes criticalTrue = fromHex("0101FF");

Bytes usagePeriod(std::string_view from, std::string_view to) {
    return encodeTlv(0x30, encodeTlv(0x80, viewOf(from)), encodeTlv(0x81, viewOf(to)));
}

Bytes keyIdentifier(const EVP_PKEY& key) {
    const Bytes info = publicKeyInfoOf(key);
    return {info.end() - 20, info.end()};
}

Bytes encodeExtension(const CertificateDraft::Extension& extension) {
    return encodeTlv(0x30, ObjectIdentifier::fromText(extension.identifier).encode(), extension.criticality,
                     encodeTlv(0x04, extension.value));
}

// Fields that all of them have.
CertificateDraft bare(const Bytes& subject, EVP_PKEY& key) {
    CertificateDraft draft;
    draft.signature = algorithmIdentifier("1.2.840.10045.4.3.2"); // ecdsa-with-SHA256
    draft.issuer = csca;
    draft.notBefore = encodeTlv(0x17, viewOf("260115080000Z"));
    draft.notAfter = encodeTlv(0x17, viewOf("360415080000Z"));
    draft.subject = subject;
    draft.publicKeyInfo = publicKeyInfoOf(key);
    draft.signer = &authorityKey();
    draft.set("2.5.29.35", encodeTlv(0x30, encodeTlv(0x80, keyIdentifier(authorityKey()))));
    return draft;
}

CertificateDraft endEntity(std::string_view name) {
    auto draft = bare(nameOf({{countryName, "VN"}, {commonName, name}}), signerKey());
    draft.set("2.5.29.14", encodeTlv(0x04, keyIdentifier(signerKey())));
    draft.set("2.5.29.15", fromHex("03020780"), true); // digitalSignature
    draft.set("2.5.29.17", vietnam);
    draft.set("2.5.29.18", vietnam);
    draft.set("2.5.29.31", distributionPoint("https://csca.example/csca.crl"));
    return draft;
}

CertificateDraft withPurpose(CertificateDraft draft, const std::string& purpose) {
    draft.set("2.5.29.37", purposes({purpose}), true);
    return draft;
}

CertificateDraft authority(const Bytes& subject, EVP_PKEY& key) {
    auto draft = bare(subject, key);
    draft.set("2.5.29.14", encodeTlv(0x04, keyIdentifier(key)));
    draft.set("2.5.29.15", fromHex("03020106"), true); // keyCertSign, cRLSign
    draft.set("2.5.29.16", usagePeriod("20260115080000Z", "20310115080000Z"));
    draft.set("2.5.29.17", vietnam);
    draft.set("2.5.29.18", vietnam);
    draft.set("2.5.29.19", fromHex("30060101FF020100"), true); // a CA, path length 0
    draft.set("2.5.29.31", distributionPoint("https://csca.example/csca.crl"));
    return draft;
}

} // namespace

CertificateDraft& CertificateDraft::set(const std::string& identifier, const Bytes& value, bool isCritical) {
    remove(identifier);
    extensions.push_back({identifier, isCritical ? criticalTrue : Bytes(), value});
    return *this;
}

CertificateDraft& CertificateDraft::remove(const std::string& identifier) {
    extensions.erase(std::remove_if(extensions.begin(), extensions.end(),
                                    [&](const Extension& one) { return one.identifier == identifier; }),
                     extensions.end());
    return *this;
}

CertificateDraft& CertificateDraft::makeCritical(const std::string& identifier, const Bytes& criticality) {
    for (auto& extension : extensions) {
        if (extension.identifier == identifier) {
            extension.criticality = criticality;
        }
    }
    return *this;
}

Bytes CertificateDraft::encode() const {
    Bytes encodedExtensions;
    for (const auto& extension : extensions) {
        append(encodedExtensions, encodeExtension(extension));
    }
    const Bytes body = encodeTlv(0x30, version, serialNumber, signature, issuer,
                                 encodeTlv(0x30, notBefore, notAfter), subject, publicKeyInfo,
                                 uniqueIdentifiers, encodeTlv(0xA3, encodeTlv(0x30, encodedExtensions)));
    return encodeTlv(0x30, body, outerSignature.empty() ? signature : outerSignature,
                     encodeTlv(0x03, Bytes{0}, signatureOver(*signer, body)));
}

CertificateDraft goodRoot() {
    auto draft = authority(csca, authorityKey());
    draft.serialNumber = fromHex("020101");
    return draft;
}

CertificateDraft goodLink() {
    auto draft = authority(nameOf({{countryName, "VN"}, {commonName, "CSCA Renamed"}}), signerKey());
    draft.serialNumber = fromHex("020102");
    draft.set("2.23.136.1.1.6.1", fromHex("0500"));
    return draft;
}

CertificateDraft goodDocumentSigner() {
    auto draft = endEntity("Document Signer");
    draft.set("2.5.29.16", usagePeriod("20260115080000Z", "20260415080000Z"));
    draft.set("2.23.136.1.1.6.2", fromHex("3009020100310413024944")); // ID
    return draft;
}

CertificateDraft goodMasterListSigner() {
    return withPurpose(endEntity("Master List Signer"), "2.23.136.1.1.3");
}

CertificateDraft goodDeviationListSigner() {
    return withPurpose(endEntity("Deviation List Signer"), "2.23.136.1.1.8");
}

CertificateDraft goodCommunication() {
    auto draft = withPurpose(endEntity("PKD access"), "1.3.6.1.5.5.7.3.2");
    draft.set("2.5.29.15", fromHex("030205A0"), true); // digitalSignature, keyEncipherment
    draft.remove("2.5.29.31");
    return draft;
}

CertificateDraft goodSpocClient() {
    return withPurpose(endEntity("SPOC TLS client"), "2.23.136.1.1.10.1");
}

CertificateDraft goodSpocServer() {
    auto draft = withPurpose(endEntity("SPOC TLS server"), "2.23.136.1.1.10.2");
    const Bytes server = encodeTlv(0x30, encodeTlv(0x82, viewOf("spoc.example")),
                                   encodeTlv(0xA4, nameOf({{localityName, "VNM"}})));
    draft.set("2.5.29.17", server);
    return draft;
}

CertificateDraft goodLds2Signer() {
    return withPurpose(bare(nameOf({{countryName, "VN"}, {commonName, "TS1"}}), signerKey()),
                       "2.23.136.1.1.9.8.1");
}

CertificateDraft goodBarCodeSigner() {
    auto draft = withPurpose(bare(nameOf({{countryName, "VN"}, {commonName, "BC"}}), signerKey()),
                             "2.23.136.1.1.11.1");
    draft.set("2.23.136.1.1.6.2", fromHex("3009020100310413024944"));
    return draft;
}

CertificateDraft goodUploadedRoot() {
    auto draft = goodRoot();
    draft.remove("2.5.29.17").remove("2.5.29.18");
    return draft;
}

EVP_PKEY& authorityKey() {
    static const EvpKey key = makeEcKey("P-256");
    return *key;
}

EVP_PKEY& signerKey() {
    static const EvpKey key = makeEcKey("P-256");
    return *key;
}

Bytes publicKeyInfoOf(const EVP_PKEY& key) {
    unsigned char* encoded = nullptr;
    const int size = i2d_PUBKEY(&key, &encoded);
    Bytes der(encoded, encoded + size);
    OPENSSL_free(encoded);
    return der;
}

Bytes signatureOver(EVP_PKEY& key, BytesView message) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, &key);
    std::size_t size = 0;
    EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size());
    Bytes signature(size);
    EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size());
    signature.resize(size);
    return signature;
}

Bytes nameOf(const std::vector<DraftAttribute>& attributes) {
    Bytes relative;
    for (const auto& attribute : attributes) {
        append(relative, encodeTlv(0x31, encodeTlv(0x30, encodeTlv(0x06, Bytes{0x55, 0x04, attribute.type}),
                                                   encodeTlv(attribute.stringTag, viewOf(attribute.text)))));
    }
    return encodeTlv(0x30, relative);
}

Bytes alternativeName(const std::vector<DraftAttribute>& directoryName, std::string_view email) {
    return encodeTlv(0x30, email.empty() ? Bytes() : encodeTlv(0x81, viewOf(email)),
                     directoryName.empty() ? Bytes() : encodeTlv(0xA4, nameOf(directoryName)));
}

Bytes algorithmIdentifier(const std::string& identifier, const Bytes& parameters) {
    return encodeTlv(0x30, ObjectIdentifier::fromText(identifier).encode(), parameters);
}

Bytes purposes(const std::vector<std::string>& identifiers) {
    Bytes list;
    for (const auto& identifier : identifiers) {
        append(list, ObjectIdentifier::fromText(identifier).encode());
    }
    return encodeTlv(0x30, list);
}

Bytes distributionPoint(std::string_view address, const Bytes& rest) {
    return encodeTlv(
        0x30, encodeTlv(0x30, encodeTlv(0xA0, encodeTlv(0xA0, encodeTlv(0x86, viewOf(address)))), rest));
}

} // namespace cancuoc::test
