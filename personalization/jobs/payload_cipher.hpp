// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"

#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// Seals what a job store holds of citizens: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits,
/// and pseudonyms for citizens' numbers (AES-CMAC, 256 bits of key). One thread at a time.
class PayloadCipher {
public:
    static constexpr std::size_t keySize = 64; ///< 32 bytes to seal, 32 for pseudonyms

    /// Throws BadConfiguration unless `key` has keySize bytes.
    explicit PayloadCipher(const SecretBytes& key);

    /// Nonce (12 bytes), ciphertext and tag (16 bytes). `place` says where the content stands; sealed content
    /// opens nowhere else. Throws CryptographyError.
    [[nodiscard]] Bytes seal(std::string_view place, BytesView content, RandomSource& random) const;

    /// The content that seal() was given. Throws MalformedData when it was sealed under another key, for
    /// another place or not at all.
    [[nodiscard]] Bytes open(std::string_view place, BytesView sealed) const;

    /// 32 hexadecimal digits that stand for a citizen's number.
    [[nodiscard]] std::string pseudonym(std::string_view number) const;

private:
    SecretBytes sealingKey_;
    SecretBytes pseudonymKey_;
};

} // namespace cancuoc::personalization
