// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/secret_bytes.hpp"
#include "host/crypto/cipher.hpp"

namespace cancuoc {

/// The counter c of the key derivation function: what the derived key is for (Doc 9303-11, 9.7.1 to 9.7.4).
enum class KeyPurpose : std::uint8_t { Encryption = 1, MessageAuthentication = 2, Password = 3 };

/// KDF(K, c) of Doc 9303-11, 9.7.1: a key of keySizeOf(cipher) bytes from `sharedSecret`. Elliptic curve
/// secrets come as x-coordinates in full width. 3DES keys have odd parity.
[[nodiscard]] SecretBytes deriveKey(BytesView sharedSecret, KeyPurpose purpose, BlockCipher cipher);

} // namespace cancuoc
