// SPDX-License-Identifier: Apache-2.0
#include "host/access/chip_authentication.hpp"

#include "host/access/general_authenticate.hpp"
#include "host/access/protocol_cipher.hpp"
#include "host/access/select.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <utility>

namespace cancuoc {

namespace {

// id-CA-ECDH and its 3DES variant, Doc 9303-11, 9.2.7.
constexpr std::string_view ecdhChipAuthentication = "0.4.0.127.0.7.2.2.3.2";
constexpr std::string_view ecdhWithTripleDes = "0.4.0.127.0.7.2.2.3.2.1";

constexpr std::uint32_t privateKeyReference = 0x84;
constexpr std::string_view action = "Chip Authentication";

// 6.2.4.1, for 3DES: one command carries the key.
CommandApdu manageKeyAgreement(BytesView publicKey, const std::optional<Bytes>& keyId) {
    Bytes data = encodeTlv(0x91, publicKey);
    if (keyId) {
        appendTlv(data, privateKeyReference, *keyId);
    }
    return {.ins = 0x22, .p1 = 0x41, .p2 = 0xA6, .data = std::move(data)};
}

// 6.2.4.2, for AES: MSE:Set AT names the protocol, GENERAL AUTHENTICATE carries the key.
CommandApdu manageAuthentication(const ObjectIdentifier& protocol, const std::optional<Bytes>& keyId) {
    Bytes data = encodeTlv(0x80, protocol.content());
    if (keyId) {
        appendTlv(data, privateKeyReference, *keyId);
    }
    return {.ins = 0x22, .p1 = 0x41, .p2 = 0xA4, .data = std::move(data)};
}

} // namespace

std::optional<ChipAuthenticationProtocol> ChipAuthenticationProtocol::from(const ObjectIdentifier& protocol) {
    const auto cipher = sessionCipher(protocol, ecdhChipAuthentication);
    return cipher ? std::optional(ChipAuthenticationProtocol{protocol, *cipher}) : std::nullopt;
}

ChipAuthenticationProtocol ChipAuthenticationProtocol::tripleDes() {
    return {ObjectIdentifier::fromText(ecdhWithTripleDes), BlockCipher::TripleDes};
}

ChipAuthentication::ChipAuthentication(CardSession& session, RandomSource& random)
    : session_(session), random_(random) {}

ChipAuthenticationResult ChipAuthentication::perform(const ChipAuthenticationProtocol& protocol,
                                                     const EllipticCurvePublicKey& chipKey,
                                                     const std::optional<Bytes>& keyId,
                                                     const Confirm& confirm) {
    const CardSession::Step step(session_, "chip-authentication");
    const auto keyPair = EllipticCurveKeyPair::generate(chipKey.curve, random_);
    ChipAuthenticationResult result{false, {}, toBytes(keyPair.publicKey())};
    try {
        sendPublicKey(protocol, keyPair.publicKey(), keyId);
        session_.startSecureMessaging(
            SecureMessaging::fromSharedSecret(protocol.cipher, keyPair.agree(chipKey.point).view()));
        confirmNewKeys(confirm);
        result.proven = session_.secureMessagingProven();
    } catch (const CardError& refusal) {
        result.reason = refusal.what();
    } catch (const SecureMessagingError& mismatch) {
        result.reason =
            std::string("The card does not know the keys it should have agreed on. ") + mismatch.what();
    }
    return result;
}

void ChipAuthentication::sendPublicKey(const ChipAuthenticationProtocol& protocol, BytesView publicKey,
                                       const std::optional<Bytes>& keyId) {
    if (protocol.cipher == BlockCipher::TripleDes) {
        session_.transmitExpectingSuccess(manageKeyAgreement(publicKey, keyId), action);
        return;
    }
    session_.transmitExpectingSuccess(manageAuthentication(protocol.protocol, keyId), action);
    session_.transmitExpectingSuccess(generalAuthenticate(Chaining::Last, encodeTlv(0x80, publicKey)),
                                      action);
}

// 6.2.1: the agreement is confirmed by the first response that verifies under the new keys, whatever it says.
void ChipAuthentication::confirmNewKeys(const Confirm& confirm) {
    if (confirm) {
        confirm();
        return;
    }
    constexpr std::uint16_t dataGroup14 = 0x010E;
    static_cast<void>(session_.transmit(selectElementaryFile(dataGroup14)));
}

} // namespace cancuoc
