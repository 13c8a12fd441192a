// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/seal_rules.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "host/base/error.hpp"
#include "personalization/lint/rule_table.hpp"
#include "qr/c40.hpp"
#include "qr/digital_seal.hpp"

namespace cancuoc::personalization::lint {

namespace {

struct SealField {
    std::uint8_t tag = 0;
    bool hasLengthOfItsVersion = true;
    BytesView value;
};

// A seal as far as it can be taken apart; everything views into it.
struct SealParts {
    int version = 0;
    std::optional<std::string> issuingCountry; // nothing: no C40
    std::optional<std::string> signer;         // signer identifier; nothing: no C40
    std::optional<std::string> reference;      // nothing: no C40, or of another length than it says
    BytesView issueDate;
    BytesView signatureDate;
    std::uint8_t featureDefinition = 0;
    std::uint8_t documentType = 0;
    std::vector<SealField> features;
    std::optional<SealField> signature; // nothing: the marker FF is missing
    bool isWhole = false;               // ends with its signature
};

/// Takes parts off the front; an empty part where the seal is at its end.
class SealReader {
public:
    explicit SealReader(BytesView bytes) : rest_(bytes) {}

    BytesView take(std::size_t length) {
        if (length > rest_.size()) {
            throw MalformedData("The seal ends in the middle of a field.");
        }
        const auto part = rest_.first(length);
        rest_ = rest_.subspan(length);
        return part;
    }

    std::uint8_t takeByte() { return take(1).front(); }
    [[nodiscard]] bool isAtEnd() const { return rest_.empty(); }

private:
    BytesView rest_;
};

std::optional<std::string> c40(BytesView bytes) {
    try {
        return qr::decodeC40(bytes);
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

constexpr std::size_t signerLength = 4;
constexpr int derLengthsSince = 4; // 2.3: from this version on

bool isHexadecimal(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char one) { return (one >= '0' && one <= '9') || (one >= 'A' && one <= 'F'); });
}

// 2.2.1: version 3 has nine characters in six bytes; version 4 says in two how many more there are.
void readSignerAndReference(SealReader& reader, SealParts& parts) {
    const auto first = c40(reader.take(derLengthsSince <= parts.version ? 4 : 6));
    if (!first || first->size() < signerLength) {
        return;
    }
    parts.signer = first->substr(0, signerLength);
    const std::string rest = first->substr(signerLength);
    if (parts.version < derLengthsSince) {
        parts.reference = rest;
    } else if (rest.size() == 2 && isHexadecimal(rest)) {
        const std::size_t length = fromHex(rest).front();
        const auto reference = c40(reader.take((length + 2) / 3 * 2));
        if (reference && reference->size() == length) {
            parts.reference = reference;
        }
    }
}

SealField readField(SealReader& reader, int version) {
    SealField field;
    field.tag = reader.takeByte();
    const auto first = reader.takeByte();
    constexpr std::uint8_t longForm = 0x80;
    std::size_t length = first;
    if (version >= derLengthsSince && first >= longForm) {
        const auto digits = reader.take(first & 0x7FU);
        length = static_cast<std::size_t>(fromBigEndian(digits));
        field.hasLengthOfItsVersion =
            length >= longForm && toShortestBigEndian(length).size() == digits.size();
    }
    field.value = reader.take(length);
    return field;
}

void readFields(SealReader& reader, SealParts& parts) {
    constexpr std::uint8_t signatureMarker = 0xFF;
    while (!reader.isAtEnd() && !parts.signature) {
        const auto field = readField(reader, parts.version);
        if (field.tag == signatureMarker) {
            parts.signature = field;
        } else {
            parts.features.push_back(field);
        }
    }
    parts.isWhole = parts.signature && reader.isAtEnd();
}

SealParts readSeal(BytesView seal) {
    SealParts parts;
    SealReader reader(seal);
    try {
        (void)reader.takeByte(); // DC
        parts.version = reader.takeByte() + 1;
        parts.issuingCountry = c40(reader.take(2));
        readSignerAndReference(reader, parts);
        parts.issueDate = reader.take(3);
        parts.signatureDate = reader.take(3);
        parts.featureDefinition = reader.takeByte();
        parts.documentType = reader.takeByte();
        readFields(reader, parts);
    } catch (const MalformedData&) {
        parts.isWhole = false;
    }
    return parts;
}

bool isInCapitals(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char one) { return one >= 'A' && one <= 'Z'; });
}

