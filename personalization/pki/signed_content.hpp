// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/openssl.hpp"

#include <chrono>
#include <string_view>

namespace cancuoc::personalization {

/// How a SignerInfo names the certificate of its signer (RFC 5652, 5.3).
enum class SignerIdentifier {
    IssuerAndSerialNumber, ///< preferred in EF.SOD (Doc 9303-10, 4.6.2)
    SubjectKeyIdentifier   ///< preferred in lists (Doc 9303-12, table 18)
};

/// A CMS SignedData of version 3 over `content`, by schemeOf(key), with signing time and the signer's
/// certificate inside. Throws CryptographyError when OpenSSL refuses, TokenUnavailable when the key's token
/// does.
/// @param contentType of the content, dotted
/// @param signer and `key` belong to each other
[[nodiscard]] CmsPtr signContent(BytesView content, std::string_view contentType, X509& signer, EVP_PKEY& key,
                                 std::chrono::sys_seconds time, SignerIdentifier identifier);

} // namespace cancuoc::personalization
