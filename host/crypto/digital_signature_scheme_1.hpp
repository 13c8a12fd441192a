// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/digest.hpp"

#include <optional>

/// Digital signature scheme 1 of ISO/IEC 9796-2 with RSA and partial recovery, as Active Authentication uses
/// it (Doc 9303-11, 6.1.2.2): the signature gives back one part of the message, the verifier knows the other.
namespace cancuoc {

/// What the message representative F of a signature holds: 6A || M1 || H(M) || trailer.
struct MessageRepresentative {
    /// M1, the part of the message that the signature gives back.
    Bytes recoverablePart;
    /// The one that the trailer names: BC for SHA-1, or xxCC.
    HashAlgorithm hashAlgorithm;
    /// H(M1 || M2).
    Bytes hash;

    /// Takes F apart; padding of the form 6B BB .. BA is accepted as well. Nothing when it has another form.
    /// Total recovery (header 4x) has another form: such a signature says nothing about what the verifier
    /// knows.
    [[nodiscard]] static std::optional<MessageRepresentative> decode(BytesView representative);
};

/// Opens the signature: F = s^e mod n, or n - F where the signer chose the smaller of s and n - s
/// (ISO/IEC 9796-2, B.6 and B.4). As many bytes as the modulus; nothing when `signature` is no number below
/// the modulus, or opens to neither. Throws BadConfiguration unless `publicKey` is an RSA key.
[[nodiscard]] std::optional<Bytes> openSignature(EVP_PKEY& publicKey, BytesView signature);

/// Whether `signature` is the key's over M1 || `nonRecoverablePart` with the M1 that it gives back. Throws as
/// openSignature.
[[nodiscard]] bool verifyDigitalSignatureScheme1(EVP_PKEY& publicKey, BytesView nonRecoverablePart,
                                                 BytesView signature);

} // namespace cancuoc
