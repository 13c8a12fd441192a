// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/applets/openssl_terminal.hpp"

#include <memory>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/sha.h>

namespace cancuoc::card::test {
namespace {

void require(bool condition, const char* what) {
    if (!condition) {
        throw std::runtime_error(what);
    }
}

std::size_t blockSize(SymmetricCipher cipher) {
    return cipher == SymmetricCipher::TripleDes ? 8 : 16;
}

std::size_t keySize(SymmetricCipher cipher) {
    switch (cipher) {
    case SymmetricCipher::Aes192:
        return 24;
    case SymmetricCipher::Aes256:
        return 32;
    default:
        return 16;
    }
}

const EVP_CIPHER* cbcOf(SymmetricCipher cipher) {
    switch (cipher) {
    case SymmetricCipher::TripleDes:
        return EVP_des_ede_cbc();
    case SymmetricCipher::Aes128:
        return EVP_aes_128_cbc();
    case SymmetricCipher::Aes192:
        return EVP_aes_192_cbc();
    case SymmetricCipher::Aes256:
        return EVP_aes_256_cbc();
    }
    throw std::invalid_argument("unknown cipher");
}

Bytes crypt(const EVP_CIPHER* cipher, const Bytes& key, const Bytes& vector, const Bytes& data, int encrypt) {
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                  &EVP_CIPHER_CTX_free);
    Bytes output(data.size() + 32);
    int size = 0;
    int rest = 0;
    require(EVP_CipherInit_ex(context.get(), cipher, nullptr, key.data(), vector.data(), encrypt) == 1 &&
                EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
                EVP_CipherUpdate(context.get(), output.data(), &size, data.data(),
                                 static_cast<int>(data.size())) == 1 &&
                EVP_CipherFinal_ex(context.get(), output.data() + size, &rest) == 1,
            "the terminal's cipher failed");
    output.resize(static_cast<std::size_t>(size + rest));
    return output;
}

/// Single DES, as 3DES with three equal keys.
Bytes des(const Bytes& key, const Bytes& block, int encrypt) {
    return crypt(EVP_des_ede3_ecb(), join(key, key, key), {}, block, encrypt);
}

Bytes retailMac(const Bytes& key, const Bytes& message) {
    const Bytes left(key.begin(), key.begin() + 8);
    const Bytes right(key.begin() + 8, key.end());
    require(message.size() % 8 == 0, "the retail MAC takes whole blocks");
    Bytes chaining(8);
    for (std::size_t position = 0; position < message.size(); position += 8) {
        for (std::size_t index = 0; index < 8; ++index) {
            chaining[index] = static_cast<std::uint8_t>(chaining[index] ^ message[position + index]);
        }
        chaining = des(left, chaining, 1);
    }
    return des(left, des(right, chaining, 0), 1);
}

Bytes cmac(const Bytes& key, const Bytes& message) {
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> algorithm(EVP_MAC_fetch(nullptr, "CMAC", nullptr),
                                                                      &EVP_MAC_free);
    const std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context(EVP_MAC_CTX_new(algorithm.get()),
                                                                            &EVP_MAC_CTX_free);
    std::string name = "AES-" + std::to_string(key.size() * 8) + "-CBC";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, name.data(), name.size()),
        OSSL_PARAM_construct_end()};
    Bytes mac(16);
    std::size_t size = 0;
    require(EVP_MAC_init(context.get(), key.data(), key.size(), parameters) == 1 &&
                EVP_MAC_update(context.get(), message.data(), message.size()) == 1 &&
                EVP_MAC_final(context.get(), mac.data(), &size, mac.size()) == 1,
            "the terminal's CMAC failed");
    mac.resize(8);
    return mac;
}

std::uint8_t oddParity(std::uint8_t byte) {
    int ones = 0;
    for (int bit = 1; bit < 8; ++bit) {
        ones += byte >> bit & 1;
    }
    return static_cast<std::uint8_t>((byte & 0xFE) | (ones % 2 == 0 ? 1 : 0));
}

Bytes slice(const Bytes& bytes, std::size_t from, std::size_t size) {
    require(from + size <= bytes.size(), "the response is too short");
    const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(from);
    return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

} // namespace

