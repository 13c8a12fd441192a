// SPDX-License-Identifier: Apache-2.0
// EF.SOD, master lists and deviation lists: Doc 9303-10, table 37; 9303-12, tables 18 and 19, 5.3, 9.2, 10.2.
#include "tests/unit/host/trust/test_deviation_list.hpp"
#include "tests/unit/personalization/lint/certificate_draft.hpp"
#include "tests/unit/personalization/lint/fixtures.hpp"

#include "host/crypto/digest.hpp"
#include "host/lds/document_security_object.hpp"

#include <algorithm>

namespace cancuoc::test {

namespace {

using Companions = std::vector<std::string>;

const Bytes sha256Identifier = algorithmIdentifier("2.16.840.1.101.3.4.2.1");
const Bytes null = fromHex("0500");

// SET OF: DER puts it in the order of the encodings.
Bytes setOf(std::vector<Bytes> members, std::uint32_t tag = 0x31) {
    std::sort(members.begin(), members.end());
    Bytes content;
    for (const auto& member : members) {
        append(content, member);
    }
    return encodeTlv(tag, content);
}

Bytes cmsAttribute(const std::string& type, const Bytes& value) {
    return encodeTlv(0x30, ObjectIdentifier::fromText(type).encode(), encodeTlv(0x31, value));
}

// Length fields of four bytes, which BER allows.
Bytes withLongLength(const Bytes& object) {
    const Tlv tlv = *TlvReader(object).next();
    return concat(Bytes{object.front(), 0x83}, toBigEndian(tlv.value.size(), 3), tlv.value);
}

struct SignerDraft {
    bool byKeyIdentifier = false;
    Bytes version; // empty: as the identifier asks
    Bytes digestAlgorithm = sha256Identifier;
    HashAlgorithm hash = HashAlgorithm::Sha256;
    bool hasAttributes = true;
    bool hasSigningTime = true;
    Bytes signatureAlgorithm = algorithmIdentifier("1.2.840.10045.4.3.2");
    bool hasUnsignedAttributes = false;
};

// A SignedData (RFC 5652, 5.1) piece by piece.
struct SignedDraft {
    Bytes version = fromHex("020103");
    std::vector<Bytes> digestAlgorithms{sha256Identifier};
    std::string contentType;
    Bytes content;
    CertificateDraft signerCertificate;
    EVP_PKEY* key = &signerKey();
    bool hasSignerCertificate = true;
    std::vector<Bytes> otherCertificates;
    Bytes revocationLists;
    std::vector<SignerDraft> signers{{}};
    bool isSignatureForged = false;
    bool hasLongLength = false;
    std::uint32_t wrapper = 0; ///< tag around it; 0: none

    [[nodiscard]] Bytes encode() const;

private:
    [[nodiscard]] Bytes attributesOf(const SignerDraft& signer) const;
    [[nodiscard]] Bytes encode(const SignerDraft& signer) const;
};

Bytes SignedDraft::attributesOf(const SignerDraft& signer) const {
    std::vector<Bytes> attributes{
        cmsAttribute("1.2.840.113549.1.9.3", ObjectIdentifier::fromText(contentType).encode()),
        cmsAttribute("1.2.840.113549.1.9.4", encodeTlv(0x04, digest(signer.hash, content)))};
    if (signer.hasSigningTime) {
        attributes.push_back(cmsAttribute("1.2.840.113549.1.9.5", encodeTlv(0x17, viewOf("260116080000Z"))));
    }
    return setOf(attributes);
}

Bytes signWith(EVP_PKEY& key, HashAlgorithm hash, BytesView message) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    EVP_DigestSignInit(context.get(), nullptr, opensslDigest(hash), nullptr, &key);
    std::size_t size = 0;
    EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size());
    Bytes signature(size);
    EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size());
    signature.resize(size);
    return signature;
}

Bytes SignedDraft::encode(const SignerDraft& signer) const {
    const Bytes info = publicKeyInfoOf(*key);
    const Bytes identifier = signer.byKeyIdentifier
                                 ? encodeTlv(0x80, BytesView(info).last(20))
                                 : encodeTlv(0x30, signerCertificate.issuer, signerCertificate.serialNumber);
    const Bytes dueVersion = fromHex(signer.byKeyIdentifier ? "020103" : "020101");
    const Bytes attributes = signer.hasAttributes ? attributesOf(signer) : Bytes();
    Bytes implicitAttributes = attributes;
    if (signer.hasAttributes) {
        implicitAttributes.front() = 0xA0;
    }
    Bytes signature = signWith(*key, signer.hash, signer.hasAttributes ? attributes : content);
    if (isSignatureForged) {
        signature.back() ^= 0x01;
    }
    const Bytes unsignedAttributes =
        signer.hasUnsignedAttributes ? encodeTlv(0xA1, cmsAttribute("1.2.3.4", encodeTlv(0x04, Bytes{0x01})))
                                     : Bytes();
    return encodeTlv(0x30, signer.version.empty() ? dueVersion : signer.version, identifier,
                     signer.digestAlgorithm, implicitAttributes, signer.signatureAlgorithm,
                     encodeTlv(0x04, signature), unsignedAttributes);
}

