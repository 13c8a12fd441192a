// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "personalization/pki/key_store.hpp"
#include "personalization/pki/pki_policy.hpp"
#include "personalization/pki/signer_profile.hpp"

#include <chrono>
#include <filesystem>
#include <string>

namespace cancuoc::personalization {

/// The choices of a test PKI; the defaults follow Doc 9303-12, 4.1 and 7.1.
struct PkiOptions {
    /// Neither a document signer nor its key, for a CSCA that certifies requests.
    bool cscaOnly = false;

    /// Name the curves in certificates instead of writing their parameters out. Doc 9303-12, 4.1.6.3 asks for
    /// explicit parameters; OpenSSL verifies chains only with named ones.
    bool namedCurves = false;

    /// Kinds of the keys of CSCA and document signers, as KeyKind::strong wants them; empty: as the former
    /// key, the first on P-384 and P-256.
    std::string cscaKey = "";
    std::string documentSignerKey = "";

    /// PKCS#11 URI of the token in which the keys are made and stay (RFC 7512), with its module-path; empty:
    /// in files.
    std::string token = "";

    /// The document code for which the document signer may sign, as the MRZ begins with it: 1 or 2 letters.
    std::string documentType = "ID";

    /// commonName of the CSCA: 1 to 64 characters of a PrintableString.
    std::string cscaName = "CSCA Vietnam (test)";

    /// Periods and limits; renewals read them from policy.json instead.
    PkiPolicy policy = {};

    /// Told of keys that are made in a token.
    KeyStore::Announce announce = {};
};

/// Throws BadConfiguration for a kind of key, a document type or a name that cannot serve.
void checkOptions(const PkiOptions& options);

/// What the names of the files of the document signer that goes on next begin with.
inline constexpr const char* nextDocumentSignerStem = "next-document-signer";

/// The files of a PKI within its directory.
struct PkiFiles {
    explicit PkiFiles(const std::filesystem::path& folder);
    /// Throws BadConfiguration unless there is a PKI in `directory`.
    [[nodiscard]] static PkiFiles existing(const std::filesystem::path& directory);

    /// csca-NNN.pem: the certificate of an earlier CSCA key, of which 1 is the first.
    [[nodiscard]] std::filesystem::path formerCsca(int number) const;
    /// csca-link-NNN.pem: the link certificate for CSCA key `number`, by the one before it.
    [[nodiscard]] std::filesystem::path cscaLink(int number) const;
    /// STEM.pem: the certificate of a signer, as SignerName::fileStem gives it.
    [[nodiscard]] std::filesystem::path certificateOf(const SignerName& signer) const;
    /// STEM.key: its key, as KeyStore keeps it.
    [[nodiscard]] std::filesystem::path keyOf(const SignerName& signer) const;
    /// STEM-NNN.pem: the certificate of an earlier signer of this name.
    [[nodiscard]] std::filesystem::path formerCertificateOf(const SignerName& signer, int number) const;
    /// next-document-signer.pem: the document signer that is ready to go on when the present one ends.
    [[nodiscard]] std::filesystem::path nextDocumentSigner() const;
    /// next-document-signer.key: its key.
    [[nodiscard]] std::filesystem::path nextDocumentSignerKey() const;
    /// document-signer-NNN.pem: the certificate of an earlier document signer.
    [[nodiscard]] std::filesystem::path formerDocumentSigner(int number) const;
    /// How many CSCA keys there were before the one of today.
    [[nodiscard]] int formerCscas() const;

    std::filesystem::path directory;
    std::filesystem::path cscaCertificate;             ///< csca.pem, the trust anchor
    std::filesystem::path cscaKey;                     ///< csca.key, as KeyStore keeps it
    std::filesystem::path documentSignerCertificate;   ///< document-signer.pem
    std::filesystem::path documentSignerKey;           ///< document-signer.key, as csca.key
    std::filesystem::path crl;                         ///< csca.crl, DER
    std::filesystem::path policy;                      ///< policy.json, as PkiPolicy reads it
    std::filesystem::path masterListSignerCertificate; ///< master-list-signer.pem, once there is a list
    std::filesystem::path masterListSignerKey;         ///< master-list-signer.key, as csca.key
    std::filesystem::path masterList;                  ///< master-list.ml, once there is one
    std::filesystem::path deviationList;               ///< deviation-list.dl, once there is one
};

/// Makes a complete test PKI in `directory`, which is made when it is missing: a country signing CA,
/// a document signer certified by it, an empty CRL and the policy, by the profiles of Doc 9303-12, 7.1.
/// `clock` gives the start of all periods, `random` the private keys and the serial numbers; the nonces of
/// the signatures come from OpenSSL; `keys` says how the private keys are kept. A PKI that is already there
/// is never touched: BadConfiguration says so. Throws BadConfiguration as well for a document type or a
/// directory that cannot serve.
void createPki(const std::filesystem::path& directory, const PkiOptions& options, const Clock& clock,
               RandomSource& random, const KeyStore& keys = KeyStore::unencrypted());

} // namespace cancuoc::personalization
