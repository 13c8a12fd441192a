// SPDX-License-Identifier: Apache-2.0
// Fields, names and keys: Doc 9303-12, table 5, 4.1 and 7.1.2 to 7.2.1.
#include "tests/unit/host/trust/test_pki.hpp"
#include "tests/unit/personalization/lint/certificate_draft.hpp"
#include "tests/unit/personalization/lint/fixtures.hpp"

#include <map>

namespace cancuoc::test {

namespace {

using Companions = std::vector<std::string>;

class FieldFixtures {
public:
    void add(const std::string& rule, CertificateDraft (*good)(), const DraftChange& change,
             const Companions& companions = {}) {
        auto draft = good();
        change(draft);
        all_.push_back({"certificate." + rule, passing(good), draft.encode(), companions});
    }
    [[nodiscard]] const std::vector<Fixture>& all() const { return all_; }

private:
    /// The good one, made once.
    const Bytes& passing(CertificateDraft (*good)()) {
        auto& encoded = passing_[good];
        if (encoded.empty()) {
            encoded = good().encode();
        }
        return encoded;
    }

    std::map<CertificateDraft (*)(), Bytes> passing_;
    std::vector<Fixture> all_;
};

constexpr auto documentSigner = goodDocumentSigner;
constexpr std::uint32_t utf8String = 0x0C;
constexpr std::uint32_t teletexString = 0x14;

const Companions otherCountry{"certificate.subject.names-another-country-than-the-issuer"};
const Companions malformed{"file.malformed"};

void addBody(FieldFixtures& fixtures) {
    fixtures.add("version.is-not-3", documentSigner,
                 [](auto& draft) { draft.version = fromHex("A003020101"); });
    fixtures.add("serial-number.has-more-than-20-octets", documentSigner,
                 [](auto& draft) { draft.serialNumber = encodeTlv(0x02, Bytes{0x7F}, Bytes(20, 0x11)); });
    fixtures.add("serial-number.is-not-positive", documentSigner,
                 [](auto& draft) { draft.serialNumber = fromHex("020100"); });
    fixtures.add("serial-number.is-not-positive", documentSigner,
                 [](auto& draft) { draft.serialNumber = fromHex("0201FB"); });
    fixtures.add("serial-number.is-not-in-the-fewest-octets", documentSigner,
                 [](auto& draft) { draft.serialNumber = fromHex("02020007"); },
                 {"certificate.encoding.is-not-der", "file.malformed"});
    fixtures.add("signature.names-another-algorithm-than-signature-algorithm", documentSigner,
                 [](auto& draft) { draft.outerSignature = algorithmIdentifier("1.2.840.10045.4.3.3"); });
    fixtures.add("unique-id.is-not-allowed", documentSigner,
                 [](auto& draft) { draft.uniqueIdentifiers = fromHex("810200AA"); });
    fixtures.add("encoding.is-not-der", documentSigner, [](auto& draft) { // BER: any TRUE, a long length
        draft.makeCritical("2.5.29.15", fromHex("010101"));
    });
    fixtures.add("encoding.is-not-der", documentSigner,
                 [](auto& draft) { draft.notBefore = concat(fromHex("17810D"), viewOf("260115080000Z")); });
    fixtures.add("signature-value.is-not-of-its-own-key", goodRoot,
                 [](auto& draft) { draft.signer = &signerKey(); });
}

void addValidity(FieldFixtures& fixtures) {
    fixtures.add("validity.has-a-time-that-is-not-written-to-the-second-and-in-utc", documentSigner,
                 [](auto& draft) { draft.notAfter = encodeTlv(0x17, viewOf("3604150800Z")); });
    fixtures.add("validity.has-a-time-in-the-wrong-form-for-its-year", documentSigner,
                 [](auto& draft) { draft.notAfter = encodeTlv(0x18, viewOf("20360415080000Z")); });
    fixtures.add("validity.ends-before-it-begins", documentSigner,
                 [](auto& draft) { draft.notAfter = encodeTlv(0x17, viewOf("250415080000Z")); },
                 {"certificate.validity.ends-before-the-private-key-usage-period"});
    fixtures.add("validity.ends-before-the-private-key-usage-period", documentSigner,
                 [](auto& draft) { draft.notAfter = encodeTlv(0x17, viewOf("260301080000Z")); });
}

void addNames(FieldFixtures& fixtures) {
    // The same for both names; `which` is the member.
    for (const bool isSubject : {false, true}) {
        const std::string name = isSubject ? "subject." : "issuer.";
        const auto addName = [&](const std::string& problem, const std::vector<DraftAttribute>& attributes,
                                 const Companions& companions = {}) {
            const Bytes encoded = nameOf(attributes);
            fixtures.add(
                name + problem, documentSigner,
                [&](auto& draft) { (isSubject ? draft.subject : draft.issuer) = encoded; }, companions);
        };
        const DraftAttribute country{countryName, "VN"};
        const DraftAttribute common{commonName, "Name"};
        addName("names-no-country", {common}, otherCountry);
        addName("names-a-country-that-is-not-two-letters", {{countryName, "VNM"}, common}, otherCountry);
        addName("names-its-country-in-lower-case", {{countryName, "vn"}, common});
        addName("has-no-common-name", {country});
        addName("has-a-country-that-is-no-printable-string", {{countryName, "VN", utf8String}, common});
        addName("has-a-serial-number-that-is-no-printable-string",
                {country, common, {serialNumberName, "1", utf8String}});
        addName("has-an-attribute-in-a-string-type-that-is-not-allowed",
                {country, {commonName, "Name", teletexString}});
    }
    fixtures.add("subject.names-another-country-than-the-issuer", documentSigner, [](auto& draft) {
        draft.subject = nameOf({{countryName, "LA"}, {commonName, "Document Signer"}});
    });
}

// --- keys

Bytes keyOnCurve(const char* curve, CurveParameters parameters = CurveParameters::Explicit) {
    return publicKeyInfoOf(*makeEcKey(curve, parameters));
}

// The fields of ECParameters and the point of a good key.
struct ExplicitKey {
    Bytes version, field, curve, base, order, cofactor, point;

