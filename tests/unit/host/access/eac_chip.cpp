// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/access/eac_chip.hpp"

#include "host/access/key_derivation.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/padding.hpp"

#include <utility>

namespace cancuoc::test {

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
    const ResponseApdu answer = process(ReceivedCommand::of(*plain));
    Bytes response = secureMessaging_->protect(answer, plain->ins % 2 != 0);
    if (nextSecureMessaging_) {
        secureMessaging_ = std::exchange(nextSecureMessaging_, std::nullopt);
    }
    responses.push_back(response);
    return response;
}

// ISO/IEC 7816-4, 5.3.3: the parts of a chain are one command.
ResponseApdu EacChip::process(const ReceivedCommand& part) {
    append(chained_, part.data);
    if ((part.cla & 0x10U) != 0) {
        return statusOnly(0x9000);
    }
    ReceivedCommand command = part;
    command.data = std::exchange(chained_, {});
    received.push_back(command);
    return execute(command);
}

ResponseApdu EacChip::execute(const ReceivedCommand& command) {
    if (auto answer = terminalVerifier.process(command)) {
        return *std::move(answer);
    }
    switch (command.ins) {
    case 0x22:
        return manageSecurityEnvironment(command);
    case 0x86: {
        const TlvReader objects = readTlv(command.data, 0x7C, "data").children();
        return authenticateChip(keyId_, objects.require(0x80, "key").value, true);
    }
    case 0xB0:
        return terminalVerifier.accepted() ? ResponseApdu{configuration_.fingers, StatusWord(0x9000)}
                                           : statusOnly(0x6982);
    case 0xA4:
        return statusOnly(0x9000);
    default:
        return statusOnly(0x6D00);
    }
}

ResponseApdu EacChip::manageSecurityEnvironment(const ReceivedCommand& command) {
    switch (command.p1p2()) {
    case 0x41A6:
        return configuration_.knowsKeyAgreementTemplate
                   ? authenticateChip(valueOf(command.data, 0x84), valueOf(command.data, 0x91), false)
                   : statusOnly(0x6D00);
    case 0x41A4:
        protocol_ = valueOf(command.data, 0x80);
        keyId_ = valueOf(command.data, 0x84);
        return statusOnly(configuration_.knowsAuthenticationTemplate ? 0x9000 : 0x6A80);
    default:
        return statusOnly(0x6A86);
    }
}

ResponseApdu EacChip::authenticateChip(BytesView keyId, BytesView terminalKey, bool withToken) {
    const auto key = configuration_.chipKeys.find(toText(keyId));
    if (key == configuration_.chipKeys.end()) {
        return statusOnly(0x6A88);
    }
    const Bytes compressed = configuration_.diffieHellman
                                 ? digest(HashAlgorithm::Sha1, terminalKey)
                                 : toBytes(terminalKey.subspan(1, (terminalKey.size() - 1) / 2));
    Bytes secret = key->second(terminalKey);
    if (!configuration_.version2Nonce) {
        terminalVerifier.compressedTerminalKey = compressed;
        nextSecureMessaging_.emplace(configuration_.chipAuthenticationCipher, secret);
        return {withToken ? Bytes{0x7C, 0x00} : Bytes{}, StatusWord(0x9000)};
    }
    if (compressed != terminalVerifier.compressedTerminalKey) {
        return statusOnly(0x6300);
    }
    append(secret, *configuration_.version2Nonce);
    nextSecureMessaging_.emplace(configuration_.chipAuthenticationCipher, secret);
    token = tokenOver(terminalKey, secret);
    token[0] = static_cast<std::uint8_t>(token[0] ^ (changesToken ? 1U : 0U));
    return {encodeTlv(0x7C, encodeTlv(0x81, *configuration_.version2Nonce), encodeTlv(0x82, token)),
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

} // namespace cancuoc::test
