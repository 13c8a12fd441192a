// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/access/terminal_verifier.hpp"

#include "host/apdu/tlv.hpp"

#include <utility>

namespace cancuoc::test {

ResponseApdu statusOnly(std::uint16_t statusWord) {
    return {{}, StatusWord(statusWord)};
}

Bytes valueOf(BytesView dataObjects, std::uint32_t tag) {
    const auto found = TlvReader(dataObjects).find(tag);
    return found ? toBytes(found->value) : Bytes{};
}

std::optional<ResponseApdu> TerminalVerifier::process(const ReceivedCommand& command) {
    switch (command.ins) {
    case 0x22:
        if (command.p1p2() == 0x81B6) {
            return selectPublicKey(command);
        }
        return command.p1p2() == 0x81A4 ? std::optional(selectTerminal(command)) : std::nullopt;
    case 0x2A:
        return verifyCertificate(command.data);
    case 0x84:
        issuedChallenge_ = challenge.value_or(random_.bytes(8));
        return ResponseApdu{issuedChallenge_, status_word::success};
    case 0x82:
        return authenticate(command.data);
    default:
        return std::nullopt;
    }
}

ResponseApdu TerminalVerifier::selectPublicKey(const ReceivedCommand& command) {
    selectedKey_ = toText(valueOf(command.data, 0x83));
    return statusOnly(trustPoints.count(selectedKey_) + importedKeys_.count(selectedKey_) != 0 ? 0x9000
                                                                                               : 0x6A88);
}

ResponseApdu TerminalVerifier::selectTerminal(const ReceivedCommand& command) {
    selectedKey_ = toText(valueOf(command.data, 0x83));
    if (const Bytes announced = valueOf(command.data, 0x91); !announced.empty()) {
        compressedTerminalKey = announced;
    }
    if (const auto auxiliary = TlvReader(command.data).find(0x67)) {
        auxiliaryData_ = toBytes(auxiliary->encoded);
    }
    return statusOnly(importedKeys_.count(selectedKey_) != 0 ? 0x9000 : 0x6A88);
}

ResponseApdu TerminalVerifier::verifyCertificate(BytesView bodyAndSignature) {
    const auto certificate = trust::CvCertificate::decode(encodeTlv(0x7F21, bodyAndSignature));
    const auto trustPoint = trustPoints.find(selectedKey_);
    const auto imported = importedKeys_.find(selectedKey_);
    if (trustPoint == trustPoints.end() && imported == importedKeys_.end()) {
        return statusOnly(0x6A88);
    }
    const auto& authority = imported != importedKeys_.end() ? imported->second : trustPoint->second;
    const auto ownCurve = authority.curve();
    curve_ = ownCurve ? ownCurve : curve_;
    if (!certificate.isSignedBy(authority, curve_)) {
        return statusOnly(0x6300);
    }
    importedKeys_.insert_or_assign(certificate.body().holderReference, certificate.body().publicKey);
    return statusOnly(0x9000);
}

// 7.1.2, step 5; once a session.
ResponseApdu TerminalVerifier::authenticate(BytesView signature) {
    if (accepted_ || issuedChallenge_.empty()) {
        return statusOnly(0x6982);
    }
    const auto& publicKey = importedKeys_.at(selectedKey_);
    const EvpKey key = publicKey.toEvpKey(curve_);
    accepted_ =
        verify(publicKey.scheme(), *key,
               concat(identifier, std::exchange(issuedChallenge_, {}), compressedTerminalKey, auxiliaryData_),
               signature);
    return statusOnly(accepted_ ? 0x9000 : 0x6300);
}

} // namespace cancuoc::test
