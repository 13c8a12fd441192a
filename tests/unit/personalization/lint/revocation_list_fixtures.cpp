// SPDX-License-Identifier: Apache-2.0
// CRLs: Doc 9303-12, tables 9 and 10.
#include "tests/unit/personalization/lint/certificate_draft.hpp"
#include "tests/unit/personalization/lint/fixtures.hpp"

namespace cancuoc::test {

namespace {

using Companions = std::vector<std::string>;

Bytes extensionOf(const std::string& identifier, const Bytes& value, const Bytes& criticality = {}) {
    return encodeTlv(0x30, ObjectIdentifier::fromText(identifier).encode(), criticality,
                     encodeTlv(0x04, value));
}

const Bytes keyIdentifier = fromHex("300680040102 0304");

// A CRL field by field, as it will be written.
struct ListDraft {
    Bytes version = fromHex("020101"); // v2
    Bytes signature = algorithmIdentifier("1.2.840.10045.4.3.2");
    Bytes outerSignature = signature;
    Bytes issuer = nameOf({{countryName, "VN"}, {commonName, "CSCA Test"}});
    Bytes thisUpdate = encodeTlv(0x17, viewOf("260115080000Z"));
    Bytes nextUpdate = encodeTlv(0x17, viewOf("260415080000Z"));
    std::vector<Bytes> entries{entryWith({})};
    bool hasEntries = true;
    Bytes authority = extensionOf("2.5.29.35", keyIdentifier);
    Bytes number = extensionOf("2.5.29.20", fromHex("020107"));
    Bytes other;

    static Bytes entryWith(const Bytes& extension) {
        return encodeTlv(0x30, fromHex("020105"), encodeTlv(0x17, viewOf("260114080000Z")),
                         extension.empty() ? Bytes() : encodeTlv(0x30, extension));
    }

