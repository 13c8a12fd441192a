// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"

#include <string>
#include <string_view>

namespace cancuoc::personalization {

constexpr std::size_t shortestPassword = 12; ///< bytes

/// What is kept of a password: "scrypt$N$r$p$SALT$HASH" (RFC 7914), salt and hash in hexadecimal digits.
/// Throws BadConfiguration for fewer bytes than shortestPassword.
[[nodiscard]] std::string hashPassword(const SecretBytes& password, RandomSource& random);

/// Whether `kept`, made by hashPassword(), is of this password. Throws MalformedData when it is none.
[[nodiscard]] bool isPassword(const SecretBytes& password, std::string_view kept);

} // namespace cancuoc::personalization
