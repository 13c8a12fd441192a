// SPDX-License-Identifier: Apache-2.0
#include "host/trace/stand_in_chip.hpp"

#include "host/access/authentication_token.hpp"
#include "host/access/chip_authentication.hpp"
#include "host/access/document_basic_access_keys.hpp"
#include "host/access/key_derivation.hpp"
#include "host/access/mapping.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/padding.hpp"
#include "host/lds/data_group_14.hpp"

#include <algorithm>
#include <utility>

namespace cancuoc::trace {

namespace {

constexpr std::uint32_t dynamicAuthenticationData = 0x7C;
// Of the chip, Doc 9303-11, 4.4.4.2.
constexpr std::uint32_t encryptedNonce = 0x80;
constexpr std::uint32_t mappingData = 0x82;
constexpr std::uint32_t ephemeralKey = 0x84;
constexpr std::uint32_t token = 0x86;
constexpr std::uint32_t encryptedChipAuthenticationData = 0x8A;

[[noreturn]] void refuse(const std::string& what) {
    throw MalformedData("The stand-in for the chip cannot answer: " + what + ".");
}

// Draws again what was drawn before.
class Playback final : public RandomSource {
public:
    Playback(const std::vector<Bytes>& drawn, std::size_t start) : drawn_(drawn), next_(start) {}

    void fill(std::span<std::uint8_t> output) override {
        if (next_ >= drawn_.size() || drawn_[next_].size() != output.size()) {
            refuse("the terminal draws its randomness in another order than its protocol says");
        }
        std::copy(drawn_[next_].begin(), drawn_[next_].end(), output.begin());
        ++next_;
    }

private:
    const std::vector<Bytes>& drawn_;
    std::size_t next_;
};

// The data object in 7C that the recorded answer begins with; 0 for an answer without any.
std::uint32_t firstTag(BytesView answer) {
    if (answer.empty()) {
        return 0;
    }
    TlvReader reader = readTlv(answer, dynamicAuthenticationData, "answer").children();
    const auto first = reader.next();
    return first ? first->tag : 0;
}

Bytes valueOf(BytesView data, std::uint32_t tag) {
    return toBytes(readTlv(data, dynamicAuthenticationData, "command").children().require(tag, "data").value);
}

Bytes answerWith(std::uint32_t tag, BytesView value) {
    return encodeTlv(dynamicAuthenticationData, encodeTlv(tag, value));
}

bool succeeded(StatusWord statusWord) {
    return statusWord.isSuccess() || (statusWord.value() & 0xFFF0U) == 0x63C0;
}

PaceProtocol protocolIn(const Trace& trace, BytesView securityEnvironment) {
    const TlvReader objects(securityEnvironment);
    const BytesView wanted = objects.require(0x80, "protocol").value;
    const auto parameters = objects.find(0x84);
    const auto file = trace.files.find("EF.CardAccess");
    if (file == trace.files.end()) {
        refuse("the trace holds no EF.CardAccess");
    }
    for (auto& protocol :
         rankPaceProtocols(inspection::paceOffersOf(lds::CardAccess::decode(file->second)))) {
        if (equal(protocol.protocol.content(), wanted) &&
            (!parameters || protocol.parameterId == fromBigEndian(parameters->value))) {
            return protocol;
        }
    }
    refuse("EF.CardAccess does not offer this variant of PACE");
}

} // namespace

void SharedRandom::fill(std::span<std::uint8_t> output) {
    source_.fill(output);
    drawn_.push_back(toBytes(output));
}

// PACE from the terminal's side: its mapping and its key pair are made once more of the same randomness.
struct StandInChip::PaceRun {
    PaceRun(PaceProtocol ranProtocol, PasswordType ranPassword, const std::vector<Bytes>& drawn)
        : protocol(std::move(ranProtocol)), password(ranPassword), terminal(drawn, drawn.size()) {}

