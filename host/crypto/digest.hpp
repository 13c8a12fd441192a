// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"

#include "host/base/bytes.hpp"

namespace cancuoc {

enum class HashAlgorithm { Sha1, Sha224, Sha256, Sha384, Sha512 };

/// "SHA-256" and so on, as FIPS 180-4 writes them.
[[nodiscard]] std::string_view nameOf(HashAlgorithm algorithm);

/// Bytes of a hash value: 20, 28, 32, 48 or 64.
[[nodiscard]] std::size_t sizeOf(HashAlgorithm algorithm);

/// OpenSSL's description of the algorithm; lives as long as the program.
[[nodiscard]] const EVP_MD* opensslDigest(HashAlgorithm algorithm);

[[nodiscard]] Bytes digest(HashAlgorithm algorithm, BytesView message);

} // namespace cancuoc
