// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"

#include <string>

namespace cancuoc {

/// What the signatures of a key are worth.
struct KeyStrength {
    enum class Level {
        Sufficient,
        Weak,     ///< below what Doc 9303-12, 4.1.6 wants of keys, and still its owner's alone
        Forgeable ///< anybody can make its signatures: short numbers are factored, and an exponent of 1 signs
                  ///< nothing
    };

    Level level = Level::Sufficient;
    std::string weakness; ///< "RSA with 768 bits"; empty where the key is sufficient
};

/// The strength of an RSA or elliptic curve key. RSA is forgeable below 1024 bits or below exponent 3, and
/// weak below 2048 bits or with exponent 3; an elliptic curve key is weak below 224 bits. Other kinds of keys
/// have no weakness that is known here.
[[nodiscard]] KeyStrength strengthOf(const EVP_PKEY& publicKey);

} // namespace cancuoc