bool isOfUnknownVersion(const SealParts& parts) {
    return parts.version != 3 && parts.version != 4;
}

bool hasOtherCountry(const SealParts& parts) {
    if (!parts.issuingCountry || parts.issuingCountry->size() != 3) {
        return true;
    }
    const auto length = parts.issuingCountry->find_last_not_of(' ') + 1;
    return length == 0 || !isInCapitals(std::string_view(*parts.issuingCountry).substr(0, length));
}

bool hasOtherSigner(const SealParts& parts) {
    return !parts.signer || !isInCapitals(std::string_view(*parts.signer).substr(0, 2)) ||
           parts.signer->find(' ') != std::string::npos;
}

bool hasOtherReference(const SealParts& parts) {
    constexpr std::size_t lengthOfVersion3 = 5;
    return !parts.reference || parts.reference->empty() || !isHexadecimal(*parts.reference) ||
           (parts.version == 3 && parts.reference->size() != lengthOfVersion3);
}

bool hasTestReference(const SealParts& parts) {
    return parts.reference && !parts.reference->empty() &&
           parts.reference->find_first_not_of('0') == std::string::npos;
}

bool isNoSealDate(BytesView date) {
    try {
        (void)qr::decodeSealDate(date);
        return false;
    } catch (const MalformedData&) {
        return true;
    }
}

bool hasOtherIssueDate(const SealParts& parts) {
    return isNoSealDate(parts.issueDate);
}

bool hasOtherSignatureDate(const SealParts& parts) {
    return isNoSealDate(parts.signatureDate);
}

bool hasOtherFeatureDefinition(const SealParts& parts) {
    return parts.featureDefinition < 1 || parts.featureDefinition > 254;
}

// Odd categories are ICAO's, up to 253.
bool isOutsideOfDocumentTypes(const SealParts& parts) {
    return parts.documentType == 255;
}

bool hasOtherLengths(const SealParts& parts) {
    return std::any_of(parts.features.begin(), parts.features.end(),
                       [](const SealField& one) { return !one.hasLengthOfItsVersion; }) ||
           (parts.signature && !parts.signature->hasLengthOfItsVersion);
}

bool hasOneFeatureTwice(const SealParts& parts) {
    for (auto one = parts.features.begin(); one != parts.features.end(); ++one) {
        if (std::any_of(one + 1, parts.features.end(),
                        [&](const SealField& other) { return other.tag == one->tag; })) {
            return true;
        }
    }
    return false;
}

bool isNotWhole(const SealParts& parts) {
    return !parts.isWhole;
}

bool hasOtherSignature(const SealParts& parts) {
    return parts.signature && (parts.signature->value.empty() || parts.signature->value.size() % 2 != 0);
}

bool hasShortSignature(const SealParts& parts) {
    constexpr std::size_t of256Bits = 64;
    return parts.signature && parts.signature->value.size() < of256Bits;
}

// Doc 9303-7: category 01 with definition 5D; Doc 9303-8, 6.1.1: 03 with 5E.
bool isVisa(const SealParts& parts) {
    return parts.documentType == 0x01 && parts.featureDefinition == 0x5D;
}

bool isEmergencyTravelDocument(const SealParts& parts) {
    return parts.documentType == 0x03 && parts.featureDefinition == 0x5E;
}

bool hasFeature(const SealParts& parts, std::uint8_t tag) {
    return std::any_of(parts.features.begin(), parts.features.end(),
                       [&](const SealField& one) { return one.tag == tag; });
}

// A visa's MRZ is of type A (01) or B (02), and an emergency travel document's is of size TD2 (02).
bool hasNoMachineReadableZone(const SealParts& parts) {
    return (isVisa(parts) && !hasFeature(parts, 0x01) && !hasFeature(parts, 0x02)) ||
           (isEmergencyTravelDocument(parts) && !hasFeature(parts, 0x02));
}

