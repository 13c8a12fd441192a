// SPDX-License-Identifier: Apache-2.0
#include "host/trust/deviation_list.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/signed_data.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/signature.hpp"
#include "host/trust/x509.hpp"

#include <openssl/err.h>

#include <algorithm>

namespace cancuoc::trust {

namespace {

using namespace lds;

constexpr std::string_view fileName = "The deviation list";
constexpr std::size_t maximumDeviations = 100000;

// Tags of Doc 9303-12, 10.2; the module has implicit tags.
constexpr std::uint32_t documentTypeTag = 0x80;
constexpr std::uint32_t issuerAndSerialNumberTag = 0xA1;
constexpr std::uint32_t subjectKeyIdentifierTag = 0x82;
constexpr std::uint32_t certificateDigestTag = 0x83;
constexpr std::uint32_t issuingDateTag = 0xA4;
constexpr std::uint32_t documentNumbersTag = 0xA5;
constexpr std::uint32_t generalizedTime = 0x18;

struct NamedDeviation {
    std::string_view type; ///< behind id-icao-DeviationList
    std::string_view name;
};

constexpr std::string_view deviationTypes = "2.23.136.1.1.7.";
constexpr NamedDeviation namedDeviations[] = {
    {"1", "the Document Signer certificate or a key"},
    {"1.1", "the signature over the Document Signer certificate"},
    {"1.2", "the encoding of the Document Signer certificate"},
    {"1.3", "the encoding of the CSCA certificate"},
    {"1.4", "the key of Active Authentication, which is compromised"},
    {"2", "the logical data structure"},
    {"2.1", "the form of a data group"},
    {"2.2", "the hash of a data group"},
    {"2.3", "the signature over EF.SOD"},
    {"2.4", "EF.COM and EF.SOD, which disagree"},
    {"3", "the MRZ"},
    {"3.1", "the data of the MRZ"},
    {"3.2", "a check digit of the MRZ"},
    {"4", "the chip"},
    {"5", "something of national use"},
};

std::string textIn(const Tlv& string) {
    return toText(string.value);
}

// Only the day counts: YYYYMMDD and a time behind it.
Date readDay(TlvReader& reader, std::string_view what) {
    const std::string digits = textIn(reader.expect(generalizedTime, what));
    constexpr std::size_t dayLength = 8;
    if (digits.size() < dayLength) {
        throw MalformedData(std::string(what) + " names no day.");
    }
    return dateFromIso(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2));
}

Deviation::IssuerAndSerialNumber readIssuerAndSerialNumber(const Tlv& object) {
    TlvReader reader = object.children();
    const Tlv issuer = reader.expect(asn1::sequence, "The issuer's name");
    const Tlv serialNumber = reader.expect(asn1::integer, "The serial number");
    reader.expectEnd("The Document Signer's identifier");
    return {toBytes(issuer.encoded), toBytes(serialNumber.encoded)};
}

Deviation::IssuancePeriod readIssuancePeriod(const Tlv& object) {
    TlvReader reader = object.children();
    const Date first = readDay(reader, "The first day of issue");
    const Date last = readDay(reader, "The last day of issue");
    reader.expectEnd("The period of issue");
    return {first, last};
}

std::vector<std::string> readDocumentNumbers(const Tlv& object) {
    std::vector<std::string> numbers;
    TlvReader reader = object.children();
    while (!reader.atEnd()) {
        numbers.push_back(textIn(reader.expect(asn1::printableString, "A document number")));
    }
    return numbers;
}

// DeviationDocuments
void readDocuments(const Tlv& documents, Deviation& deviation) {
    TlvReader reader = documents.children();
    while (const auto limit = reader.next()) {
        switch (limit->tag) {
        case documentTypeTag:
            deviation.documentType = textIn(*limit);
            break;
        case issuerAndSerialNumberTag:
            deviation.documentSigner = readIssuerAndSerialNumber(*limit);
            break;
        case subjectKeyIdentifierTag:
            deviation.documentSigner = Deviation::SubjectKeyIdentifier{toBytes(limit->value)};
            break;
        case certificateDigestTag:
            deviation.documentSigner = Deviation::CertificateDigest{toBytes(limit->value)};
            break;
        case issuingDateTag:
            deviation.issuingDate = readIssuancePeriod(*limit);
            break;
        case documentNumbersTag:
            deviation.documentNumbers = readDocumentNumbers(*limit);
            break;
        default:
            // A limit that is passed over would put the deviation on documents that are not meant.
            throw MalformedData("A deviation is limited in a way that the standard does not know.");
        }
    }
}

DeviationDescription readDescription(const Tlv& object) {
    TlvReader reader = object.children();
    std::string description;
    if (reader.find(asn1::printableString)) {
        description = textIn(reader.expect(asn1::printableString, "The description"));
    }
    return {std::move(description), readObjectIdentifier(reader, "The kind of deviation")};
}

Deviation readDeviation(const Tlv& object) {
    Deviation deviation;
    TlvReader reader = object.children();
    readDocuments(reader.expect(asn1::sequence, "The documents"), deviation);
    TlvReader descriptions = reader.expect(asn1::set, "The descriptions").children();
    while (!descriptions.atEnd()) {
        deviation.descriptions.push_back(
            readDescription(descriptions.expect(asn1::sequence, "A description")));
    }
    reader.expectEnd("The deviation");
    return deviation;
}

bool isMeant(const std::monostate&, const Certificate*) {
    return true;
}

bool isMeant(const Deviation::IssuerAndSerialNumber& wanted, const Certificate* signer) {
    if (signer == nullptr) {
        return false;
    }
    const unsigned char* position = wanted.issuer.data();
    const X509NamePtr issuer(d2i_X509_NAME(nullptr, &position, static_cast<long>(wanted.issuer.size())));
    ERR_clear_error();
    const ASN1_INTEGER& serialNumber = *X509_get0_serialNumber(signer->x509());
    unsigned char* der = nullptr;
    const int length = i2d_ASN1_INTEGER(&serialNumber, &der);
    const Bytes encoded(der, der + std::max(length, 0));
    OPENSSL_free(der);
    return issuer && X509_NAME_cmp(issuer.get(), X509_get_issuer_name(signer->x509())) == 0 &&
           encoded == wanted.serialNumber;
}

bool isMeant(const Deviation::SubjectKeyIdentifier& wanted, const Certificate* signer) {
    return signer != nullptr && subjectKeyIdentifierOf(*signer->x509()) == wanted.identifier;
}

bool isMeant(const Deviation::CertificateDigest& wanted, const Certificate* signer) {
    constexpr HashAlgorithm algorithms[] = {HashAlgorithm::Sha1, HashAlgorithm::Sha224, HashAlgorithm::Sha256,
                                            HashAlgorithm::Sha384, HashAlgorithm::Sha512};
    return signer != nullptr &&
           std::any_of(std::begin(algorithms), std::end(algorithms), [&](HashAlgorithm algorithm) {
               return sizeOf(algorithm) == wanted.digest.size() &&
                      digest(algorithm, signer->der()) == wanted.digest;
           });
}

std::string_view withoutFillers(std::string_view text) {
    return text.substr(0, text.find_last_not_of('<') + 1);
}

} // namespace

