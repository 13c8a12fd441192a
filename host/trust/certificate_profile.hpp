// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::trust {

/// What a certificate is in the eMRTD PKI (Doc 9303-12, 3.1); the columns of table 6.
enum class CertificateKind {
    CountrySigningRoot,
    CountrySigningLink, ///< certifies the CSCA's next key, or its next name (4.1.4.3)
    DocumentSigner,
    MasterListSigner,
    DeviationListSigner
};

/// One rule that a certificate breaks. Both parts live for ever.
struct CertificateDefect {
    std::string_view component; ///< as tables 5 and 6 name it: "KeyUsage", "subject"
    std::string_view problem;   ///< the rest of a sentence: "is missing"

    /// "KeyUsage is missing"
    [[nodiscard]] std::string text() const;

    // NOLINTNEXTLINE(modernize-use-nullptr): the zero is the comparison's own.
    friend auto operator<=>(const CertificateDefect&, const CertificateDefect&) = default;
};

/// Told by what the certificate says of itself. May sign certificates: basicConstraints or key usage say so,
/// or it is a version 1 certificate signed by itself. Whoever may not, and has no purpose of its own, signs
/// documents.
[[nodiscard]] CertificateKind kindOf(const X509& certificate);

/// Whether `kind` is one of the two that sign certificates.
[[nodiscard]] bool isCountrySigning(CertificateKind kind);

/// Every rule of Doc 9303-12, tables 5 and 6 (eighth edition) and 4.1.6 that can be told from the certificate
/// alone and that it breaks as one of `kind`. Signatures are not verified, and no clock is asked. Earlier
/// editions allowed some of what is listed (appendix C).
[[nodiscard]] std::vector<CertificateDefect> findDefects(const X509& certificate, CertificateKind kind);

/// Every defect that findDefects() can find, each once.
[[nodiscard]] std::vector<CertificateDefect> everyCertificateDefect();

/// The part of findDefects() about hash algorithms and keys that are too weak or cannot be used.
[[nodiscard]] std::vector<CertificateDefect> findWeaknesses(const X509& certificate);

} // namespace cancuoc::trust
