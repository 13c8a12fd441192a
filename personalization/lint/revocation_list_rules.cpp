// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/revocation_list_rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "host/lds/asn1.hpp"
#include "personalization/lint/der.hpp"
#include "personalization/lint/rule_table.hpp"

namespace cancuoc::personalization::lint {

namespace {

using namespace lds;

struct ListExtension {
    std::string identifier; // dotted
    std::optional<Tlv> criticality;
    BytesView value;

    [[nodiscard]] bool isCritical() const {
        return criticality && !criticality->value.empty() && criticality->value.front() != 0;
    }
};

using ListExtensions = std::vector<ListExtension>;

// A CRL as it is written (RFC 5280, 5.1). Everything views into it.
struct RevocationListParts {
    const trust::CertificateRevocationList* list = nullptr;
    std::optional<Tlv> version;
    BytesView signature; // AlgorithmIdentifier in the body
    BytesView signatureAlgorithm;
    std::vector<NameAttribute> issuer;
    std::optional<Tlv> thisUpdate;
    std::optional<Tlv> nextUpdate;
    std::optional<Tlv> revoked;
    ListExtensions extensions;
    std::vector<ListExtensions> entries; // those that have extensions

    [[nodiscard]] const ListExtension* find(std::string_view identifier) const {
        const auto found = std::find_if(extensions.begin(), extensions.end(),
                                        [&](const auto& one) { return one.identifier == identifier; });
        return found != extensions.end() ? &*found : nullptr;
    }
    [[nodiscard]] bool has(std::string_view identifier) const { return find(identifier) != nullptr; }
};

bool isTime(std::uint32_t tag) {
    return tag == der::utcTime || tag == der::generalizedTime;
}

ListExtensions readListExtensions(BytesView sequence) {
    ListExtensions extensions;
    for (TlvReader list = readTlv(sequence, asn1::sequence, "The extensions").children(); !list.atEnd();) {
        TlvReader reader = list.expect(asn1::sequence, "An extension").children();
        ListExtension extension;
        extension.identifier = readObjectIdentifier(reader, "An extension's identifier").toText();
        if (reader.find(der::boolean)) {
            extension.criticality = reader.expect(der::boolean, "An extension's criticality");
        }
        extension.value = reader.expect(asn1::octetString, "An extension's value").value;
        extensions.push_back(std::move(extension));
    }
    return extensions;
}

void readEntries(RevocationListParts& parts) {
    for (TlvReader entries = parts.revoked->children(); !entries.atEnd();) {
        const TlvReader entry = entries.expect(asn1::sequence, "An entry").children();
        if (const auto sequence = entry.find(asn1::sequence)) {
            parts.entries.push_back(readListExtensions(sequence->encoded));
        }
    }
}

void readListBody(TlvReader body, RevocationListParts& parts) {
    constexpr std::uint32_t listExtensionsTag = 0xA0;
    const auto first = body.find(asn1::integer);
    if (first && first->encoded.data() == body.remaining().data()) {
        parts.version = body.expect(asn1::integer, "The version");
    }
    parts.signature = body.expect(asn1::sequence, "The algorithm").encoded;
    parts.issuer = attributesOf(body.expect(asn1::sequence, "The issuer").encoded);
    parts.thisUpdate = body.next();
    auto next = body.next();
    if (next && isTime(next->tag)) {
        parts.nextUpdate = std::exchange(next, body.next());
    }
    if (next && next->tag == asn1::sequence) {
        parts.revoked = std::exchange(next, body.next());
        readEntries(parts);
    }
    if (next && next->tag == listExtensionsTag) {
        parts.extensions = readListExtensions(next->value);
    }
}

RevocationListParts readParts(const trust::CertificateRevocationList& list) {
    RevocationListParts parts;
    parts.list = &list;
    TlvReader outer = readTlv(list.der(), asn1::sequence, "The CRL").children();
    readListBody(outer.expect(asn1::sequence, "The list").children(), parts);
    parts.signatureAlgorithm = outer.expect(asn1::sequence, "The algorithm").encoded;
    return parts;
}

// --- table 9

bool isListNotDer(const RevocationListParts& parts) {
    return !isDer(parts.list->der());
}

bool isNotVersion2(const RevocationListParts& parts) {
    return !parts.version || !equal(parts.version->value, Bytes{1});
}

bool hasTwoAlgorithms(const RevocationListParts& parts) {
    return !equal(parts.signature, parts.signatureAlgorithm);
}

bool usesForbiddenHash(const RevocationListParts& parts) {
    return !usesAllowedHash(readAlgorithm(parts.signatureAlgorithm));
}

bool hasOtherParameters(const RevocationListParts& parts) {
    return !hasItsParameters(readAlgorithm(parts.signatureAlgorithm));
}

bool namesNoCountry(const RevocationListParts& parts) {
    return !find(parts.issuer, attribute::countryName);
}

bool namesCountryInLowerCase(const RevocationListParts& parts) {
    const auto country = find(parts.issuer, attribute::countryName);
    return country && std::any_of(country->text.begin(), country->text.end(),
                                  [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

bool hasCountryOfAnotherType(const RevocationListParts& parts) {
    const auto country = find(parts.issuer, attribute::countryName);
    return country && country->stringTag != asn1::printableString;
}

bool hasIssuerNumberOfAnotherType(const RevocationListParts& parts) {
    const auto number = find(parts.issuer, attribute::serialNumber);
    return number && number->stringTag != asn1::printableString;
}

bool hasForbiddenStringType(const RevocationListParts& parts) {
    return std::any_of(parts.issuer.begin(), parts.issuer.end(), isInForbiddenStringType);
}

bool hasThisUpdateOfAnotherForm(const RevocationListParts& parts) {
    return parts.thisUpdate && !isToTheSecondInUtc(*parts.thisUpdate);
}

bool hasThisUpdateOfAnotherYear(const RevocationListParts& parts) {
    return parts.thisUpdate && !hasFormOfItsYear(*parts.thisUpdate);
}

bool hasNextUpdateOfAnotherForm(const RevocationListParts& parts) {
    return parts.nextUpdate && !isToTheSecondInUtc(*parts.nextUpdate);
}

bool hasNextUpdateOfAnotherYear(const RevocationListParts& parts) {
    return parts.nextUpdate && !hasFormOfItsYear(*parts.nextUpdate);
}

bool hasNoNextUpdate(const RevocationListParts& parts) {
    return !parts.nextUpdate;
}

bool lastsTooLong(const RevocationListParts& parts) {
    constexpr std::chrono::hours longest{24 * 90};
    const auto next = parts.list->nextUpdate();
    return next && *next - parts.list->thisUpdate() > longest;
}

bool endsBeforeItBegins(const RevocationListParts& parts) {
    const auto next = parts.list->nextUpdate();
    return next && *next < parts.list->thisUpdate();
}

bool hasEmptyList(const RevocationListParts& parts) {
    return parts.revoked && parts.revoked->value.empty();
}

bool hasNoListExtensions(const RevocationListParts& parts) {
    return parts.extensions.empty();
}

bool isWrittenFalse(const ListExtension& extension) {
    return extension.criticality && equal(extension.criticality->value, Bytes{0});
}

bool writesListDefaults(const RevocationListParts& parts) {
    return std::any_of(parts.extensions.begin(), parts.extensions.end(), isWrittenFalse) ||
           std::any_of(parts.entries.begin(), parts.entries.end(), [](const ListExtensions& entry) {
               return std::any_of(entry.begin(), entry.end(), isWrittenFalse);
           });
}

// --- table 10

namespace listExtension {
constexpr std::string_view issuerAltName = "2.5.29.18";
constexpr std::string_view number = "2.5.29.20";
constexpr std::string_view reasonCode = "2.5.29.21";
constexpr std::string_view holdInstructionCode = "2.5.29.23";
constexpr std::string_view invalidityDate = "2.5.29.24";
constexpr std::string_view deltaIndicator = "2.5.29.27";
constexpr std::string_view issuingDistributionPoint = "2.5.29.28";
constexpr std::string_view certificateIssuer = "2.5.29.29";
constexpr std::string_view authorityKeyIdentifier = "2.5.29.35";
constexpr std::string_view freshest = "2.5.29.46";
} // namespace listExtension

bool hasNoKeyIdentifier(const RevocationListParts& parts) {
    constexpr std::uint32_t keyIdentifier = 0x80;
    const auto* const authority = parts.find(listExtension::authorityKeyIdentifier);
    return authority == nullptr || !readTlv(authority->value, asn1::sequence, "AuthorityKeyIdentifier")
                                        .children()
                                        .find(keyIdentifier);
}

template <const std::string_view& identifier>
bool hasListExtension(const RevocationListParts& parts) {
    return parts.has(identifier);
}

template <const std::string_view& identifier>
bool hasCriticalListExtension(const RevocationListParts& parts) {
    const auto* const found = parts.find(identifier);
    return found != nullptr && found->isCritical();
}

bool hasNoNumber(const RevocationListParts& parts) {
    return !parts.has(listExtension::number);
}

std::optional<Tlv> numberOf(const RevocationListParts& parts) {
    const auto* const number = parts.find(listExtension::number);
    return number != nullptr ? std::optional(readTlv(number->value, asn1::integer, "CRLNumber"))
                             : std::nullopt;
}

bool hasBadNumber(const RevocationListParts& parts) {
    constexpr std::size_t longest = 20; // octets
    const auto number = numberOf(parts);
    return number &&
           (number->value.empty() || (number->value.front() & 0x80U) != 0 || number->value.size() > longest);
}

bool hasLongNumber(const RevocationListParts& parts) {
    const auto number = numberOf(parts);
    return number && !number->value.empty() && !hasFewestOctets(number->value);
}

bool hasUnknownCriticalListExtension(const RevocationListParts& parts) {
    constexpr std::array known{listExtension::issuerAltName,  listExtension::number,
                               listExtension::deltaIndicator, listExtension::issuingDistributionPoint,
                               listExtension::freshest,       listExtension::authorityKeyIdentifier};
    return std::any_of(parts.extensions.begin(), parts.extensions.end(), [&](const ListExtension& one) {
        return one.isCritical() && std::find(known.begin(), known.end(), one.identifier) == known.end();
    });
}

bool anyEntry(const RevocationListParts& parts, std::string_view identifier) {
    return std::any_of(parts.entries.begin(), parts.entries.end(), [&](const ListExtensions& entry) {
        return std::any_of(entry.begin(), entry.end(),
                           [&](const auto& one) { return one.identifier == identifier; });
    });
}

template <const std::string_view& identifier>
bool hasEntryExtension(const RevocationListParts& parts) {
    return anyEntry(parts, identifier);
}

// Those that have rules of their own are not other private extensions.
bool hasCriticalEntryExtension(const RevocationListParts& parts) {
    constexpr std::array ruled{listExtension::reasonCode, listExtension::holdInstructionCode,
                               listExtension::invalidityDate, listExtension::certificateIssuer};
    return std::any_of(parts.entries.begin(), parts.entries.end(), [&](const ListExtensions& entry) {
        return std::any_of(entry.begin(), entry.end(), [&](const ListExtension& one) {
            return one.isCritical() && std::find(ruled.begin(), ruled.end(), one.identifier) == ruled.end();
        });
    });
}

constexpr std::string_view listFieldClause = "Doc 9303-12, table 9";
constexpr std::string_view listExtensionClause = "Doc 9303-12, table 10";
constexpr auto must = Severity::Error;

constexpr RuleRow<RevocationListParts> listTable[] = {
    {"crl.encoding", "Doc 9303-12, 7.1", must, "it is not in DER", isListNotDer, inBothEditions},
    {"crl.version", listFieldClause, must, "the version is not 2", isNotVersion2},
    {"crl.signature-algorithm", listFieldClause, must,
     "signature names another algorithm than signatureAlgorithm", hasTwoAlgorithms},
    {"crl.signature-parameters", "Doc 9303-12, 4.1.6", must,
     "signatureAlgorithm has not the parameters of RFC 4055 (RSA) or RFC 5758 (ECDSA)", hasOtherParameters,
     inBothEditions},
    {"crl.hash-algorithm", "Doc 9303-12, 4.1.6.4", must,
     "the signature uses a hash algorithm that is not allowed", usesForbiddenHash, inBothEditions},
    {"crl.issuer-country", "Doc 9303-12, 7.1.4", must, "issuer names no country", namesNoCountry},
    {"crl.issuer-country-case", listFieldClause, must, "issuer names its country in lower case",
     namesCountryInLowerCase},
    {"crl.issuer-country-type", listFieldClause, must, "issuer has a country that is no PrintableString",
     hasCountryOfAnotherType, inBothEditions},
    {"crl.issuer-serial-number-type", listFieldClause, must,
     "issuer has a serial number that is no PrintableString", hasIssuerNumberOfAnotherType, inBothEditions},
    {"crl.issuer-string-type", listFieldClause, must,
     "issuer has an attribute in a string type that is not allowed", hasForbiddenStringType, inBothEditions},
    {"crl.this-update-form", listFieldClause, must, "thisUpdate is not written to the second and in UTC",
     hasThisUpdateOfAnotherForm},
    {"crl.this-update-type", listFieldClause, must, "thisUpdate is in the wrong form for its year",
     hasThisUpdateOfAnotherYear},
    {"crl.next-update", listFieldClause, must, "nextUpdate is missing", hasNoNextUpdate},
    {"crl.next-update-form", listFieldClause, must, "nextUpdate is not written to the second and in UTC",
     hasNextUpdateOfAnotherForm},
    {"crl.next-update-type", listFieldClause, must, "nextUpdate is in the wrong form for its year",
     hasNextUpdateOfAnotherYear},
    {"crl.period", "Doc 9303-12, 4.1.5", must, "more than 90 days lie between thisUpdate and nextUpdate",
     lastsTooLong, inBothEditions},
    {"crl.order-of-updates", "RFC 5280, 5.1.2.5", must, "nextUpdate lies before thisUpdate",
     endsBeforeItBegins, inBothEditions},
    {"crl.empty-list", listFieldClause, must, "revokedCertificates is there and empty", hasEmptyList},
    {"crl.extensions", listFieldClause, must, "crlExtensions are missing", hasNoListExtensions,
     inBothEditions},
    {"crl.default-values", listFieldClause, must,
     "an extension writes a value out that is the default: FALSE", writesListDefaults, inBothEditions},
    {"crl.authority-key-identifier", listExtensionClause, must,
     "AuthorityKeyIdentifier is missing or has no key identifier", hasNoKeyIdentifier},
    {"crl.authority-key-identifier-critical", listExtensionClause, must, "AuthorityKeyIdentifier is critical",
     hasCriticalListExtension<listExtension::authorityKeyIdentifier>, inBothEditions},
    {"crl.issuer-alt-name-critical", listExtensionClause, must, "IssuerAltName is critical",
     hasCriticalListExtension<listExtension::issuerAltName>},
    {"crl.number", listExtensionClause, must, "CRLNumber is missing", hasNoNumber},
    {"crl.number-critical", listExtensionClause, must, "CRLNumber is critical",
     hasCriticalListExtension<listExtension::number>, inBothEditions},
    {"crl.number-range", listExtensionClause, must, "CRLNumber is negative or has more than 20 octets",
     hasBadNumber},
    {"crl.number-octets", listExtensionClause, must, "CRLNumber is not written in the fewest octets",
     hasLongNumber},
    {"crl.delta", listExtensionClause, must, "DeltaCRLIndicator is not allowed",
     hasListExtension<listExtension::deltaIndicator>},
    {"crl.distribution-point", listExtensionClause, must, "IssuingDistributionPoint is not allowed",
     hasListExtension<listExtension::issuingDistributionPoint>},
    {"crl.freshest", listExtensionClause, must, "FreshestCRL is not allowed",
     hasListExtension<listExtension::freshest>},
    {"crl.unknown-critical-extension", "RFC 5280, 5.2", must, "a critical extension is not known",
     hasUnknownCriticalListExtension, inBothEditions},
    {"crl.reason-code", listExtensionClause, must, "an entry has a reasonCode",
     hasEntryExtension<listExtension::reasonCode>, inBothEditions},
    {"crl.hold-instruction-code", listExtensionClause, must, "an entry has a holdInstructionCode",
     hasEntryExtension<listExtension::holdInstructionCode>, inBothEditions},
    {"crl.invalidity-date", listExtensionClause, must, "an entry has an invalidityDate",
     hasEntryExtension<listExtension::invalidityDate>, inBothEditions},
    {"crl.certificate-issuer", listExtensionClause, must, "an entry has a certificateIssuer",
     hasEntryExtension<listExtension::certificateIssuer>},
    {"crl.critical-entry-extension", listExtensionClause, must,
     "an entry has a private extension that is critical", hasCriticalEntryExtension, inBothEditions},
};

} // namespace

const std::vector<Rule>& revocationListRules() {
    static const auto rules = rulesOf<RevocationListParts>(listTable);
    return rules;
}

std::vector<const Rule*> checkRevocationList(const trust::CertificateRevocationList& list, Profile profile) {
    std::vector<const Rule*> broken;
    check<RevocationListParts>(listTable, revocationListRules(), readParts(list), profile, broken);
    return broken;
}

} // namespace cancuoc::personalization::lint
