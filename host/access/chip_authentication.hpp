// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"
#include "host/access/ephemeral_key_pair.hpp"
#include "host/base/object_identifier.hpp"
#include "host/base/random.hpp"

namespace cancuoc {

/// A variant of Chip Authentication: which key agreement, and which cipher afterwards (Doc 9303-11, 9.2.7).
struct ChipAuthenticationProtocol {
    ObjectIdentifier protocol;
    BlockCipher cipher;

    /// The variant that the object identifier of a ChipAuthenticationInfo names; nothing when it names none.
    [[nodiscard]] static std::optional<ChipAuthenticationProtocol> from(const ObjectIdentifier& protocol);
    /// id-CA-ECDH-3DES-CBC-CBC or id-CA-DH-3DES-CBC-CBC, for chips whose DG14 holds a key and no
    /// ChipAuthenticationInfo.
    [[nodiscard]] static ChipAuthenticationProtocol tripleDes(const ChipPublicKey& chipKey);

    /// Whether the key is one for this key agreement.
    [[nodiscard]] bool fits(const ChipPublicKey& chipKey) const;
};

/// How a run of Chip Authentication ended. What it proves counts only if DG14 or EF.CardSecurity, which hold
/// the chip's key, is authentic.
struct ChipAuthenticationResult {
    /// The chip used the private key that belongs to its public key: a response under the new keys verified.
    bool proven = false;
    /// Why not, as a sentence; empty when proven.
    std::string reason;
    /// The terminal's ephemeral public key as it went over the wire: part of the evidence.
    Bytes terminalPublicKey;
    /// Comp of it, which Terminal Authentication signs.
    Bytes compressedTerminalKey;
};

/// Chip Authentication, the terminal's side (Doc 9303-11, 6.2; BSI TR-03110-2, 3.4 for version 2). Runs
/// inside secure messaging.
class ChipAuthentication {
public:
    /// Both must outlive the object.
    ChipAuthentication(CardSession& session, RandomSource& random);

    /// Sends a first command under the new keys, whatever the caller needs next; must let through what
    /// CardSession::transmit throws.
    using Confirm = std::function<void()>;

    /// Version 1. Agrees on new keys with the chip's static public key, starts secure messaging with them and
    /// asks the chip for a first response under them, by `confirm`, or by selecting DG14 without one; only
    /// that proves anything. `keyId` is the keyId of the ChipAuthenticationInfo, 1 to 8 bytes, when DG14
    /// names one. With 3DES, chips that do not know MSE:Set KAT are tried with MSE:Set AT (8.5, note 1). When
    /// the chip refuses the protocol, secure messaging goes on with the old keys (6.2.2); when its responses
    /// do not verify, it is broken. Throws BadConfiguration when the key does not fit the protocol, and what
    /// CardSession::transmit throws besides, when the card is gone.
    [[nodiscard]] ChipAuthenticationResult perform(const ChipAuthenticationProtocol& protocol,
                                                   const ChipPublicKey& chipKey,
                                                   const std::optional<Bytes>& keyId = std::nullopt,
                                                   const Confirm& confirm = {});

    /// Version 2, after Terminal Authentication version 2 over Comp of `keyPair`, which must have been
    /// generated for `chipKey`. The chip's nonce goes into the new keys and its token proves that it has
    /// them; secure messaging starts with them. Throws the same.
    [[nodiscard]] ChipAuthenticationResult performVersion2(const ChipAuthenticationProtocol& protocol,
                                                           const ChipPublicKey& chipKey,
                                                           const EphemeralKeyPair& keyPair,
                                                           const std::optional<Bytes>& keyId = std::nullopt);

private:
    void sendPublicKey(const ChipAuthenticationProtocol& protocol, BytesView publicKey,
                       const std::optional<Bytes>& keyId);
    [[nodiscard]] Bytes authenticate(const ChipAuthenticationProtocol& protocol, BytesView publicKey,
                                     const std::optional<Bytes>& keyId);
    void confirmNewKeys(const Confirm& confirm);

    CardSession& session_;
    RandomSource& random_;
};

} // namespace cancuoc
