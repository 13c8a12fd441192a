// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/applets/openssl_pace_terminal.hpp"

namespace cancuoc::card::test {
namespace {

Bytes zeroVector(SymmetricCipher cipher) {
    return Bytes(cipher == SymmetricCipher::TripleDes ? 8 : 16);
}

std::size_t keySize(SymmetricCipher cipher) {
    return cipher == SymmetricCipher::Aes256 ? 32 : cipher == SymmetricCipher::Aes192 ? 24 : 16;
}

std::size_t bitsOf(const Bytes& prime) {
    std::size_t bits = prime.size() * 8;
    for (std::uint8_t top = prime.front(); (top & 0x80) == 0; top = static_cast<std::uint8_t>(top << 1)) {
        --bits;
    }
    return bits;
}

} // namespace

OpensslPaceTerminal::OpensslPaceTerminal(const emrtd::PaceConfiguration& configuration, Bytes passwordKey,
                                         Bytes mappingSecret, Bytes privateKey)
    : configuration_(configuration), group_(configuration.domainParameters),
      passwordKey_(std::move(passwordKey)), mappingSecret_(std::move(mappingSecret)),
      privateKey_(std::move(privateKey)) {}

Bytes OpensslPaceTerminal::protocol() const {
    return join(hex("04007F0007020204"), Bytes{static_cast<std::uint8_t>(configuration_.variant),
                                               static_cast<std::uint8_t>(configuration_.cipher)});
}

Bytes OpensslPaceTerminal::nonceRequest() {
    return hex("7C00");
}

Bytes OpensslPaceTerminal::mappingData() const {
    return tlv(0x7C, tlv(0x81, usesIntegratedMapping(configuration_.variant)
                                   ? mappingSecret_
                                   : group_.multiplyGenerator(mappingSecret_)));
}

Bytes OpensslPaceTerminal::ephemeralPublicKey() const {
    return tlv(0x7C, tlv(0x83, publicKey_));
}

Bytes OpensslPaceTerminal::authenticationToken() const {
    return tlv(0x7C, tlv(0x85, tokenOver(chipPublicKey_)));
}

void OpensslPaceTerminal::receiveNonce(const Bytes& response) {
    nonce_ = cbcDecrypted(configuration_.cipher, passwordKey_, zeroVector(configuration_.cipher),
                          dynamicAuthenticationData(response, 0x80));
}

void OpensslPaceTerminal::receiveMappingData(const Bytes& response) {
    chipMappingKey_ = dynamicAuthenticationData(response, 0x82);
    if (usesIntegratedMapping(configuration_.variant)) {
        if (!chipMappingKey_.empty()) {
            throw std::runtime_error("the chip's mapping data is not empty");
        }
        mappedGenerator_ = group_.encodeNumber(
            integratedMappingNumber(configuration_.cipher, nonce_, mappingSecret_, bitsOf(group_.prime())));
    } else {
        mappedGenerator_ =
            group_.add(group_.multiplyGenerator(nonce_), group_.multiply(mappingSecret_, chipMappingKey_));
    }
    publicKey_ = group_.multiply(privateKey_, mappedGenerator_);
}

void OpensslPaceTerminal::receivePublicKey(const Bytes& response) {
    chipPublicKey_ = dynamicAuthenticationData(response, 0x84);
    sharedSecret_ = group_.secretOf(group_.multiply(privateKey_, chipPublicKey_));
}

void OpensslPaceTerminal::receiveToken(const Bytes& response) {
    const auto token = tlv(0x86, tokenOver(publicKey_));
    for (std::size_t header = 2; header <= 3 && header + token.size() <= response.size(); ++header) {
        const auto begin = response.begin() + static_cast<std::ptrdiff_t>(header + token.size());
        const Bytes rest(begin, response.end());
        if (tlv(0x7C, join(token, rest)) == response) {
            additions_ = rest;
            return;
        }
    }
    throw std::runtime_error("the chip's authentication token is wrong");
}

bool OpensslPaceTerminal::chipProves(const Bytes& staticPublicKey) const {
    const auto cipher = configuration_.cipher;
    const Bytes encrypted(additions_.begin() + 2, additions_.end());
    if (additions_ != tlv(0x8A, encrypted)) {
        return false;
    }
    const auto vector = cbcEncrypted(cipher, encryptionKey(), Bytes(16), Bytes(16, 0xFF));
    const auto data = cbcDecrypted(cipher, encryptionKey(), vector, encrypted);
    const std::size_t size = group_.orderSize();
    const Bytes scalar(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(size));
    return padded(cipher, scalar) == data && group_.multiply(scalar, staticPublicKey) == chipMappingKey_;
}

Bytes OpensslPaceTerminal::tokenOver(const Bytes& publicKey) const {
    const auto cipher = configuration_.cipher;
    const std::uint16_t tag = usesDh(configuration_.variant) ? 0x84 : 0x86;
    const auto object = tlv(0x7F49, join(tlv(0x06, protocol()), tlv(tag, publicKey)));
    return macOf(cipher, authenticationKey(),
                 cipher == SymmetricCipher::TripleDes ? padded(cipher, object) : object);
}

Bytes dynamicAuthenticationData(const Bytes& data, std::uint8_t tag) {
    for (std::size_t header = 2; header <= 4; ++header) {
        for (std::size_t inner = 2; inner <= 4 && header + inner <= data.size(); ++inner) {
            Bytes content(data.begin() + static_cast<std::ptrdiff_t>(header + inner), data.end());
            if (tlv(0x7C, tlv(tag, content)) == data) {
                return content;
            }
        }
    }
    throw std::runtime_error("not the expected dynamic authentication data");
}

Bytes integratedMappingNumber(SymmetricCipher cipher, const Bytes& s, const Bytes& t, std::size_t primeBits) {
    const bool isLong = keySize(cipher) > 16;
    const auto c0 = isLong ? hex("D463D65234124EF7897054986DCA0A174E28DF758CBAA03F240616414D5A1676")
                           : hex("A668892A7C41E3CA739F40B057D85904");
    const auto c1 = isLong ? hex("54BD7255F0AAF831BEC3423FCF39D69B6CBF066677D0FAAE5AADD99DF8E53517")
                           : hex("A4E136AC725F738B01C1F60217C188AD");
    Bytes key = cbcEncrypted(cipher, t, zeroVector(cipher), s);
    Bytes number;
    while (number.size() * 8 < primeBits + 64) {
        key.resize(keySize(cipher));
        number = join(number, cbcEncrypted(cipher, key, zeroVector(cipher), c1));
        key = cbcEncrypted(cipher, key, zeroVector(cipher), c0);
    }
    return number;
}

} // namespace cancuoc::card::test
