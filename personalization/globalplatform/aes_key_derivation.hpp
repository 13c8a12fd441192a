// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/secret_bytes.hpp"
#include "host/crypto/cipher.hpp"

#include <cstdint>

namespace cancuoc::personalization {

/// AES with keys of this many bytes; throws BadConfiguration unless they are 16, 24 or 32.
[[nodiscard]] BlockCipher aesOfKeySize(std::size_t size);

/// Data derivation constants of SCP03 (GlobalPlatform Amendment D, Table 4-1).
enum class DerivationConstant : std::uint8_t {
    CardCryptogram = 0x00,
    HostCryptogram = 0x01,
    CardChallenge = 0x02,
    EncryptionKey = 0x04,
    MacKey = 0x06,
    ResponseMacKey = 0x07,
};

/// Data derivation of SCP03 (Amendment D, 4.1.5): NIST SP 800-108 in counter mode with AES-CMAC. `key` has
/// 16, 24 or 32 bytes; the result `size`, at most 32.
[[nodiscard]] SecretBytes deriveScp03(BytesView key, DerivationConstant constant, std::size_t size,
                                      BytesView context);

} // namespace cancuoc::personalization
