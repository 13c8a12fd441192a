// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/digest.hpp"
#include "host/crypto/elliptic_curve.hpp"
#include "host/trust/terminal_keys.hpp"
#include "tests/support/chip_document.hpp"
#include "tests/unit/host/trust/test_cv_pki.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace cancuoc::test {

/// The kinds of documents that the chip can be.
enum class DocumentProfile {
    /// The Vietnamese citizen cards: BAC, PACE with Generic Mapping, Chip and Active Authentication.
    VietnameseCard2021,
    /// The card of 2024 with the quirk of the field switched on, SELECT of the master file answers 6D00, and
    /// with a trust point for Terminal Authentication.
    VietnameseCard2024,
    /// BAC, PACE with every mapping, two Chip Authentication keys, EF.CardSecurity, Terminal Authentication.
    EuropeanPassport,
    /// No BAC; PACE with DH and with elliptic curves.
    PaceOnly,
    /// No PACE; Active Authentication with RSA.
    BasicAccessControlOnly,
    /// Free to read; Active Authentication.
    Plain,
};

inline constexpr std::array<DocumentProfile, 6> allDocumentProfiles{
    DocumentProfile::VietnameseCard2021,     DocumentProfile::VietnameseCard2024,
    DocumentProfile::EuropeanPassport,       DocumentProfile::PaceOnly,
    DocumentProfile::BasicAccessControlOnly, DocumentProfile::Plain};

/// A short name for messages.
[[nodiscard]] std::string_view nameOf(DocumentProfile profile);

/// The passwords of every document that has passwords: an invented person's.
inline constexpr std::string_view cardAccessNumber = "000001";
inline constexpr std::string_view mrzInformation = "299000001199010182401014";
inline constexpr std::string_view machineReadableZone = "IDVNM2990000011001299000001<<2"
                                                        "9901018M2401014VNM<<<<<<<<<<<2"
                                                        "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<";

/// A static key pair of Chip Authentication with its keyId.
struct ChipAuthenticationKeyPair {
    EllipticCurveKeyPair pair;
    std::optional<std::uint8_t> keyId;
};

/// A document of the profile with files that a chip and a terminal can work with: DG1 holds the machine
/// readable zone, DG14 and DG15 the document's keys, EF.SOD the hashes of the data groups without a
/// signature; the other data groups have their tags and lengths alone.
[[nodiscard]] ChipDocument makeDocument(DocumentProfile profile);

/// Makes the EF.COM of `document` list the data groups that are there.
void listDataGroups(ChipDocument& document);

/// Makes the EF.SOD of `document` hold the hashes of the data groups that are there. Filling stands in the
/// place of certificate and signature, and makes the file `length` bytes long.
void hashDataGroups(ChipDocument& document, std::size_t length = 1200,
                    HashAlgorithm algorithm = HashAlgorithm::Sha256);

/// Makes `zone` the machine readable zone of `document`, its EF.SOD included.
void setMachineReadableZone(ChipDocument& document, std::string_view zone);

/// The key pairs of Chip Authentication in the document of the profile.
[[nodiscard]] std::vector<ChipAuthenticationKeyPair> chipAuthenticationKeysOf(DocumentProfile profile);

/// The CVCA whose key is the trust point of documents with Terminal Authentication, one for the whole
/// process. Its certificates are valid in 2026, and the documents' date is 1 January 2026.
[[nodiscard]] const CvKeyPair& countryVerifyingAuthority();

/// A terminal, and the certificates that lead to it.
struct CertifiedTerminal {
    CvKeyPair key;
    std::array<trust::CvCertificate, 3> certificates; ///< of the CVCA, the document verifier and the terminal
};

/// A terminal with `rights`, under a document verifier of `authority`; the keys are fresh.
[[nodiscard]] CertifiedTerminal certifyTerminal(const CvKeyPair& authority, std::uint8_t rights);

/// The same, with its key in this process.
[[nodiscard]] trust::TerminalKeys terminalOf(const CvKeyPair& authority, std::uint8_t rights);

/// Makes the self-signed certificate of `authority` the only trust point of `document`.
void setTrustPoint(ChipDocument& document, const CvKeyPair& authority);
void setTrustPoint(ChipDocument& document, const trust::CvCertificate& authority);

/// A file as the LDS has them, tag and length first, of `length` bytes in all.
[[nodiscard]] Bytes fileOf(std::uint8_t tag, std::size_t length);

} // namespace cancuoc::test
