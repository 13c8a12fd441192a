// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/secret_bytes.hpp"

#include <cstdint>

namespace cancuoc::personalization {

/// The three static keys of a security domain, all of one length: 16, 24 or 32 bytes of AES for SCP03
/// (GlobalPlatform Amendment D, 6.1), 16 bytes of two-key 3DES for SCP02 (Card Specification 2.3.1, E.4).
struct SecurityDomainKeys {
    std::uint8_t keyVersion = 0;
    SecretBytes encryption;     ///< Key-ENC
    SecretBytes mac;            ///< Key-MAC
    SecretBytes dataEncryption; ///< Key-DEK

    /// The keys in blank chips before a programme brings in its own: the test keys that GlobalPlatform
    /// publishes, under version 30, or 20 where chips speak SCP02.
    [[nodiscard]] static SecurityDomainKeys transport(std::uint8_t keyVersion = 0x30);

    [[nodiscard]] SecurityDomainKeys copy() const;
};

} // namespace cancuoc::personalization