Bytes SignedDraft::encode() const {
    auto certificates = otherCertificates;
    if (hasSignerCertificate) {
        certificates.push_back(signerCertificate.encode());
    }
    std::vector<Bytes> infos;
    for (const auto& signer : signers) {
        infos.push_back(encode(signer));
    }
    const Bytes signedData =
        encodeTlv(0x30, version, setOf(digestAlgorithms),
                  encodeTlv(0x30, ObjectIdentifier::fromText(contentType).encode(),
                            encodeTlv(0xA0, encodeTlv(0x04, content))),
                  certificates.empty() ? Bytes() : setOf(certificates, 0xA0),
                  revocationLists.empty() ? Bytes() : encodeTlv(0xA1, revocationLists), setOf(infos));
    Bytes contentInfo = encodeTlv(0x30, ObjectIdentifier::fromText("1.2.840.113549.1.7.2").encode(),
                                  encodeTlv(0xA0, signedData));
    contentInfo = hasLongLength ? withLongLength(contentInfo) : contentInfo;
    return wrapper != 0 ? encodeTlv(wrapper, contentInfo) : contentInfo;
}

// --- what breaks no rule

lds::DocumentSecurityObject goodObject() {
    lds::DocumentSecurityObject object;
    object.dataGroupHashes = {{1, Bytes(32, 0x11)}, {2, Bytes(32, 0x22)}};
    object.versionInfo = lds::DocumentSecurityObject::VersionInfo();
    return object;
}

SignedDraft goodSecurityObject() {
    SignedDraft draft;
    draft.wrapper = 0x77;
    draft.contentType = "2.23.136.1.1.1";
    draft.content = goodObject().encode();
    draft.signerCertificate = goodDocumentSigner();
    return draft;
}

Bytes listOf(const std::vector<Bytes>& certificates) {
    return encodeTlv(0x30, fromHex("020100"), setOf(certificates));
}

SignedDraft goodMasterList() {
    static const Bytes root = goodRoot().encode();
    SignedDraft draft;
    draft.contentType = "2.23.136.1.1.2";
    draft.content = listOf({root});
    draft.signerCertificate = goodMasterListSigner();
    draft.otherCertificates = {root};
    draft.signers.front().byKeyIdentifier = true;
    return draft;
}

const std::string wrongHash = "2.23.136.1.1.7.2.2";

SignedDraft goodDeviationList() {
    auto draft = goodMasterList();
    draft.contentType = "2.23.136.1.1.7";
    const Bytes limits = concat(encodeTlv(0x80, viewOf("ID")), encodeTlv(0x83, Bytes(32, 0x44)),
                                issuancePeriod("20260101000000Z", "20260201000000Z"));
    draft.content = deviationList({deviation(limits, wrongHash, "DG12")});
    draft.signerCertificate = goodDeviationListSigner();
    return draft;
}

// --- one thing wrong

class SignedFixtures {
public:
    void add(const std::string& rule, const SignedDraft& good,
             const std::function<void(SignedDraft&)>& change, const Companions& companions = {}) {
        auto draft = good;
        change(draft);
        all_.push_back({rule, good.encode(), draft.encode(), companions});
    }
    [[nodiscard]] const std::vector<Fixture>& all() const { return all_; }

private:
    std::vector<Fixture> all_;
};

// The same with an RSA key, whose signature algorithm has the parameters NULL.
SignedDraft withRsa(SignedDraft draft) {
    static const EvpKey rsa = makeRsaKey();
    draft.key = rsa.get();
    draft.signerCertificate.publicKeyInfo = publicKeyInfoOf(*rsa);
    const Bytes identifier = encodeTlv(0x04, BytesView(draft.signerCertificate.publicKeyInfo).last(20));
    draft.signerCertificate.set("2.5.29.14", identifier);
    draft.signers.front().signatureAlgorithm = algorithmIdentifier("1.2.840.113549.1.1.1", null);
    return draft;
}

