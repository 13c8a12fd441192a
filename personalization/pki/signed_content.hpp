// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/openssl.hpp"

#include <chrono>
#include <string_view>

namespace cancuoc::personalization {

/// A CMS SignedData of version 3 over `content`, by schemeOf(key), with signing time and the signer's
/// certificate inside, which is named by its key identifier, as lists prefer (Doc 9303-12, tables 18 and 19).
/// Throws CryptographyError when OpenSSL refuses, TokenUnavailable when the key's token does.
/// @param contentType of the content, dotted
/// @param signer and `key` belong to each other
[[nodiscard]] CmsPtr signContent(BytesView content, std::string_view contentType, X509& signer, EVP_PKEY& key,
                                 std::chrono::sys_seconds time);

} // namespace cancuoc::personalization
