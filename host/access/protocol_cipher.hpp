// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/object_identifier.hpp"
#include "host/crypto/cipher.hpp"

#include <optional>

namespace cancuoc {

/// The session cipher that the last component of a protocol's object identifier names: 1 for 3DES, 2 to 4 for
/// AES-128 to AES-256, under PACE and Chip Authentication alike (Doc 9303-11, 9.2.3 and 9.2.7). Nothing
/// unless `protocol` is directly below `family`, for example "0.4.0.127.0.7.2.2.4.2".
[[nodiscard]] std::optional<BlockCipher> sessionCipher(const ObjectIdentifier& protocol,
                                                       std::string_view family);

} // namespace cancuoc
