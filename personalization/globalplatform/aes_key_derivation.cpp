// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/aes_key_derivation.hpp"

#include "host/base/error.hpp"
#include "host/crypto/mac.hpp"

#include <algorithm>

namespace cancuoc::personalization {

BlockCipher aesOfKeySize(std::size_t size) {
    switch (size) {
    case 16:
        return BlockCipher::Aes128;
    case 24:
        return BlockCipher::Aes192;
    case 32:
        return BlockCipher::Aes256;
    default:
        throw BadConfiguration("A key of AES has 16, 24 or 32 bytes, not " + std::to_string(size) + ".");
    }
}

// Label of 11 zeros and the constant, separation indicator, length in bits, counter, context.
SecretBytes deriveScp03(BytesView key, DerivationConstant constant, std::size_t size, BytesView context) {
    AesCmac cmac(key);
    SecretBytes derived(size);
    Bytes input(11, 0x00);
    input.push_back(static_cast<std::uint8_t>(constant));
    input.push_back(0x00);
    append(input, toBigEndian(size * 8, 2));
    const std::size_t counterPlace = input.size();
    input.push_back(0x00);
    append(input, context);
    for (std::size_t done = 0; done < size; done += AesCmac::size) {
        ++input[counterPlace];
        AesCmac::Value block = cmac.compute(input);
        std::copy_n(block.begin(), std::min(block.size(), size - done), derived.span().subspan(done).begin());
        wipe(block);
    }
    return derived;
}

} // namespace cancuoc::personalization
