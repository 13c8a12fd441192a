// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/access_key.hpp"

#include <optional>

namespace cancuoc {

/// The Document Basic Access Keys K_Enc and K_MAC, and what either side of Basic Access Control does with
/// them (Doc 9303-11, 4.3.2 and 4.3.3).
class DocumentBasicAccessKeys {
public:
    /// Bytes of protected authentication data: a cryptogram of 32 bytes and its MAC.
    static constexpr std::size_t protectedSize = 40;

    /// From the MRZ.
    explicit DocumentBasicAccessKeys(const AccessKey& mrz);

    /// E(K_Enc, plaintext) || MAC(K_MAC, cryptogram) of 32 bytes.
    [[nodiscard]] Bytes protect(BytesView plaintext) const;
    /// The 32 bytes inside; nothing when the MAC is not under this K_MAC. Throws MalformedData for another
    /// length than protectedSize.
    [[nodiscard]] std::optional<SecretBytes> unprotect(BytesView authenticationData) const;

private:
    [[nodiscard]] Bytes macOf(BytesView cryptogram) const;

    SecretBytes encryption_;
    SecretBytes mac_;
};

} // namespace cancuoc
