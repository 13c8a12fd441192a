// SPDX-License-Identifier: Apache-2.0
#include "host/access/pace.hpp"

#include "host/access/authentication_token.hpp"
#include "host/access/general_authenticate.hpp"
#include "host/access/key_derivation.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <utility>

namespace cancuoc {

namespace {

// Data objects of the dynamic authentication data, Doc 9303-11, 4.4.4.2.
constexpr std::uint32_t encryptedNonce = 0x80;
constexpr std::uint32_t terminalMappingData = 0x81;
constexpr std::uint32_t chipMappingData = 0x82;
constexpr std::uint32_t terminalPublicKey = 0x83;
constexpr std::uint32_t chipPublicKey = 0x84;
constexpr std::uint32_t terminalToken = 0x85;
constexpr std::uint32_t chipToken = 0x86;
constexpr std::uint32_t encryptedChipAuthenticationData = 0x8A;

constexpr std::string_view stepName = "PACE";

constexpr const char* wrongKey = "Wrong access key: the card does not accept this CAN, MRZ, PIN or PUK. "
                                 "Check what was typed and which card it is.";

// 4.4.4.2 and table 4: REQUIRED with the chip authentication mapping.
std::optional<ChipAuthenticationData> chipAuthenticationDataIn(BytesView answer, const Mapping& mapping,
                                                               const PaceProtocol& protocol,
                                                               BytesView sharedSecret) {
    const auto* const chipAuthentication = dynamic_cast<const ChipAuthenticationMapping*>(&mapping);
    if (chipAuthentication == nullptr) {
        return std::nullopt;
    }
    const SecretBytes encryptionKey = deriveKey(sharedSecret, KeyPurpose::Encryption, protocol.cipher);
    auto data = chipAuthentication->decrypt(
        std::get<EllipticCurve>(protocol.domainParameters), protocol.cipher, encryptionKey.view(),
        dynamicAuthenticationData(answer, encryptedChipAuthenticationData,
                                  "The card's encrypted chip authentication data"));
    data.keyId = protocol.parameterId;
    return data;
}

// 4.4.4.1: MSE:Set AT.
CommandApdu setAuthenticationTemplate(const PaceProtocol& protocol, PasswordType password,
                                      bool nameParameters) {
    Bytes data = encodeTlv(0x80, protocol.protocol.content());
    appendTlv(data, 0x83, Bytes{static_cast<std::uint8_t>(password)});
    if (nameParameters && protocol.parameterId) {
        appendTlv(data, 0x84, toShortestBigEndian(*protocol.parameterId));
    }
    return {.ins = 0x22, .p1 = 0xC1, .p2 = 0xA4, .data = std::move(data)};
}

constexpr StatusWord referenceNotFound{0x6A88};

// How chips say that they miss DO 84 in MSE:Set AT: Ukrainian passports with 6A87 (gmrtd#108).
bool missesParameters(StatusWord statusWord) {
    constexpr StatusWord lengthInconsistent{0x6A87};
    return statusWord == lengthInconsistent || statusWord == referenceNotFound;
}

// 4.4.4.1: the referenced data are the password where everything else is known. PIN and PUK need not be
// there.
std::string refusalOf(StatusWord statusWord, PasswordType password) {
    std::string reason = "The card refuses PACE with " + describe(statusWord) + ".";
    if (statusWord == referenceNotFound && (password == PasswordType::Pin || password == PasswordType::Puk)) {
        reason += " It seems to have no " + std::string(nameOf(password)) + ": open it with its CAN or MRZ.";
    }
    return reason;
}

bool refusesPassword(StatusWord statusWord) {
    return statusWord == status_word::authenticationFailed || (statusWord.value() & 0xFFF0U) == 0x63C0;
}

} // namespace

struct Pace::Agreement {
    SecretBytes sharedSecret;
    Bytes terminalKey;
    Bytes chipKey;
};

Pace::Pace(CardSession& session, RandomSource& random) : session_(session), random_(random) {}

PaceResult Pace::perform(const PaceProtocol& protocol, const AccessKey& key) {
    const CardSession::Step step(session_, "pace");
    begun_ = false;
    const bool parametersNamedOnDemand = selectProtocol(protocol, key.type());
    begun_ = true;
    const SecretBytes nonce = determineNonce(protocol, key);
    const auto mapping = beginMapping(protocol, random_);
    const EphemeralDomainParameters parameters = mapNonce(*mapping, nonce.view());
    Agreement agreement = performKeyAgreement(parameters);
    const Bytes answer = mutualAuthenticate(protocol, agreement);
    auto chipAuthenticationData =
        chipAuthenticationDataIn(answer, *mapping, protocol, agreement.sharedSecret.view());
    session_.startSecureMessaging(
        SecureMessaging::fromSharedSecret(protocol.cipher, agreement.sharedSecret.view()));
    return {protocol,
            key.type(),
            std::move(agreement.chipKey),
            std::move(agreement.terminalKey),
            parametersNamedOnDemand,
            std::move(chipAuthenticationData)};
}

// 63Cx tells the tries that are left and is no refusal. Returns whether the chip wanted its parameters named
// without need.
bool Pace::selectProtocol(const PaceProtocol& protocol, PasswordType password) {
    ResponseApdu response =
        session_.transmit(setAuthenticationTemplate(protocol, password, protocol.ambiguousParameters));
    const bool onDemand =
        missesParameters(response.sw) && !protocol.ambiguousParameters && protocol.parameterId;
    if (onDemand) {
        response = session_.transmit(setAuthenticationTemplate(protocol, password, true));
    }
    if (!response.sw.isSuccess() && (response.sw.value() & 0xFFF0U) != 0x63C0) {
        throw CardError(refusalOf(response.sw, password), response.sw.value());
    }
    return onDemand;
}

// 4.4.1, steps 1 and 2; 4.4.3.3: z = E(K_pi, s), in CBC mode with a zero IV.
SecretBytes Pace::determineNonce(const PaceProtocol& protocol, const AccessKey& key) {
    const Bytes encrypted = exchange({}, encryptedNonce, "The encrypted nonce");
    if (encrypted.empty() || encrypted.size() % blockSizeOf(protocol.cipher) != 0 || encrypted.size() > 32) {
        throw MalformedData("The card's encrypted nonce has a wrong length.");
    }
    const SecretBytes passwordKey = deriveKey(key.encoded(), KeyPurpose::Password, protocol.cipher);
    return SecretBytes(
        decryptCbc(protocol.cipher, passwordKey.view(), Bytes(blockSizeOf(protocol.cipher)), encrypted));
}

// 4.4.1, step 3 a and b: the mapping's data go both ways, the nonce and they give the ephemeral domain
// parameters.
EphemeralDomainParameters Pace::mapNonce(Mapping& mapping, BytesView nonce) {
    const Bytes chipData = exchange(encodeTlv(terminalMappingData, mapping.terminalData()), chipMappingData,
                                    "The card's mapping data");
    return mapping.map(nonce, chipData);
}

// 4.4.1, step 3 c and d: key agreement over the ephemeral domain parameters; the public keys must differ.
Pace::Agreement Pace::performKeyAgreement(const EphemeralDomainParameters& parameters) {
    const EphemeralKeyPair keyPair = parameters.generateKeyPair(random_);
    Bytes chipKey = exchange(encodeTlv(terminalPublicKey, keyPair.publicKey()), chipPublicKey,
                             "The card's ephemeral public key");
    if (equal(chipKey, keyPair.publicKey())) {
        throw MalformedData("The card answers with the terminal's own ephemeral public key.");
    }
    SecretBytes sharedSecret = keyPair.agree(BytesView(chipKey));
    return {std::move(sharedSecret), toBytes(keyPair.publicKey()), std::move(chipKey)};
}

// 4.4.1, step 3 e and f: each side authenticates the other's ephemeral public key.
Bytes Pace::mutualAuthenticate(const PaceProtocol& protocol, const Agreement& agreement) {
    const SecretBytes macKey =
        deriveKey(agreement.sharedSecret.view(), KeyPurpose::MessageAuthentication, protocol.cipher);
    const auto token = authenticationToken(protocol.cipher, macKey.view(), protocol.protocol,
                                           agreement.chipKey, protocol.keyAgreement());
    ResponseApdu response =
        session_.transmit(generalAuthenticate(Chaining::Last, encodeTlv(terminalToken, token)));
    if (refusesPassword(response.sw)) {
        throw WrongAccessKey(wrongKey);
    }
    if (!response.sw.isSuccess()) {
        throw CardError("The card refuses mutual authentication of PACE with " + describe(response.sw) + ".",
                        response.sw.value());
    }
    const auto expected = authenticationToken(protocol.cipher, macKey.view(), protocol.protocol,
                                              agreement.terminalKey, protocol.keyAgreement());
    if (!equalConstantTime(
            dynamicAuthenticationData(response.data, chipToken, "The card's authentication token"),
            expected)) {
        throw WrongAccessKey(wrongKey);
    }
    return std::move(response.data);
}

Bytes Pace::exchange(BytesView dataObject, std::uint32_t answerTag, std::string_view answerName) {
    const Bytes answer =
        session_.transmitExpectingSuccess(generalAuthenticate(Chaining::MoreFollow, dataObject), stepName);
    return toBytes(dynamicAuthenticationData(answer, answerTag, answerName));
}

} // namespace cancuoc
