// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate_chain.hpp"

#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/x509.hpp"

#include <openssl/err.h>

namespace cancuoc::trust {

namespace {

constexpr std::string_view revocationName = "passive-authentication.revocation";

std::string dayOf(std::chrono::sys_seconds time) {
    return toIso(dateOf(time));
}

Check revocation(CheckResult result, std::string reason) {
    return Check{std::string(revocationName), result, std::move(reason)};
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

/// Whether the extended key usage is what the role asks for: exactly its purpose, or not there.
bool hasPurpose(const X509& certificate, std::string_view purpose) {
    return purpose.empty() ? X509_get_ext_by_NID(&certificate, NID_ext_key_usage, -1) < 0
                           : hasOnlyPurpose(certificate, purpose);
}

/// Why `certificate` is none for the role; empty when it is. Doc 9303-12, 7.1.1, table 6: key usage
/// digitalSignature, the role's extended key usage, no authority; RFC 5280, 4.2: no critical extension goes
/// unread.
std::string purposeFailure(X509& certificate, const SigningRole& role) {
    const std::string who = "the " + std::string(role.signer) + " certificate ";
    if (X509_check_ca(&certificate) != 0) {
        return who + "is one of a certification authority";
    }
    if ((X509_get_key_usage(&certificate) & KU_DIGITAL_SIGNATURE) == 0) { // all bits without the extension
        return who + "is not for digital signatures";
    }
    if (!hasPurpose(certificate, role.purpose)) {
        return who + "is for another purpose";
    }
    for (int index = 0; index < X509_get_ext_count(&certificate); ++index) {
        X509_EXTENSION* extension = X509_get_ext(&certificate, index);
        if (X509_EXTENSION_get_critical(extension) != 0 && X509_supported_extension(extension) == 0) {
            return who + "has a critical extension that is not known";
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

std::string missingIssuer(const Certificate& signer, const SigningRole& role, const TrustStore& store) {
    if (store.anchors(X509_get_issuer_name(signer.x509())).empty()) {
        return "the trust store has no CSCA certificate of the issuer " + signer.issuer();
    }
    return "no CSCA certificate of the issuer " + signer.issuer() + " in the trust store signed the " +
           std::string(role.signer) + " certificate";
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

/// After a change of keys the newest CSCA key signs the CRL for all certificates under that name (Doc
/// 9303-12, 4.1.4.3), so any CSCA certificate of the name in the store will do.
bool signedByAnchor(X509_CRL& crl, const TrustStore& store) {
    for (const Certificate* anchor : store.anchors(X509_CRL_get_issuer(&crl))) {
        try {
            const int result = X509_CRL_verify(&crl, anchor->publicKey().get());
            ERR_clear_error();
            if (result == 1) {
                return true;
            }
        } catch (const Error&) {
            continue; // an anchor whose key is of no use
        }
    }
    return false;
}

bool isCurrent(const X509_CRL& crl, std::chrono::sys_seconds time) {
    const ASN1_TIME* nextUpdate = X509_CRL_get0_nextUpdate(&crl);
    return nextUpdate != nullptr && time <= timeOf(*nextUpdate);
}

} // namespace

CertificateChain verifyChain(const Certificate& signer, const SigningRole& role, const TrustStore& store,
                             std::chrono::sys_seconds time) {
    if (!hasAnchor(store)) {
        return {CheckResult::NotPerformed, "the trust store holds no CSCA certificate", nullptr};
    }
    const Certificate* anchor = findIssuer(signer, store, time);
    if (anchor == nullptr) {
        return {CheckResult::Failed, missingIssuer(signer, role, store), nullptr};
    }
    for (const std::string& failure :
         {purposeFailure(*signer.x509(), role), validityFailure(signer, role.signer, time),
          validityFailure(*anchor, "CSCA", time)}) {
        if (!failure.empty()) {
            return {CheckResult::Failed, failure, nullptr};
        }
    }
    return {CheckResult::Passed, {}, anchor};
}

Check verifyRevocation(const Certificate& documentSigner, const Certificate& anchor, const TrustStore& store,
                       std::chrono::sys_seconds time) {
    bool found = false;
    bool current = false;
    for (X509_CRL* crl : store.crls(X509_get_issuer_name(documentSigner.x509()))) {
        if (!signedByAnchor(*crl, store) || timeOf(*X509_CRL_get0_lastUpdate(crl)) > time) {
            continue;
        }
        found = true;
        current = current || isCurrent(*crl, time);
        if (isListed(*crl, documentSigner)) {
            return revocation(CheckResult::Failed, "the Document Signer certificate is revoked");
        }
        if (anchor.kind() == CertificateKind::CountrySigningRoot && isListed(*crl, anchor)) {
            return revocation(CheckResult::Failed, "the CSCA certificate is revoked");
        }
    }
    if (!found) {
        return revocation(CheckResult::NotPerformed,
                          "the trust store has no CRL of the issuer " + documentSigner.issuer());
    }
    if (!current) {
        return revocation(CheckResult::NotPerformed,
                          "the CRL of the issuer " + documentSigner.issuer() + " is out of date");
    }
    return revocation(CheckResult::Passed, {});
}

} // namespace cancuoc::trust
