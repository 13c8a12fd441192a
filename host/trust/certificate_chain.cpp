// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate_chain.hpp"

#include "host/base/date.hpp"
#include "host/trust/x509.hpp"

#include <openssl/err.h>

namespace cancuoc::trust {

namespace {

constexpr std::string_view chainName = "passive-authentication.chain";
constexpr std::string_view revocationName = "passive-authentication.revocation";

std::string dayOf(std::chrono::sys_seconds time) {
    return toIso(dateOf(time));
}

Check check(std::string_view name, CheckResult result, std::string reason) {
    return Check{std::string(name), result, std::move(reason)};
}

/// Whether the identifiers of issuer and certificate agree; a missing one contradicts nothing.
bool keyIdentifiersAgree(X509& certificate, X509& issuer) {
    const ASN1_OCTET_STRING* authority = X509_get0_authority_key_id(&certificate);
    const ASN1_OCTET_STRING* subject = X509_get0_subject_key_id(&issuer);
    return authority == nullptr || subject == nullptr || ASN1_OCTET_STRING_cmp(authority, subject) == 0;
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
        return "the " + std::string(who) + " certificate becomes valid only on " +
               dayOf(certificate.notBefore());
    }
    if (time > certificate.notAfter()) {
        return "the " + std::string(who) + " certificate ended on " + dayOf(certificate.notAfter());
    }
    return {};
}

/// Why `certificate` is none for signing documents; empty when it is. Doc 9303-12, 7.1.1, table 6: key usage
/// digitalSignature, no extended key usage, no authority; RFC 5280, 4.2: no critical extension goes unread.
std::string purposeFailure(X509& certificate) {
    if (X509_check_ca(&certificate) != 0) {
        return "the Document Signer certificate is one of a certification authority";
    }
    if ((X509_get_key_usage(&certificate) & KU_DIGITAL_SIGNATURE) == 0) { // all bits without the extension
        return "the Document Signer certificate is not for digital signatures";
    }
    if (X509_get_ext_by_NID(&certificate, NID_ext_key_usage, -1) >= 0) {
        return "the Document Signer certificate is for another purpose than signing documents";
    }
    for (int index = 0; index < X509_get_ext_count(&certificate); ++index) {
        X509_EXTENSION* extension = X509_get_ext(&certificate, index);
        if (X509_EXTENSION_get_critical(extension) != 0 && X509_supported_extension(extension) == 0) {
            return "the Document Signer certificate has a critical extension that is not known";
        }
    }
    return {};
}

/// The issuer's certificate that signed this one: of several with the name and key identifier, one that is
/// valid at `time` comes before one that is not.
const Certificate* findIssuer(const Certificate& certificate, const TrustStore& store,
                              std::chrono::sys_seconds time) {
    const Certificate* found = nullptr;
    for (const Certificate* candidate : store.anchors(X509_get_issuer_name(certificate.x509()))) {
        if (!keyIdentifiersAgree(*certificate.x509(), *candidate->x509()) ||
            !signedBy(certificate, *candidate)) {
            continue;
        }
        if (found == nullptr || validityFailure(*candidate, "CSCA", time).empty()) {
            found = candidate;
        }
    }
    return found;
}

std::string missingIssuer(const Certificate& certificate, const TrustStore& store) {
    if (store.anchors(X509_get_issuer_name(certificate.x509())).empty()) {
        return "the trust store has no CSCA certificate of the issuer " + certificate.issuer();
    }
    return "no CSCA certificate of the issuer " + certificate.issuer() +
           " in the trust store signed the Document Signer certificate";
}

bool hasAnchor(const TrustStore& store) {
    for (const Certificate& certificate : store.certificates()) {
        if (certificate.certificationAuthority()) {
            return true;
        }
    }
    return false;
}

bool isListed(X509_CRL& crl, const Certificate& certificate) {
    X509_REVOKED* entry = nullptr;
    constexpr int listed = 1; // 2: removed from the CRL again
    return X509_CRL_get0_by_serial(&crl, &entry, X509_get_serialNumber(certificate.x509())) == listed;
}

bool signedBy(X509_CRL& crl, const Certificate& issuer) {
    const int result = X509_CRL_verify(&crl, issuer.publicKey().get());
    ERR_clear_error();
    return result == 1;
}

bool isCurrent(const X509_CRL& crl, std::chrono::sys_seconds time) {
    const ASN1_TIME* nextUpdate = X509_CRL_get0_nextUpdate(&crl);
    return nextUpdate != nullptr && time <= timeOf(*nextUpdate);
}

} // namespace

CertificateChain verifyChain(const Certificate& documentSigner, const TrustStore& store,
                             std::chrono::sys_seconds time) {
    if (!hasAnchor(store)) {
        return {check(chainName, CheckResult::NotPerformed, "the trust store holds no CSCA certificate")};
    }
    const Certificate* anchor = findIssuer(documentSigner, store, time);
    if (anchor == nullptr) {
        return {check(chainName, CheckResult::Failed, missingIssuer(documentSigner, store))};
    }
    for (std::string failure :
         {purposeFailure(*documentSigner.x509()), validityFailure(documentSigner, "Document Signer", time),
          validityFailure(*anchor, "CSCA", time)}) {
        if (!failure.empty()) {
            return {check(chainName, CheckResult::Failed, std::move(failure))};
        }
    }
    return {check(chainName, CheckResult::Passed, {}), anchor};
}

Check verifyRevocation(const Certificate& documentSigner, const Certificate& anchor, const TrustStore& store,
                       std::chrono::sys_seconds time) {
    bool found = false;
    bool current = false;
    for (X509_CRL* crl : store.crls(X509_get_issuer_name(documentSigner.x509()))) {
        if (!signedBy(*crl, anchor) || timeOf(*X509_CRL_get0_lastUpdate(crl)) > time) {
            continue;
        }
        found = true;
        current = current || isCurrent(*crl, time);
        if (isListed(*crl, documentSigner)) {
            return check(revocationName, CheckResult::Failed, "the Document Signer certificate is revoked");
        }
        if (anchor.selfIssued() && isListed(*crl, anchor)) {
            return check(revocationName, CheckResult::Failed, "the CSCA certificate is revoked");
        }
    }
    if (!found) {
        return check(revocationName, CheckResult::NotPerformed,
                     "the trust store has no CRL of the issuer " + documentSigner.issuer());
    }
    if (!current) {
        return check(revocationName, CheckResult::NotPerformed,
                     "the CRL of the issuer " + documentSigner.issuer() + " is out of date");
    }
    return check(revocationName, CheckResult::Passed, {});
}

} // namespace cancuoc::trust
