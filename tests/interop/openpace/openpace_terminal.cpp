// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/openpace/openpace_terminal.hpp"

#include <eac/ta.h>

#include <algorithm>
#include <utility>

namespace peer {

namespace {

constexpr std::size_t longAnswer = 65536;
constexpr std::size_t shortAnswer = 256;

// id-CA and id-PK (Doc 9303-11, 9.2.6 and 9.2.7); the arc of the key agreement stands behind them
const Bytes idChipAuthentication = fromHex("04007F00070202"
                                           "03");
const Bytes idPublicKey = fromHex("04007F00070202"
                                  "01");
constexpr std::uint8_t tripleDes = 1;

Bytes toBytes(View bytes) {
    return {bytes.begin(), bytes.end()};
}

bool startsWith(View bytes, View beginning) {
    return bytes.size() > beginning.size() && std::equal(beginning.begin(), beginning.end(), bytes.begin());
}

std::vector<DataObject> securityInfos(View set) {
    const auto infos = find(set, 0x31);
    require(infos.has_value(), "there are no SecurityInfos");
    return dataObjects(infos->value);
}

Command selection(std::uint16_t identifier) {
    return {0x00,
            0xA4,
            0x02,
            0x0C,
            {static_cast<std::uint8_t>(identifier >> 8), static_cast<std::uint8_t>(identifier & 0xFF)}};
}

} // namespace

OpenPaceTerminal::OpenPaceTerminal() : context_(newContext()) {}

Bytes OpenPaceTerminal::readCardAccess() {
    expectSuccess(selection(0x011C), "SELECT EF.CardAccess");
    Bytes cardAccess = readSelected("EF.CardAccess", 0xDF);
    paceInfos_ = paceInfosOf(cardAccess);
    return cardAccess;
}

void OpenPaceTerminal::openPace(const PaceInfo& info, const Password& password, bool chat) {
    EAC_CTX& context = *context_;
    require(EAC_CTX_init_pace(&context, protocolNumber(info.protocol), info.domainParameters) == 1,
            "OpenPACE does not know this PACE");
    Bytes request = concat({dataObject(0x80, info.protocol), dataObject(0x83, Bytes{password.reference})});
    if (paceInfos_.size() > 1) {
        request =
            concat({request, dataObject(0x84, Bytes{static_cast<std::uint8_t>(info.domainParameters)})});
    }
    if (chat) {
        // an inspection system that may read DG3 and DG4 (TR-03110-3, C.4.1): id-IS, role and access 03
        const Bytes inspectionSystem = fromHex("060904007F0007030102015301"
                                               "03");
        request = concat({request, dataObject(0x7F4C, inspectionSystem)});
    }
    expectSuccess({0x00, 0x22, 0xC1, 0xA4, request}, "PACE, MSE:Set AT");

    const Bytes nonce = generalAuthenticate({}, 0x80, "PACE, encrypted nonce", true);
    require(PACE_STEP2_dec_nonce(&context, password.secret.get(), toBuffer(nonce).get()) == 1,
            "PACE: OpenPACE did not decrypt the nonce");

    const Bytes mappingData =
        taken(PACE_STEP3A_generate_mapping_data(&context), "PACE: OpenPACE gave no mapping data");
    const Bytes chipMappingData =
        generalAuthenticate(dataObject(0x81, mappingData), 0x82, "PACE, map nonce", true);
    require(PACE_STEP3A_map_generator(&context, toBuffer(chipMappingData).get()) == 1,
            "PACE: OpenPACE did not map the generator");

    const Bytes publicKey =
        taken(PACE_STEP3B_generate_ephemeral_key(&context), "PACE: OpenPACE gave no ephemeral key");
    const Bytes chipPublicKey =
        generalAuthenticate(dataObject(0x83, publicKey), 0x84, "PACE, key agreement", true);
    derivePaceKeys(context, chipPublicKey);

    const Bytes token =
        taken(PACE_STEP3D_compute_authentication_token(&context, toBuffer(chipPublicKey).get()),
              "PACE: OpenPACE computed no authentication token");
    const Bytes chipToken =
        generalAuthenticate(dataObject(0x85, token), 0x86, "PACE, mutual authentication", false);
    require(PACE_STEP3D_verify_authentication_token(&context, toBuffer(chipToken).get()) == 1,
            "PACE: the chip's authentication token is wrong");
    compressedChipKey_ = compressed(chipPublicKey, info.domainParameters);
    startSecureMessaging(EAC_ID_PACE);
}

void OpenPaceTerminal::selectApplication() {
    expectSuccess({0x00, 0xA4, 0x04, 0x0C, fromHex("A0000002471001")}, "SELECT application");
}

std::vector<ChipAuthenticationChoice> OpenPaceTerminal::chipAuthenticationChoices(View dataGroup14) {
    const auto content = find(dataGroup14, 0x6E);
    require(content.has_value(), "DG14 has not the tag 6E");
    const auto infos = securityInfos(content->value);
    std::vector<ChipAuthenticationChoice> choices;
    for (const DataObject& info : infos) {
        const auto fields = dataObjects(info.value);
        if (!startsWith(fields[0].value, idChipAuthentication)) {
            continue;
        }
        ChipAuthenticationChoice choice{toBytes(fields[0].value), {}, {}};
        if (fields.size() == 3) {
            choice.keyId = toBytes(fields[2].value);
        }
        for (const DataObject& key : infos) {
            const auto keyFields = dataObjects(key.value);
            const bool sameId = keyFields.size() == 3 ? choice.keyId == toBytes(keyFields[2].value)
                                                      : !choice.keyId.has_value();
            const bool sameAlgorithm =
                keyFields[0].value.back() == choice.protocol[idChipAuthentication.size()];
            if (startsWith(keyFields[0].value, idPublicKey) && sameId && sameAlgorithm) {
                choice.subjectPublicKeyInfo = toBytes(keyFields[1].whole);
            }
        }
        require(!choice.subjectPublicKeyInfo.empty(), "DG14 has no key for a ChipAuthenticationInfo");
        choices.push_back(std::move(choice));
    }
    return choices;
}

void OpenPaceTerminal::authenticateChip(const ChipAuthenticationChoice& choice) {
    const StaticPublicKey chipKey = StaticPublicKey::decode(choice.subjectPublicKeyInfo);
    require(EAC_CTX_init_ca(context_.get(), protocolNumber(choice.protocol), chipKey.domainParameters) == 1,
            "Chip Authentication: OpenPACE does not offer DG14's protocol");
    const Bytes publicKey = generateChipAuthenticationKey(*context_);
    const Bytes reference = choice.keyId ? dataObject(0x84, *choice.keyId) : Bytes{};
    if (choice.protocol.back() == tripleDes) {
        expectSuccess({0x00, 0x22, 0x41, 0xA6, concat({dataObject(0x91, publicKey), reference})},
                      "Chip Authentication, MSE:Set KAT");
    } else {
        expectSuccess({0x00, 0x22, 0x41, 0xA4, concat({dataObject(0x80, choice.protocol), reference})},
                      "Chip Authentication, MSE:Set AT");
        expectSuccess({0x00, 0x86, 0x00, 0x00, dataObject(0x7C, dataObject(0x80, publicKey)), 256},
                      "Chip Authentication, GENERAL AUTHENTICATE");
    }
    deriveChipAuthenticationKeys(*context_, chipKey.element);
    startSecureMessaging(EAC_ID_CA);
    compressedTerminalKey_ = compressed(publicKey, chipKey.domainParameters);
    // The chip has proven itself only when it answers under the new keys.
    expectSuccess({0x00, 0xB0, 0x9E, 0x00, {}, 1}, "Chip Authentication, first command under the new keys");
}

void OpenPaceTerminal::authenticateTerminal(const TerminalCertificates& certificates) {
    for (const Bytes& certificate : certificates.chain) {
        const auto content = find(certificate, 0x7F21);
        require(content.has_value(), "a certificate has not the tag 7F21");
        const auto body = find(content->value, 0x7F4E);
        const auto authority = body ? find(body->value, 0x42) : std::nullopt;
        require(authority.has_value(), "a certificate names no authority");
        expectSuccess({0x00, 0x22, 0x81, 0xB6, dataObject(0x83, authority->value)},
                      "Terminal Authentication, MSE:Set DST");
        expectSuccess({0x00, 0x2A, 0x00, 0xBE, toBytes(content->value)},
                      "Terminal Authentication, PSO:Verify Certificate");
    }
    const Bytes& own = certificates.chain.back();
    const auto holder = find(find(find(own, 0x7F21)->value, 0x7F4E)->value, 0x5F20);
    require(holder.has_value(), "the terminal's certificate names no holder");
    expectSuccess({0x00, 0x22, 0x81, 0xA4, dataObject(0x83, holder->value)},
                  "Terminal Authentication, MSE:Set AT");
    const Bytes challenge =
        expectSuccess({0x00, 0x84, 0x00, 0x00, {}, 8}, "Terminal Authentication, GET CHALLENGE");
    require(EAC_CTX_init_ta(context_.get(), certificates.privateKey.data(), certificates.privateKey.size(),
                            own.data(), own.size()) == 1 &&
                TA_STEP4_set_nonce(context_.get(), toBuffer(challenge).get()) == 1,
            "Terminal Authentication: OpenPACE refused the terminal's certificate or the chip's challenge");
    const Bytes signature = taken(TA_STEP5_sign(context_.get(), toBuffer(compressedTerminalKey_).get(),
                                                toBuffer(compressedChipKey_).get(), nullptr),
                                  "Terminal Authentication: OpenPACE did not sign");
    expectSuccess({0x00, 0x82, 0x00, 0x00, signature}, "Terminal Authentication, EXTERNAL AUTHENTICATE");
}

Bytes OpenPaceTerminal::readFile(const std::string& name, std::uint16_t identifier, std::size_t portion) {
    expectSuccess(selection(identifier), "SELECT " + name);
    return readSelected(name, portion);
}

bool OpenPaceTerminal::selects(std::uint16_t identifier) {
    return exchange(selection(identifier)).statusWord == 0x9000;
}

void OpenPaceTerminal::expectRefusal(const std::string& name, std::uint16_t identifier) {
    const Response response = exchange(selection(identifier));
    const Response reading =
        response.statusWord == 0x9000 ? exchange({0x00, 0xB0, 0x00, 0x00, {}, 4}) : response;
    require(reading.statusWord == 0x6982, name + " is not refused with 6982");
}

Response OpenPaceTerminal::exchange(const Command& command) {
    if (!channel_) {
        return connection_.transmit(command);
    }
    return channel_->unprotect(connection_.transmit(channel_->protect(command)));
}

Bytes OpenPaceTerminal::expectSuccess(const Command& command, const std::string& step) {
    const Response response = exchange(command);
    const Bytes status{static_cast<std::uint8_t>(response.statusWord >> 8),
                       static_cast<std::uint8_t>(response.statusWord & 0xFF)};
    require(response.statusWord == 0x9000, step + ": the chip answered " + toHex(status));
    return response.data;
}

// Dynamic authentication data go and come in a template 7C.
Bytes OpenPaceTerminal::generalAuthenticate(View request, std::uint32_t answerTag, const std::string& step,
                                            bool chained) {
    const auto cla = static_cast<std::uint8_t>(chained ? 0x10 : 0x00);
    const std::size_t expected = request.size() > 200 ? longAnswer : shortAnswer;
    const Bytes response = expectSuccess({cla, 0x86, 0x00, 0x00, dataObject(0x7C, request), expected}, step);
    const auto dynamicData = find(response, 0x7C);
    require(dynamicData.has_value(), step + ": the chip's answer has no template 7C");
    const auto answer = find(dynamicData->value, answerTag);
    require(answer.has_value(), step + ": the chip's answer lacks its data object");
    return toBytes(answer->value);
}

Bytes OpenPaceTerminal::readSelected(const std::string& name, std::size_t portion) {
    Bytes content = readAt(0, 4, name);
    const std::size_t length = fileLength(content);
    while (content.size() < length) {
        const Bytes part = readAt(content.size(), std::min(portion, length - content.size()), name);
        require(!part.empty(), name + ": the chip returned nothing");
        content.insert(content.end(), part.begin(), part.end());
    }
    require(content.size() == length, name + ": the chip returned more than was asked for");
    return content;
}

Bytes OpenPaceTerminal::readAt(std::size_t offset, std::size_t length, const std::string& name) {
    return expectSuccess({0x00,
                          0xB0,
                          static_cast<std::uint8_t>(offset >> 8 & 0x7F),
                          static_cast<std::uint8_t>(offset & 0xFF),
                          {},
                          length},
                         "READ BINARY " + name);
}

void OpenPaceTerminal::startSecureMessaging(int keys) {
    require(EAC_CTX_set_encryption_ctx(context_.get(), keys) == 1, "OpenPACE took no session keys");
    channel_.emplace(*context_);
}

} // namespace peer
