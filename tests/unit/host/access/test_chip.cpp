// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/access/test_chip.hpp"

#include "host/access/authentication_token.hpp"
#include "host/access/generic_mapping.hpp"
#include "host/access/key_derivation.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/bignum.hpp"
#include "host/crypto/padding.hpp"

#include <algorithm>
#include <utility>

namespace cancuoc::test {

namespace {

constexpr StatusWord objectsIncorrect = status_word::secureMessagingObjectsIncorrect;

ResponseApdu status(StatusWord statusWord) {
    return {{}, statusWord};
}

ResponseApdu dynamicData(std::uint32_t tag, BytesView value) {
    return {encodeTlv(0x7C, encodeTlv(tag, value)), status_word::success};
}

Bytes encode(const ResponseApdu& response) {
    return concat(response.data, toBigEndian(response.sw.value(), 2));
}

std::size_t expectedLength(BytesView field, std::size_t zeroMeans) {
    const auto value = static_cast<std::size_t>(fromBigEndian(field));
    return value == 0 ? zeroMeans : value;
}

} // namespace

ReceivedCommand ReceivedCommand::parse(BytesView encoded) {
    ReceivedCommand command{encoded[0], encoded[1], encoded[2], encoded[3], {}, {}};
    BytesView rest = encoded.subspan(4);
    const bool extended = rest.size() > 2 && rest[0] == 0;
    const std::size_t leSize = extended ? 2 : 1;
    if (extended) {
        rest = rest.subspan(1);
    }
    if (rest.size() > leSize) {
        const auto size = static_cast<std::size_t>(fromBigEndian(rest.first(leSize)));
        command.data = toBytes(rest.subspan(leSize, size));
        rest = rest.subspan(leSize + size);
    }
    if (!rest.empty()) {
        command.le = expectedLength(rest, extended ? 65536 : 256);
    }
    return command;
}

ReceivedCommand ReceivedCommand::of(const CommandApdu& command) {
    return {command.cla, command.ins, command.p1, command.p2, command.data, command.le};
}

TestChip::TestChip(Habits habits) : habits_(habits) {}

std::size_t TestChip::maximumCommandLength() const {
    return habits_.extendedLength ? 65544 : 261;
}

std::size_t TestChip::maximumResponseLength() const {
    return habits_.extendedLength ? 65536 : 256;
}

void TestChip::startSecureMessaging(BlockCipher cipher, BytesView sharedSecret) {
    secureMessaging_.emplace(cipher, sharedSecret);
}

Bytes TestChip::transmit(BytesView command) {
    received.push_back(toBytes(command));
    if (received.size() == habits_.removedAt) {
        throw CardRemoved("The card was taken off the reader.");
    }
    Bytes response = answer(command);
    longestResponse = std::max(longestResponse, response.size());
    return tamper ? tamper(response) : response;
}

Bytes TestChip::answer(BytesView encoded) {
    const bool isProtected = (encoded[0] & 0x0CU) == 0x0C;
    if (!isProtected) {
        secureMessaging_.reset();
        const ResponseApdu plain = process(ReceivedCommand::parse(encoded));
        if (nextSecureMessaging_) {
            secureMessaging_ = std::exchange(nextSecureMessaging_, std::nullopt);
        }
        return encode(plain);
    }
    const auto command = secureMessaging_ ? secureMessaging_->unprotect(encoded) : std::nullopt;
    if (!command) {
        secureMessaging_.reset();
        return encode(status(objectsIncorrect));
    }
    const ResponseApdu plain = process(ReceivedCommand::of(*command));
    if (endsInPlain_) {
        endsInPlain_ = false;
        secureMessaging_.reset();
        return encode(plain);
    }
    Bytes response = secureMessaging_->protect(plain, command->ins % 2 != 0);
    if (nextSecureMessaging_) {
        secureMessaging_ = std::exchange(nextSecureMessaging_, std::nullopt);
    }
    return response;
}

ResponseApdu TestChip::process(const ReceivedCommand& command) {
    if (habits_.refusesNeedlessLe && command.le && (command.ins == 0xA4 || command.ins == 0x22)) {
        return status(status_word::wrongLength);
    }
    if (auto answer = intercept ? intercept(command) : std::nullopt) {
        return *std::move(answer);
    }
    if (isClosed(command)) {
        return status(status_word::securityStatusNotSatisfied);
    }
    switch (command.ins) {
    case 0x82:
        return authenticateMutually(command);
    case 0x84:
        return giveChallenge();
    case 0x22:
        return manageSecurityEnvironment(command);
    case 0x86:
        return generalAuthenticate(command);
    case 0x88:
        return activeAuthentication ? ResponseApdu{activeAuthentication(command.data), status_word::success}
                                    : status(status_word::instructionNotSupported);
    case 0xA4:
        return select(command);
    case 0xB0:
        return readBinary(command);
    case 0xB1:
        return readBinaryOdd(command);
    default:
        return status(status_word::instructionNotSupported);
    }
}

bool TestChip::isClosed(const ReceivedCommand& command) const {
    const bool isAboutFiles =
        command.ins == 0xB0 || command.ins == 0xB1 || (command.ins == 0xA4 && command.p1 == 0x02);
    return basicAccessKeySeed && applicationSelected_ && !secureMessaging_ && isAboutFiles;
}

ResponseApdu TestChip::giveChallenge() {
    challenge_ = random_.bytes(8);
    return {challenge_, status_word::success};
}

// Doc 9303-11, 4.3.1, from the chip's side.
ResponseApdu TestChip::authenticateMutually(const ReceivedCommand& command) {
    if (!basicAccessKeySeed || command.data.size() != 40) {
        return status(status_word::securityStatusNotSatisfied);
    }
    constexpr auto cipher = BlockCipher::TripleDes;
    const BytesView keySeed = BytesView(*basicAccessKeySeed).first(16);
    const auto encryptionKey = deriveKey(keySeed, KeyPurpose::Encryption, cipher);
    const auto macKey = deriveKey(keySeed, KeyPurpose::MessageAuthentication, cipher);
    const BytesView cryptogram = BytesView(command.data).first(32);
    const Bytes opened = decryptCbc(cipher, encryptionKey.view(), Bytes(8), cryptogram);
    const BytesView terminalChallenge = BytesView(opened).first(8);
    if (!equal(retailMac(macKey.view(), padded(cryptogram, 8)), BytesView(command.data).last(8)) ||
        !equal(BytesView(opened).subspan(8, 8), challenge_)) {
        return status(status_word::authenticationFailed);
    }
    Bytes secret = random_.bytes(16);
    Bytes answer =
        encryptCbc(cipher, encryptionKey.view(), Bytes(8), concat(challenge_, terminalChallenge, secret));
    append(answer, retailMac(macKey.view(), padded(answer, 8)));
    for (std::size_t index = 0; index < secret.size(); ++index) {
        secret[index] ^= opened[16 + index];
    }
    agreedSecrets_.push_back({cipher, secret});
    secureMessaging_.emplace(cipher, deriveKey(secret, KeyPurpose::Encryption, cipher),
                             deriveKey(secret, KeyPurpose::MessageAuthentication, cipher),
                             concat(BytesView(challenge_).last(4), terminalChallenge.last(4)));
    return {answer, status_word::success};
}

ResponseApdu TestChip::manageSecurityEnvironment(const ReceivedCommand& command) {
    if (command.p1p2() == 0x41A6) {
        return authenticateChip(TlvReader(command.data).require(0x91, "key").value);
    }
    protocol_ = toBytes(TlvReader(command.data).require(0x80, "protocol").value);
    return status(status_word::success);
}

ResponseApdu TestChip::generalAuthenticate(const ReceivedCommand& command) {
    const TlvReader objects = readTlv(command.data, 0x7C, "data").children();
    if (objects.atEnd()) {
        nonce_ = random_.bytes(keySizeOf(paceCipher) == 24 ? 32 : keySizeOf(paceCipher));
        const auto key = deriveKey(password, KeyPurpose::Password, paceCipher);
        return dynamicData(0x80, encryptCbc(paceCipher, key.view(), Bytes(blockSizeOf(paceCipher)), nonce_));
    }
    const auto object = TlvReader(objects).next();
    switch (object->tag) {
    case 0x80:
        return authenticateChip(object->value);
    case 0x81:
        return mapNonce(object->value);
    case 0x83:
        return agreeOnKey(object->value);
    default:
        return authenticate(object->value);
    }
}

ResponseApdu TestChip::mapNonce(BytesView terminalKey) {
    const auto keyPair = EllipticCurveKeyPair::generate(*paceCurve, random_);
    mappingKey_ = toBytes(keyPair.privateKey());
    generator_ = mapGenerically(*paceCurve, nonce_, *keyPair.agreedPoint(terminalKey));
    return dynamicData(0x82, keyPair.publicKey());
}

ResponseApdu TestChip::agreeOnKey(BytesView terminalKey) {
    terminalKey_ = toBytes(terminalKey);
    // One secret in 256 starts with a zero byte.
    for (int tries = 0; tries < 20000; ++tries) {
        const auto keyPair = EllipticCurveKeyPair::generate(*paceCurve, *generator_, random_);
        chipKey_ = toBytes(keyPair.publicKey());
        sharedSecret_ = toBytes(keyPair.agree(terminalKey).view());
        if (!habits_.leadingZeroSecret || sharedSecret_[0] == 0) {
            break;
        }
    }
    return dynamicData(0x84, chipKey_);
}

ResponseApdu TestChip::authenticate(BytesView token) {
    const auto macKey = deriveKey(sharedSecret_, KeyPurpose::MessageAuthentication, paceCipher);
    const auto protocol = ObjectIdentifier::fromContent(protocol_);
    if (!equal(token, authenticationToken(paceCipher, macKey.view(), protocol, chipKey_))) {
        return status(status_word::authenticationFailed);
    }
    agreedSecrets_.push_back({paceCipher, sharedSecret_});
    secureMessaging_.emplace(paceCipher, sharedSecret_);
    const auto chipToken = authenticationToken(paceCipher, macKey.view(), protocol, terminalKey_);
    if (!chipAuthenticationMapping) {
        return dynamicData(0x86, chipToken);
    }
    return {encodeTlv(0x7C, encodeTlv(0x86, chipToken), encodeTlv(0x8A, encryptedChipAuthenticationData())),
            status_word::success};
}

// CA_IC = SK_IC^-1 * SK_Map,IC modulo the order, padded and encrypted with IV = E(KS_Enc, -1).
Bytes TestChip::encryptedChipAuthenticationData() const {
    const auto& key = otherChipAuthenticationKey ? *otherChipAuthenticationKey : *chipAuthenticationKey;
    const BIGNUM* order = EC_GROUP_get0_order(&paceCurve->group());
    const auto context = newBignumContext();
    const auto inverse = newBignum();
    const auto product = newBignum();
    BN_mod_inverse(inverse.get(), toBignum(key.privateKey()).get(), order, context.get());
    BN_mod_mul(product.get(), inverse.get(), toBignum(mappingKey_).get(), order, context.get());
    const auto data = toBytesOfWidth(*product, paceCurve->orderSize());
    const auto encryptionKey = deriveKey(sharedSecret_, KeyPurpose::Encryption, paceCipher);
    return encryptCbc(paceCipher, encryptionKey.view(),
                      encryptBlock(paceCipher, encryptionKey.view(), Bytes(16, 0xFF)),
                      padded(data.view(), 16));
}

ResponseApdu TestChip::authenticateChip(BytesView terminalKey) {
    const auto& key = otherChipAuthenticationKey ? *otherChipAuthenticationKey : *chipAuthenticationKey;
    agreedSecrets_.push_back({chipAuthenticationCipher, toBytes(key.agree(terminalKey).view())});
    nextSecureMessaging_.emplace(chipAuthenticationCipher, agreedSecrets_.back().secret);
    return {{0x7C, 0x00}, status_word::success};
}

void TestChip::reset() {
    secureMessaging_.reset();
    applicationSelected_ = false;
}

ResponseApdu TestChip::select(const ReceivedCommand& command) {
    if (command.p1 == 0x04) {
        applicationSelected_ = !application.empty() && equal(command.data, application);
        return status(applicationSelected_ ? status_word::success : status_word::fileNotFound);
    }
    const auto file = files.find(static_cast<std::uint16_t>(fromBigEndian(command.data)));
    if (file == files.end()) {
        return status(status_word::fileNotFound);
    }
    current_ = file->second;
    return status(status_word::success);
}

const std::uint16_t* TestChip::fileByShortIdentifier(std::uint8_t identifier) const {
    for (const auto* identifiers : {&masterFileShortIdentifiers, &shortIdentifiers}) {
        const auto found = identifiers->find(identifier);
        if (found != identifiers->end() && (identifiers == &shortIdentifiers || !applicationSelected_)) {
            return &found->second;
        }
    }
    return nullptr;
}

ResponseApdu TestChip::readBinary(const ReceivedCommand& command) {
    std::size_t offset = command.p1p2();
    if ((command.p1 & 0x80U) != 0) {
        const auto* identifier = fileByShortIdentifier(command.p1 & 0x1FU);
        if (!habits_.knowsShortIdentifiers || identifier == nullptr) {
            return status(status_word::fileNotFound);
        }
        current_ = files.at(*identifier);
        offset = command.p2;
    }
    if (const auto refusal = refusedRead(offset, command.le.value_or(0))) {
        endsInPlain_ = habits_.refusesInPlain && secureMessaging_.has_value();
        return status(*refusal);
    }
    return given(part(offset, *command.le), *command.le);
}

ResponseApdu TestChip::readBinaryOdd(const ReceivedCommand& command) {
    const auto offset = static_cast<std::size_t>(fromBigEndian(readTlv(command.data, 0x54, "offset").value));
    const std::size_t header = *command.le < 0x80 + 2 ? 2 : *command.le <= 0xFF + 3 ? 3 : 4;
    if (const auto refusal = refusedRead(offset, *command.le - header)) {
        return status(*refusal);
    }
    return given(encodeTlv(0x53, part(offset, *command.le - header)), *command.le);
}

std::optional<StatusWord> TestChip::refusedRead(std::size_t offset, std::size_t wanted) const {
    if (wanted > habits_.largestRead) {
        return habits_.refusal;
    }
    if (offset > current_.size()) {
        return status_word::wrongOffset;
    }
    if (wanted > current_.size() - offset) {
        return habits_.overReadRefusal;
    }
    return std::nullopt;
}

Bytes TestChip::part(std::size_t offset, std::size_t wanted) const {
    const std::size_t size =
        std::min({std::max(wanted, habits_.smallestAnswer), habits_.largestAnswer, current_.size() - offset});
    Bytes part = toBytes(current_.subspan(offset, size));
    if (habits_.padsBehindEnd && part.size() < wanted) {
        part.resize(wanted);
    }
    return part;
}

ResponseApdu TestChip::given(Bytes data, std::size_t wanted) const {
    const bool isLess = data.size() < wanted;
    return {std::move(data),
            isLess ? habits_.overReadWarning.value_or(status_word::success) : status_word::success};
}

} // namespace cancuoc::test