void addCommon(SignedFixtures& fixtures, const std::string& prefix, const SignedDraft& good) {
    const auto add = [&](const std::string& rule, const std::function<void(SignedDraft&)>& change,
                         const Companions& companions = {}) {
        fixtures.add(prefix + rule, good, change, companions);
    };
    add("encoding", [](auto& draft) { draft.hasLongLength = true; });
    add("cms-version", [](auto& draft) { draft.version = fromHex("020104"); });
    const Bytes withNull = algorithmIdentifier("2.16.840.1.101.3.4.2.1", null);
    add("digest-parameters", [&](auto& draft) { draft.digestAlgorithms = {withNull}; });
    add("digest-parameters", [&](auto& draft) { draft.signers.front().digestAlgorithm = withNull; });
    add("digest-algorithms",
        [](auto& draft) { draft.digestAlgorithms = {algorithmIdentifier("2.16.840.1.101.3.4.2.2")}; },
        {prefix + "signature"});
    add("hash-algorithm", [](auto& draft) {
        const Bytes sha1 = algorithmIdentifier("1.3.14.3.2.26");
        draft.digestAlgorithms = {sha1};
        draft.signers.front().digestAlgorithm = sha1;
        draft.signers.front().hash = HashAlgorithm::Sha1;
        draft.signers.front().signatureAlgorithm = algorithmIdentifier("1.2.840.10045.4.1");
    });
    fixtures.add(prefix + "signature-parameters", withRsa(good), [](auto& draft) {
        draft.signers.front().signatureAlgorithm = algorithmIdentifier("1.2.840.113549.1.1.1");
    });
    add("signer-certificate", [](auto& draft) { draft.hasSignerCertificate = false; });
    add("signers", [](auto& draft) { draft.signers.push_back(draft.signers.front()); });
    add("signed-attributes", [](auto& draft) { draft.signers.front().hasAttributes = false; });
    const Bytes otherVersion = fromHex(good.signers.front().byKeyIdentifier ? "020101" : "020103");
    add("signer-version", [&](auto& draft) { draft.signers.front().version = otherVersion; });
    add("signature", [](auto& draft) { draft.isSignatureForged = true; });
}

void addOfLists(SignedFixtures& fixtures, const std::string& prefix, const SignedDraft& good) {
    const auto add = [&](const std::string& rule, const std::function<void(SignedDraft&)>& change,
                         const Companions& companions = {}) {
        fixtures.add(prefix + rule, good, change, companions);
    };
    add("revocation-lists",
        [](auto& draft) { draft.revocationLists = revocationListFixtures().front().passing; });
    add("signer-identifier", [](auto& draft) { draft.signers.front().byKeyIdentifier = false; });
    add("signing-time", [](auto& draft) { draft.signers.front().hasSigningTime = false; });
    add("signed-by-csca", [](auto& draft) {
        draft.signerCertificate = goodRoot();
        draft.key = &authorityKey();
        draft.hasSignerCertificate = false; // inside already
    });
    add("csca-certificate", [](auto& draft) { draft.otherCertificates.clear(); });
    const std::string noPurpose = "certificate.ext-key-usage.is-missing";
    const auto removePurpose = [](auto& draft) { draft.signerCertificate.remove("2.5.29.37"); };
    add("signer-purpose", removePurpose, {noPurpose});
    fixtures.add(noPurpose, good, removePurpose, {prefix + "signer-purpose"});
}

void addMasterList(SignedFixtures& fixtures) {
    const auto add = [&](const std::string& rule, const std::function<void(SignedDraft&)>& change,
                         const Companions& companions = {}) {
        fixtures.add("master-list." + rule, goodMasterList(), change, companions);
    };
    static const Bytes root = goodRoot().encode();
    add("content-type", [](auto& draft) { draft.contentType = "1.2.3.4"; });
    add("list", [](auto& draft) { draft.content = fromHex("3000"); });
    add("list-encoding", [](auto& draft) { draft.content = withLongLength(draft.content); });
    add("list-encoding", [](auto& draft) {
        const Bytes link = goodLink().encode();
        draft.content =
            encodeTlv(0x30, fromHex("020100"), encodeTlv(0x31, std::max(root, link), std::min(root, link)));
    });
    add("own-csca", [](auto& draft) { draft.content = listOf({goodLink().encode()}); });
    add("other-certificates", [](auto& draft) {
        draft.content = listOf({root, goodDocumentSigner().encode()});
    });
}

