// SPDX-License-Identifier: Apache-2.0
// CV certificates: Doc 9303-12, tables 2 and 11 to 16; BSI TR-03110-3, A.7.1, C.1 and D.
#include "tests/unit/host/trust/test_cv_pki.hpp"
#include "tests/unit/personalization/lint/fixtures.hpp"

#include "host/apdu/tlv.hpp"

#include <functional>

#include <map>

namespace cancuoc::test {

namespace {

using Companions = std::vector<std::string>;

Bytes date(std::string_view digits) {
    Bytes bytes;
    for (const char digit : digits) {
        bytes.push_back(static_cast<std::uint8_t>(digit - '0'));
    }
    return bytes;
}

Bytes reference(std::string_view text) {
    return toBytes(viewOf(text));
}

// A CV certificate data object by data object, as it will be written.
struct CvDraft {
    Bytes profileIdentifier = encodeTlv(0x5F29, Bytes{0});
    Bytes authorityReference = reference("VNCVCA00001");
    Bytes publicKey; ///< what is in 7F49
    Bytes holderReference;
    Bytes terminalType = ObjectIdentifier::fromText("0.4.0.127.0.7.3.1.2.1").encode();
    Bytes rights; ///< data object 53
    Bytes effectiveDate = encodeTlv(0x5F25, date("260115"));
    Bytes expirationDate;
    Bytes extensions;
    const CvKeyPair* signer = nullptr;

