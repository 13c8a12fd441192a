// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/key_derivation.hpp"
#include "card/core/command.hpp"
#include "card/core/random.hpp"
#include "card/core/response.hpp"
#include "card/core/status_word.hpp"
#include "card/crypto/elliptic_curve.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// One way to run PACE that the chip offers, as a PACEInfo of EF.CardAccess states it: ECDH with Generic
/// Mapping, a cipher and standardized domain parameters (Doc 9303-11, 9.2.1).
struct PaceConfiguration {
    SymmetricCipher cipher;
    crypto::StandardizedDomainParameters domainParameters;
};

/// The passwords of the document; an empty one is not available.
struct PacePasswords {
    /// Document number, date of birth and date of expiry, each with its check digit, in ASCII.
    std::span<const std::uint8_t> mrzInformation;
    /// The digits of the Card Access Number in ASCII.
    std::span<const std::uint8_t> cardAccessNumber;
};

/// The chip's part of Password Authenticated Connection Establishment with ECDH and Generic Mapping
/// (Doc 9303-11, 4.4): MSE:Set AT, then a chain of four GENERAL AUTHENTICATE commands. Any error ends the
/// run.
class Pace {
public:
    /// `configurations` outlives the object and lists what EF.CardAccess announces.
    explicit Pace(std::span<const PaceConfiguration> configurations) : configurations_(configurations) {}

    /// MSE:Set AT for mutual authentication, P1-P2 C1A4 (4.4.4.1). `data` is the command data field: DO'80'
    /// protocol, DO'83' password (01 MRZ, 02 CAN), DO'84' domain parameters where ambiguous; other data
    /// objects, DO'7F4C' among them, are ignored.
    ///
    /// Wrong data (6A80) for malformed data or a protocol the chip does not offer; ReferencedDataNotFound
    /// (6A88) for a password or domain parameters it does not have.
    [[nodiscard]] StatusWord setAuthenticationTemplate(std::span<const std::uint8_t> data,
                                                       const PacePasswords& passwords);

    /// Whether a run has begun, so that the next GENERAL AUTHENTICATE belongs to PACE.
    [[nodiscard]] bool inProgress() const { return step_ != Step::Idle; }

    /// GENERAL AUTHENTICATE (4.4.4.2): performs the next step. The first three commands carry the chaining
    /// bit, the last one does not (4.4.4.3). Random bytes are drawn in this order: nonce (16), private key of
    /// the mapping, private key of the key agreement.
    ///
    /// On Success of the last step `established` holds the session, which protects from the next command on.
    /// WrongData (6A80) for malformed or missing data objects and for points that are not on the curve;
    /// AuthenticationFailed (6300) for a wrong authentication token or the chip's own public key sent back;
    /// ConditionsOfUseNotSatisfied (6985) without MSE:Set AT before; LastCommandOfChainExpected (6883) for a
    /// wrong chaining bit.
    [[nodiscard]] StatusWord generalAuthenticate(const Command& command, RandomSource& random,
                                                 Response& response, std::optional<SessionKeys>& established);

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

    [[nodiscard]] StatusWord choose(std::span<const std::uint8_t> data, const PacePasswords& passwords);
    [[nodiscard]] StatusWord perform(const Command& command, RandomSource& random, Response& response,
                                     std::optional<SessionKeys>& established);
    [[nodiscard]] StatusWord encryptNonce(std::span<const std::uint8_t> data, RandomSource& random,
                                          Response& response);
    [[nodiscard]] StatusWord mapNonce(std::span<const std::uint8_t> data, RandomSource& random,
                                      Response& response);
    [[nodiscard]] StatusWord performKeyAgreement(std::span<const std::uint8_t> data, RandomSource& random,
                                                 Response& response);
    [[nodiscard]] StatusWord authenticateMutually(std::span<const std::uint8_t> data, Response& response,
                                                  std::optional<SessionKeys>& established);
    [[nodiscard]] bool authenticationToken(const crypto::EncodedPoint& publicKey,
                                           std::span<std::uint8_t, macSize> token) const;

    static constexpr std::size_t nonceSize = 16;

    std::span<const PaceConfiguration> configurations_;
    Step step_ = Step::Idle;
    PaceConfiguration chosen_{};
    SymmetricKey passwordKey_;
    crypto::SecretArray<nonceSize> nonce_;
    crypto::EncodedPoint mappedGenerator_;
    crypto::EncodedPoint publicKey_;
    crypto::EncodedPoint terminalPublicKey_;
    SessionKeys sessionKeys_;
};

} // namespace cancuoc::card::emrtd
