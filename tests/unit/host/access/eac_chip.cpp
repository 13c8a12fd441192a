// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/access/eac_chip.hpp"

#include "host/access/key_derivation.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/padding.hpp"

#include <utility>

namespace cancuoc::test {

namespace {

ResponseApdu status(std::uint16_t statusWord) {
    return {{}, StatusWord(statusWord)};
}

Bytes valueOf(BytesView dataObjects, std::uint32_t tag) {
    const auto found = TlvReader(dataObjects).find(tag);
    return found ? toBytes(found->value) : Bytes{};
}

} // namespace

EacChip::EacChip(Configuration configuration, BlockCipher cipher, BytesView sharedSecret)
    : configuration_(std::move(configuration)) {
    secureMessaging_.emplace(cipher, sharedSecret);
}

Bytes EacChip::transmit(BytesView command) {
    encoded.push_back(toBytes(command));
    const bool isProtected = (command[0] & 0x0CU) == 0x0C;
    const auto plain = secureMessaging_ && isProtected ? secureMessaging_->unprotect(command) : std::nullopt;
    if (!plain) {
        secureMessaging_.reset();
        return {0x69, 0x88};
    }
    const ResponseApdu answer = process(*plain);
    Bytes response = secureMessaging_->protect(answer, plain->ins % 2 != 0);
    if (nextSecureMessaging_) {
        secureMessaging_ = std::exchange(nextSecureMessaging_, std::nullopt);
    }
    return response;
}

// ISO/IEC 7816-4, 5.3.3: the parts of a chain are one command.
ResponseApdu EacChip::process(const ReceivedCommand& part) {
    append(chained_, part.data);
    if ((part.cla & 0x10U) != 0) {
        return status(0x9000);
    }
    ReceivedCommand command = part;
    command.data = std::exchange(chained_, {});
    received.push_back(command);
    return execute(command);
}

ResponseApdu EacChip::execute(const ReceivedCommand& command) {
    switch (command.ins) {
    case 0x22:
        return manageSecurityEnvironment(command);
    case 0x86: {
        const TlvReader objects = readTlv(command.data, 0x7C, "data").children();
        return authenticateChip(keyId_, objects.require(0x80, "key").value, true);
    }
    case 0x2A:
        return verifyCertificate(command.data);
    case 0x84:
        challenge_ = configuration_.challenge.value_or(random_.bytes(8));
        return {challenge_, StatusWord(0x9000)};
    case 0x82:
        return authenticateTerminal(command.data);
    case 0xB0:
        return terminalAccepted_ ? ResponseApdu{configuration_.fingers, StatusWord(0x9000)} : status(0x6982);
    case 0xA4:
        return status(0x9000);
    default:
        return status(0x6D00);
    }
}

ResponseApdu EacChip::manageSecurityEnvironment(const ReceivedCommand& command) {
    switch (command.p1p2()) {
    case 0x41A6:
        return configuration_.knowsKeyAgreementTemplate
                   ? authenticateChip(valueOf(command.data, 0x84), valueOf(command.data, 0x91), false)
                   : status(0x6D00);
    case 0x41A4:
        protocol_ = valueOf(command.data, 0x80);
        keyId_ = valueOf(command.data, 0x84);
        return status(configuration_.knowsAuthenticationTemplate ? 0x9000 : 0x6A80);
    case 0x81B6:
        selectedKey_ = toText(valueOf(command.data, 0x83));
        return status(configuration_.trustPoints.count(selectedKey_) + importedKeys_.count(selectedKey_) != 0
                          ? 0x9000
                          : 0x6A88);
    case 0x81A4:
        selectedKey_ = toText(valueOf(command.data, 0x83));
        if (const Bytes announced = valueOf(command.data, 0x91); !announced.empty()) {
            compressedTerminalKey_ = announced;
        }
        if (const auto auxiliary = TlvReader(command.data).find(0x67)) {
            auxiliaryData_ = toBytes(auxiliary->encoded);
        }
        return status(importedKeys_.count(selectedKey_) != 0 ? 0x9000 : 0x6A88);
    default:
        return status(0x6A86);
    }
}

ResponseApdu EacChip::authenticateChip(BytesView keyId, BytesView terminalKey, bool withToken) {
    const auto key = configuration_.chipKeys.find(toText(keyId));
    if (key == configuration_.chipKeys.end()) {
        return status(0x6A88);
    }
    const Bytes compressed = configuration_.diffieHellman
                                 ? digest(HashAlgorithm::Sha1, terminalKey)
                                 : toBytes(terminalKey.subspan(1, (terminalKey.size() - 1) / 2));
    Bytes secret = key->second(terminalKey);
    if (!configuration_.version2Nonce) {
        compressedTerminalKey_ = compressed;
        nextSecureMessaging_.emplace(configuration_.chipAuthenticationCipher, secret);
        return {withToken ? Bytes{0x7C, 0x00} : Bytes{}, StatusWord(0x9000)};
    }
    if (compressed != compressedTerminalKey_) {
        return status(0x6300);
    }
    append(secret, *configuration_.version2Nonce);
    nextSecureMessaging_.emplace(configuration_.chipAuthenticationCipher, secret);
    return {encodeTlv(0x7C, encodeTlv(0x81, *configuration_.version2Nonce),
                      encodeTlv(0x82, tokenOver(terminalKey, secret))),
            StatusWord(0x9000)};
}

// BSI TR-03110-3, A.2.4: over the public key data object of the received key.
Bytes EacChip::tokenOver(BytesView terminalKey, BytesView secret) const {
    const BlockCipher cipher = configuration_.chipAuthenticationCipher;
    const auto macKey = deriveKey(secret, KeyPurpose::MessageAuthentication, cipher);
    const Bytes input = encodeTlv(0x7F49, encodeTlv(0x06, protocol_),
                                  encodeTlv(configuration_.diffieHellman ? 0x84 : 0x86, terminalKey));
    Bytes mac = cipher == BlockCipher::TripleDes ? retailMac(macKey.view(), padded(input, 8))
                                                 : aesCmac(macKey.view(), input);
    mac.resize(8);
    return mac;
}

ResponseApdu EacChip::verifyCertificate(BytesView bodyAndSignature) {
    const auto certificate = trust::CvCertificate::decode(encodeTlv(0x7F21, bodyAndSignature));
    const auto trustPoint = configuration_.trustPoints.find(selectedKey_);
    const auto imported = importedKeys_.find(selectedKey_);
    if (trustPoint == configuration_.trustPoints.end() && imported == importedKeys_.end()) {
        return status(0x6A88);
    }
    const auto& authority = imported != importedKeys_.end() ? imported->second : trustPoint->second;
    const auto ownCurve = authority.curve();
    curve_ = ownCurve ? ownCurve : curve_;
    if (!certificate.isSignedBy(authority, curve_)) {
        return status(0x6300);
    }
    importedKeys_.insert_or_assign(certificate.body().holderReference, certificate.body().publicKey);
    return status(0x9000);
}

ResponseApdu EacChip::authenticateTerminal(BytesView signature) {
    if (terminalAccepted_ || challenge_.empty()) {
        return status(0x6982);
    }
    const auto& publicKey = importedKeys_.at(selectedKey_);
    const EvpKey key = publicKey.toEvpKey(curve_);
    const Bytes message = concat(configuration_.identifier, std::exchange(challenge_, {}),
                                 compressedTerminalKey_, auxiliaryData_);
    terminalAccepted_ = verify(publicKey.scheme(), *key, message, signature);
    return status(terminalAccepted_ ? 0x9000 : 0x6300);
}

} // namespace cancuoc::test
