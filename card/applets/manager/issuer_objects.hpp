// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/storage/object_store.hpp"

#include <cstddef>

/// The issuer domain's objects in the store.
namespace cancuoc::card::manager {

/// The chip's serial number, which its first power-up draws.
inline constexpr ObjectIdentifier serialNumberObject = 0x9001;
/// The card life cycle state, 1 byte; absent while the card is OP_READY.
inline constexpr ObjectIdentifier lifeCycleObject = 0x9002;
/// The secure channel protocol and its option "i", 2 bytes; absent for SCP03 with i=60.
inline constexpr ObjectIdentifier channelProtocolObject = 0x9003;
/// Sequence counter of the secure channel, 3 bytes, the last 2 of them for SCP02; absent while it is zero.
inline constexpr ObjectIdentifier sequenceCounterObject = 0x9004;
/// Issuer identification number and card image number (GlobalPlatform Card Specification, H.1 and table H-2).
inline constexpr ObjectIdentifier issuerIdentificationObject = 0x9005;
inline constexpr ObjectIdentifier cardImageObject = 0x9006;
/// The issuer's keys: their version, 1 byte, and each key; absent while the transport keys hold.
inline constexpr ObjectIdentifier keyVersionObject = 0x9010;
inline constexpr ObjectIdentifier encryptionKeyObject = 0x9011;
inline constexpr ObjectIdentifier macKeyObject = 0x9012;
inline constexpr ObjectIdentifier dataEncryptionKeyObject = 0x9013;

inline constexpr std::size_t serialNumberSize = 10;
inline constexpr std::size_t maximumIssuerDataSize = 16;

} // namespace cancuoc::card::manager
