// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/symmetric_cipher.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {

/// The counter c of the key derivation function KDF(K, c): what the key is for (Doc 9303-11, 9.7.2 to 9.7.4).
enum class KeyPurpose : std::uint8_t { Encryption = 1, MessageAuthentication = 2, Password = 3 };

/// The keys of a secure messaging session, with its Send Sequence Counter at the start: zero but after Basic
/// Access Control (Doc 9303-11, 9.8.6.3 and 9.8.7.3). A 3DES counter fills the last 8 bytes.
struct SessionKeys {
    SymmetricCipher cipher = SymmetricCipher::Aes128;
    SymmetricKey encryption;
    SymmetricKey authentication;
    std::array<std::uint8_t, maximumBlockSize> sendSequenceCounter{};
};

/// The Document Basic Access Keys K_Enc and K_MAC (Doc 9303-11, 9.7.2), 3DES.
struct DocumentBasicAccessKeys {
    SymmetricKey encryption;
    SymmetricKey authentication;
};

/// KDF(K, c) of Doc 9303-11, 9.7.1: SHA-1 for 3DES and AES-128, SHA-256 for AES-192 and AES-256; 3DES keys
/// come with odd parity. `secret` is the shared secret K at its full width.
[[nodiscard]] bool deriveKey(std::span<const std::uint8_t> secret, KeyPurpose purpose, SymmetricCipher cipher,
                             SymmetricKey& key);

/// KS_Enc and KS_MAC from a shared secret, with a Send Sequence Counter of zero (Doc 9303-11, 9.7.4).
[[nodiscard]] bool deriveSessionKeys(std::span<const std::uint8_t> secret, SymmetricCipher cipher,
                                     SessionKeys& keys);

/// K_Enc and K_MAC from the MRZ information: document number, date of birth, date of expiry, each with its
/// check digit, in ASCII (Doc 9303-11, 4.3.2 and 9.7.2).
[[nodiscard]] bool deriveDocumentBasicAccessKeys(std::span<const std::uint8_t> mrzInformation,
                                                 DocumentBasicAccessKeys& keys);

/// K_pi of PACE from the MRZ information (Doc 9303-11, 9.7.3).
[[nodiscard]] bool derivePasswordKeyFromMrz(std::span<const std::uint8_t> mrzInformation,
                                            SymmetricCipher cipher, SymmetricKey& key);

/// K_pi of PACE from the Card Access Number, its digits in ASCII (Doc 9303-11, 9.7.3).
[[nodiscard]] bool derivePasswordKeyFromCan(std::span<const std::uint8_t> cardAccessNumber,
                                            SymmetricCipher cipher, SymmetricKey& key);

} // namespace cancuoc::card::emrtd