void addDeviationList(SignedFixtures& fixtures) {
    const auto add = [&](const std::string& rule, const std::function<void(SignedDraft&)>& change) {
        fixtures.add("deviation-list." + rule, goodDeviationList(), change);
    };
    const auto addContent = [&](const std::string& rule, const Bytes& limits,
                                const std::string& type = wrongHash) {
        add(rule, [&](auto& draft) { draft.content = deviationList({deviation(limits, type, "")}); });
    };
    add("content-type", [](auto& draft) { draft.contentType = "1.2.3.4"; });
    add("unsigned-attributes", [](auto& draft) { draft.signers.front().hasUnsignedAttributes = true; });
    add("list", [](auto& draft) { draft.content = fromHex("3000"); });
    add("list-encoding", [](auto& draft) { draft.content = withLongLength(draft.content); });
    add("digest-algorithm", [](auto& draft) {
        draft.content =
            encodeTlv(0x30, fromHex("020100"),
                      encodeTlv(0x31, deviation(encodeTlv(0x83, Bytes(32, 0x44)), wrongHash, "")));
    });
    addContent("document-type", encodeTlv(0x80, viewOf("P")));
    addContent("issuance-period", issuancePeriod("20260201000000Z", "20260101000000Z"));
    addContent("deviation-type", {}, "1.2.3.4");
}

// LDSSecurityObject with that version, hash algorithm and version information.
Bytes objectWith(const std::string& version, const Bytes& hashAlgorithm, bool hasInfo) {
    const auto good = goodObject().encode();
    TlvReader reader = readTlv(good, 0x30, "object").children();
    (void)reader.next();
    (void)reader.next();
    const Bytes hashes = toBytes(reader.next()->encoded);
    return encodeTlv(0x30, fromHex(version), hashAlgorithm, hashes,
                     hasInfo ? reader.next()->encoded : BytesView());
}

void addSecurityObject(SignedFixtures& fixtures) {
    const auto add = [&](const std::string& rule, const std::function<void(SignedDraft&)>& change,
                         const Companions& companions = {}) {
        fixtures.add("sod." + rule, goodSecurityObject(), change, companions);
    };
    const auto addObject = [&](const std::string& rule,
                               const std::function<void(lds::DocumentSecurityObject&)>& change,
                               const Companions& companions = {}) {
        auto object = goodObject();
        change(object);
        add(
            rule, [&](auto& draft) { draft.content = object.encode(); }, companions);
    };
    const auto addContent = [&](const std::string& rule, const Bytes& content,
                                const Companions& companions = {}) {
        add(
            rule, [&](auto& draft) { draft.content = content; }, companions);
    };
    add("content-type", [](auto& draft) { draft.contentType = "1.3.27.1.1.1"; });
    add("unsigned-attributes", [](auto& draft) { draft.signers.front().hasUnsignedAttributes = true; });
    add("revocation-lists",
        [](auto& draft) { draft.revocationLists = revocationListFixtures().front().passing; });
    add("signer-identifier", [](auto& draft) { draft.signers.front().byKeyIdentifier = true; });
    add("document-signer",
        [](auto& draft) { draft.signerCertificate.set("2.5.29.37", purposes({"1.2.3.4"}), true); },
        {"certificate.ext-key-usage.is-not-allowed"});
    addContent("object", fromHex("3000"));
    addContent("object-encoding", withLongLength(goodObject().encode()));
    addContent("version-info-missing", objectWith("020101", sha256Identifier, false), {"sod.object"});
    addContent("version-info", objectWith("020100", sha256Identifier, true), {"sod.object", "sod.version-0"});
    addContent("data-group-hash-parameters",
               objectWith("020101", algorithmIdentifier("2.16.840.1.101.3.4.2.1", null), true));
    addObject("version-0", [](auto& object) { object.versionInfo.reset(); });
    addObject("data-group-hash-algorithm", [](auto& object) {
        object.hashAlgorithm = HashAlgorithm::Sha1;
        object.dataGroupHashes = {{1, Bytes(20, 0x11)}, {2, Bytes(20, 0x22)}};
    });
    addObject("hashes", [](auto& object) { object.dataGroupHashes.erase(2); }, {"sod.mandatory-data-groups"});
    addObject("data-groups", [](auto& object) { object.unknownDataGroupHashes[17] = Bytes(32, 0x33); });
    addObject("mandatory-data-groups", [](auto& object) {
        object.dataGroupHashes.erase(2);
        object.dataGroupHashes[3] = Bytes(32, 0x33);
    });
}

} // namespace

std::vector<Fixture> signedDataFixtures() {
    SignedFixtures fixtures;
    addCommon(fixtures, "sod.", goodSecurityObject());
    addCommon(fixtures, "master-list.", goodMasterList());
    addCommon(fixtures, "deviation-list.", goodDeviationList());
    addOfLists(fixtures, "master-list.", goodMasterList());
    addOfLists(fixtures, "deviation-list.", goodDeviationList());
    addSecurityObject(fixtures);
    addMasterList(fixtures);
    addDeviationList(fixtures);
    return fixtures.all();
}

} // namespace cancuoc::test
