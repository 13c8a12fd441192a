// SPDX-License-Identifier: Apache-2.0
#include "host/trust/revocation.hpp"

#include "host/base/error.hpp"
#include "host/trust/x509.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <string>

namespace cancuoc::trust {

namespace {

using Names = std::vector<const X509_NAME*>;

Check revocation(CheckResult result, std::string reason) {
    return Check{"passive-authentication.revocation", result, std::move(reason)};
}

bool contains(const Names& names, const X509_NAME* name) {
    return std::any_of(names.begin(), names.end(),
                       [name](const X509_NAME* known) { return X509_NAME_cmp(known, name) == 0; });
}

/// The issuer's name and those that it has taken since (D.3).
Names successiveNames(const X509_NAME* issuer, const TrustStore& store) {
    Names names{issuer};
    for (std::size_t before = 0; before != names.size();) {
        before = names.size();
        for (const Certificate& certificate : store.certificates()) {
            if (certificate.kind() == CertificateKind::CountrySigningLink &&
                contains(names, X509_get_issuer_name(certificate.x509())) &&
                !contains(names, X509_get_subject_name(certificate.x509()))) {
                names.push_back(X509_get_subject_name(certificate.x509()));
            }
        }
    }
    return names;
}

bool isListed(const CertificateRevocationList& crl, const Certificate& certificate) {
    X509_REVOKED* entry = nullptr;
    constexpr int listed = 1; // 2: removed from the CRL again
    return X509_CRL_get0_by_serial(crl.x509(), &entry, X509_get_serialNumber(certificate.x509())) == listed;
}

/// After a change of keys the newest CSCA key signs the CRL for all certificates under that name (4.1.4.3),
/// so any CSCA certificate of the name in the store will do.
bool signedByAuthority(const CertificateRevocationList& crl, const TrustStore& store) {
    for (const Certificate* authority : store.authorities(X509_CRL_get_issuer(crl.x509()))) {
        try {
            const int result = X509_CRL_verify(crl.x509(), authority->publicKey().get());
            ERR_clear_error();
            if (result == 1) {
                return true;
            }
        } catch (const Error&) {
            continue; // a key that is of no use
        }
    }
    return false;
}

bool isCurrent(const CertificateRevocationList& crl, std::chrono::sys_seconds time) {
    return crl.nextUpdate() && time <= *crl.nextUpdate();
}

/// Doc 9303-12, 4.1.5: one list of everything. A delta or a part of it is none.
bool isComplete(const CertificateRevocationList& crl) {
    return X509_CRL_get_ext_by_NID(crl.x509(), NID_delta_crl, -1) < 0 &&
           X509_CRL_get_ext_by_NID(crl.x509(), NID_issuing_distribution_point, -1) < 0;
}

std::vector<const CertificateRevocationList*> crlsOf(const Names& names, const TrustStore& store,
                                                     std::chrono::sys_seconds time) {
    std::vector<const CertificateRevocationList*> found;
    for (const X509_NAME* name : names) {
        for (const CertificateRevocationList* crl : store.crls(name)) {
            if (crl->thisUpdate() <= time && signedByAuthority(*crl, store)) {
                found.push_back(crl);
            }
        }
    }
    return found;
}

bool holds(const std::vector<const Certificate*>& certificates, const Certificate& certificate) {
    return std::find(certificates.begin(), certificates.end(), &certificate) != certificates.end();
}

/// Every certificate of the anchor's key, and, where a link certificate brought that key in, those of the key
/// before: revoking the old CSCA revokes the new one (4.1.5.1).
std::vector<const Certificate*> certificatesBehind(const Certificate& anchor, const TrustStore& store) {
    std::vector<const Certificate*> found{&anchor};
    for (std::size_t index = 0; index < found.size(); ++index) {
        const Bytes key = subjectPublicKeyInfoOf(*found[index]->x509());
        for (const Certificate& certificate : store.certificates()) {
            if (!holds(found, certificate) && subjectPublicKeyInfoOf(*certificate.x509()) == key) {
                found.push_back(&certificate);
            }
        }
        if (found[index]->kind() == CertificateKind::CountrySigningLink) {
            for (const Certificate* issuer : store.issuersOf(*found[index])) {
                if (!holds(found, *issuer)) {
                    found.push_back(issuer);
                }
            }
        }
    }
    return found;
}

} // namespace

Check verifyRevocation(const Certificate& signer, const Certificate& anchor, const TrustStore& store,
                       std::chrono::sys_seconds time, const SigningRole& role) {
    const auto crls = crlsOf(successiveNames(X509_get_issuer_name(signer.x509()), store), store, time);
    const auto anchors = certificatesBehind(anchor, store);
    bool current = false;
    for (const CertificateRevocationList* crl : crls) {
        current = current || (isComplete(*crl) && isCurrent(*crl, time));
        if (isListed(*crl, signer)) {
            return revocation(CheckResult::Failed,
                              "the " + std::string(role.signer) + " certificate is revoked");
        }
        if (std::any_of(anchors.begin(), anchors.end(),
                        [crl](const Certificate* certificate) { return isListed(*crl, *certificate); })) {
            return revocation(CheckResult::Failed, "the CSCA certificate is revoked");
        }
    }
    if (crls.empty()) {
        return revocation(CheckResult::NotPerformed,
                          "the trust store has no CRL of the issuer " + signer.issuer());
    }
    if (!current) {
        return revocation(CheckResult::NotPerformed,
                          "the CRL of the issuer " + signer.issuer() + " is out of date or not complete");
    }
    return revocation(CheckResult::Passed, {});
}

} // namespace cancuoc::trust
