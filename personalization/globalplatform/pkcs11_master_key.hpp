// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/globalplatform/master_key.hpp"

#include <memory>
#include <string_view>

namespace cancuoc::personalization {

/// A master key that stays in a token; `uri` says where (RFC 7512, see trust::Pkcs11Token). An AES key must
/// be allowed to sign there, a key of two-key 3DES to encrypt. The session stays open as long as the key
/// lives; one thread is served at a time. Throws BadConfiguration for a URI that is malformed or names no
/// module, and ReaderUnavailable when module, token or key are not there or the PIN is refused.
[[nodiscard]] std::unique_ptr<MasterKey> pkcs11MasterKey(std::string_view uri);

} // namespace cancuoc::personalization
