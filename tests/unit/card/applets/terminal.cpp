// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/applets/terminal.hpp"

#include <stdexcept>

namespace cancuoc::card::test {
namespace {

constexpr std::size_t longestResponse = 4096;

Bytes twoBytes(std::size_t number) {
    return {static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

Bytes extendedCommand(const Bytes& header, const Bytes& data, std::optional<std::size_t> expectedLength) {
    Bytes apdu = header;
    if (!data.empty()) {
        apdu = join(apdu, hex("00"), twoBytes(data.size()), data);
    }
    if (expectedLength) {
        apdu = join(apdu, data.empty() ? hex("00") : Bytes{}, twoBytes(*expectedLength));
    }
    return apdu;
}

Bytes compressed(crypto::StandardizedDomainParameters id, const Bytes& publicKey) {
    return crypto::isModpGroup(id) ? sha1(publicKey) : xOf(publicKey);
}

std::uint16_t statusOf(const Bytes& response) {
    return static_cast<std::uint16_t>(response.at(response.size() - 2) << 8 | response.back());
}

} // namespace

Terminal::Response Terminal::transmit(const Bytes& header, const Bytes& data,
                                      std::optional<std::size_t> expectedLength) {
    if (!session_) {
        Response plain;
        Bytes response = chip_->transmit(extendedCommand(header, data, expectedLength));
        plain.status = statusOf(response);
        plain.data.assign(response.begin(), response.end() - 2);
        return plain;
    }
    Bytes protectedHeader = header;
    protectedHeader.front() = static_cast<std::uint8_t>(protectedHeader.front() | 0x0C);
    const Bytes response = chip_->transmit(
        extendedCommand(protectedHeader, session_->protect(protectedHeader, data, expectedLength), 0));
    if (response.size() == 2) {
        session_.reset();
        return {{}, statusOf(response)};
    }
    return session_->open(Bytes(response.begin(), response.end() - 2));
}

std::uint16_t Terminal::selectApplication() {
    return transmit(hex("00A4040C"), hex("A0000002471001")).status;
}

std::uint16_t Terminal::select(std::uint16_t identifier) {
    return transmit(hex("00A4020C"), twoBytes(identifier)).status;
}

Bytes Terminal::read(std::uint16_t identifier) {
    if (select(identifier) != 0x9000) {
        throw std::runtime_error("the file cannot be selected");
    }
    Bytes content;
    for (;;) {
        const auto part = transmit(join(hex("00B0"), twoBytes(content.size())), {}, longestResponse);
        content = join(content, part.data);
        if (part.status == 0x6282 || part.status == 0x6B00) {
            return content;
        }
        if (part.status != 0x9000) {
            throw std::runtime_error("the file cannot be read");
        }
    }
}

bool Terminal::basicAccessControl(std::string_view mrzInformation) {
    session_.reset();
    const auto cipher = SymmetricCipher::TripleDes;
    auto seed = sha1(ascii(mrzInformation));
    seed.resize(16);
    const auto encryption = kdf(cipher, seed, 1);
    const auto authentication = kdf(cipher, seed, 2);
    const auto challenge = transmit(hex("00840000"), {}, 8);
    if (challenge.status != 0x9000) {
        return false;
    }
    const Bytes nonce(8, 0x5A);
    const Bytes keyingMaterial(16, 0xA5);
    const auto cryptogram =
        cbcEncrypted(cipher, encryption, Bytes(8), join(nonce, challenge.data, keyingMaterial));
    const auto mac = macOf(cipher, authentication, padded(cipher, cryptogram));
    const auto response = transmit(hex("00820000"), join(cryptogram, mac), 40);
    if (response.status != 0x9000) {
        return false;
    }
    const auto opened =
        cbcDecrypted(cipher, encryption, Bytes(8), Bytes(response.data.begin(), response.data.begin() + 32));
    Bytes secret(16);
    for (std::size_t i = 0; i < secret.size(); ++i) {
        secret[i] = static_cast<std::uint8_t>(keyingMaterial[i] ^ opened[16 + i]);
    }
    session_.emplace(cipher, kdf(cipher, secret, 1), kdf(cipher, secret, 2),
                     join(Bytes(challenge.data.begin() + 4, challenge.data.end()), Bytes(4, 0x5A)));
    chipIdentifier_ = ascii(mrzInformation.substr(0, 10));
    return true;
}

bool Terminal::pace(const emrtd::PaceConfiguration& configuration, bool withMrz) {
    return withMrz ? runPace(configuration, 0x01, sha1(ascii(cancuoc::test::mrzInformation)))
                   : paceWithCan(configuration, cancuoc::test::cardAccessNumber);
}

bool Terminal::paceWithCan(const emrtd::PaceConfiguration& configuration, std::string_view cardAccessNumber) {
    return runPace(configuration, 0x02, ascii(cardAccessNumber));
}

bool Terminal::runPace(const emrtd::PaceConfiguration& configuration, std::uint8_t passwordReference,
                       const Bytes& password) {
    session_.reset();
    const auto passwordKey = kdf(configuration.cipher, password, 3);
    const std::size_t size = OpensslGroup(configuration.domainParameters).orderSize();
    const Bytes mapping(usesIntegratedMapping(configuration.variant) ? passwordKey.size() : size - 1, 0x17);
    auto& terminal = pace_.emplace(configuration, passwordKey, mapping, Bytes(size - 1, 0x29));
    const auto selected =
        transmit(hex("0022C1A4"),
                 join(tlv(0x80, terminal.protocol()), tlv(0x83, Bytes{passwordReference}),
                      tlv(0x84, Bytes{static_cast<std::uint8_t>(configuration.domainParameters)}),
                      asksForAuthorityReferences ? hex("7F4C0E060904007F0007030102015301 23") : Bytes{}));
    if (selected.status != 0x9000) {
        return false;
    }
    terminal.receiveNonce(authenticate(OpensslPaceTerminal::nonceRequest(), false).data);
    terminal.receiveMappingData(authenticate(terminal.mappingData(), false).data);
    terminal.receivePublicKey(authenticate(terminal.ephemeralPublicKey(), false).data);
    const auto last = authenticate(terminal.authenticationToken(), true);
    if (last.status != 0x9000) {
        return false;
    }
    terminal.receiveToken(last.data);
    session_.emplace(configuration.cipher, terminal.encryptionKey(), terminal.authenticationKey());
    chipIdentifier_ = compressed(configuration.domainParameters, terminal.chipPublicKey());
    compressedKey_ = compressed(configuration.domainParameters, terminal.publicKey());
    return true;
}

Terminal::Response Terminal::authenticate(const Bytes& data, bool last) {
    return transmit(last ? hex("00860000") : hex("10860000"), data, 0);
}

bool Terminal::chipAuthentication(const cancuoc::test::ChipAuthenticationKeyPair& key, SymmetricCipher cipher,
                                  bool atOnce) {
    const OpensslGroup group(
        static_cast<crypto::StandardizedDomainParameters>(key.pair.curve().parameterId()));
    const Bytes ephemeral(group.orderSize() - 1, 0x63);
    const auto publicKey = group.multiplyGenerator(ephemeral);
    const auto reference = key.keyId ? tlv(0x84, Bytes{*key.keyId}) : Bytes{};
    if (atOnce) {
        if (transmit(hex("002241A6"), join(tlv(0x91, publicKey), reference)).status != 0x9000) {
            return false;
        }
    } else {
        const auto protocol = join(hex("04007F000702020302"), Bytes{static_cast<std::uint8_t>(cipher)});
        if (transmit(hex("002241A4"), join(tlv(0x80, protocol), reference)).status != 0x9000 ||
            transmit(hex("00860000"), tlv(0x7C, tlv(0x80, publicKey)), 256).status != 0x9000) {
            return false;
        }
    }
    const auto secret = group.secretOf(group.multiply(ephemeral, toBytes(key.pair.publicKey())));
    session_.emplace(cipher, kdf(cipher, secret, 1), kdf(cipher, secret, 2));
    compressedKey_ = xOf(publicKey);
    return true;
}

std::uint16_t Terminal::present(const cancuoc::trust::CvCertificate& certificate) {
    const auto status =
        transmit(hex("002281B6"), tlv(0x83, ascii(certificate.body().authorityReference))).status;
    return status == 0x9000 ? transmit(hex("002A00BE"), toBytes(certificate.bodyAndSignature())).status
                            : status;
}

std::uint16_t Terminal::authenticateAs(const cancuoc::test::CvKeyPair& key) {
    const auto status = transmit(hex("002281A4"), tlv(0x83, ascii(key.reference()))).status;
    if (status != 0x9000) {
        return status;
    }
    const auto challenge = transmit(hex("00840000"), {}, 8);
    if (challenge.status != 0x9000) {
        return challenge.status;
    }
    return transmit(hex("00820000"), key.sign(join(chipIdentifier_, challenge.data, compressedKey_))).status;
}

} // namespace cancuoc::card::test
