// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/openpace/openpace_chip.hpp"

#include <eac/ta.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <utility>

namespace peer {

namespace {

constexpr std::uint16_t fileNotFound = 0x6A82;
constexpr std::uint16_t securityStatusNotSatisfied = 0x6982;
constexpr std::uint16_t conditionsNotSatisfied = 0x6985;
constexpr std::uint16_t noCurrentFile = 0x6986;
constexpr std::uint16_t secureMessagingObjectsIncorrect = 0x6988;
constexpr std::uint16_t incorrectData = 0x6A80;
constexpr std::uint16_t referencedDataNotFound = 0x6A88;
constexpr std::uint16_t wrongOffset = 0x6B00;
constexpr std::uint16_t unknownInstruction = 0x6D00;
constexpr std::uint16_t authenticationFailed = 0x6300;

constexpr std::uint16_t masterFile = 0x3F00;
constexpr std::uint16_t cardAccess = 0x011C;
constexpr std::uint16_t dataGroup3 = 0x0103;
/// EF.CVCA goes by the identifier of EF.CardAccess in the application; this is its key among the files.
constexpr std::uint16_t cvca = 0x021C;

Bytes subjectPublicKeyInfo(const EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int length = i2d_PUBKEY(key, &der);
    require(length > 0, "the Chip Authentication key could not be written");
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

/// EF.CVCA names the trust point, at its fixed length (Doc 9303-11, K.2).
Bytes cvcaFile(View trustPoint) {
    const auto body = find(find(trustPoint, 0x7F21)->value, 0x7F4E);
    Bytes file = dataObject(0x42, find(body->value, 0x5F20)->value);
    file.resize(36);
    return file;
}

Response answer(std::uint32_t tag, View value) {
    return {dataObject(0x7C, dataObject(tag, value)), 0x9000};
}

} // namespace

OpenPaceChip::OpenPaceChip(CardContent content, Passwords passwords)
    : content_(std::move(content)), passwords_(std::move(passwords)) {
    require(content_.files.contains(cardAccess), "the card has no EF.CardAccess");
    if (!content_.trustPoint.empty()) {
        content_.files[cvca] = cvcaFile(content_.trustPoint);
    }
    reset();
}

void OpenPaceChip::reset() {
    channel_.reset();
    selectedFile_.reset();
    password_.reset();
    applicationSelected_ = false;
    authenticated_ = false;
    chipAuthenticationProtocol_.clear();
    chained_.clear();
    terminalAuthenticated_ = false;
    context_ = newContext();
    require(content_.trustPoint.empty() ||
                EAC_CTX_init_ta(context_.get(), nullptr, 0, content_.trustPoint.data(),
                                content_.trustPoint.size()) == 1,
            "OpenPACE does not take the trust point");
}

Bytes OpenPaceChip::transmit(View bytes) {
    const Command command = Command::decode(bytes);
    if ((command.cla & 0x0C) != 0x0C || !channel_) {
        channel_.reset(); // an unprotected command ends secure messaging (Doc 9303-11, 9.8.3)
        return process(command).encode();
    }
    Command plain;
    try {
        plain = channel_->unprotect(command);
    } catch (const Failure&) {
        reset();
        return Response{{}, secureMessagingObjectsIncorrect}.encode();
    }
    const Response response = channel_->protect(process(plain));
    if (newKeys_) {
        newKeys_ = false;
        startSecureMessaging(EAC_ID_CA);
    }
    return response.encode();
}

// A chain carries one data field, but for GENERAL AUTHENTICATE, where it links the steps (Doc
// 9303-11, 4.4.4.3).
Response OpenPaceChip::process(const Command& received) {
    Command command = received;
    if (command.ins != 0x86) {
        command.data = concat({chained_, received.data});
        chained_.clear();
        if ((command.cla & 0x10) != 0) {
            chained_ = std::move(command.data);
            return {};
        }
    }
    try {
        switch (command.ins) {
        case 0xA4:
            return select(command);
        case 0xB0:
            return readBinary(command);
        case 0x22:
            return manageSecurityEnvironment(command);
        case 0x86:
            return generalAuthenticate(command);
        case 0x88:
            return internalAuthenticate(command);
        case 0x2A:
            return verifyCertificate(command);
        case 0x84:
            return {taken(TA_STEP4_get_nonce(context_.get()), "no challenge"), 0x9000};
        case 0x82:
            return authenticateTerminal(command);
        default:
            return {{}, unknownInstruction};
        }
    } catch (const Failure& failure) {
        std::cerr << "openpace_chip: " << failure.what() << '\n';
        return {{}, incorrectData};
    }
}

Response OpenPaceChip::select(const Command& command) {
    if (command.p1 == 0x04) {
        if (command.data != fromHex("A0000002471001")) {
            return {{}, fileNotFound};
        }
        applicationSelected_ = true;
        selectedFile_.reset();
        return {};
    }
    if (command.data.size() != 2) {
        return {{}, incorrectData};
    }
    const auto identifier = static_cast<std::uint16_t>(command.data[0] << 8 | command.data[1]);
    if (identifier == masterFile) {
        applicationSelected_ = false;
        selectedFile_.reset();
        return {};
    }
    return open(identifier);
}

Response OpenPaceChip::open(std::uint16_t identifier) {
    const bool inMasterFile = identifier == cardAccess && !applicationSelected_;
    if (identifier == cardAccess && applicationSelected_) {
        identifier = cvca;
    }
    if (!content_.files.contains(identifier) || inMasterFile == applicationSelected_) {
        return {{}, fileNotFound};
    }
    if (!inMasterFile &&
        (!authenticated_ || !channel_ || (identifier == dataGroup3 && !terminalAuthenticated_))) {
        return {{}, securityStatusNotSatisfied};
    }
    selectedFile_ = identifier;
    return {};
}

Response OpenPaceChip::readBinary(const Command& command) {
    std::size_t offset = static_cast<std::size_t>(command.p1) << 8 | command.p2;
    if ((command.p1 & 0x80) != 0) {
        const Response opened = open(static_cast<std::uint16_t>(0x0100 | (command.p1 & 0x1F)));
        if (opened.statusWord != 0x9000) {
            return opened;
        }
        offset = command.p2;
    }
    if (!selectedFile_) {
        return {{}, noCurrentFile};
    }
    const Bytes& file = content_.files.at(*selectedFile_);
    if (offset >= file.size()) {
        return {{}, wrongOffset};
    }
    const std::size_t count = std::min(command.expectedLength.value_or(0), file.size() - offset);
    const View part = View(file).subspan(offset, count);
    return {Bytes(part.begin(), part.end()), 0x9000};
}

Response OpenPaceChip::manageSecurityEnvironment(const Command& command) {
    if (command.p1 == 0xC1) {
        return selectPace(command);
    }
    if (!channel_ || !authenticated_) {
        return {{}, conditionsNotSatisfied};
    }
    if (command.p1 == 0x81) { // Terminal Authentication: libeac finds keys by the certificates themselves
        return {};
    }
    if (const auto publicKey = find(command.data, 0x91); publicKey && command.p2 == 0xA6) {
        chipAuthenticationProtocol_ = fromHex("04007F00070202030201");
        chipAuthenticationProtocol_[8] = domainParameters_ <= 2 ? 1 : 2;
        authenticateChip(publicKey->value);
        return {};
    }
    const auto protocol = find(command.data, 0x80);
    if (command.p2 != 0xA4 || !protocol) {
        return {{}, incorrectData};
    }
    chipAuthenticationProtocol_.assign(protocol->value.begin(), protocol->value.end());
    return {};
}

Response OpenPaceChip::selectPace(const Command& command) {
    const auto protocol = find(command.data, 0x80);
    const auto reference = find(command.data, 0x83);
    if (!protocol || !reference || reference->value.size() != 1) {
        return {{}, incorrectData};
    }
    const auto infos = paceInfosOf(content_.files.at(cardAccess));
    const auto offered = std::find_if(infos.begin(), infos.end(), [&](const PaceInfo& info) {
        return std::equal(info.protocol.begin(), info.protocol.end(), protocol->value.begin(),
                          protocol->value.end());
    });
    password_ = passwordOf(reference->value[0]);
    if (offered == infos.end() || !password_) {
        return {{}, referencedDataNotFound};
    }
    domainParameters_ = offered->domainParameters;
    require(EAC_CTX_init_pace(context_.get(), protocolNumber(offered->protocol), domainParameters_) == 1,
            "OpenPACE does not know this PACE");
    return {};
}

std::optional<Password> OpenPaceChip::passwordOf(std::uint8_t reference) const {
    switch (reference) {
    case 1:
        return Password::fromMrz(passwords_.mrz);
    case 2:
        return Password::fromCan(passwords_.can);
    case 3:
        return passwords_.pin.empty() ? std::nullopt : std::optional(Password::fromPin(passwords_.pin));
    case 4:
        return passwords_.puk.empty() ? std::nullopt : std::optional(Password::fromPuk(passwords_.puk));
    default:
        return std::nullopt;
    }
}

Response OpenPaceChip::generalAuthenticate(const Command& command) {
    const auto dynamicData = find(command.data, 0x7C);
    if (!dynamicData) {
        return {{}, incorrectData};
    }
    if (!chipAuthenticationProtocol_.empty()) {
        const auto publicKey = find(dynamicData->value, 0x80);
        return publicKey ? authenticateChip(publicKey->value) : Response{{}, incorrectData};
    }
    if (!password_) {
        return {{}, conditionsNotSatisfied};
    }
    return openPace(dynamicData->value);
}

// Doc 9303-11, 4.4.4.2: each step is known by the data object it brings.
Response OpenPaceChip::openPace(View request) {
    EAC_CTX& context = *context_;
    const auto objects = dataObjects(request);
    if (objects.empty()) {
        return answer(0x80, taken(PACE_STEP1_enc_nonce(&context, password_->secret.get()), "no nonce"));
    }
    const Buffer received = toBuffer(objects.front().value);
    switch (objects.front().tag) {
    case 0x81: {
        const Bytes mappingData = taken(PACE_STEP3A_generate_mapping_data(&context), "no mapping data");
        require(PACE_STEP3A_map_generator(&context, received.get()) == 1, "mapping data refused");
        return answer(0x82, mappingData);
    }
    case 0x83: {
        terminalPublicKey_.assign(objects.front().value.begin(), objects.front().value.end());
        const Bytes publicKey = taken(PACE_STEP3B_generate_ephemeral_key(&context), "no ephemeral key");
        derivePaceKeys(context, objects.front().value);
        compressedChipKey_ = compressed(publicKey, domainParameters_);
        return answer(0x84, publicKey);
    }
    case 0x85:
        return agree(*received);
    default:
        return {{}, incorrectData};
    }
}

Response OpenPaceChip::agree(const BUF_MEM& terminalToken) {
    password_.reset();
    if (PACE_STEP3D_verify_authentication_token(context_.get(), &terminalToken) != 1) {
        return {{}, authenticationFailed};
    }
    const Bytes token =
        taken(PACE_STEP3D_compute_authentication_token(context_.get(), toBuffer(terminalPublicKey_).get()),
              "no authentication token");
    startSecureMessaging(EAC_ID_PACE);
    authenticated_ = true;
    return answer(0x86, token);
}

// Doc 9303-11, 6.2: the answer still goes under the old keys.
Response OpenPaceChip::authenticateChip(View publicKey) {
    EVP_PKEY* const key = content_.chipAuthenticationKey.get();
    const int domainParameters = StaticPublicKey::decode(subjectPublicKeyInfo(key)).domainParameters;
    const Bytes protocol = std::exchange(chipAuthenticationProtocol_, {});
    require(EAC_CTX_init_ca(context_.get(), protocolNumber(protocol), domainParameters) == 1 &&
                EVP_PKEY_up_ref(key) == 1,
            "the Chip Authentication protocol was refused");
    EVP_PKEY_free(std::exchange(context_->ca_ctx->ka_ctx->key, key));
    deriveChipAuthenticationKeys(*context_, publicKey);
    compressedTerminalKey_ = compressed(publicKey, domainParameters);
    newKeys_ = true;
    return {dataObject(0x7C, {}), 0x9000};
}

// Doc 9303-11, 7.1.5.2
Response OpenPaceChip::verifyCertificate(const Command& command) {
    const Bytes certificate = dataObject(0x7F21, command.data);
    const bool verified =
        TA_STEP2_import_certificate(context_.get(), certificate.data(), certificate.size()) == 1;
    return {{}, verified ? std::uint16_t{0x9000} : authenticationFailed};
}

// Doc 9303-11, 7.1.5.5
Response OpenPaceChip::authenticateTerminal(const Command& command) {
    terminalAuthenticated_ =
        TA_STEP6_verify(context_.get(), toBuffer(compressedTerminalKey_).get(),
                        toBuffer(compressedChipKey_).get(), nullptr, toBuffer(command.data).get()) == 1;
    return {{}, terminalAuthenticated_ ? std::uint16_t{0x9000} : authenticationFailed};
}

// Doc 9303-11, 6.1: ECDSA over the challenge, plain r and s (TR-03111).
Response OpenPaceChip::internalAuthenticate(const Command& command) {
    if (!channel_ || !content_.activeAuthenticationKey || command.data.size() != 8) {
        return {{}, conditionsNotSatisfied};
    }
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> signing(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    Bytes der(256);
    std::size_t length = der.size();
    require(
        EVP_DigestSignInit(signing.get(), nullptr, EVP_sha256(), nullptr,
                           content_.activeAuthenticationKey.get()) == 1 &&
            EVP_DigestSign(signing.get(), der.data(), &length, command.data.data(), command.data.size()) == 1,
        "signing failed");
    const unsigned char* position = der.data();
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(
        d2i_ECDSA_SIG(nullptr, &position, static_cast<long>(length)), &ECDSA_SIG_free);
    require(signature != nullptr, "signing failed");
    Bytes plain(64);
    require(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), plain.data(), 32) == 32 &&
                BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), plain.data() + 32, 32) == 32,
            "signing failed");
    return {plain, 0x9000};
}

void OpenPaceChip::startSecureMessaging(int keys) {
    require(EAC_CTX_set_encryption_ctx(context_.get(), keys) == 1, "OpenPACE took no session keys");
    channel_.emplace(*context_);
}

} // namespace peer