    [[nodiscard]] Bytes encode() const {
        Bytes revoked;
        for (const auto& entry : entries) {
            append(revoked, entry);
        }
        const Bytes extensions = concat(authority, number, other);
        const Bytes body =
            encodeTlv(0x30, version, signature, issuer, thisUpdate, nextUpdate,
                      hasEntries ? encodeTlv(0x30, revoked) : Bytes(),
                      extensions.empty() ? Bytes() : encodeTlv(0xA0, encodeTlv(0x30, extensions)));
        return encodeTlv(0x30, body, outerSignature,
                         encodeTlv(0x03, Bytes{0}, signatureOver(authorityKey(), body)));
    }
};

class ListFixtures {
public:
    void add(const std::string& rule, const std::function<void(ListDraft&)>& change,
             const Companions& companions = {}) {
        ListDraft draft;
        change(draft);
        all_.push_back({"crl." + rule, passing_, draft.encode(), companions});
    }
    [[nodiscard]] const std::vector<Fixture>& all() const { return all_; }

private:
    Bytes passing_ = ListDraft().encode();
    std::vector<Fixture> all_;
};

const Bytes isTrue = fromHex("0101FF");

void addFields(ListFixtures& fixtures) {
    fixtures.add("encoding", [](auto& draft) {
        draft.number =
            encodeTlv(0x30, fromHex("0603551D14"), fromHex("0481"), Bytes{0x03}, fromHex("020107"));
    });
    fixtures.add("version", [](auto& draft) { draft.version.clear(); });
    fixtures.add("signature-algorithm",
                 [](auto& draft) { draft.outerSignature = algorithmIdentifier("1.2.840.10045.4.3.3"); });
    const auto addAlgorithm = [&](const std::string& rule, const Bytes& algorithm) {
        fixtures.add(rule, [&](auto& draft) { draft.signature = draft.outerSignature = algorithm; });
    };
    addAlgorithm("signature-parameters", algorithmIdentifier("1.2.840.10045.4.3.2", fromHex("0500")));
    addAlgorithm("hash-algorithm", algorithmIdentifier("1.2.840.10045.4.1"));
    // RSASSA-PSS without parameters is with SHA-1.
    addAlgorithm("hash-algorithm", algorithmIdentifier("1.2.840.113549.1.1.10", fromHex("3000")));
    fixtures.add("empty-list", [](auto& draft) { draft.entries.clear(); });
    fixtures.add("extensions",
                 [](auto& draft) {
                     draft.authority.clear();
                     draft.number.clear();
                 },
                 {"crl.authority-key-identifier", "crl.number"});
}

void addIssuers(ListFixtures& fixtures) {
    const auto addIssuer = [&](const std::string& rule, const std::vector<DraftAttribute>& attributes) {
        fixtures.add("issuer-" + rule, [&](auto& draft) { draft.issuer = nameOf(attributes); });
    };
    constexpr std::uint32_t utf8String = 0x0C;
    constexpr std::uint32_t teletexString = 0x14;
    const DraftAttribute country{countryName, "VN"};
    addIssuer("country", {{commonName, "CSCA"}});
    addIssuer("country-case", {{countryName, "vn"}, {commonName, "CSCA"}});
    addIssuer("country-type", {{countryName, "VN", utf8String}, {commonName, "CSCA"}});
    addIssuer("serial-number-type", {country, {serialNumberName, "1", utf8String}});
    addIssuer("string-type", {country, {commonName, "CSCA", teletexString}});
}

void addTimes(ListFixtures& fixtures) {
    fixtures.add("this-update-form",
                 [](auto& draft) { draft.thisUpdate = encodeTlv(0x17, viewOf("2601150800Z")); });
    fixtures.add("this-update-type",
                 [](auto& draft) { draft.thisUpdate = encodeTlv(0x18, viewOf("20260115080000Z")); });
    fixtures.add("next-update", [](auto& draft) { draft.nextUpdate.clear(); });
    fixtures.add("next-update-form",
                 [](auto& draft) { draft.nextUpdate = encodeTlv(0x17, viewOf("2604150800Z")); });
    fixtures.add("next-update-type",
                 [](auto& draft) { draft.nextUpdate = encodeTlv(0x18, viewOf("20260415080000Z")); });
    fixtures.add("period", [](auto& draft) { draft.nextUpdate = encodeTlv(0x17, viewOf("260415080001Z")); });
    fixtures.add("order-of-updates",
                 [](auto& draft) { draft.nextUpdate = encodeTlv(0x17, viewOf("260115075959Z")); });
}

void addListExtensions(ListFixtures& fixtures) {
    fixtures.add("default-values", [](auto& draft) {
        draft.number = extensionOf("2.5.29.20", fromHex("020107"), fromHex("010100"));
    });
    fixtures.add("authority-key-identifier", [](auto& draft) { draft.authority.clear(); });
    fixtures.add("authority-key-identifier",
                 [](auto& draft) { draft.authority = extensionOf("2.5.29.35", fromHex("3000")); });
    fixtures.add("authority-key-identifier-critical",
                 [](auto& draft) { draft.authority = extensionOf("2.5.29.35", keyIdentifier, isTrue); });
    fixtures.add("issuer-alt-name-critical", [](auto& draft) {
        draft.other = extensionOf("2.5.29.18", alternativeName({{localityName, "VNM"}}), isTrue);
    });
    fixtures.add("number", [](auto& draft) { draft.number.clear(); });
    fixtures.add("number-critical",
                 [](auto& draft) { draft.number = extensionOf("2.5.29.20", fromHex("020107"), isTrue); });
    fixtures.add("number-range",
                 [](auto& draft) { draft.number = extensionOf("2.5.29.20", fromHex("0201FF")); });
    fixtures.add("number-range", [](auto& draft) {
        draft.number = extensionOf("2.5.29.20", encodeTlv(0x02, Bytes(21, 0x11)));
    });
    fixtures.add("number-octets",
                 [](auto& draft) { draft.number = extensionOf("2.5.29.20", fromHex("02020007")); });
    fixtures.add("delta",
                 [](auto& draft) { draft.other = extensionOf("2.5.29.27", fromHex("020105"), isTrue); });
    fixtures.add("distribution-point",
                 [](auto& draft) { draft.other = extensionOf("2.5.29.28", fromHex("30038101FF"), isTrue); });
    fixtures.add("freshest", [](auto& draft) {
        draft.other = extensionOf("2.5.29.46", distributionPoint("https://csca.example/delta.crl"));
    });
    fixtures.add("unknown-critical-extension",
                 [](auto& draft) { draft.other = extensionOf("1.2.3.4", fromHex("0500"), isTrue); });
}

void addEntryExtensions(ListFixtures& fixtures) {
    const auto addEntry = [&](const std::string& rule, const Bytes& extension) {
        fixtures.add(rule, [&](auto& draft) { draft.entries = {ListDraft::entryWith(extension)}; });
    };
    addEntry("reason-code", extensionOf("2.5.29.21", fromHex("0A0101")));
    addEntry("hold-instruction-code", extensionOf("2.5.29.23", fromHex("06072A8648CE380201")));
    addEntry("invalidity-date", extensionOf("2.5.29.24", encodeTlv(0x18, viewOf("20260101000000Z"))));
    addEntry("certificate-issuer",
             extensionOf("2.5.29.29", encodeTlv(0x30, encodeTlv(0xA4, nameOf({{commonName, "CA"}})))));
    addEntry("critical-entry-extension", extensionOf("1.2.3.4", fromHex("0500"), isTrue));
    addEntry("default-values", extensionOf("1.2.3.4", fromHex("0500"), fromHex("010100")));
}

} // namespace

std::vector<Fixture> revocationListFixtures() {
    ListFixtures fixtures;
    addFields(fixtures);
    addIssuers(fixtures);
    addTimes(fixtures);
    addListExtensions(fixtures);
    addEntryExtensions(fixtures);
    return fixtures.all();
}

} // namespace cancuoc::test
