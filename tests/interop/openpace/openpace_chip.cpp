// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/openpace/openpace_chip.hpp"

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

Bytes privateKeyBytes(const EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int length = i2d_PrivateKey(key, &der);
    require(length > 0, "the Chip Authentication key could not be written");
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

int domainParametersOf(const EVP_PKEY* key) {
    std::array<char, 64> curve{};
    EVP_PKEY_get_group_name(key, curve.data(), curve.size(), nullptr);
    return std::string_view(curve.data()) == "brainpoolP256r1" ? 13 : 12;
}

Response answer(std::uint32_t tag, View value) {
    return {dataObject(0x7C, dataObject(tag, value)), 0x9000};
}

} // namespace

OpenPaceChip::OpenPaceChip(CardContent content, std::string can, std::string mrz)
    : content_(std::move(content)), can_(std::move(can)), mrz_(std::move(mrz)) {
    require(content_.files.contains(cardAccess), "the card has no EF.CardAccess");
    reset();
}

void OpenPaceChip::reset() {
    channel_.reset();
    selectedFile_.reset();
    password_.reset();
    applicationSelected_ = false;
    authenticated_ = false;
    chipAuthenticationSelected_ = false;
    context_ = newContext();
    const Bytes& file = content_.files.at(cardAccess);
    require(EAC_CTX_init_ef_cardaccess(file.data(), file.size(), context_.get()) == 1,
            "OpenPACE does not read EF.CardAccess");
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

Response OpenPaceChip::process(const Command& command) {
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
    const bool inMasterFile = identifier == cardAccess;
    if (!content_.files.contains(identifier) || inMasterFile == applicationSelected_) {
        return {{}, fileNotFound};
    }
    if (!inMasterFile && (!authenticated_ || !channel_ || identifier == dataGroup3)) {
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
    const auto protocol = find(command.data, 0x80);
    if (command.p2 != 0xA4 || !protocol) {
        return {{}, incorrectData};
    }
    if (command.p1 == 0xC1) {
        return selectPace(command);
    }
    chipAuthenticationSelected_ = channel_ && authenticated_;
    return {{}, chipAuthenticationSelected_ ? std::uint16_t{0x9000} : conditionsNotSatisfied};
}

Response OpenPaceChip::selectPace(const Command& command) {
    const auto reference = find(command.data, 0x83);
    if (!reference || reference->value.size() != 1) {
        return {{}, incorrectData};
    }
    if (reference->value[0] == 1) {
        password_ = Password::fromMrz(mrz_);
    } else if (reference->value[0] == 2) {
        password_ = Password::fromCan(can_);
    } else {
        return {{}, referencedDataNotFound};
    }
    return {};
}

Response OpenPaceChip::generalAuthenticate(const Command& command) {
    const auto dynamicData = find(command.data, 0x7C);
    if (!dynamicData) {
        return {{}, incorrectData};
    }
    if (chipAuthenticationSelected_) {
        return authenticateChip(dynamicData->value);
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
        require(PACE_STEP3B_compute_shared_secret(&context, received.get()) == 1, "public key refused");
        require(PACE_STEP3C_derive_keys(&context) == 1, "no session keys");
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
Response OpenPaceChip::authenticateChip(View request) {
    chipAuthenticationSelected_ = false;
    const auto publicKey = find(request, 0x80);
    if (!publicKey) {
        return {{}, incorrectData};
    }
    const EVP_PKEY* const key = content_.chipAuthenticationKey.get();
    const Bytes privateKey = privateKeyBytes(key);
    require(EAC_CTX_init_ca(context_.get(), NID_id_CA_ECDH_AES_CBC_CMAC_128, domainParametersOf(key)) == 1 &&
                CA_set_key(context_.get(), privateKey.data(), privateKey.size(), nullptr, 0) == 1,
            "the Chip Authentication key was refused");
    deriveChipAuthenticationKeys(*context_, publicKey->value);
    newKeys_ = true;
    return {dataObject(0x7C, {}), 0x9000};
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
