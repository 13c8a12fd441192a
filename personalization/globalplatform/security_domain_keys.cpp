// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/security_domain_keys.hpp"

namespace cancuoc::personalization {

SecurityDomainKeys SecurityDomainKeys::transport(std::uint8_t keyVersion) {
    const auto key = [] { return SecretBytes(fromHex("404142434445464748494A4B4C4D4E4F")); };
    return {keyVersion, key(), key(), key()};
}

SecurityDomainKeys SecurityDomainKeys::copy() const {
    return {keyVersion, encryption.copy(), mac.copy(), dataEncryption.copy()};
}

} // namespace cancuoc::personalization