    [[nodiscard]] Bytes encode() const {
        return encodeTlv(0x30,
                         algorithmIdentifier("1.2.840.10045.2.1",
                                             encodeTlv(0x30, version, field, curve, base, order, cofactor)),
                         encodeTlv(0x03, Bytes{0}, point));
    }
};

ExplicitKey explicitKey() {
    const Bytes info = keyOnCurve("P-256");
    TlvReader outer = readTlv(info, 0x30, "key").children();
    TlvReader algorithm = outer.expect(0x30, "algorithm").children();
    (void)algorithm.next();
    TlvReader parameters = algorithm.expect(0x30, "parameters").children();
    const auto next = [&] { return toBytes(parameters.next()->encoded); };
    ExplicitKey key{next(), next(), next(), next(), next(), next(), {}};
    key.point = toBytes(outer.expect(0x03, "point").value.subspan(1));
    return key;
}

Bytes compressed(BytesView point) {
    const std::size_t coordinate = (point.size() - 1) / 2;
    const bool isOdd = (point.back() & 1U) != 0;
    return concat(Bytes{static_cast<std::uint8_t>(isOdd ? 3 : 2)}, point.subspan(1, coordinate));
}

Bytes explicitKeyWith(const std::function<void(ExplicitKey&)>& change) {
    auto key = explicitKey();
    change(key);
    return key.encode();
}

void addKeys(FieldFixtures& fixtures) {
    const auto addKey = [&](const std::string& problem, const Bytes& info,
                            CertificateDraft (*good)() = documentSigner, const Companions& companions = {}) {
        fixtures.add(
            "subject-public-key-info." + problem, good, [&](auto& draft) { draft.publicKeyInfo = info; },
            companions);
    };
    addKey("names-its-curve-instead-of-writing-the-parameters-out",
           keyOnCurve("P-256", CurveParameters::Named));
    addKey("leaves-the-cofactor-of-its-curve-out",
           explicitKeyWith([](ExplicitKey& key) { key.cofactor.clear(); }));
    addKey("has-a-point-that-is-not-uncompressed",
           explicitKeyWith([](ExplicitKey& key) { key.point = compressed(key.point); }));
    addKey("has-a-base-point-that-is-not-uncompressed", explicitKeyWith([](ExplicitKey& key) {
               key.base = encodeTlv(0x04, compressed(readTlv(key.base, 0x04, "base").value));
           }));
    addKey("has-an-rsa-key-of-fewer-than-2048-bits", publicKeyInfoOf(*makeRsaKey(1024)));
    addKey("has-a-curve-of-fewer-than-224-bits", keyOnCurve("P-192"));
    addKey("has-a-key-that-cannot-be-used", publicKeyInfoOf(*makeKeyWithForeignBasePoint()));
    const Bytes rsa = publicKeyInfoOf(*makeRsaKey());
    addKey("of-an-lds2-signer-is-not-for-ecdsa", rsa, goodLds2Signer);
    addKey("of-a-bar-code-signer-is-not-for-ecdsa", rsa, goodBarCodeSigner);
    TlvReader reader = readTlv(rsa, 0x30, "key").children();
    (void)reader.next();
    addKey("has-rsa-parameters-other-than-null",
           encodeTlv(0x30, algorithmIdentifier("1.2.840.113549.1.1.1"), reader.next()->encoded));
    addKey("has-a-key-of-another-algorithm", // Ed25519
           encodeTlv(0x30, algorithmIdentifier("1.3.101.112"), encodeTlv(0x03, Bytes{0}, Bytes(32, 0x58))));
}

void addAlgorithms(FieldFixtures& fixtures) {
    const auto addAlgorithm = [&](const std::string& problem, const Bytes& algorithm) {
        fixtures.add("signature-algorithm." + problem, documentSigner,
                     [&](auto& draft) { draft.signature = algorithm; });
    };
    const Bytes null = fromHex("0500");
    addAlgorithm("uses-sha-1", algorithmIdentifier("1.2.840.10045.4.1"));
    addAlgorithm("uses-a-hash-algorithm-that-is-not-allowed",
                 algorithmIdentifier("2.16.840.1.101.3.4.3.10")); // ecdsa-with-SHA3-256
    addAlgorithm("has-other-parameters", algorithmIdentifier("1.2.840.10045.4.3.2", null));
    addAlgorithm("is-not-pss", algorithmIdentifier("1.2.840.113549.1.1.11", null));
}

// --- 7.1.2, 7.1.3 and 7.2.1

void addSpecialSigners(FieldFixtures& fixtures) {
    const DraftAttribute country{countryName, "VN"};
    const auto addSubject = [&](const std::string& problem, CertificateDraft (*good)(),
                                const std::vector<DraftAttribute>& attributes) {
        const Bytes subject = nameOf(attributes);
        fixtures.add("subject." + problem, good, [&](auto& draft) { draft.subject = subject; });
    };
    addSubject("of-an-lds2-signer-has-other-attributes", goodLds2Signer,
               {country, {commonName, "TS1"}, {serialNumberName, "1"}});
    addSubject("of-an-lds2-signer-has-a-long-common-name", goodLds2Signer,
               {country, {commonName, "TRAVEL0001"}});
    addSubject("of-a-bar-code-signer-has-other-attributes", goodBarCodeSigner,
               {country, {commonName, "BC"}, {serialNumberName, "1"}});
    addSubject("of-a-bar-code-signer-has-a-common-name-of-another-form", goodBarCodeSigner,
               {country, {commonName, "B1"}});
    addSubject("of-a-bar-code-signer-has-a-common-name-of-another-form", goodBarCodeSigner,
               {country, {commonName, "BC", utf8String}});
    addSubject("of-a-spoc-has-another-common-name", goodSpocClient, {country, {commonName, "SPOC"}});
    addSubject("of-a-spoc-has-another-common-name", goodSpocServer, {country, {commonName, "SPOC"}});
    const Bytes keyUsage = fromHex("03020780");
    for (auto* const good : {goodLds2Signer, goodBarCodeSigner}) {
        fixtures.add("extensions.of-an-lds2-or-bar-code-signer-hold-others", good,
                     [&](auto& draft) { draft.set("2.5.29.15", keyUsage, true); });
    }
    fixtures.add("extensions.of-an-lds2-or-bar-code-signer-hold-others", goodLds2Signer,
                 [](auto& draft) { draft.set("2.23.136.1.1.6.2", fromHex("3009020100310413024944")); });
}

} // namespace

std::vector<Fixture> certificateFixtures() {
    FieldFixtures fixtures;
    addBody(fixtures);
    addValidity(fixtures);
    addNames(fixtures);
    addKeys(fixtures);
    addAlgorithms(fixtures);
    addSpecialSigners(fixtures);
    auto all = fixtures.all();
    const Bytes good = goodDocumentSigner().encode();
    const Bytes withoutLength = // BER
        concat(fromHex("3080"), readTlv(good, 0x30, "certificate").value, fromHex("0000"));
    all.push_back({"certificate.encoding.is-not-der", good, withoutLength, {}});
    all.push_back({"file.malformed", goodDocumentSigner().encode(), toBytes(viewOf("text")), {}});
    return all;
}

} // namespace cancuoc::test
