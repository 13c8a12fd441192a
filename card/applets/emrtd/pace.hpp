// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/generic_mapping.hpp"
#include "card/applets/emrtd/key_derivation.hpp"
#include "card/applets/emrtd/pace_configuration.hpp"
#include "card/core/command.hpp"
#include "card/core/fault_guard.hpp"
#include "card/core/random.hpp"
#include "card/core/response.hpp"
#include "card/core/status_word.hpp"
#include "card/crypto/key_agreement_group.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// The passwords of the document; an empty one is not available.
struct PacePasswords {
    /// Document number, date of birth and date of expiry, each with its check digit, in ASCII.
    std::span<const std::uint8_t> mrzInformation;
    /// The digits of the Card Access Number in ASCII.
    std::span<const std::uint8_t> cardAccessNumber;
};

/// What the last response says besides the chip's token; all of it may be empty.
struct PaceAdditions {
    /// The scalar of the Chip Authentication key that belongs to the domain parameters; needed for Chip
    /// Authentication Mapping.
    std::span<const std::uint8_t> chipAuthenticationKey;
    /// The Certification Authority References for a terminal that asked for them, the most recent first.
    std::span<const std::uint8_t> recentAuthorityReference;
    std::span<const std::uint8_t> previousAuthorityReference;
};

/// The chip's part of Password Authenticated Connection Establishment (Doc 9303-11, 4.4): MSE:Set AT, then a
/// chain of four GENERAL AUTHENTICATE commands. Any error ends the run.
class Pace {
public:
    /// `guard` decides whether the terminal has proven itself.
    explicit Pace(FaultGuard guard) : guard_(guard) {}

    /// MSE:Set AT for mutual authentication, P1-P2 C1A4 (4.4.4.1). `data` is the command data field: DO'80'
    /// protocol, DO'83' password (01 MRZ, 02 CAN), DO'84' domain parameters where ambiguous, DO'7F4C' when
    /// the terminal asks for Certification Authority References; other data objects are ignored.
    /// `configurations` are those that EF.CardAccess announces.
    ///
    /// Wrong data (6A80) for malformed data or a protocol the chip does not offer; ReferencedDataNotFound
    /// (6A88) for a password or domain parameters it does not have.
    [[nodiscard]] StatusWord setAuthenticationTemplate(std::span<const std::uint8_t> data,
                                                       const PacePasswords& passwords,
                                                       std::span<const PaceConfiguration> configurations);

    /// Whether a run has begun, so that the next GENERAL AUTHENTICATE belongs to PACE.
    [[nodiscard]] bool inProgress() const { return step_ != Step::Idle; }

    /// GENERAL AUTHENTICATE (4.4.4.2): performs the next step. The first three commands carry the chaining
    /// bit, the last one does not (4.4.4.3). Random bytes are drawn in this order: nonce (16, or 32 for
    /// Integrated Mapping with AES-192 and AES-256), private key of the mapping unless it is integrated,
    /// private key of the key agreement.
    ///
    /// On Success of the last step `established` holds the session, which protects from the next command on.
    /// WrongData (6A80) for malformed or missing data objects and for public keys outside the group;
    /// AuthenticationFailed (6300) for a wrong authentication token or the chip's own public key sent back;
    /// ConditionsOfUseNotSatisfied (6985) without MSE:Set AT before; LastCommandOfChainExpected (6883) for a
    /// wrong chaining bit.
    [[nodiscard]] StatusWord generalAuthenticate(const Command& command, RandomSource& random,
                                                 Response& response, std::optional<SessionKeys>& established,
                                                 const PaceAdditions& additions = {});

    /// Whether the next GENERAL AUTHENTICATE compares the terminal's token, which tells whether it knows the
    /// password.
    [[nodiscard]] bool comparesTokenNext() const { return step_ == Step::MutualAuthentication; }

    /// What MSE:Set AT chose last.
    [[nodiscard]] const PaceConfiguration& chosen() const { return chosen_; }

    /// The ephemeral public keys of the run that succeeded last, until the next one: PK_DH,IC and PK_DH,IFD,
    /// to which Terminal Authentication is bound (7.1.2).
    [[nodiscard]] std::span<const std::uint8_t> publicKey() const { return publicKey_.view(); }
    [[nodiscard]] std::span<const std::uint8_t> terminalPublicKey() const {
        return terminalPublicKey_.view();
    }

    /// Forgets the run and wipes its secrets.
    void reset();

private:
    enum class Step : std::uint8_t {
        Idle,
        EncryptNonce,
        MapNonce,
        PerformKeyAgreement,
        MutualAuthentication
    };

    [[nodiscard]] StatusWord choose(std::span<const std::uint8_t> data, const PacePasswords& passwords,
                                    std::span<const PaceConfiguration> configurations);
    [[nodiscard]] StatusWord perform(const Command& command, RandomSource& random, Response& response,
                                     std::optional<SessionKeys>& established, const PaceAdditions& additions);
    [[nodiscard]] StatusWord encryptNonce(std::span<const std::uint8_t> data, RandomSource& random,
                                          Response& response);
    [[nodiscard]] StatusWord mapNonce(std::span<const std::uint8_t> data, RandomSource& random,
                                      Response& response);
    [[nodiscard]] StatusWord performKeyAgreement(std::span<const std::uint8_t> data, RandomSource& random,
                                                 Response& response);
    [[nodiscard]] StatusWord authenticateMutually(std::span<const std::uint8_t> data, Response& response,
                                                  std::optional<SessionKeys>& established,
                                                  const PaceAdditions& additions);
    void wipeSecrets();
    [[nodiscard]] bool authenticationToken(const crypto::GroupElement& publicKey,
                                           std::span<std::uint8_t, macSize> token) const;

    static constexpr std::size_t maximumNonceSize = 32;

    FaultGuard guard_;
    Step step_ = Step::Idle;
    PaceConfiguration chosen_{};
    bool authorityReferencesRequested_ = false;
    SymmetricKey passwordKey_;
    crypto::SecretBuffer<maximumNonceSize> nonce_;
    GenericMapping genericMapping_;
    crypto::GroupElement mappedGenerator_;
    crypto::GroupElement publicKey_;
    crypto::GroupElement terminalPublicKey_;
    SessionKeys sessionKeys_;
};

} // namespace cancuoc::card::emrtd
