// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstdint>

namespace cancuoc::personalization {

/// Key types as PUT KEY and the key information template code them (GlobalPlatform Card Specification 2.3.1,
/// Table 11-16).
enum class KeyType : std::uint8_t {
    TripleDes = 0x80,
    Aes = 0x88,
};

/// Three bytes that tell whether two parties hold the same key and nothing else about it: the first bytes of
/// an encrypted block, of zeros for 3DES (Card Specification 2.3.1, B.6) and of bytes 01 for AES (Amendment
/// D, 7.2.2). `key` has 16 bytes, with AES also 24 or 32; throws BadConfiguration otherwise.
[[nodiscard]] Bytes keyCheckValue(KeyType type, BytesView key);

} // namespace cancuoc::personalization
