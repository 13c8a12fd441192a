// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/signed_data_rules.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include <openssl/cms.h>
#include <openssl/err.h>

#include "host/lds/asn1.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/master_list.hpp"
#include "host/trust/signing_role.hpp"

namespace cancuoc::personalization::lint {

namespace {

using namespace lds;

// One SignerInfo (RFC 5652, 5.3), as far as rules ask for it.
struct SignerParts {
    int version = 0;
    bool namedByKeyIdentifier = false;
    bool hasSignedAttributes = false;
    bool hasUnsignedAttributes = false;
    bool hasSigningTime = false;
    std::optional<trust::Certificate> certificate; // that is inside
};

// The SignedData as written (RFC 5652, 5.1), and what verifying it found.
struct SignedDataParts {
    int version = 0;
    bool hasNullParameters = false; // of a digest algorithm
    bool hasRevocationLists = false;
    std::vector<SignerParts> signers;
    std::vector<trust::Certificate> certificates;
    bool verifies = false; // with the certificates inside
    const SignedData* data = nullptr;
};

constexpr std::uint32_t contentTag = 0xA0;
constexpr std::uint32_t revocationListsTag = 0xA1;
constexpr std::uint32_t subjectKeyIdentifierTag = 0x80;
constexpr std::uint32_t signedAttributesTag = 0xA0;
constexpr std::uint32_t unsignedAttributesTag = 0xA1;

SignerParts readSigner(const Tlv& signerInfo) {
    SignerParts signer;
    TlvReader reader = signerInfo.children();
    signer.version = readInteger(reader, "The version of a signer");
    signer.namedByKeyIdentifier = reader.find(subjectKeyIdentifierTag).has_value();
    signer.hasSignedAttributes = reader.find(signedAttributesTag).has_value();
    signer.hasUnsignedAttributes = reader.find(unsignedAttributesTag).has_value();
    return signer;
}

void readAsWritten(SignedDataParts& parts) {
    TlvReader contentInfo = readTlv(parts.data->contentInfo(), asn1::sequence, "ContentInfo").children();
    (void)readObjectIdentifier(contentInfo, "The content type");
    const auto content = contentInfo.expect(contentTag, "The content");
    TlvReader reader = readTlv(content.value, asn1::sequence, "SignedData").children();
    parts.version = readInteger(reader, "The version");
    TlvReader algorithms = reader.expect(asn1::set, "The digest algorithms").children();
    while (const auto algorithm = algorithms.next()) {
        parts.hasNullParameters |= algorithm->children().find(asn1::null).has_value();
    }
    parts.hasRevocationLists = reader.find(revocationListsTag).has_value();
    TlvReader signers = reader.require(asn1::set, "The signers").children();
    while (const auto signer = signers.next()) {
        parts.signers.push_back(readSigner(*signer));
    }
}

// Whose certificates are inside, and whether their keys verify the signatures.
void verify(SignedDataParts& parts) {
    const CmsPtr cms = parts.data->parseCms();
    auto* const signers = CMS_get0_SignerInfos(cms.get());
    for (std::size_t index = 0; index < parts.signers.size(); ++index) {
        auto* const signer = sk_CMS_SignerInfo_value(signers, static_cast<int>(index));
        parts.signers[index].hasSigningTime =
            CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1) >= 0;
        for (const auto& certificate : parts.certificates) {
            if (CMS_SignerInfo_cert_cmp(signer, certificate.x509()) == 0) {
                parts.signers[index].certificate = trust::Certificate::decode(certificate.der());
            }
        }
    }
    parts.verifies = CMS_verify(cms.get(), nullptr, nullptr, nullptr, nullptr,
                                CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1;
    ERR_clear_error();
}

SignedDataParts readParts(const SignedData& data) {
    SignedDataParts parts;
    parts.data = &data;
    readAsWritten(parts);
    for (const auto& der : data.certificates()) {
        parts.certificates.push_back(trust::Certificate::decode(der));
    }
    verify(parts);
    return parts;
}

bool anySigner(const SignedDataParts& parts, const std::function<bool(const SignerParts&)>& predicate) {
    return std::any_of(parts.signers.begin(), parts.signers.end(), predicate);
}

bool isNotVersion3(const SignedDataParts& parts) {
    return parts.version != 3;
}

bool hasNullParameters(const SignedDataParts& parts) {
    return parts.hasNullParameters;
}

bool hasNoCertificateOfSigner(const SignedDataParts& parts) {
    return anySigner(parts, [](const auto& signer) { return !signer.certificate; });
}

bool hasRevocationLists(const SignedDataParts& parts) {
    return parts.hasRevocationLists;
}

bool hasNotOneSigner(const SignedDataParts& parts) {
    return parts.signers.size() != 1;
}

bool hasNoSignedAttributes(const SignedDataParts& parts) {
    return anySigner(parts, [](const auto& signer) { return !signer.hasSignedAttributes; });
}

bool hasUnsignedAttributes(const SignedDataParts& parts) {
    return anySigner(parts, [](const auto& signer) { return signer.hasUnsignedAttributes; });
}

// RFC 5652, 5.3: 1 with issuer and serial number, 3 with a key identifier.
bool hasWrongSignerVersion(const SignedDataParts& parts) {
    return anySigner(
        parts, [](const auto& signer) { return signer.version != (signer.namedByKeyIdentifier ? 3 : 1); });
}

bool namesSignerByKeyIdentifier(const SignedDataParts& parts) {
    return anySigner(parts, [](const auto& signer) { return signer.namedByKeyIdentifier; });
}

bool namesSignerBySerialNumber(const SignedDataParts& parts) {
    return anySigner(parts, [](const auto& signer) { return !signer.namedByKeyIdentifier; });
}

bool hasNoSigningTime(const SignedDataParts& parts) {
    return anySigner(parts,
                     [](const auto& signer) { return signer.hasSignedAttributes && !signer.hasSigningTime; });
}

bool hasBadSignature(const SignedDataParts& parts) {
    return !parts.verifies && !hasNoCertificateOfSigner(parts);
}

bool hasOtherContentType(const SignedDataParts& parts, std::string_view contentType) {
    return parts.data->contentType() != ObjectIdentifier::fromText(contentType);
}

bool isNoSecurityObject(const SignedDataParts& parts) {
    return hasOtherContentType(parts, DocumentSecurityObject::contentType);
}

bool isNoMasterList(const SignedDataParts& parts) {
    return hasOtherContentType(parts, trust::masterListSignerRole.contentType);
}

bool hasMalformedObject(const SignedDataParts& parts) {
    try {
        (void)DocumentSecurityObject::decode(parts.data->content());
        return false;
    } catch (const MalformedData&) {
        return true;
    }
}

bool hasFewHashes(const SignedDataParts& parts) {
    constexpr std::size_t fewest = 2;
    return !hasMalformedObject(parts) &&
           DocumentSecurityObject::decode(parts.data->content()).dataGroupHashes.size() < fewest;
}

bool hasUnknownDataGroups(const SignedDataParts& parts) {
    return !hasMalformedObject(parts) &&
           !DocumentSecurityObject::decode(parts.data->content()).unknownDataGroupHashes.empty();
}

bool hasMalformedList(const SignedDataParts& parts) {
    try {
        (void)trust::MasterList::unverified(*parts.data);
        return false;
    } catch (const MalformedData&) {
        return true;
    }
}

bool isSignedByCountrySigningAuthority(const SignedDataParts& parts) {
    return anySigner(parts, [](const auto& signer) {
        return signer.certificate && signer.certificate->certificationAuthority();
    });
}

bool hasNoCertificateOfAuthority(const SignedDataParts& parts) {
    return std::none_of(parts.certificates.begin(), parts.certificates.end(),
                        [](const auto& certificate) { return certificate.certificationAuthority(); });
}

bool leavesOutOwnAuthority(const SignedDataParts& parts) {
    if (hasMalformedList(parts)) {
        return false;
    }
    std::set<std::string> subjects;
    for (const auto& der : trust::MasterList::unverified(*parts.data).certificates) {
        try {
            subjects.insert(trust::Certificate::decode(der).subject());
        } catch (const MalformedData&) {
            continue; // said of the certificate itself
        }
    }
    return anySigner(parts, [&](const auto& signer) {
        return signer.certificate && subjects.count(signer.certificate->issuer()) == 0;
    });
}

struct SignedDataRule {
    std::string_view id; // behind "sod." or "master-list."
    Severity severity;
    std::string_view broken;
    bool (*isBroken)(const SignedDataParts&);
};

constexpr auto error = Severity::Error;
constexpr auto warning = Severity::Warning;

constexpr SignedDataRule common[] = {
    {"cms-version", error, "the version of SignedData is not 3", isNotVersion3},
    {"digest-parameters", warning, "a digest algorithm has parameters NULL", hasNullParameters},
    {"signer-certificate", error, "the signer's certificate is not inside", hasNoCertificateOfSigner},
    {"signers", warning, "there is not exactly one signer", hasNotOneSigner},
    {"signed-attributes", error, "signedAttrs are missing", hasNoSignedAttributes},
    {"unsigned-attributes", warning, "there are unsignedAttrs", hasUnsignedAttributes},
    {"signer-version", error, "the version of the signer does not go with how it is named",
     hasWrongSignerVersion},
    {"signature", error, "the signature does not verify", hasBadSignature},
};

constexpr SignedDataRule ofSecurityObject[] = {
    {"content-type", error, "what is signed is no LDSSecurityObject by its type", isNoSecurityObject},
    {"revocation-lists", warning, "there are CRLs inside", hasRevocationLists},
    {"signer-identifier", warning, "the signer is not named by issuer and serial number",
     namesSignerByKeyIdentifier},
    {"object", error, "LDSSecurityObject is malformed", hasMalformedObject},
    {"hashes", error, "there are fewer than two hashes", hasFewHashes},
    {"data-groups", error, "there are hashes of data groups that the LDS does not know",
     hasUnknownDataGroups},
};

constexpr SignedDataRule ofMasterList[] = {
    {"content-type", error, "what is signed is no CSCA master list by its type", isNoMasterList},
    {"revocation-lists", error, "there are CRLs inside", hasRevocationLists},
    {"signer-identifier", warning, "the signer is not named by its key identifier",
     namesSignerBySerialNumber},
    {"signing-time", error, "the signing time is missing", hasNoSigningTime},
    {"list", error, "CscaMasterList is malformed", hasMalformedList},
    {"signed-by-csca", error, "a CSCA has signed the list itself", isSignedByCountrySigningAuthority},
    {"csca-certificate", error, "the certificate of the signer's CSCA is not inside",
     hasNoCertificateOfAuthority},
    {"own-csca", error, "the CSCA of the signer is not on the list", leavesOutOwnAuthority},
};

template <std::size_t Count>
std::vector<Rule> rulesOf(const std::string& prefix, const std::string& clause,
                          const SignedDataRule (&special)[Count]) {
    std::vector<Rule> made;
    const auto add = [&](const SignedDataRule& row) {
        made.push_back({prefix + std::string(row.id), clause, row.severity, std::string(row.broken)});
    };
    std::for_each(std::begin(common), std::end(common), add);
    std::for_each(std::begin(special), std::end(special), add);
    return made;
}

template <std::size_t Count>
std::vector<const Rule*> check(const SignedDataParts& parts, const std::vector<Rule>& rules,
                               const SignedDataRule (&special)[Count]) {
    std::vector<const Rule*> broken;
    for (std::size_t index = 0; index < rules.size(); ++index) {
        const auto& row = index < std::size(common) ? common[index] : special[index - std::size(common)];
        if (row.isBroken(parts)) {
            broken.push_back(&rules[index]);
        }
    }
    return broken;
}

} // namespace

const std::vector<Rule>& securityObjectRules() {
    static const auto rules = rulesOf("sod.", "Doc 9303-10, 4.6.2", ofSecurityObject);
    return rules;
}

const std::vector<Rule>& masterListRules() {
    static const auto rules = rulesOf("master-list.", "Doc 9303-12, table 18", ofMasterList);
    return rules;
}

std::vector<const Rule*> checkSecurityObject(const SignedData& data) {
    return check(readParts(data), securityObjectRules(), ofSecurityObject);
}

std::vector<const Rule*> checkMasterList(const SignedData& data) {
    return check(readParts(data), masterListRules(), ofMasterList);
}

} // namespace cancuoc::personalization::lint
