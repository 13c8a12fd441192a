// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/payload_cipher.hpp"

#include "host/base/error.hpp"
#include "host/crypto/mac.hpp"
#include "host/crypto/openssl.hpp"

#include <openssl/evp.h>

namespace cancuoc::personalization {

namespace {

constexpr std::size_t nonceSize = 12;
constexpr std::size_t tagSize = 16;
constexpr std::size_t halfOfKey = PayloadCipher::keySize / 2;
constexpr const char* refused = "The payload of the job store cannot be sealed";

CipherContextPtr contextFor(const SecretBytes& key, BytesView nonce, std::string_view place, int encrypts) {
    auto context = ownOpenssl<CipherContextPtr>(EVP_CIPHER_CTX_new(), refused);
    requireOpenssl(EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.view().data(),
                                     nonce.data(), encrypts),
                   refused);
    int size = 0;
    requireOpenssl(EVP_CipherUpdate(context.get(), nullptr, &size,
                                    reinterpret_cast<const unsigned char*>(place.data()),
                                    static_cast<int>(place.size())),
                   refused);
    return context;
}

void update(EVP_CIPHER_CTX& context, BytesView input, std::uint8_t* output) {
    int size = 0;
    if (!input.empty()) {
        requireOpenssl(
            EVP_CipherUpdate(&context, output, &size, input.data(), static_cast<int>(input.size())), refused);
    }
}

[[noreturn]] void failAsOther() {
    throw MalformedData(
        "The job store holds content that was sealed under another key, or damaged. Use the store's "
        "own key, or restore it from its backup.");
}

} // namespace

PayloadCipher::PayloadCipher(const SecretBytes& key) {
    if (key.size() != keySize) {
        throw BadConfiguration("The key of a job store has " + std::to_string(keySize) + " bytes.");
    }
    sealingKey_ = SecretBytes(key.view().first(halfOfKey));
    pseudonymKey_ = SecretBytes(key.view().subspan(halfOfKey));
}

Bytes PayloadCipher::seal(std::string_view place, BytesView content, RandomSource& random) const {
    Bytes sealed = random.bytes(nonceSize);
    const auto context = contextFor(sealingKey_, sealed, place, 1);
    sealed.resize(nonceSize + content.size() + tagSize);
    int size = 0;
    update(*context, content, sealed.data() + nonceSize);
    std::uint8_t* const tag = sealed.data() + nonceSize + content.size();
    requireOpenssl(EVP_CipherFinal_ex(context.get(), tag, &size), refused);
    requireOpenssl(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tagSize), tag),
                   refused);
    return sealed;
}

Bytes PayloadCipher::open(std::string_view place, BytesView sealed) const {
    if (sealed.size() < nonceSize + tagSize) {
        failAsOther();
    }
    const auto context = contextFor(sealingKey_, sealed.first(nonceSize), place, 0);
    const BytesView ciphertext = sealed.subspan(nonceSize, sealed.size() - nonceSize - tagSize);
    Bytes content(ciphertext.size());
    int size = 0;
    update(*context, ciphertext, content.data());
    Bytes tag = toBytes(sealed.last(tagSize));
    requireOpenssl(
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tagSize), tag.data()),
        refused);
    if (EVP_CipherFinal_ex(context.get(), tag.data(), &size) != 1) {
        failAsOther();
    }
    return content;
}

std::string PayloadCipher::pseudonym(std::string_view number) const {
    return toLowerCaseHex(AesCmac(pseudonymKey_.view()).compute(viewOf(number)));
}

} // namespace cancuoc::personalization