OwnedCommand::OwnedCommand(const Bytes& apdu) {
    command_.cla = apdu.at(0);
    command_.ins = apdu.at(1);
    command_.p1 = apdu.at(2);
    command_.p2 = apdu.at(3);
    if (apdu.size() == 4) {
        return;
    }
    const std::size_t first = apdu[4];
    if (apdu.size() > 5) {
        data_ = slice(apdu, 5, first);
    }
    if (apdu.size() == 5 || apdu.size() == 6 + first) {
        command_.expectedLength = apdu.back() == 0 ? 256 : apdu.back();
    } else {
        require(apdu.size() == 5 + first, "not a short command APDU");
    }
}

OwnedCommand::OwnedCommand(const Bytes& header, Bytes data, std::optional<std::size_t> expectedLength,
                           bool extended)
    : data_(std::move(data)) {
    command_.cla = header.at(0);
    command_.ins = header.at(1);
    command_.p1 = header.at(2);
    command_.p2 = header.at(3);
    command_.expectedLength = expectedLength;
    command_.extended = extended;
}

Command OwnedCommand::get() const {
    auto command = command_;
    command.data = data_;
    return command;
}

Bytes kdf(SymmetricCipher cipher, const Bytes& secret, std::uint8_t counter) {
    const auto input = join(secret, Bytes{0, 0, 0, counter});
    Bytes digest(keySize(cipher) > 16 ? SHA256_DIGEST_LENGTH : SHA_DIGEST_LENGTH);
    if (keySize(cipher) > 16) {
        SHA256(input.data(), input.size(), digest.data());
    } else {
        SHA1(input.data(), input.size(), digest.data());
    }
    digest.resize(keySize(cipher));
    if (cipher == SymmetricCipher::TripleDes) {
        std::ranges::transform(digest, digest.begin(), oddParity);
    }
    return digest;
}

Bytes cbcEncrypted(SymmetricCipher cipher, const Bytes& key, const Bytes& vector, const Bytes& data) {
    return crypt(cbcOf(cipher), key, vector, data, 1);
}

Bytes cbcDecrypted(SymmetricCipher cipher, const Bytes& key, const Bytes& vector, const Bytes& data) {
    return crypt(cbcOf(cipher), key, vector, data, 0);
}

Bytes macOf(SymmetricCipher cipher, const Bytes& key, const Bytes& message) {
    return cipher == SymmetricCipher::TripleDes ? retailMac(key, message) : cmac(key, message);
}

Bytes padded(SymmetricCipher cipher, Bytes data) {
    data.push_back(0x80);
    while (data.size() % blockSize(cipher) != 0) {
        data.push_back(0x00);
    }
    return data;
}

Bytes tlv(std::uint16_t tag, const Bytes& value) {
    Bytes object;
    if (tag > 0xFF) {
        object.push_back(static_cast<std::uint8_t>(tag >> 8));
    }
    object.push_back(static_cast<std::uint8_t>(tag));
    if (value.size() > 0xFF) {
        object.push_back(0x82);
        object.push_back(static_cast<std::uint8_t>(value.size() >> 8));
    } else if (value.size() > 0x7F) {
        object.push_back(0x81);
    }
    object.push_back(static_cast<std::uint8_t>(value.size()));
    return join(object, value);
}

Bytes sha1(const Bytes& data) {
    Bytes digest(SHA_DIGEST_LENGTH);
    SHA1(data.data(), data.size(), digest.data());
    return digest;
}

emrtd::SessionKeys sessionKeys(SymmetricCipher cipher, const Bytes& encryption, const Bytes& authentication,
                               const Bytes& counter) {
    emrtd::SessionKeys keys;
    keys.cipher = cipher;
    require(keys.encryption.assign(encryption) && keys.authentication.assign(authentication),
            "keys too long");
    std::copy(counter.rbegin(), counter.rend(), keys.sendSequenceCounter.rbegin());
    return keys;
}

Bytes encryptionKeyOf(const emrtd::SessionKeys& keys) {
    return toBytes(keys.encryption.view());
}

Bytes authenticationKeyOf(const emrtd::SessionKeys& keys) {
    return toBytes(keys.authentication.view());
}