bool hasOtherZoneLength(const SealParts& parts) {
    constexpr std::size_t ofTwoLinesOf36 = 48;
    return isEmergencyTravelDocument(parts) &&
           std::any_of(parts.features.begin(), parts.features.end(), [](const SealField& one) {
               return one.tag == 0x02 && one.value.size() != ofTwoLinesOf36;
           });
}

bool isEmergencyTravelDocumentOfVersion3(const SealParts& parts) {
    return isEmergencyTravelDocument(parts) && parts.version == 3;
}

bool isVisaOfVersion3(const SealParts& parts) {
    return isVisa(parts) && parts.version == 3;
}

constexpr std::string_view headerClause = "Doc 9303-13, table 1";
constexpr std::string_view signerClause = "Doc 9303-13, 2.2.1";
constexpr std::string_view messageClause = "Doc 9303-13, 2.3";
constexpr std::string_view signatureClause = "Doc 9303-13, 2.4";

constexpr RuleRow<SealParts> sealTable[] = {
    {"seal.version", headerClause, Severity::Error, "the version is not 3 or 4", isOfUnknownVersion},
    {"seal.issuing-country", headerClause, Severity::Error,
     "the issuing country is not one to three capitals, padded", hasOtherCountry},
    {"seal.signer-identifier", signerClause, Severity::Error,
     "the signer identifier is not a country of two letters and two characters", hasOtherSigner},
    {"seal.certificate-reference", signerClause, Severity::Error,
     "the certificate reference is not hexadecimal or has another length than its version asks for",
     hasOtherReference},
    {"seal.test-reference", signerClause, Severity::Error,
     "the certificate reference is all zeros, which is for tests", hasTestReference},
    {"seal.document-issue-date", headerClause, Severity::Error, "the document issue date is no day",
     hasOtherIssueDate},
    {"seal.signature-date", headerClause, Severity::Error, "the signature creation date is no day",
     hasOtherSignatureDate},
    {"seal.feature-definition", headerClause, Severity::Error,
     "the document feature definition reference is not 1 to 254", hasOtherFeatureDefinition},
    {"seal.document-type", headerClause, Severity::Error,
     "the document type category is 255, beyond those of ICAO", isOutsideOfDocumentTypes},
    {"seal.whole", signatureClause, Severity::Error,
     "it does not end with the signature zone, which begins with FF", isNotWhole},
    {"seal.lengths", messageClause, Severity::Error, "a length of version 4 is longer than DER writes it",
     hasOtherLengths},
    {"seal.features-once", messageClause, Severity::Error, "two document features have the same tag",
     hasOneFeatureTwice},
    {"seal.mrz", "Doc 9303-13, 3.1.2", Severity::Error,
     "the seal of a visa or emergency travel document has no machine readable zone",
     hasNoMachineReadableZone},
    {"seal.mrz-length", "Doc 9303-8, 6.1.3", Severity::Error,
     "the machine readable zone of an emergency travel document does not have 48 bytes", hasOtherZoneLength},
    {"seal.emergency-version", messageClause, Severity::Error,
     "the seal of an emergency travel document is of version 3", isEmergencyTravelDocumentOfVersion3},
    {"seal.visa-version", messageClause, Severity::Warning,
     "the seal of a visa is of version 3, which is discouraged", isVisaOfVersion3},
    {"seal.signature", signatureClause, Severity::Error,
     "the signature is not two numbers of the same length", hasOtherSignature},
    {"seal.signature-length", signatureClause, Severity::Warning,
     "the signature is shorter than that of a key of 256 bits", hasShortSignature},
};

} // namespace

const std::vector<Rule>& sealRules() {
    static const auto rules = rulesOf<SealParts>(sealTable);
    return rules;
}

std::vector<const Rule*> checkSeal(BytesView seal, Profile profile) {
    std::vector<const Rule*> broken;
    check<SealParts>(sealTable, sealRules(), readSeal(seal), profile, broken);
    return broken;
}

} // namespace cancuoc::personalization::lint
