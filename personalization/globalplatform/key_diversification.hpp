// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/globalplatform/master_key.hpp"
#include "personalization/globalplatform/security_domain_keys.hpp"

#include <cstddef>

namespace cancuoc::personalization {

/// How the keys of a chip follow from master keys and its key diversification data, 10 bytes.
enum class Diversification {
    Emv,   ///< 3DES, EMV Card Personalization Specification 1.1, 4.1: bytes 5 to 10 of the data
    Visa2, ///< 3DES: bytes 1, 2 and 5 to 8 of the data
    Kdf3,  ///< AES-CMAC in the counter mode of NIST SP 800-108 over the data
};

/// The master keys that Key-ENC, Key-MAC and Key-DEK are derived from; all three may be one.
struct DomainMasterKeys {
    const MasterKey& encryption;
    const MasterKey& mac;
    const MasterKey& dataEncryption;
};

/// The keys of the chip with these diversification data. `keySize` is 16, and with Kdf3 also 24 or 32. Throws
/// BadConfiguration for other sizes and for data that are not 10 bytes long.
[[nodiscard]] SecurityDomainKeys diversify(Diversification method, const DomainMasterKeys& masterKeys,
                                           BytesView keyDiversificationData, std::size_t keySize,
                                           std::uint8_t keyVersion);

} // namespace cancuoc::personalization
