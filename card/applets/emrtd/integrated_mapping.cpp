// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/integrated_mapping.hpp"

#include "card/core/configuration.hpp"

#include <array>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

/// The longest nonce, and the longest output of one iteration (AES-192 and AES-256).
constexpr std::size_t maximumNonceSize = 32;
/// R(s,t) is longer than the prime by this much, so that its remainder is uniform.
constexpr std::size_t excessBits = 64;

// 4.4.3.3.2, for outputs of 128 and of 256 bits.
constexpr std::array<std::uint8_t, 16> shortConstant0{0xA6, 0x68, 0x89, 0x2A, 0x7C, 0x41, 0xE3, 0xCA,
                                                      0x73, 0x9F, 0x40, 0xB0, 0x57, 0xD8, 0x59, 0x04};
constexpr std::array<std::uint8_t, 16> shortConstant1{0xA4, 0xE1, 0x36, 0xAC, 0x72, 0x5F, 0x73, 0x8B,
                                                      0x01, 0xC1, 0xF6, 0x02, 0x17, 0xC1, 0x88, 0xAD};
constexpr std::array<std::uint8_t, 32> longConstant0{
    0xD4, 0x63, 0xD6, 0x52, 0x34, 0x12, 0x4E, 0xF7, 0x89, 0x70, 0x54, 0x98, 0x6D, 0xCA, 0x0A, 0x17,
    0x4E, 0x28, 0xDF, 0x75, 0x8C, 0xBA, 0xA0, 0x3F, 0x24, 0x06, 0x16, 0x41, 0x4D, 0x5A, 0x16, 0x76};
constexpr std::array<std::uint8_t, 32> longConstant1{
    0x54, 0xBD, 0x72, 0x55, 0xF0, 0xAA, 0xF8, 0x31, 0xBE, 0xC3, 0x42, 0x3F, 0xCF, 0x39, 0xD6, 0x9B,
    0x6C, 0xBF, 0x06, 0x66, 0x77, 0xD0, 0xFA, 0xAE, 0x5A, 0xAD, 0xD9, 0x9D, 0xF8, 0xE5, 0x35, 0x17};

using PseudoRandomNumber =
    crypto::SecretBuffer<configuration::maximumGroupElement + excessBits / 8 + maximumNonceSize>;

/// E(key, input) in CBC mode with IV 0.
bool encrypt(SymmetricCipher cipher, const SymmetricKey& key, Bytes input, std::span<std::uint8_t> output) {
    constexpr std::array<std::uint8_t, maximumBlockSize> zeroVector{};
    return cbcEncrypt(cipher, key, Bytes(zeroVector).first(blockSizeOf(cipher)), input, output);
}

/// R(s,t) (figure 2): k_0 = E(t, s); each iteration yields x_i = E(k_i, c_1) and the next key E(k_i, c_0).
bool pseudoRandomNumber(SymmetricCipher cipher, Bytes nonce, Bytes terminalNonce, std::size_t primeBits,
                        PseudoRandomNumber& number) {
    const std::size_t size = nonce.size();
    const bool isLong = size == longConstant0.size();
    const Bytes constant0 = isLong ? Bytes(longConstant0) : Bytes(shortConstant0);
    const Bytes constant1 = isLong ? Bytes(longConstant1) : Bytes(shortConstant1);
    const std::size_t iterations = (primeBits + excessBits + 8 * size - 1) / (8 * size);
    SymmetricKey key;
    crypto::SecretBuffer<maximumNonceSize> output;
    if (!key.assign(terminalNonce) || !output.resize(size) || !number.resize(iterations * size) ||
        !encrypt(cipher, key, nonce, output.bytes())) {
        return false;
    }
    for (std::size_t i = 0; i < iterations; ++i) {
        if (!key.assign(output.view().first(keySizeOf(cipher))) ||
            !encrypt(cipher, key, constant1, number.bytes().subspan(i * size, size)) ||
            !encrypt(cipher, key, constant0, output.bytes())) {
            return false;
        }
    }
    return true;
}

} // namespace

std::size_t IntegratedMapping::nonceSize(SymmetricCipher cipher) {
    return keySizeOf(cipher) > shortConstant0.size() ? longConstant0.size() : shortConstant0.size();
}

StatusWord IntegratedMapping::map(crypto::KeyAgreementGroup& group, SymmetricCipher cipher, Bytes nonce,
                                  Bytes terminalNonce, crypto::GroupElement& mappedGenerator) {
    if (terminalNonce.size() != keySizeOf(cipher)) {
        return StatusWord::WrongData;
    }
    // Ĝ = f_G(R_p(s, t))
    PseudoRandomNumber number;
    return pseudoRandomNumber(cipher, nonce, terminalNonce, group.fieldBits(), number) &&
                   group.encodeNumber(number.view(), mappedGenerator)
               ? StatusWord::Success
               : StatusWord::InternalError;
}

} // namespace cancuoc::card::emrtd
