// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"
#include "host/trust/pkcs11_token.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// How a certificate tells its curve (Doc 9303-12, 4.1.6.3 asks for explicit parameters).
enum class CurveEncoding { Explicit, Named };

/// `key`, which stays in its token, in the form in which OpenSSL signs certificates, CRLs and CMS with it.
[[nodiscard]] EvpKey tokenKey(const trust::Pkcs11Key& key, CurveEncoding encoding);

/// The PKCS#11 URI of a key that tokenKey() made; nothing for any other.
[[nodiscard]] std::optional<std::string> tokenUriOf(const EVP_PKEY& key);

/// Throws what the token said when it refused the last signature of this thread, and otherwise
/// opensslError(action): exceptions do not pass through OpenSSL.
[[noreturn]] void throwSigningFailure(std::string_view action);

} // namespace cancuoc::personalization
