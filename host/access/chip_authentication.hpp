// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"
#include "host/base/object_identifier.hpp"
#include "host/base/random.hpp"
#include "host/crypto/subject_public_key_info.hpp"

namespace cancuoc {

/// A variant of Chip Authentication version 1 that this library speaks: ECDH (Doc 9303-11, 9.2.7).
struct ChipAuthenticationProtocol {
    ObjectIdentifier protocol;
    BlockCipher cipher;

    /// The variant that the object identifier of a ChipAuthenticationInfo names; nothing when it is not
    /// supported.
    [[nodiscard]] static std::optional<ChipAuthenticationProtocol> from(const ObjectIdentifier& protocol);
    /// id-CA-ECDH-3DES-CBC-CBC, for chips whose DG14 holds an elliptic curve key and no
    /// ChipAuthenticationInfo.
    [[nodiscard]] static ChipAuthenticationProtocol tripleDes();
};

/// How a run of Chip Authentication ended. What it proves counts only if DG14, which holds the chip's key, is
/// authentic.
struct ChipAuthenticationResult {
    /// The chip used the private key that belongs to its public key: a response under the new keys verified.
    bool proven = false;
    /// Why not, as a sentence; empty when proven.
    std::string reason;
    /// The terminal's ephemeral public key, an uncompressed point: part of the evidence.
    Bytes terminalPublicKey;
};

/// Chip Authentication, the terminal's side (Doc 9303-11, 6.2). Runs inside secure messaging.
class ChipAuthentication {
public:
    /// Both must outlive the object.
    ChipAuthentication(CardSession& session, RandomSource& random);

    /// Sends a first command under the new keys, whatever the caller needs next; must let through what
    /// CardSession::transmit throws.
    using Confirm = std::function<void()>;

    /// Agrees on new keys with the chip's static public key, starts secure messaging with them and asks the
    /// chip for a first response under them, by `confirm`, or by selecting DG14 without one; only that proves
    /// anything. `keyId` is the keyId of the ChipAuthenticationInfo, 1 to 8 bytes, when DG14 holds several
    /// keys. When the chip refuses the protocol, secure messaging goes on with the old keys (6.2.2); when its
    /// responses do not verify, it is broken. Throws what CardSession::transmit throws besides, when the card
    /// is gone.
    [[nodiscard]] ChipAuthenticationResult perform(const ChipAuthenticationProtocol& protocol,
                                                   const EllipticCurvePublicKey& chipKey,
                                                   const std::optional<Bytes>& keyId = std::nullopt,
                                                   const Confirm& confirm = {});

private:
    void sendPublicKey(const ChipAuthenticationProtocol& protocol, BytesView publicKey,
                       const std::optional<Bytes>& keyId);
    void confirmNewKeys(const Confirm& confirm);

    CardSession& session_;
    RandomSource& random_;
};

} // namespace cancuoc
