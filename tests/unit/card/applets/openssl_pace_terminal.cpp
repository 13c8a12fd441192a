// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/applets/openssl_pace_terminal.hpp"

namespace cancuoc::card::test {

OpensslPaceTerminal::OpensslPaceTerminal(SymmetricCipher cipher, crypto::StandardizedDomainParameters curve,
                                         Bytes passwordKey, Bytes mappingPrivateKey, Bytes privateKey)
    : cipher_(cipher), curve_(curve), passwordKey_(std::move(passwordKey)),
      mappingPrivateKey_(std::move(mappingPrivateKey)), privateKey_(std::move(privateKey)) {}

Bytes OpensslPaceTerminal::protocol() const {
    auto identifier = hex("04007F00070202040200");
    identifier.back() = static_cast<std::uint8_t>(cipher_);
    return identifier;
}

Bytes OpensslPaceTerminal::nonceRequest() {
    return hex("7C00");
}

Bytes OpensslPaceTerminal::mappingData() const {
    return tlv(0x7C, tlv(0x81, curve_.multiplyGenerator(mappingPrivateKey_)));
}

Bytes OpensslPaceTerminal::ephemeralPublicKey() const {
    return tlv(0x7C, tlv(0x83, publicKey_));
}

Bytes OpensslPaceTerminal::authenticationToken() const {
    return tlv(0x7C, tlv(0x85, tokenOver(chipPublicKey_)));
}

void OpensslPaceTerminal::receiveNonce(const Bytes& response) {
    const Bytes vector(cipher_ == SymmetricCipher::TripleDes ? 8 : 16);
    nonce_ = cbcDecrypted(cipher_, passwordKey_, vector, dynamicAuthenticationData(response, 0x80));
}

void OpensslPaceTerminal::receiveMappingData(const Bytes& response) {
    const auto shared = curve_.multiply(mappingPrivateKey_, dynamicAuthenticationData(response, 0x82));
    mappedGenerator_ = curve_.add(curve_.multiplyGenerator(nonce_), shared);
    publicKey_ = curve_.multiply(privateKey_, mappedGenerator_);
}

void OpensslPaceTerminal::receivePublicKey(const Bytes& response) {
    chipPublicKey_ = dynamicAuthenticationData(response, 0x84);
    sharedSecret_ = xOf(curve_.multiply(privateKey_, chipPublicKey_));
}

void OpensslPaceTerminal::receiveToken(const Bytes& response) const {
    if (dynamicAuthenticationData(response, 0x86) != tokenOver(publicKey_)) {
        throw std::runtime_error("the chip's authentication token is wrong");
    }
}

Bytes OpensslPaceTerminal::tokenOver(const Bytes& publicKey) const {
    const auto object = tlv(0x7F49, join(tlv(0x06, protocol()), tlv(0x86, publicKey)));
    return macOf(cipher_, authenticationKey(),
                 cipher_ == SymmetricCipher::TripleDes ? padded(cipher_, object) : object);
}

Bytes dynamicAuthenticationData(const Bytes& data, std::uint8_t tag) {
    for (std::size_t header = 2; header <= 3 && header + 2 <= data.size(); ++header) {
        for (std::size_t inner = 2; inner <= 3 && header + inner <= data.size(); ++inner) {
            Bytes content(data.begin() + static_cast<std::ptrdiff_t>(header + inner), data.end());
            if (tlv(0x7C, tlv(tag, content)) == data) {
                return content;
            }
        }
    }
    throw std::runtime_error("not the expected dynamic authentication data");
}

} // namespace cancuoc::card::test
