// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "personalization/pki/cv_issuer.hpp"

#include <filesystem>
#include <optional>

namespace cancuoc::personalization {

/// The files of an authorization PKI within its directory, which may be that of a PKI as well.
struct VerifyingPkiFiles {
    explicit VerifyingPkiFiles(const std::filesystem::path& folder);

    /// cvca-NNN.cvcert: the self-signed certificate of an earlier CVCA key, of which 1 is the first.
    [[nodiscard]] std::filesystem::path formerCvca(int number) const;
    /// cvca-link-NNN.cvcert: the link certificate for CVCA key `number`, by the one before it.
    [[nodiscard]] std::filesystem::path cvcaLink(int number) const;
    /// How many CVCA keys there were before the one of today.
    [[nodiscard]] int formerCvcas() const;

    std::filesystem::path directory;
    std::filesystem::path cvcaCertificate;             ///< cvca.cvcert, the chips' trust point
    std::filesystem::path cvcaKey;                     ///< cvca.key, as KeyStore keeps it
    std::filesystem::path documentVerifierCertificate; ///< document-verifier.cvcert
    std::filesystem::path documentVerifierKey;         ///< document-verifier.key, as cvca.key
};

/// The CV certificate in `file`. Throws BadConfiguration naming the file when it holds something else, Error
/// when it cannot be read.
[[nodiscard]] trust::CvCertificate readCvCertificate(const std::filesystem::path& file);

/// What a CVCA is to be.
struct CvcaOptions {
    std::string keyKind{}; ///< as CvKey::generate wants it; empty: as the former key, or brainpoolP256r1
    std::string holderReference = "VNCVCA00001"; ///< of the first key
    std::string token{}; ///< PKCS#11 URI of the token that makes the first key; the next ones stay there
};

/// The first CVCA in `directory`, or the next key of the one that is there: the former certificate is kept as
/// cvca-NNN.cvcert, and its private key destroyed once it has signed the link certificate
/// cvca-link-NNN.cvcert (BSI TR-03110-3, 2.3). All of it, or nothing.
/// @returns the reference of the key
/// @throws BadConfiguration for options that cannot serve, and for a directory where another process is at
/// work
std::string renewCountryVerifyingAuthority(const std::filesystem::path& directory, const CvcaOptions& options,
                                           const Clock& clock, RandomSource& random,
                                           const KeyStore& keys = KeyStore::unencrypted());

/// How a certificate is to be limited.
struct CvLimits {
    TerminalRights rights;
    bool foreign = false;    ///< a document verifier of another State
    std::optional<int> days; ///< of validity; none: the longest
};

/// A fresh key and certificate of the domestic document verifier in `directory`, in the place of the former
/// ones. Its key is made where the former one's is, or that of the CVCA.
/// @returns its reference
/// @throws BadConfiguration for a directory without a CVCA, and what CvIssuer::issue throws
std::string renewDocumentVerifier(const std::filesystem::path& directory, const CvLimits& limits,
                                  const Clock& clock, RandomSource& random,
                                  const KeyStore& keys = KeyStore::unencrypted());

/// A folder for a terminal, with a fresh key, not encrypted, as terminals read it: terminal.key and
/// terminal.cvcert by the document verifier in `directory`, and all certificates above it, as
/// trust::TerminalKeys::fromDirectory wants them.
/// @throws BadConfiguration for a directory without a document verifier, and what CvIssuer::issue throws
void makeTerminal(const std::filesystem::path& directory, const std::filesystem::path& folder,
                  const std::string& holderReference, const CvLimits& limits, const Clock& clock,
                  RandomSource& random, const KeyStore& keys = KeyStore::unencrypted());

/// The certificate that somebody else's `request` asks for: of a document verifier by the CVCA in
/// `directory`, of a terminal by its document verifier. Where `present` is given, the request must be signed
/// with its key too.
/// @throws MalformedData for anything but a request, BadConfiguration as above, and when the second signature
/// is not that of `present`
[[nodiscard]] trust::CvCertificate certifyRequest(const std::filesystem::path& directory,
                                                  trust::CertificateHolderRole role, BytesView request,
                                                  const std::optional<trust::CvCertificate>& present,
                                                  const CvLimits& limits, const Clock& clock,
                                                  const KeyStore& keys = KeyStore::unencrypted());

} // namespace cancuoc::personalization
