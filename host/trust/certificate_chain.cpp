// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate_chain.hpp"

#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/x509.hpp"

#include <openssl/err.h>

#include <algorithm>

namespace cancuoc::trust {

namespace {

constexpr std::string_view csca = "CSCA";

// States have renewed their keys two dozen times at most.
constexpr int longestRowOfLinks = 32;

std::string dayOf(std::chrono::sys_seconds time) {
    return toIso(dateOf(time));
}

std::string theCertificate(std::string_view who) {
    return "the " + std::string(who) + " certificate ";
}

bool signedBy(const Certificate& certificate, const Certificate& issuer) {
    try {
        const int result = X509_verify(certificate.x509(), issuer.publicKey().get());
        ERR_clear_error();
        return result == 1;
    } catch (const Error&) {
        return false; // the issuer's key is of no use
    }
}

/// Why `certificate` is not valid at `time`; empty when it is.
std::string validityFailure(const Certificate& certificate, std::string_view who,
                            std::chrono::sys_seconds time) {
    if (time < certificate.notBefore()) {
        return theCertificate(who) + "becomes valid only on " + dayOf(certificate.notBefore());
    }
    if (time > certificate.notAfter()) {
        return theCertificate(who) + "ended on " + dayOf(certificate.notAfter());
    }
    return {};
}

/// RFC 5280, 4.2: no critical extension goes unread.
bool hasUnknownCriticalExtension(const X509& certificate) {
    for (int index = 0; index < X509_get_ext_count(&certificate); ++index) {
        X509_EXTENSION* extension = X509_get_ext(&certificate, index);
        if (X509_EXTENSION_get_critical(extension) != 0 && X509_supported_extension(extension) == 0 &&
            extension != findExtension(certificate, documentTypeListIdentifier) &&
            extension != findExtension(certificate, nameChangeIdentifier)) {
            return true;
        }
    }
    return false;
}

/// Why `certificate` is none for the role; empty when it is. Doc 9303-12, 7.1.1, table 6: key usage
/// digitalSignature, the role's extended key usage, no authority.
std::string purposeFailure(const Certificate& signer, const SigningRole& role) {
    const X509& certificate = *signer.x509();
    const std::string who = theCertificate(role.signer);
    if (signer.certificationAuthority()) {
        return who + "is one of a certification authority";
    }
    if ((keyUsageOf(certificate).value_or(KU_DIGITAL_SIGNATURE) & KU_DIGITAL_SIGNATURE) == 0) {
        return who + "is not for digital signatures";
    }
    if (role.purpose.empty() ? findExtension(certificate, extendedKeyUsageIdentifier) != nullptr
                             : !hasOnlyPurpose(certificate, role.purpose)) {
        return who + "is for another purpose";
    }
    if (hasUnknownCriticalExtension(certificate)) {
        return who + "has a critical extension that is not known";
    }
    return {};
}

/// Doc 9303-11, 5.1.1: the country codes of both agree.
bool countriesAgree(const Certificate& certificate, const Certificate& issuer) {
    return certificate.country().empty() || issuer.country().empty() ||
           certificate.country() == issuer.country();
}

/// Doc 9303-12, 4.1.4.3 and 7.1.1.5: the same CSCA before and after; another name says so itself. Any other
/// certification authority below a CSCA is none that Doc 9303 knows.
bool isLink(const Certificate& certificate) {
    return X509_NAME_cmp(X509_get_subject_name(certificate.x509()),
                         X509_get_issuer_name(certificate.x509())) == 0 ||
           findExtension(*certificate.x509(), nameChangeIdentifier) != nullptr;
}

/// Why `authority` of the store is no CSCA to trust; empty when it is. A self-signed one is what the owner of
/// the store chose to trust; a link certificate needs one that was valid when it was made (6.1.1).
std::string trustFailure(const Certificate& authority, const TrustStore& store, int links) {
    if (hasUnknownCriticalExtension(*authority.x509())) {
        return theCertificate(csca) + "has a critical extension that is not known";
    }
    if (authority.kind() == CertificateKind::CountrySigningRoot) {
        return {};
    }
    if (!isLink(authority)) {
        return "the path is too long: " + authority.subject() +
               " is a certification authority below the CSCA and not the CSCA itself";
    }
    if (links == 0) {
        return "there are too many link certificates in a row";
    }
    std::string failure =
        "no CSCA of the trust store vouches for the link certificate of " + authority.subject();
    for (const Certificate* issuer : store.issuersOf(authority)) {
        if (issuer == &authority || !countriesAgree(authority, *issuer) || !signedBy(authority, *issuer)) {
            continue;
        }
        const auto ended = validityFailure(*issuer, "link certificate: its CSCA", authority.notBefore());
        const auto untrusted = trustFailure(*issuer, store, links - 1);
        if (ended.empty() && untrusted.empty()) {
            return {};
        }
        failure = ended.empty() ? untrusted : ended;
    }
    return failure;
}

std::string missingIssuer(const Certificate& signer, const SigningRole& role, const TrustStore& store) {
    const auto name = X509_get_issuer_name(signer.x509());
    if (store.authorities(name).empty()) {
        return "the trust store has no CSCA certificate of the issuer " + signer.issuer();
    }
    if (store.issuersOf(signer).empty()) {
        return "the trust store has no CSCA certificate of the issuer " + signer.issuer() +
               " with the key that signed the " + std::string(role.signer) + " certificate";
    }
    return "no CSCA certificate of the issuer " + signer.issuer() + " in the trust store signed the " +
           std::string(role.signer) + " certificate";
}

/// A CSCA that signed, and what is wrong with it.
struct Issuer {
    const Certificate* certificate = nullptr;
    std::string failure;
};

Issuer findIssuer(const Certificate& signer, const SigningRole& role, const TrustStore& store,
                  std::chrono::sys_seconds time) {
    Issuer found{nullptr, missingIssuer(signer, role, store)};
    for (const Certificate* candidate : store.issuersOf(signer)) {
        if (!signedBy(signer, *candidate)) {
            continue;
        }
        std::string failure = trustFailure(*candidate, store, longestRowOfLinks);
        if (failure.empty()) {
            failure = validityFailure(*candidate, csca, time);
        }
        if (failure.empty() && !countriesAgree(signer, *candidate)) {
            failure = theCertificate(role.signer) + "names another country than the CSCA certificate";
        }
        if (failure.empty()) {
            return {candidate, {}};
        }
        found = {candidate, std::move(failure)};
    }
    return found;
}

bool hasAuthority(const TrustStore& store) {
    return std::any_of(store.certificates().begin(), store.certificates().end(),
                       [](const Certificate& certificate) { return certificate.certificationAuthority(); });
}

/// Nothing when the certificate states none that can be read.
std::optional<PrivateKeyUsagePeriod> usagePeriod(const Certificate& certificate) {
    try {
        return privateKeyUsagePeriodOf(*certificate.x509());
    } catch (const MalformedData&) {
        return std::nullopt; // a defect, told where certificates are listed
    }
}

/// The signature on a self-signed certificate proves nothing, so its hash algorithm matters nothing.
std::vector<std::string> notesOn(const Certificate& signer, const SigningRole& role,
                                 const Certificate& anchor) {
    std::vector<std::string> notes;
    for (const CertificateDefect& weakness : findWeaknesses(*signer.x509())) {
        notes.push_back(theCertificate(role.signer) + "is weak: " + weakness.text());
    }
    if (const auto period = usagePeriod(anchor); period && !period->contains(signer.notBefore())) {
        notes.push_back(theCertificate(role.signer) +
                        "was issued outside the usage period of the CSCA's key");
    }
    for (const CertificateDefect& weakness : findWeaknesses(*anchor.x509())) {
        if (weakness.component == "subjectPublicKeyInfo") {
            notes.push_back(theCertificate(csca) + "is weak: " + weakness.text());
        }
    }
    return notes;
}

} // namespace

CertificateChain verifyChain(const Certificate& signer, const SigningRole& role, const TrustStore& store,
                             std::chrono::sys_seconds time) {
    if (!hasAuthority(store)) {
        return {CheckResult::NotPerformed, "the trust store holds no CSCA certificate", nullptr, {}};
    }
    const Issuer issuer = findIssuer(signer, role, store, time);
    if (issuer.certificate == nullptr) {
        return {CheckResult::Failed, issuer.failure, nullptr, {}};
    }
    for (const std::string& failure :
         {purposeFailure(signer, role), validityFailure(signer, role.signer, time), issuer.failure}) {
        if (!failure.empty()) {
            return {CheckResult::Failed, failure, nullptr, {}};
        }
    }
    return {CheckResult::Passed, {}, issuer.certificate, notesOn(signer, role, *issuer.certificate)};
}

} // namespace cancuoc::trust