TerminalSecureMessaging::TerminalSecureMessaging(SymmetricCipher cipher, Bytes encryption,
                                                 Bytes authentication, Bytes counter)
    : cipher_(cipher), encryption_(std::move(encryption)), authentication_(std::move(authentication)),
      counter_(counter.empty() ? Bytes(blockSize(cipher)) : std::move(counter)) {}

Bytes TerminalSecureMessaging::vector() const {
    if (cipher_ == SymmetricCipher::TripleDes) {
        return Bytes(8);
    }
    return cbcEncrypted(cipher_, encryption_, Bytes(16), counter_);
}

Bytes TerminalSecureMessaging::encrypt(const Bytes& paddedData) const {
    return cbcEncrypted(cipher_, encryption_, vector(), paddedData);
}

Bytes TerminalSecureMessaging::macWithCounter(const Bytes& message) const {
    return macOf(cipher_, authentication_, join(counter_, message));
}

void TerminalSecureMessaging::countOn() {
    for (auto digit = counter_.rbegin(); digit != counter_.rend() && ++*digit == 0; ++digit) {
    }
}

Bytes TerminalSecureMessaging::protect(const Bytes& header, const Bytes& data,
                                       std::optional<std::size_t> expectedLength,
                                       const Deviation& deviation) {
    countOn();
    const bool odd = (header.at(1) & 1) != 0;
    Bytes objects;
    if (!data.empty() || deviation.paddedData) {
        const auto cryptogram = encrypt(deviation.paddedData.value_or(padded(cipher_, data)));
        objects = odd ? tlv(0x85, cryptogram) : tlv(0x87, join(Bytes{0x01}, cryptogram));
    }
    if (expectedLength) {
        const auto low = static_cast<std::uint8_t>(*expectedLength);
        const auto high = static_cast<std::uint8_t>(*expectedLength >> 8);
        objects = join(objects, tlv(0x97, *expectedLength > 256 ? Bytes{high, low} : Bytes{low}));
    }
    if (deviation.dataObjects) {
        objects = *deviation.dataObjects;
    }
    auto message = padded(cipher_, header);
    if (!objects.empty()) {
        message = join(message, padded(cipher_, objects));
    }
    return deviation.omitChecksum ? objects : join(objects, tlv(0x8E, macWithCounter(message)));
}

TerminalSecureMessaging::PlainResponse TerminalSecureMessaging::open(const Bytes& protectedData,
                                                                     bool oddInstruction) {
    countOn();
    require(protectedData.size() >= 14, "the protected response is too short");
    const auto objects = slice(protectedData, 0, protectedData.size() - 10);
    const auto checksum = slice(protectedData, objects.size(), 10);
    require(checksum == tlv(0x8E, macWithCounter(padded(cipher_, objects))), "wrong checksum");
    const auto status = slice(objects, objects.size() - 4, 4);
    require(status[0] == 0x99 && status[1] == 2, "no processing status");
    PlainResponse response;
    response.status = static_cast<std::uint16_t>(status[2] << 8 | status[3]);
    const auto cryptogramObject = slice(objects, 0, objects.size() - 4);
    if (cryptogramObject.empty()) {
        return response;
    }
    const std::size_t lengthSize = cryptogramObject.at(1) < 0x80 ? 1 : 1 + (cryptogramObject[1] & 0x7FU);
    auto cryptogram = slice(cryptogramObject, 1 + lengthSize, cryptogramObject.size() - 1 - lengthSize);
    require(cryptogramObject == tlv(oddInstruction ? 0x85 : 0x87, cryptogram), "wrong cryptogram object");
    if (!oddInstruction) {
        require(cryptogram.at(0) == 0x01, "wrong padding-content indicator");
        cryptogram.erase(cryptogram.begin());
    }
    response.data = cbcDecrypted(cipher_, encryption_, vector(), cryptogram);
    while (!response.data.empty() && response.data.back() == 0) {
        response.data.pop_back();
    }
    require(!response.data.empty() && response.data.back() == 0x80, "wrong padding");
    response.data.pop_back();
    return response;
}

} // namespace cancuoc::card::test
