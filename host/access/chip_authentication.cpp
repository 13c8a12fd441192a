// SPDX-License-Identifier: Apache-2.0
#include "host/access/chip_authentication.hpp"

#include "host/access/authentication_token.hpp"
#include "host/access/general_authenticate.hpp"
#include "host/access/key_derivation.hpp"
#include "host/access/protocol_cipher.hpp"
#include "host/access/select.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <utility>

namespace cancuoc {

namespace {

// id-CA-DH, id-CA-ECDH and their 3DES variants, Doc 9303-11, 9.2.7.
constexpr std::string_view diffieHellman = "0.4.0.127.0.7.2.2.3.1";
constexpr std::string_view diffieHellmanWithTripleDes = "0.4.0.127.0.7.2.2.3.1.1";
constexpr std::string_view ellipticCurve = "0.4.0.127.0.7.2.2.3.2";
constexpr std::string_view ellipticCurveWithTripleDes = "0.4.0.127.0.7.2.2.3.2.1";

constexpr std::uint32_t privateKeyReference = 0x84;
constexpr std::string_view action = "Chip Authentication";

KeyAgreement agreementOf(const ChipPublicKey& chipKey) {
    return std::holds_alternative<EllipticCurvePublicKey>(chipKey) ? KeyAgreement::EllipticCurve
                                                                   : KeyAgreement::DiffieHellman;
}

void requireFitting(const ChipAuthenticationProtocol& protocol, const ChipPublicKey& chipKey) {
    if (!protocol.fits(chipKey)) {
        throw BadConfiguration("The chip's key is not for this variant of Chip Authentication.");
    }
}

// 6.2.4.1, for 3DES: one command carries the key.
CommandApdu manageKeyAgreement(BytesView publicKey, const std::optional<Bytes>& keyId) {
    Bytes data = encodeTlv(0x91, publicKey);
    if (keyId) {
        appendTlv(data, privateKeyReference, *keyId);
    }
    return {.ins = 0x22, .p1 = 0x41, .p2 = 0xA6, .data = std::move(data)};
}

// 6.2.4.2: MSE:Set AT names the protocol, GENERAL AUTHENTICATE carries the key.
CommandApdu manageAuthentication(const ObjectIdentifier& protocol, const std::optional<Bytes>& keyId) {
    Bytes data = encodeTlv(0x80, protocol.content());
    if (keyId) {
        appendTlv(data, privateKeyReference, *keyId);
    }
    return {.ins = 0x22, .p1 = 0x41, .p2 = 0xA4, .data = std::move(data)};
}

} // namespace

std::optional<ChipAuthenticationProtocol> ChipAuthenticationProtocol::from(const ObjectIdentifier& protocol) {
    for (const auto family : {ellipticCurve, diffieHellman}) {
        if (const auto cipher = sessionCipher(protocol, family)) {
            return ChipAuthenticationProtocol{protocol, *cipher};
        }
    }
    return std::nullopt;
}

ChipAuthenticationProtocol ChipAuthenticationProtocol::tripleDes(const ChipPublicKey& chipKey) {
    return {ObjectIdentifier::fromText(agreementOf(chipKey) == KeyAgreement::EllipticCurve
                                           ? ellipticCurveWithTripleDes
                                           : diffieHellmanWithTripleDes),
            BlockCipher::TripleDes};
}

bool ChipAuthenticationProtocol::fits(const ChipPublicKey& chipKey) const {
    return sessionCipher(protocol,
                         agreementOf(chipKey) == KeyAgreement::EllipticCurve ? ellipticCurve : diffieHellman)
        .has_value();
}

namespace {

// What the card answered in plain, to stand in a sentence; empty where it answered something else.
std::string answerIn(const SecureMessagingError& error) {
    return error.statusWord() ? ": it answered " + describe(StatusWord(*error.statusWord())) : std::string();
}

} // namespace

ChipAuthentication::ChipAuthentication(CardSession& session, RandomSource& random)
    : session_(session), random_(random) {}

ChipAuthenticationResult ChipAuthentication::perform(const ChipAuthenticationProtocol& protocol,
                                                     const ChipPublicKey& chipKey,
                                                     const std::optional<Bytes>& keyId,
                                                     const Confirm& confirm) {
    requireFitting(protocol, chipKey);
    const CardSession::Step step(session_, "chip-authentication");
    const auto keyPair = EphemeralKeyPair::generate(chipKey, random_);
    ChipAuthenticationResult result{false, {}, toBytes(keyPair.publicKey()), keyPair.compressedPublicKey()};
    try {
        sendPublicKey(protocol, keyPair.publicKey(), keyId);
    } catch (const CardError& refusal) {
        result.reason = refusal.what();
        return result;
    } catch (const SecureMessagingError& refusal) {
        result.reason =
            "The card refused Chip Authentication outside of secure messaging" + answerIn(refusal) + ".";
        return result;
    }
    try {
        session_.startSecureMessaging(
            SecureMessaging::fromSharedSecret(protocol.cipher, keyPair.agree(chipKey).view()));
        confirmNewKeys(confirm);
        result.proven = session_.secureMessagingProven();
    } catch (const CardError& refusal) {
        result.reason = refusal.what();
    } catch (const SecureMessagingError& mismatch) {
        result.reason = "The card does not know the keys it should have agreed on" + answerIn(mismatch) + ".";
    }
    return result;
}

// BSI TR-03110-2, 3.4: K = KA(...), then the keys from K || r, then the token.
ChipAuthenticationResult ChipAuthentication::performVersion2(const ChipAuthenticationProtocol& protocol,
                                                             const ChipPublicKey& chipKey,
                                                             const EphemeralKeyPair& keyPair,
                                                             const std::optional<Bytes>& keyId) {
    requireFitting(protocol, chipKey);
    const CardSession::Step step(session_, "chip-authentication");
    ChipAuthenticationResult result{false, {}, toBytes(keyPair.publicKey()), keyPair.compressedPublicKey()};
    try {
        const Bytes answer = authenticate(protocol, keyPair.publicKey(), keyId);
        const BytesView nonce = dynamicAuthenticationData(answer, 0x81, "The card's nonce");
        const BytesView token = dynamicAuthenticationData(answer, 0x82, "The card's authentication token");
        const SecretBytes secret(concat(keyPair.agree(chipKey).view(), nonce));
        const SecretBytes macKey =
            deriveKey(secret.view(), KeyPurpose::MessageAuthentication, protocol.cipher);
        const auto expected = authenticationToken(protocol.cipher, macKey.view(), protocol.protocol,
                                                  keyPair.publicKey(), agreementOf(chipKey));
        if (!equalConstantTime(token, expected)) {
            result.reason = "The card's authentication token does not belong to the key it should have.";
            return result;
        }
        session_.startSecureMessaging(SecureMessaging::fromSharedSecret(protocol.cipher, secret.view()));
        result.proven = true;
    } catch (const CardError& refusal) {
        result.reason = refusal.what();
    } catch (const MalformedData& malformed) {
        result.reason = malformed.what();
    }
    return result;
}

void ChipAuthentication::sendPublicKey(const ChipAuthenticationProtocol& protocol, BytesView publicKey,
                                       const std::optional<Bytes>& keyId) {
    if (protocol.cipher == BlockCipher::TripleDes &&
        session_.transmit(manageKeyAgreement(publicKey, keyId)).sw.isSuccess()) {
        return;
    }
    static_cast<void>(authenticate(protocol, publicKey, keyId));
}

// 6.2.4.2. Returns the dynamic authentication data, which version 1 leaves empty.
Bytes ChipAuthentication::authenticate(const ChipAuthenticationProtocol& protocol, BytesView publicKey,
                                       const std::optional<Bytes>& keyId) {
    session_.transmitExpectingSuccess(manageAuthentication(protocol.protocol, keyId), action);
    return session_.transmitExpectingSuccess(generalAuthenticate(Chaining::Last, encodeTlv(0x80, publicKey)),
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
