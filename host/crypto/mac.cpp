// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/mac.hpp"

#include "host/base/secret_bytes.hpp"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <algorithm>

namespace cancuoc {

namespace {

constexpr std::size_t desBlockSize = 8;
constexpr std::size_t desKeySize = 8;

std::string cmacCipherName(std::size_t keySize) {
    if (keySize != 16 && keySize != 24 && keySize != 32) {
        throw BadConfiguration("A key of AES-CMAC must have 16, 24 or 32 bytes.");
    }
    return "AES-" + std::to_string(keySize * 8) + "-CBC";
}

// 3DES with K1 twice is DES with K1, which OpenSSL 3 keeps in its legacy provider otherwise.
SecretBytes singleDesKey(BytesView key) {
    if (key.size() != 2 * desKeySize) {
        throw BadConfiguration("A key of the retail MAC must have 16 bytes.");
    }
    return SecretBytes(concat(key.first(desKeySize), key.first(desKeySize)));
}

std::variant<RetailMac, AesCmac> algorithmFor(BlockCipher cipher, BytesView key) {
    if (key.size() != keySizeOf(cipher)) {
        throw BadConfiguration("The MAC key does not fit the cipher.");
    }
    if (cipher == BlockCipher::TripleDes) {
        return RetailMac(key);
    }
    return AesCmac(key);
}

} // namespace

AesCmac::AesCmac(BytesView key) {
    std::string cipher = cmacCipherName(key.size());
    const auto mac = ownOpenssl<MacPtr>(EVP_MAC_fetch(nullptr, "CMAC", nullptr), "CMAC is not available");
    context_ = ownOpenssl<MacContextPtr>(EVP_MAC_CTX_new(mac.get()), "CMAC cannot be set up");
    const std::array<OSSL_PARAM, 2> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher.data(), 0),
        OSSL_PARAM_construct_end()};
    requireOpenssl(EVP_MAC_init(context_.get(), key.data(), key.size(), parameters.data()),
                   "CMAC cannot be set up");
}

AesCmac::Value AesCmac::compute(BytesView message) {
    Value value{};
    std::size_t written = 0;
    // Without a key, OpenSSL starts a new message under the key it has.
    requireOpenssl(EVP_MAC_init(context_.get(), nullptr, 0, nullptr), "CMAC cannot be started");
    requireOpenssl(EVP_MAC_update(context_.get(), message.data(), message.size()), "CMAC failed");
    requireOpenssl(EVP_MAC_final(context_.get(), value.data(), &written, value.size()), "CMAC failed");
    return value;
}

RetailMac::RetailMac(BytesView key)
    : chain_(BlockCipher::TripleDes, singleDesKey(key).view()), last_(BlockCipher::TripleDes, key) {}

// ISO/IEC 9797-1, 7.4: DES-CBC with K1 over all blocks but the last, 3DES with K1 and K2 on the last.
RetailMac::Value RetailMac::compute(BytesView message) {
    if (message.empty() || message.size() % desBlockSize != 0) {
        throw CryptographyError("The retail MAC takes whole blocks only.");
    }
    Value chaining{};
    std::array<std::uint8_t, 32 * desBlockSize> scratch{};
    BytesView chained = message.first(message.size() - desBlockSize);
    while (!chained.empty()) {
        const std::span<std::uint8_t> part(scratch.data(), std::min(chained.size(), scratch.size()));
        chain_.encrypt(chaining, chained.first(part.size()), part);
        std::copy_n(part.last(desBlockSize).begin(), desBlockSize, chaining.begin());
        chained = chained.subspan(part.size());
    }
    Value value{};
    last_.encrypt(chaining, message.last(desBlockSize), value);
    return value;
}

MessageAuthenticationCode::MessageAuthenticationCode(BlockCipher cipher, BytesView key)
    : algorithm_(algorithmFor(cipher, key)) {}

MessageAuthenticationCode::Value MessageAuthenticationCode::compute(BytesView message) {
    return std::visit(
        [message](auto& algorithm) {
            const auto whole = algorithm.compute(message);
            Value value{};
            std::copy_n(whole.begin(), value.size(), value.begin());
            return value;
        },
        algorithm_);
}

Bytes aesCmac(BytesView key, BytesView message) {
    return toBytes(AesCmac(key).compute(message));
}

Bytes retailMac(BytesView key, BytesView message) {
    return toBytes(RetailMac(key).compute(message));
}

} // namespace cancuoc
