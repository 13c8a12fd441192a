// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/signed_data_table.hpp"

#include <algorithm>
#include <utility>

namespace cancuoc::personalization::lint {

namespace {

bool isSignedDataNotDer(const SignedDataParts& parts) {
    return !parts.isDer;
}

bool isNotVersion3(const SignedDataParts& parts) {
    return parts.version != 3;
}

bool hasNullParameters(const SignedDataParts& parts) {
    return std::any_of(parts.digestAlgorithms.begin(), parts.digestAlgorithms.end(),
                       [](const auto& algorithm) { return algorithm.parameters.has_value(); }) ||
           parts.anySigner([](const auto& signer) { return signer.digestAlgorithm.parameters.has_value(); });
}

bool hasUnlistedDigest(const SignedDataParts& parts) {
    return parts.anySigner([&](const auto& signer) {
        return std::none_of(
            parts.digestAlgorithms.begin(), parts.digestAlgorithms.end(),
            [&](const auto& algorithm) { return algorithm.identifier == signer.digestAlgorithm.identifier; });
    });
}

bool hasForbiddenDigest(const SignedDataParts& parts) {
    return parts.anySigner([](const auto& signer) {
        return !isAllowedDigest(signer.digestAlgorithm) || !usesAllowedHash(signer.signatureAlgorithm);
    });
}

bool leavesSignatureNullOut(const SignedDataParts& parts) {
    return parts.anySigner([](const auto& signer) {
        return isRsaWithPkcs1Padding(signer.signatureAlgorithm) &&
               !signer.signatureAlgorithm.hasNullParameters();
    });
}

bool hasNoCertificateOfSigner(const SignedDataParts& parts) {
    return !parts.hasSignersCertificates();
}

bool hasNotOneSigner(const SignedDataParts& parts) {
    return parts.signers.size() != 1;
}

bool hasNoSignedAttributes(const SignedDataParts& parts) {
    return parts.anySigner([](const auto& signer) { return !signer.hasSignedAttributes; });
}

// RFC 5652, 5.3: 1 with issuer and serial number, 3 with a key identifier.
bool hasWrongSignerVersion(const SignedDataParts& parts) {
    return parts.anySigner(
        [](const auto& signer) { return signer.version != (signer.namedByKeyIdentifier ? 3 : 1); });
}

bool hasBadSignature(const SignedDataParts& parts) {
    return !parts.verifies && parts.hasSignersCertificates();
}

constexpr SignedDataRow common[] = {
    {"encoding", "", Severity::Error, "it is not in DER", isSignedDataNotDer, inBothEditions},
    {"cms-version", "", Severity::Error, "the version of SignedData is not 3", isNotVersion3},
    {"digest-parameters", "", Severity::Error, "a digest algorithm has parameters, which are to be left out",
     hasNullParameters, inBothEditions},
    {"digest-algorithms", "", Severity::Error, "digestAlgorithms do not hold the one of a signer",
     hasUnlistedDigest},
    {"hash-algorithm", "Doc 9303-12, 4.1.6.4", Severity::Error,
     "a signer uses a hash algorithm that is not allowed", hasForbiddenDigest, inBothEditions},
    {"signature-parameters", "", Severity::Error,
     "a signature algorithm of RSA leaves the parameters NULL out", leavesSignatureNullOut, inBothEditions},
    {"signer-certificate", "", Severity::Error, "the signer's certificate is not inside",
     hasNoCertificateOfSigner},
    {"signers", "", Severity::Warning, "there is not exactly one signer", hasNotOneSigner, inBothEditions},
    {"signed-attributes", "", Severity::Error, "signedAttrs are missing", hasNoSignedAttributes},
    {"signer-version", "", Severity::Error, "the version of the signer does not go with how it is named",
     hasWrongSignerVersion},
    {"signature", "", Severity::Error, "the signature does not verify", hasBadSignature},
};

// --- lists

bool hasRevocationListsInside(const SignedDataParts& parts) {
    return parts.hasRevocationLists;
}

bool namesSignerBySerialNumber(const SignedDataParts& parts) {
    return parts.anySigner([](const auto& signer) { return !signer.namedByKeyIdentifier; });
}

bool hasNoSigningTime(const SignedDataParts& parts) {
    return parts.anySigner(
        [](const auto& signer) { return signer.hasSignedAttributes && !signer.hasSigningTime; });
}

bool isSignedByCountrySigningAuthority(const SignedDataParts& parts) {
    return parts.anySigner([](const auto& signer) {
        return signer.certificate && signer.certificate->certificationAuthority();
    });
}

bool hasNoCertificateOfAuthority(const SignedDataParts& parts) {
    return std::none_of(parts.certificates.begin(), parts.certificates.end(),
                        [](const auto& certificate) { return certificate.certificationAuthority(); });
}

constexpr SignedDataRow ofLists[] = {
    {"revocation-lists", "", Severity::Error, "there are CRLs inside", hasRevocationListsInside},
    {"signer-identifier", "", Severity::Warning, "the signer is not named by its key identifier",
     namesSignerBySerialNumber, inBothEditions},
    {"signing-time", "", Severity::Error, "the signing time is missing", hasNoSigningTime},
    {"signed-by-csca", "Doc 9303-12, 5.3", Severity::Error, "a CSCA has signed the list itself",
     isSignedByCountrySigningAuthority, inBothEditions},
    {"csca-certificate", "", Severity::Warning, "the certificate of the signer's CSCA is not inside",
     hasNoCertificateOfAuthority, inBothEditions},
};

} // namespace

std::span<const SignedDataRow> commonSignedDataTable() {
    return common;
}

std::span<const SignedDataRow> commonListTable() {
    return ofLists;
}

SignedDataTable::SignedDataTable(const std::string& prefix, const std::string& clause,
                                 std::initializer_list<std::span<const SignedDataRow>> tables) {
    for (const auto& table : tables) {
        rows_.insert(rows_.end(), table.begin(), table.end());
    }
    rules_ = rulesOf<SignedDataParts>(rows_);
    for (auto& rule : rules_) {
        rule.id = prefix + rule.id;
        rule.clause = rule.clause.empty() ? clause : rule.clause;
    }
}

std::vector<const Rule*> SignedDataTable::check(const lds::SignedData& data, Profile profile) const {
    std::vector<const Rule*> broken;
    lint::check<SignedDataParts>(rows_, rules_, readParts(data), profile, broken);
    return broken;
}

} // namespace cancuoc::personalization::lint
