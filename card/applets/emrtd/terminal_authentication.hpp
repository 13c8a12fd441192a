// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/certified_key.hpp"
#include "card/applets/emrtd/trust_points.hpp"
#include "card/core/command.hpp"
#include "card/core/fault_guard.hpp"
#include "card/core/random.hpp"
#include "card/core/response.hpp"
#include "card/core/status_word.hpp"
#include "card/crypto/key_agreement_group.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// Comp of a public key: an x-coordinate, or a SHA-1 hash with DH (Doc 9303-11, 7.1.4.1.3 and 7.1.4.2.3).
using CompressedPublicKey = crypto::SecretBuffer<crypto::maximumOrderSize>;

/// Computes Comp of an ephemeral public key.
[[nodiscard]] bool compressPublicKey(crypto::StandardizedDomainParameters domainParameters,
                                     std::span<const std::uint8_t> publicKey,
                                     CompressedPublicKey& compressed);

/// What the terminal's signature is bound to besides the challenge (Doc 9303-11, 7.1.2).
struct TerminalBinding {
    /// ID_IC: the document number with its check digit after Basic Access Control, Comp of the chip's
    /// ephemeral key after PACE.
    std::span<const std::uint8_t> chipIdentifier;
    /// Comp of the terminal's ephemeral key of the last Chip Authentication.
    std::span<const std::uint8_t> compressedPublicKey;
};

/// The chip's part of Terminal Authentication version 1 (Doc 9303-11, 7.1): certificates from a trust point
/// to the terminal, a challenge, and the terminal's signature. The application allows it under the secure
/// messaging of Chip Authentication, and once a session.
class TerminalAuthentication {
public:
    static constexpr std::size_t challengeSize = 8;

    /// The store outlives the object; `guard` decides whether signatures are right.
    TerminalAuthentication(ObjectStore& store, FaultGuard guard) : guard_(guard), trustPoints_(store) {}

    /// MSE:Set DST, P1-P2 81B6 (7.1.5.1): chooses the key that verifies the next certificate by DO'83'.
    ///
    /// WrongData (6A80) for malformed data; ReferencedDataNotFound (6A88) for a key that is neither a trust
    /// point nor the one imported last.
    [[nodiscard]] StatusWord setVerificationTemplate(std::span<const std::uint8_t> data);

    /// PSO:Verify Certificate, P1-P2 00BE (7.1.5.2): verifies the certificate in the data field by the
    /// procedure of 7.1.4.3.5 and imports its key, a link certificate's durably and with the date, whole or
    /// not at all.
    ///
    /// ConditionsOfUseNotSatisfied (6985) without MSE:Set DST before, for an expired certificate or issuer,
    /// and for a holder that the issuer may not certify; WrongData (6A80) for a malformed certificate or one
    /// of another issuer, and for a holder whose reference is a trust point's; AuthenticationFailed (6300)
    /// for a wrong signature; MemoryFailure (6581).
    [[nodiscard]] StatusWord verifyCertificate(const Command& command);

    /// MSE:Set AT for external authentication, P1-P2 81A4 (7.1.5.3): chooses the terminal's key by DO'83'.
    ///
    /// WrongData (6A80) for malformed data; ReferencedDataNotFound (6A88) unless it is the one imported last
    /// and a terminal's.
    [[nodiscard]] StatusWord setAuthenticationTemplate(std::span<const std::uint8_t> data);

    /// GET CHALLENGE (7.1.5.4): draws r_IC, which serves one EXTERNAL AUTHENTICATE.
    [[nodiscard]] StatusWord getChallenge(const Command& command, RandomSource& random, Response& response);

    /// EXTERNAL AUTHENTICATE (7.1.5.5): verifies the signature over ID_IC || r_IC || Comp(PK_DH,IFD). On
    /// Success `rights` are the terminal's effective access rights.
    ///
    /// ConditionsOfUseNotSatisfied (6985) without a fresh challenge or a chosen key; AuthenticationFailed
    /// (6300) for a wrong signature.
    [[nodiscard]] StatusWord externalAuthenticate(const Command& command, const TerminalBinding& binding,
                                                  std::uint8_t& rights);

    [[nodiscard]] const TrustPoints& trustPoints() const { return trustPoints_; }

    /// Forgets the challenge.
    void forgetChallenge() { challenge_.clear(); }

    /// Forgets the keys imported, those chosen and the challenge; trust points and date stay.
    void reset();

private:
    [[nodiscard]] bool findIssuer(std::span<const std::uint8_t> reference, CertifiedKey& issuer) const;
    [[nodiscard]] StatusWord import(const CvCertificate& certificate, const CertifiedKey& issuer);
    [[nodiscard]] StatusWord importLink(const CertifiedKey& holder, const CertifiedKey& issuer);

    FaultGuard guard_;
    TrustPoints trustPoints_;
    /// The reference that MSE:Set DST chose; empty without one.
    crypto::SecretBuffer<maximumReferenceLength> issuerReference_;
    /// The document verifier's or terminal's key that was imported last.
    std::optional<CertifiedKey> imported_;
    bool terminalIsChosen_ = false;
    crypto::SecretBuffer<challengeSize> challenge_;
};

} // namespace cancuoc::card::emrtd
