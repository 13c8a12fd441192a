// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/key_derivation.hpp"
#include "card/core/command.hpp"
#include "card/core/random.hpp"
#include "card/core/response.hpp"
#include "card/core/status_word.hpp"
#include "card/crypto/key_agreement_group.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// One way to run Chip Authentication that the chip offers, as a ChipAuthenticationInfo of EF.DG14 states it
/// (Doc 9303-11, 9.2.5).
struct ChipAuthenticationConfiguration {
    /// Diffie-Hellman modulo a prime; otherwise with an elliptic curve.
    bool usesDh = false;
    SymmetricCipher cipher = SymmetricCipher::Aes128;
    /// Absent when the document has one key and gives it no id.
    std::optional<std::uint8_t> keyId;
};

/// The static private key of Chip Authentication.
struct ChipAuthenticationKey {
    crypto::StandardizedDomainParameters domainParameters{};
    /// The scalar at the full width of the group order, big-endian.
    crypto::PrivateKey privateKey;
};

/// Where the static private keys are kept.
class ChipAuthenticationKeys {
public:
    /// Reads the key with that id, or the one without an id; false when there is none.
    [[nodiscard]] virtual bool load(std::optional<std::uint8_t> keyId, ChipAuthenticationKey& key) const = 0;

protected:
    ~ChipAuthenticationKeys() = default;
};

/// The chip's part of Chip Authentication version 1 (Doc 9303-11, 6.2): with 3DES by MSE:Set KAT, with any
/// cipher by MSE:Set AT and GENERAL AUTHENTICATE. The application says when it is allowed.
///
/// On success `established` holds the new session, which protects from the next command on; the response to
/// the current one still goes out under the old keys (9.8.2). On failure the old session goes on (6.2.2).
class ChipAuthentication {
public:
    /// MSE:Set KAT, P1-P2 41A6 (6.2.4.1). `data` is the command data field: DO'91' ephemeral public key,
    /// DO'84' key reference where ambiguous. Fresh random bytes serve blinding only. `configurations` are
    /// those that EF.DG14 announces.
    ///
    /// WrongData (6A80) for malformed data, a public key outside the group, without 3DES among the
    /// configurations, or when several keys are possible; ReferencedDataNotFound (6A88) for a key that there
    /// is not.
    [[nodiscard]] StatusWord setKeyAgreementTemplate(
        std::span<const std::uint8_t> data, std::span<const ChipAuthenticationConfiguration> configurations,
        const ChipAuthenticationKeys& keys, RandomSource& random, std::optional<SessionKeys>& established);

    /// MSE:Set AT for internal authentication, P1-P2 41A4 (6.2.4.2). `data` is the command data field: DO'80'
    /// protocol, DO'84' key reference where ambiguous.
    ///
    /// WrongData (6A80) for malformed data, a protocol that the chip does not offer, or when several keys are
    /// possible; ReferencedDataNotFound (6A88) for a key that there is not.
    [[nodiscard]] StatusWord
    setAuthenticationTemplate(std::span<const std::uint8_t> data,
                              std::span<const ChipAuthenticationConfiguration> configurations);

    /// Whether MSE:Set AT chose the protocol, so that the next GENERAL AUTHENTICATE belongs to Chip
    /// Authentication.
    [[nodiscard]] bool inProgress() const { return chosen_.has_value(); }

    /// GENERAL AUTHENTICATE (6.2.4.2): agrees with the ephemeral public key in DO'7C' { DO'80' } and appends
    /// an empty DO'7C'. Ends the run, whatever the outcome.
    ///
    /// ConditionsOfUseNotSatisfied (6985) without MSE:Set AT before; WrongData (6A80) for malformed data or a
    /// public key outside the group; ReferencedDataNotFound (6A88) for a key that there is not.
    [[nodiscard]] StatusWord generalAuthenticate(const Command& command, const ChipAuthenticationKeys& keys,
                                                 RandomSource& random, Response& response,
                                                 std::optional<SessionKeys>& established);

    /// PK_DH,IFD and its domain parameters of the run that succeeded last, to which Terminal Authentication
    /// is bound (7.1.2); empty before.
    [[nodiscard]] std::span<const std::uint8_t> terminalPublicKey() const {
        return terminalPublicKey_.view();
    }
    [[nodiscard]] crypto::StandardizedDomainParameters domainParameters() const { return domainParameters_; }

    /// Forgets the protocol chosen and the terminal's public key.
    void reset();

private:
    [[nodiscard]] StatusWord agree(const ChipAuthenticationConfiguration& configuration,
                                   std::span<const std::uint8_t> publicKey,
                                   const ChipAuthenticationKeys& keys, RandomSource& random,
                                   std::optional<SessionKeys>& established);

    std::optional<ChipAuthenticationConfiguration> chosen_;
    crypto::GroupElement terminalPublicKey_;
    crypto::StandardizedDomainParameters domainParameters_{};
};

} // namespace cancuoc::card::emrtd