    PaceProtocol protocol;
    PasswordType password;
    Playback terminal;
    Bytes nonce;
    std::unique_ptr<Mapping> mapping;
    std::optional<EphemeralDomainParameters> parameters;
    Bytes terminalKey;
    SecretBytes secret;
};

StandInChip::StandInChip(const Trace& trace, const inspection::AccessKeys& keys, const SharedRandom& terminal,
                         RandomSource& random)
    : trace_(trace), keys_(keys), terminal_(terminal), random_(random) {}

void StandInChip::reset() {
    pace_.reset();
    chipAuthentication_.reset();
    chained_.clear();
    newChannel_.reset();
}

std::optional<ChipSecureMessaging> StandInChip::takeNewChannel() {
    return std::exchange(newChannel_, std::nullopt);
}

Bytes StandInChip::answer(const CommandApdu& command, const Exchange& recorded) {
    if (!succeeded(recorded.statusWord)) {
        chained_.clear();
        return recorded.data;
    }
    switch (command.ins) {
    case 0x22:
        manageSecurityEnvironment(command);
        return recorded.data;
    case 0x86:
        return generalAuthenticate(command, recorded);
    case 0x82:
        return externalAuthenticate(command, recorded);
    default:
        return recorded.data;
    }
}

void StandInChip::manageSecurityEnvironment(const CommandApdu& command) {
    const TlvReader objects(command.data);
    const auto keyId = objects.find(0x84);
    const auto keyIdBytes = keyId ? std::optional(toBytes(keyId->value)) : std::nullopt;
    switch (command.p1 << 8U | command.p2) {
    case 0xC1A4:
        pace_ = std::make_shared<PaceRun>(
            protocolIn(trace_, command.data),
            static_cast<PasswordType>(fromBigEndian(objects.require(0x83, "password").value)),
            terminal_.drawn());
        break;
    case 0x41A4: {
        const auto protocol = ChipAuthenticationProtocol::from(
            ObjectIdentifier::fromContent(objects.require(0x80, "protocol").value));
        if (!protocol) {
            refuse("the variant of Chip Authentication is not known");
        }
        chipAuthentication_ = {protocol->cipher, keyIdBytes};
        break;
    }
    case 0x41A6:
        agreeOnNewKeys(objects.require(0x91, "key").value, {BlockCipher::TripleDes, keyIdBytes});
        break;
    default:
        break;
    }
}

// The parts of a chain are one command (ISO/IEC 7816-4, 5.3.3); only its last has an answer.
Bytes StandInChip::generalAuthenticate(const CommandApdu& command, const Exchange& recorded) {
    append(chained_, command.data);
    const auto header = readTlvHeader(chained_);
    if (!header || header->headerSize + header->valueSize > chained_.size()) {
        return recorded.data;
    }
    const Bytes data = std::exchange(chained_, {});
    if (chipAuthentication_) {
        agreeOnNewKeys(valueOf(data, 0x80), *std::exchange(chipAuthentication_, std::nullopt));
        return recorded.data;
    }
    return pace_ ? paceStep(recorded) : recorded.data;
}

// Doc 9303-11, 4.4.1, told by what the chip answers.
Bytes StandInChip::paceStep(const Exchange& recorded) {
    PaceRun& run = *pace_;
    const BlockCipher cipher = run.protocol.cipher;
    switch (firstTag(recorded.data)) {
    case encryptedNonce: {
        const Bytes encrypted = random_.bytes(valueOf(recorded.data, encryptedNonce).size());
        const SecretBytes passwordKey = deriveKey(key(run.password).encoded(), KeyPurpose::Password, cipher);
        run.nonce = decryptCbc(cipher, passwordKey.view(), Bytes(blockSizeOf(cipher)), encrypted);
        return answerWith(encryptedNonce, encrypted);
    }
    case mappingData: {
        run.mapping = beginMapping(run.protocol, run.terminal);
        const bool integrated = run.protocol.mapping == MappingType::Integrated;
        const auto own = EphemeralKeyPair::generate(run.protocol.domainParameters, random_);
        const Bytes chipData = integrated ? Bytes() : toBytes(own.publicKey());
        run.parameters = run.mapping->map(run.nonce, chipData);
        return answerWith(mappingData, chipData);
    }
    case ephemeralKey: {
        if (!run.parameters) {
            refuse("PACE begins in the middle");
        }
        const auto terminal = run.parameters->generateKeyPair(run.terminal);
        const auto own = run.parameters->generateKeyPair(random_);
        run.terminalKey = toBytes(terminal.publicKey());
        run.secret = terminal.agree(own.publicKey());
        return answerWith(ephemeralKey, own.publicKey());
    }
    case token: {
        const SecretBytes macKey = deriveKey(run.secret.view(), KeyPurpose::MessageAuthentication, cipher);
        const auto value = authenticationToken(cipher, macKey.view(), run.protocol.protocol, run.terminalKey,
                                               run.protocol.keyAgreement());
        Bytes objects = encodeTlv(token, value);
        if (run.protocol.mapping == MappingType::ChipAuthentication) {
            // Any number of the order's width: that it belongs to the chip's key cannot be shown.
            const auto& curve = std::get<EllipticCurve>(run.protocol.domainParameters);
            const SecretBytes encryption = deriveKey(run.secret.view(), KeyPurpose::Encryption, cipher);
            const Bytes vector = encryptBlock(cipher, encryption.view(), Bytes(blockSizeOf(cipher), 0xFF));
            appendTlv(objects, encryptedChipAuthenticationData,
                      encryptCbc(cipher, encryption.view(), vector,
                                 padded(random_.bytes(curve.orderSize()), blockSizeOf(cipher))));
        }
        newChannel_.emplace(cipher, run.secret.view());
        pace_.reset();
        return encodeTlv(dynamicAuthenticationData, objects);
    }
    default:
        return recorded.data;
    }
}

// BAC, Doc 9303-11, 4.3.1 and D.3. Terminal Authentication sends a signature, which has another length and
// no answer.
Bytes StandInChip::externalAuthenticate(const CommandApdu& command, const Exchange& recorded) {
    constexpr std::size_t challengeSize = 8;
    constexpr std::size_t keySize = 16;
    if (recorded.data.size() != DocumentBasicAccessKeys::protectedSize) {
        return recorded.data;
    }
    const DocumentBasicAccessKeys keys(key(PasswordType::Mrz));
    const auto inside = keys.unprotect(command.data);
    if (!inside) {
        refuse("the terminal does not know the MRZ of the trace");
    }
    const BytesView terminalChallenge = inside->view().first(challengeSize);
    const BytesView chipChallenge = inside->view().subspan(challengeSize, challengeSize);
    const BytesView terminalKey = inside->view().last(keySize);
    const SecretBytes chipKey(random_.bytes(keySize));
    SecretBytes seed(keySize);
    for (std::size_t index = 0; index < keySize; ++index) {
        seed.span()[index] = static_cast<std::uint8_t>(terminalKey[index] ^ chipKey.view()[index]);
    }
    constexpr BlockCipher cipher = BlockCipher::TripleDes;
    newChannel_.emplace(cipher, deriveKey(seed.view(), KeyPurpose::Encryption, cipher),
                        deriveKey(seed.view(), KeyPurpose::MessageAuthentication, cipher),
                        concat(chipChallenge.last(4), terminalChallenge.last(4)));
    return keys.protect(SecretBytes(concat(chipChallenge, terminalChallenge, chipKey.view())).view());
}

// Doc 9303-11, 6.2: with the key of DG14 that the terminal has chosen.
void StandInChip::agreeOnNewKeys(BytesView terminalKey, const ChipAuthenticationRun& run) {
    const auto file = trace_.files.find("DG14");
    if (file == trace_.files.end()) {
        refuse("the trace holds no DG14");
    }
    const auto infos =
        lds::DataGroup14::decode(file->second).securityInfos.all<lds::ChipAuthenticationPublicKeyInfo>();
    for (const auto& info : infos) {
        const auto chipKey = decodeChipPublicKey(info.subjectPublicKeyInfo);
        const bool isMeant =
            !run.keyId || !info.keyId || fromBigEndian(*run.keyId) == static_cast<std::uint64_t>(*info.keyId);
        const auto secret = chipKey && isMeant ? secretWith(*chipKey, terminalKey) : std::nullopt;
        if (secret) {
            newChannel_.emplace(run.cipher, secret->view());
            return;
        }
    }
    refuse("the terminal's key belongs to none of DG14");
}

// The terminal's key pair, if it was made for this key of the chip.
std::optional<SecretBytes> StandInChip::secretWith(const ChipPublicKey& chipKey,
                                                   BytesView terminalKey) const {
    for (std::size_t start = terminal_.drawn().size(); start > 0; --start) {
        Playback playback(terminal_.drawn(), start - 1);
        try {
            const auto pair = EphemeralKeyPair::generate(chipKey, playback);
            if (equal(pair.publicKey(), terminalKey)) {
                return pair.agree(chipKey);
            }
        } catch (const MalformedData&) {
            continue; // drawn for something else
        }
    }
    return std::nullopt;
}

const AccessKey& StandInChip::key(PasswordType type) const {
    for (const auto* const key : {&keys_.can, &keys_.mrz, &keys_.pin, &keys_.puk}) {
        if (*key && (*key)->type() == type) {
            return **key;
        }
    }
    refuse("the trace holds no password of this kind");
}

} // namespace cancuoc::trace