    [[nodiscard]] Bytes encode() const {
        const Bytes body =
            encodeTlv(0x7F4E, profileIdentifier, encodeTlv(0x42, authorityReference),
                      encodeTlv(0x7F49, publicKey), encodeTlv(0x5F20, holderReference),
                      encodeTlv(0x7F4C, terminalType, rights), effectiveDate, expirationDate, extensions);
        return encodeTlv(0x7F21, body, encodeTlv(0x5F37, signer->sign(body)));
    }
};

const CvKeyPair& authority() {
    static const auto key = CvKeyPair::ecdsa("VNCVCA00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    return key;
}

Bytes contentOf(const CvKeyPair& key, bool withDomainParameters) {
    const Bytes encoded = trust::CvPublicKey::of(key.scheme(), key.key(), withDomainParameters).encode();
    return toBytes(readTlv(encoded, 0x7F49, "key").value);
}

CvDraft draftFor(const Bytes& publicKey, std::string_view holder, std::uint8_t rights,
                 std::string_view expiration) {
    CvDraft draft;
    draft.publicKey = publicKey;
    draft.holderReference = reference(holder);
    draft.rights = encodeTlv(0x53, Bytes{rights});
    draft.expirationDate = encodeTlv(0x5F24, date(expiration));
    draft.signer = &authority();
    return draft;
}

CvDraft goodAuthority() {
    return draftFor(contentOf(authority(), true), "VNCVCA00001", 0xC3, "270115");
}

CvDraft goodVerifier() {
    static const auto key = CvKeyPair::ecdsa("VNDV00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    return draftFor(contentOf(key, false), "VNDV00001", 0x83, "260415");
}

CvDraft goodTerminal() {
    static const auto key = CvKeyPair::ecdsa("VNIS00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    return draftFor(contentOf(key, false), "VNIS00001", 0x03, "260214");
}

CvDraft goodTerminalWithRsa() {
    static const auto key =
        CvKeyPair::rsa("VNIS00001", SignatureScheme::Kind::RsaPss, HashAlgorithm::Sha256, 2048);
    return draftFor(contentOf(key, false), "VNIS00001", 0x03, "260214");
}

Bytes extensionsOf(const Bytes& content) {
    return encodeTlv(0x65, encodeTlv(0x73, content));
}

// With a right to travel records, which makes it one of LDS2.
CvDraft goodTerminalForLds2() {
    auto draft = goodTerminal();
    draft.holderReference = reference("LAISVN001");
    draft.extensions = extensionsOf(
        concat(ObjectIdentifier::fromText("2.23.136.1.1.9.1.3").encode(), encodeTlv(0x80, Bytes{0x03})));
    return draft;
}

class CvFixtures {
public:
    void add(const std::string& rule, CvDraft (*good)(), const std::function<void(CvDraft&)>& change,
             const Companions& companions = {}) {
        auto draft = good();
        change(draft);
        all_.push_back({"cv-certificate." + rule, passing(good), draft.encode(), companions});
    }
    void addFile(const std::string& rule, const Bytes& good, const Bytes& failing,
                 const Companions& companions) {
        all_.push_back({"cv-certificate." + rule, good, failing, companions});
    }
    [[nodiscard]] const std::vector<Fixture>& all() const { return all_; }

private:
    /// The good one, made once.
    const Bytes& passing(CvDraft (*good)()) {
        auto& encoded = passing_[good];
        if (encoded.empty()) {
            encoded = good().encode();
        }
        return encoded;
    }

    std::map<CvDraft (*)(), Bytes> passing_;
    std::vector<Fixture> all_;
};

const Companions unreadable{"file.malformed"};

void addEncoding(CvFixtures& fixtures) {
    const Bytes good = goodTerminal().encode();
    const Tlv whole = readTlv(good, 0x7F21, "certificate");
    fixtures.addFile("encoding", good, // a length of two bytes more
                     concat(fromHex("7F2183"), toBigEndian(whole.value.size(), 3), whole.value), {});
    fixtures.add(
        "data-objects", goodTerminal, [](auto& draft) { draft.expirationDate.clear(); }, unreadable);
    fixtures.add(
        "data-objects", goodTerminal,
        [](auto& draft) { std::swap(draft.effectiveDate, draft.expirationDate); }, unreadable);
    fixtures.addFile("data-objects", good, encodeTlv(0x7F21, whole.children().next()->encoded), unreadable);
    fixtures.add(
        "profile-identifier", goodTerminal,
        [](auto& draft) { draft.profileIdentifier = encodeTlv(0x5F29, Bytes{1}); }, unreadable);
}

void addReferences(CvFixtures& fixtures) {
    for (const auto* const text : {"VN00001", "vnIS00001", "VNIS0-001"}) {
        fixtures.add("holder-reference", goodTerminal,
                     [&](auto& draft) { draft.holderReference = reference(text); });
    }
    fixtures.add("authority-reference", goodTerminal,
                 [](auto& draft) { draft.authorityReference = reference("VN00001"); });
    fixtures.add(
        "reference-characters", goodTerminal,
        [](auto& draft) { draft.holderReference = reference("VNI\x7FS00001"); }, unreadable);
    fixtures.add("sequence-number", goodTerminal,
                 [](auto& draft) { draft.holderReference = reference("VNIS0000a"); });
    fixtures.add("sequence-number-country", goodTerminalForLds2,
                 [](auto& draft) { draft.holderReference = reference("LAIS00001"); });
}

// The key's data objects with one of them changed, or left out where `value` is nothing.
Bytes keyWith(const Bytes& key, std::uint32_t tag, const std::optional<Bytes>& value) {
    Bytes changed;
    for (TlvReader reader(key); !reader.atEnd();) {
        const Tlv object = *reader.next();
        append(changed, object.tag != tag ? toBytes(object.encoded)
                        : value           ? encodeTlv(tag, *value)
                                          : Bytes());
    }
    return changed;
}

Bytes valueIn(const Bytes& key, std::uint32_t tag) {
    return toBytes(TlvReader(key).require(tag, "part").value);
}

void addKeys(CvFixtures& fixtures) {
    const auto addKey = [&](const std::string& rule, CvDraft (*good)(), std::uint32_t tag,
                            const std::optional<Bytes>& value, const Companions& companions = {}) {
        fixtures.add(
            rule, good, [&](auto& draft) { draft.publicKey = keyWith(draft.publicKey, tag, value); },
            companions);
    };
    const auto identifier = ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.2.3.1");
    addKey("public-key-algorithm", goodTerminal, 0x06, toBytes(identifier.content()), unreadable);
    addKey("rsa-key-objects", goodTerminalWithRsa, 0x82, std::nullopt, unreadable);
    addKey("elliptic-curve-key-objects", goodAuthority, 0x85, std::nullopt, unreadable);
    const Bytes modulus = valueIn(goodTerminalWithRsa().publicKey, 0x81);
    addKey("integer-octets", goodTerminalWithRsa, 0x81, concat(Bytes{0}, modulus));
    auto point = valueIn(goodTerminal().publicKey, 0x86);
    point = concat(Bytes{static_cast<std::uint8_t>(2 + (point.back() & 1))}, BytesView(point).subspan(1, 32));
    addKey("point-format", goodTerminal, 0x86, point);
    fixtures.add("domain-parameters-missing", goodAuthority,
                 [](auto& draft) { draft.publicKey = contentOf(authority(), false); },
                 {"cv-certificate.own-signature"});
    fixtures.add("domain-parameters-repeated", goodVerifier,
                 [](auto& draft) { draft.publicKey = contentOf(authority(), true); });
    static const auto old = CvKeyPair::ecdsa("VNDV00001", HashAlgorithm::Sha1, "brainpoolP256r1");
    fixtures.add("sha-1", goodVerifier, [](auto& draft) { draft.publicKey = contentOf(old, false); });
    static const auto stranger = CvKeyPair::ecdsa("VNCVCA00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    fixtures.add("own-signature", goodAuthority, [](auto& draft) { draft.signer = &stranger; });
}

void addAuthorizations(CvFixtures& fixtures) {
    fixtures.add(
        "authorization-objects", goodTerminal, [](auto& draft) { draft.rights.clear(); }, unreadable);
    fixtures.add("terminal-type", goodTerminal, [](auto& draft) {
        draft.terminalType = ObjectIdentifier::fromText("0.4.0.127.0.7.3.1.2.2").encode();
    });
    fixtures.add("reserved-rights", goodTerminal,
                 [](auto& draft) { draft.rights = encodeTlv(0x53, Bytes{0x07}); });
    fixtures.add("extensions", goodTerminalForLds2, [](auto& draft) {
        draft.extensions = extensionsOf(ObjectIdentifier::fromText("2.23.136.1.1.9.1.3").encode());
    });
}

void addDates(CvFixtures& fixtures) {
    const auto addExpiration = [&](const std::string& rule, CvDraft (*good)(), std::string_view digits,
                                   const Companions& companions = {}) {
        fixtures.add(
            rule, good, [&](auto& draft) { draft.expirationDate = encodeTlv(0x5F24, date(digits)); },
            companions);
    };
    fixtures.add(
        "effective-date", goodTerminal,
        [](auto& draft) { draft.effectiveDate = encodeTlv(0x5F25, date("261315")); }, unreadable);
    fixtures.add(
        "effective-date", goodTerminal,
        [](auto& draft) { draft.effectiveDate = encodeTlv(0x5F25, viewOf("260115")); }, unreadable);
    addExpiration("expiration-date", goodTerminal, "260230", unreadable);
    addExpiration("order-of-dates", goodTerminal, "260114");
    addExpiration("longest-validity", goodAuthority, "290118");
    addExpiration("longest-validity", goodVerifier, "260418");
    addExpiration("longest-validity", goodTerminal, "260216");
    addExpiration("shortest-validity", goodAuthority, "260714");
    addExpiration("shortest-validity", goodVerifier, "260128");
    addExpiration("shortest-validity", goodTerminal, "260115");
}

} // namespace

std::vector<Fixture> cvCertificateFixtures() {
    CvFixtures fixtures;
    addEncoding(fixtures);
    addReferences(fixtures);
    addKeys(fixtures);
    addAuthorizations(fixtures);
    addDates(fixtures);
    return fixtures.all();
}

} // namespace cancuoc::test
