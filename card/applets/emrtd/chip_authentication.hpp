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

/// The static key pair of Chip Authentication, as far as the chip needs it; `privateKey` views storage.
struct ChipAuthenticationKey {
    crypto::StandardizedDomainParameters domainParameters;
    /// The private scalar at the full width of the group order, big-endian.
    std::span<const std::uint8_t> privateKey;
    /// The keyId of ChipAuthenticationInfo, absent when the document has one key and gives it no id.
    std::optional<std::uint8_t> keyId;
};

/// The chip's part of Chip Authentication version 1 with ECDH (Doc 9303-11, 6.2): with 3DES by MSE:Set KAT,
/// with any cipher by MSE:Set AT and GENERAL AUTHENTICATE. The application allows it under secure messaging
/// only.
///
/// On success `established` holds the new session, which protects from the next command on; the response to
/// the current one still goes out under the old keys (9.8.2). On failure the old session goes on (6.2.2).
class ChipAuthentication {
public:
    /// `ciphers` outlives the object and lists what EF.DG14 announces.
    explicit ChipAuthentication(std::span<const SymmetricCipher> ciphers) : ciphers_(ciphers) {}

    /// MSE:Set KAT, P1-P2 41A6 (6.2.4.1). `data` is the command data field: DO'91' ephemeral public key,
    /// DO'84' key reference. Fresh random bytes serve blinding only.
    ///
    /// WrongData (6A80) for malformed data, a public key not on the curve, or without 3DES among the ciphers;
    /// ReferencedDataNotFound (6A88) for another key's reference.
    [[nodiscard]] StatusWord setKeyAgreementTemplate(std::span<const std::uint8_t> data,
                                                     const ChipAuthenticationKey& key, RandomSource& random,
                                                     std::optional<SessionKeys>& established);

    /// MSE:Set AT for internal authentication, P1-P2 41A4 (6.2.4.2). `data` is the command data field: DO'80'
    /// protocol, DO'84' key reference.
    ///
    /// WrongData (6A80) for malformed data or a protocol that the chip does not offer; ReferencedDataNotFound
    /// (6A88) for another key's reference.
    [[nodiscard]] StatusWord setAuthenticationTemplate(std::span<const std::uint8_t> data,
                                                       const ChipAuthenticationKey& key);

    /// Whether MSE:Set AT chose the protocol, so that the next GENERAL AUTHENTICATE belongs to Chip
    /// Authentication.
    [[nodiscard]] bool inProgress() const { return chosen_.has_value(); }

    /// GENERAL AUTHENTICATE (6.2.4.2): agrees with the ephemeral public key in DO'7C' { DO'80' } and appends
    /// an empty DO'7C'. Ends the run, whatever the outcome.
    ///
    /// ConditionsOfUseNotSatisfied (6985) without MSE:Set AT before; WrongData (6A80) for malformed data or a
    /// public key that is not on the curve.
    [[nodiscard]] StatusWord generalAuthenticate(const Command& command, const ChipAuthenticationKey& key,
                                                 RandomSource& random, Response& response,
                                                 std::optional<SessionKeys>& established);

    /// Forgets the protocol chosen.
    void reset() { chosen_.reset(); }

private:
    [[nodiscard]] bool offers(SymmetricCipher cipher) const;

    std::span<const SymmetricCipher> ciphers_;
    std::optional<SymmetricCipher> chosen_;
};

} // namespace cancuoc::card::emrtd