std::string DeviationDescription::text() const {
    const std::string dotted = type.toText();
    std::string text = "a known deviation of a kind that is not known here (" + dotted + ")";
    for (const NamedDeviation& named : namedDeviations) {
        if (dotted == std::string(deviationTypes) + std::string(named.type)) {
            text = "a known deviation in " + std::string(named.name);
        }
    }
    return description.empty() ? text : text + ": " + description;
}

bool Deviation::concerns(const DocumentInQuestion& document) const {
    const bool signerFits = std::visit(
        [&document](const auto& wanted) { return isMeant(wanted, document.documentSigner); }, documentSigner);
    const bool typeFits =
        documentType.empty() || withoutFillers(documentType) == withoutFillers(document.documentCode);
    const bool dayFits =
        !issuingDate || (document.issueDate && issuingDate->firstIssued <= *document.issueDate &&
                         *document.issueDate <= issuingDate->lastIssued);
    const bool numberFits =
        !documentNumbers ||
        std::any_of(documentNumbers->begin(), documentNumbers->end(), [&document](const std::string& number) {
            return withoutFillers(number) == withoutFillers(document.documentNumber);
        });
    return signerFits && typeFits && dayFits && numberFits;
}

std::vector<Deviation> readDeviations(BytesView content) {
    TlvReader reader = readTlv(content, asn1::sequence, "The list").children();
    if (readInteger(reader, "The version") != 0) {
        throw MalformedData("The list has another version than 0.");
    }
    if (reader.find(asn1::sequence)) {
        (void)reader.expect(asn1::sequence, "The digest algorithm"); // a digest's length says as much
    }
    TlvReader set = reader.expect(asn1::set, "The set of deviations").children();
    reader.expectEnd("The list");
    std::vector<Deviation> deviations;
    while (!set.atEnd()) {
        if (deviations.size() == maximumDeviations) {
            throw MalformedData("There are more than " + std::to_string(maximumDeviations) + " deviations.");
        }
        deviations.push_back(readDeviation(set.expect(asn1::sequence, "A deviation")));
    }
    return deviations;
}

DeviationList DeviationList::decode(BytesView file) {
    return decodeFile(fileName, file, maximumLength, [file] {
        const SignedData data = SignedData::decode(file);
        Signature signature = verifySignature(data, deviationListSignerRole);
        if (!signature.failure.empty()) {
            throw MalformedData(signature.failure + ".");
        }
        DeviationList list(*std::move(signature.signer));
        list.file_ = toBytes(file);
        list.sha256_ = digest(HashAlgorithm::Sha256, file);
        list.signingTime_ = signature.signingTime;
        list.deviations_ = readDeviations(data.content());
        return list;
    });
}

std::vector<DeviationDescription> DeviationList::descriptionsFor(const DocumentInQuestion& document) const {
    std::vector<DeviationDescription> found;
    if (document.documentSigner == nullptr || document.documentSigner->country() != signer_.country()) {
        return found;
    }
    for (const Deviation& deviation : deviations_) {
        if (deviation.concerns(document)) {
            found.insert(found.end(), deviation.descriptions.begin(), deviation.descriptions.end());
        }
    }
    return found;
}

bool isDeviationList(BytesView file) {
    try {
        return SignedData::decode(file).contentType().toText() == deviationListSignerRole.contentType;
    } catch (const MalformedData&) {
        return false;
    }
}

} // namespace cancuoc::trust
