// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/key_diversification.hpp"

#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

constexpr std::size_t diversificationDataSize = 10;
constexpr std::size_t tripleDesKeySize = 16;

/// Numbers of the keys of a domain, as key identifiers go.
enum class KeyNumber : std::uint8_t { Encryption = 1, Mac = 2, DataEncryption = 3 };

// Six bytes of the data, F0 and the key's number; the same six, 0F and the number.
SecretBytes deriveTripleDes(const MasterKey& masterKey, BytesView sixBytes, KeyNumber number) {
    const auto numberByte = static_cast<std::uint8_t>(number);
    return masterKey.encryptTripleDes(
        concat(sixBytes, Bytes{0xF0, numberByte}, sixBytes, Bytes{0x0F, numberByte}));
}

// NIST SP 800-108, 4.1: for each block a counter of one byte, the key's number in four bytes for a label, the
// separation indicator, the data for a context; the length is left out.
SecretBytes deriveKdf3(const MasterKey& masterKey, BytesView data, KeyNumber number, std::size_t keySize) {
    SecretBytes key(keySize);
    std::uint8_t counter = 0;
    for (std::size_t done = 0; done < keySize;) {
        const SecretBytes block = masterKey.cmac(
            concat(Bytes{++counter, 0x00, 0x00, 0x00, static_cast<std::uint8_t>(number), 0x00}, data));
        const std::size_t part = std::min(block.size(), keySize - done);
        std::copy_n(block.view().begin(), part, key.span().subspan(done).begin());
        done += part;
    }
    return key;
}

SecretBytes derive(Diversification method, const MasterKey& masterKey, BytesView data, KeyNumber number,
                   std::size_t keySize) {
    switch (method) {
    case Diversification::Emv:
        return deriveTripleDes(masterKey, data.subspan(4, 6), number);
    case Diversification::Visa2:
        return deriveTripleDes(masterKey, concat(data.first(2), data.subspan(4, 4)), number);
    case Diversification::Kdf3:
        break;
    }
    return deriveKdf3(masterKey, data, number, keySize);
}

} // namespace

SecurityDomainKeys diversify(Diversification method, const DomainMasterKeys& masterKeys,
                             BytesView keyDiversificationData, std::size_t keySize, std::uint8_t keyVersion) {
    if (keyDiversificationData.size() != diversificationDataSize) {
        throw BadConfiguration("Key diversification data are 10 bytes long, not " +
                               std::to_string(keyDiversificationData.size()) + ".");
    }
    const bool sizeIsOfAes = keySize == 16 || keySize == 24 || keySize == 32;
    if (method == Diversification::Kdf3 ? !sizeIsOfAes : keySize != tripleDesKeySize) {
        throw BadConfiguration("The diversification makes no keys of " + std::to_string(keySize) + " bytes.");
    }
    const auto key = [&](const MasterKey& masterKey, KeyNumber number) {
        return derive(method, masterKey, keyDiversificationData, number, keySize);
    };
    return {keyVersion, key(masterKeys.encryption, KeyNumber::Encryption),
            key(masterKeys.mac, KeyNumber::Mac), key(masterKeys.dataEncryption, KeyNumber::DataEncryption)};
}

} // namespace cancuoc::personalization
