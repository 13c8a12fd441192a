// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/security_object_rules.hpp"

#include "host/lds/asn1.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "personalization/lint/signed_data_table.hpp"

namespace cancuoc::personalization::lint {

namespace {

using namespace lds;

// LDSSecurityObject ::= SEQUENCE { version, hashAlgorithm, dataGroupHashValues, ldsVersionInfo OPTIONAL }
struct SecurityObjectParts {
    int version = 0;
    AlgorithmIdentifier hashAlgorithm;
    bool hasVersionInfo = false;
};

SecurityObjectParts objectOf(const SignedDataParts& parts) {
    TlvReader reader = readTlv(parts.data->content(), asn1::sequence, "LDSSecurityObject").children();
    SecurityObjectParts object;
    object.version = readInteger(reader, "The version");
    object.hashAlgorithm = readAlgorithm(reader.expect(asn1::sequence, "The hash algorithm").encoded);
    (void)reader.expect(asn1::sequence, "The hashes");
    object.hasVersionInfo = reader.find(asn1::sequence).has_value();
    return object;
}

DocumentSecurityObject decoded(const SignedDataParts& parts) {
    return DocumentSecurityObject::decode(parts.data->content());
}

bool isNoSecurityObject(const SignedDataParts& parts) {
    return parts.data->contentType() != ObjectIdentifier::fromText(DocumentSecurityObject::contentType);
}

bool hasUnsignedAttributes(const SignedDataParts& parts) {
    return parts.anySigner([](const auto& signer) { return signer.hasUnsignedAttributes; });
}

bool hasRevocationLists(const SignedDataParts& parts) {
    return parts.hasRevocationLists;
}

bool namesSignerByKeyIdentifier(const SignedDataParts& parts) {
    return parts.anySigner([](const auto& signer) { return signer.namedByKeyIdentifier; });
}

bool isNotSignedByDocumentSigner(const SignedDataParts& parts) {
    return parts.anySigner([](const auto& signer) {
        return signer.certificate && (signer.certificate->certificationAuthority() ||
                                      trust::findExtension(*signer.certificate->x509(),
                                                           trust::extendedKeyUsageIdentifier) != nullptr);
    });
}

bool hasMalformedObject(const SignedDataParts& parts) {
    try {
        (void)decoded(parts);
        return false;
    } catch (const MalformedData&) {
        return true;
    }
}

bool hasContentThatIsNotDer(const SignedDataParts& parts) {
    return !isDer(parts.data->content());
}

bool isOfVersion1WithoutInfo(const SignedDataParts& parts) {
    const auto object = objectOf(parts);
    return object.version == 1 && !object.hasVersionInfo;
}

bool isOfVersion0WithInfo(const SignedDataParts& parts) {
    const auto object = objectOf(parts);
    return object.version != 1 && object.hasVersionInfo;
}

bool isOfVersion0(const SignedDataParts& parts) {
    return objectOf(parts).version == 0;
}

bool hasForbiddenHash(const SignedDataParts& parts) {
    return !isAllowedDigest(objectOf(parts).hashAlgorithm);
}

bool hasHashParameters(const SignedDataParts& parts) {
    return objectOf(parts).hashAlgorithm.parameters.has_value();
}

bool hasFewHashes(const SignedDataParts& parts) {
    constexpr std::size_t fewest = 2;
    return decoded(parts).dataGroupHashes.size() < fewest;
}

bool hasUnknownDataGroups(const SignedDataParts& parts) {
    return !decoded(parts).unknownDataGroupHashes.empty();
}

bool leavesMandatoryGroupsOut(const SignedDataParts& parts) {
    const auto object = decoded(parts);
    return object.dataGroupHashes.count(1) == 0 || object.dataGroupHashes.count(2) == 0;
}

constexpr std::string_view objectClause = "Doc 9303-10, 4.6.2.3";

constexpr SignedDataRow ofSecurityObject[] = {
    {"content-type", "", Severity::Error, "what is signed is no LDSSecurityObject by its type",
     isNoSecurityObject},
    {"unsigned-attributes", "", Severity::Warning, "there are unsignedAttrs", hasUnsignedAttributes},
    {"revocation-lists", "", Severity::Warning, "there are CRLs inside", hasRevocationLists},
    {"signer-identifier", "", Severity::Warning, "the signer is not named by issuer and serial number",
     namesSignerByKeyIdentifier},
    {"document-signer", "Doc 9303-12, 3.1.2", Severity::Error,
     "the signer's certificate is not that of a Document Signer", isNotSignedByDocumentSigner},
    {"object", objectClause, Severity::Error, "LDSSecurityObject is malformed", hasMalformedObject},
    {"object-encoding", "Doc 9303-10, 4.6.2.2", Severity::Error, "LDSSecurityObject is not in DER",
     hasContentThatIsNotDer},
    {"version-info-missing", objectClause, Severity::Error,
     "LDSSecurityObject is of version 1 and has no ldsVersionInfo", isOfVersion1WithoutInfo},
    {"version-info", objectClause, Severity::Error,
     "LDSSecurityObject has an ldsVersionInfo and is not of version 1", isOfVersion0WithInfo},
    {"version-0", "Doc 9303-10, 4.6.2", Severity::Warning,
     "LDSSecurityObject is of version 0, and version 1 is recommended", isOfVersion0},
    {"data-group-hash-algorithm", "Doc 9303-12, 4.1.6.4", Severity::Error,
     "LDSSecurityObject uses a hash algorithm that is not allowed", hasForbiddenHash},
    {"data-group-hash-parameters", objectClause, Severity::Error,
     "the hash algorithm of LDSSecurityObject has parameters, which are to be left out", hasHashParameters},
    {"hashes", objectClause, Severity::Error, "there are fewer than two hashes", hasFewHashes},
    {"data-groups", objectClause, Severity::Error,
     "there are hashes of data groups that the LDS does not know", hasUnknownDataGroups},
    {"mandatory-data-groups", "Doc 9303-10, 4.7", Severity::Error, "DG1 or DG2 has no hash",
     leavesMandatoryGroupsOut},
};

const SignedDataTable& securityObjectTable() {
    static const SignedDataTable table("sod.", "Doc 9303-10, table 37",
                                       {commonSignedDataTable(), ofSecurityObject});
    return table;
}

} // namespace

const std::vector<Rule>& securityObjectRules() {
    return securityObjectTable().rules();
}

std::vector<const Rule*> checkSecurityObject(const SignedData& data, Profile profile) {
    return securityObjectTable().check(data, profile);
}

} // namespace cancuoc::personalization::lint
