// SPDX-License-Identifier: Apache-2.0
// A small chip whose cryptography is OpenPACE's, at the end of vpcd's socket: PACE with CAN and MRZ, secure
// messaging, Chip Authentication version 1, Active Authentication (ECDSA, by OpenSSL).
//
//   openpace_chip --card DIR --can DIGITS --mrz 90CHARACTERS [--port N] [--foreign-key]
//
// DIR holds EF.CardAccess.bin, EF.COM.bin, EF.SOD.bin, DG1.bin … as they stand on the card,
// chip-authentication.pem and, if it is to sign, active-authentication.pem. --foreign-key makes it use a Chip
// Authentication key of its own, as a chip with copied files would have to.
#include "tests/interop/openpace/openpace.hpp"
#include "tests/interop/openpace/reader.hpp"

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

namespace {

using namespace peer;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

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

struct Options {
    std::filesystem::path card;
    std::string can;
    std::string mrz;
    std::uint16_t port = 35963;
    bool foreignKey = false;
};

Options parse(int count, char** arguments) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string name = arguments[i];
        const auto value = [&]() -> std::string {
            require(i + 1 < count, name + " needs a value");
            return arguments[++i];
        };
        if (name == "--card") {
            options.card = value();
        } else if (name == "--can") {
            options.can = value();
        } else if (name == "--mrz") {
            options.mrz = value();
        } else if (name == "--port") {
            options.port = static_cast<std::uint16_t>(std::stoul(value()));
        } else if (name == "--foreign-key") {
            options.foreignKey = true;
        } else {
            throw Failure("unknown option " + name);
        }
    }
    require(!options.card.empty() && !options.can.empty() && !options.mrz.empty(),
            "give --card, --can and --mrz");
    return options;
}

// File identifiers of Doc 9303-10, 3.11
std::map<std::uint16_t, Bytes> readFiles(const std::filesystem::path& card) {
    std::map<std::uint16_t, Bytes> files;
    const auto add = [&](std::uint16_t identifier, const std::string& name) {
        std::ifstream file(card / (name + ".bin"), std::ios::binary);
        if (file) {
            files[identifier] = Bytes(std::istreambuf_iterator<char>(file), {});
        }
    };
    add(cardAccess, "EF.CardAccess");
    add(0x011E, "EF.COM");
    add(0x011D, "EF.SOD");
    for (unsigned number = 1; number <= 16; ++number) {
        add(static_cast<std::uint16_t>(0x0100 + number), "DG" + std::to_string(number));
    }
    return files;
}

Key readKey(const std::filesystem::path& path) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> file(BIO_new_file(path.c_str(), "r"), &BIO_free);
    return {file ? PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr, &EVP_PKEY_free};
}

Bytes privateKeyBytes(const EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int length = i2d_PrivateKey(key, &der);
    require(length > 0, "the Chip Authentication key could not be written");
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

class OpenPaceChip {
public:
    explicit OpenPaceChip(const Options& options)
        : options_(options), files_(readFiles(options.card)),
          activeAuthenticationKey_(readKey(options.card / "active-authentication.pem")) {
        require(files_.contains(cardAccess), "EF.CardAccess.bin is missing in the card's folder");
        reset();
    }

    void reset() {
        channel_.reset();
        selectedFile_.reset();
        password_.reset();
        applicationSelected_ = false;
        authenticated_ = false;
        chipAuthenticationSelected_ = false;
        context_ = newContext();
        const Bytes& file = files_.at(cardAccess);
        require(EAC_CTX_init_ef_cardaccess(file.data(), file.size(), context_.get()) == 1,
                "OpenPACE does not read EF.CardAccess");
    }

    Bytes transmit(View bytes) {
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

private:
    Response process(const Command& command) {
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

    Response select(const Command& command) {
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

    Response open(std::uint16_t identifier) {
        const bool inMasterFile = identifier == cardAccess;
        if (!files_.contains(identifier) || inMasterFile == applicationSelected_) {
            return {{}, fileNotFound};
        }
        if (!inMasterFile && (!authenticated_ || !channel_ || identifier == dataGroup3)) {
            return {{}, securityStatusNotSatisfied};
        }
        selectedFile_ = identifier;
        return {};
    }

    Response readBinary(const Command& command) {
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
        const Bytes& file = files_.at(*selectedFile_);
        if (offset >= file.size()) {
            return {{}, wrongOffset};
        }
        const std::size_t count = std::min(command.expectedLength.value_or(0), file.size() - offset);
        const View part = View(file).subspan(offset, count);
        return {Bytes(part.begin(), part.end()), 0x9000};
    }

    Response manageSecurityEnvironment(const Command& command) {
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

    Response selectPace(const Command& command) {
        const auto reference = find(command.data, 0x83);
        if (!reference || reference->value.size() != 1) {
            return {{}, incorrectData};
        }
        if (reference->value[0] == 1) {
            password_ = Password::fromMrz(options_.mrz);
        } else if (reference->value[0] == 2) {
            password_ = Password::fromCan(options_.can);
        } else {
            return {{}, referencedDataNotFound};
        }
        return {};
    }

    Response generalAuthenticate(const Command& command) {
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
    Response openPace(View request) {
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

    Response agree(const BUF_MEM& terminalToken) {
        password_.reset();
        if (PACE_STEP3D_verify_authentication_token(context_.get(), &terminalToken) != 1) {
            return {{}, authenticationFailed};
        }
        const Bytes token = taken(
            PACE_STEP3D_compute_authentication_token(context_.get(), toBuffer(terminalPublicKey_).get()),
            "no authentication token");
        startSecureMessaging(EAC_ID_PACE);
        authenticated_ = true;
        return answer(0x86, token);
    }

    // Doc 9303-11, 6.2: the answer still goes under the old keys.
    Response authenticateChip(View request) {
        chipAuthenticationSelected_ = false;
        const auto publicKey = find(request, 0x80);
        if (!publicKey) {
            return {{}, incorrectData};
        }
        const Key key = readKey(options_.card / "chip-authentication.pem");
        require(key != nullptr, "chip-authentication.pem is missing in the card's folder");
        const Bytes privateKey = privateKeyBytes(key.get());
        std::array<char, 64> curve{};
        EVP_PKEY_get_group_name(key.get(), curve.data(), curve.size(), nullptr);
        const int domainParameters = std::string(curve.data()) == "brainpoolP256r1" ? 13 : 12;
        require(EAC_CTX_init_ca(context_.get(), NID_id_CA_ECDH_AES_CBC_CMAC_128, domainParameters) == 1,
                "no Chip Authentication context");
        if (options_.foreignKey) {
            generateChipAuthenticationKey(*context_);
        } else {
            require(CA_set_key(context_.get(), privateKey.data(), privateKey.size(), nullptr, 0) == 1,
                    "the Chip Authentication key was refused");
        }
        deriveChipAuthenticationKeys(*context_, publicKey->value);
        newKeys_ = true;
        return {dataObject(0x7C, {}), 0x9000};
    }

    // Doc 9303-11, 6.1: ECDSA over the challenge, plain r and s (TR-03111).
    Response internalAuthenticate(const Command& command) {
        if (!channel_ || !activeAuthenticationKey_ || command.data.size() != 8) {
            return {{}, conditionsNotSatisfied};
        }
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> signing(EVP_MD_CTX_new(),
                                                                              &EVP_MD_CTX_free);
        Bytes der(256);
        std::size_t length = der.size();
        require(EVP_DigestSignInit(signing.get(), nullptr, EVP_sha256(), nullptr,
                                   activeAuthenticationKey_.get()) == 1 &&
                    EVP_DigestSign(signing.get(), der.data(), &length, command.data.data(),
                                   command.data.size()) == 1,
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

    static Response answer(std::uint32_t tag, View value) {
        return {dataObject(0x7C, dataObject(tag, value)), 0x9000};
    }

    void startSecureMessaging(int keys) {
        require(EAC_CTX_set_encryption_ctx(context_.get(), keys) == 1, "OpenPACE took no session keys");
        channel_.emplace(*context_);
    }

    Options options_;
    std::map<std::uint16_t, Bytes> files_;
    Key activeAuthenticationKey_;
    Context context_;
    std::optional<SecureMessaging> channel_;
    std::optional<Password> password_;
    std::optional<std::uint16_t> selectedFile_;
    Bytes terminalPublicKey_;
    bool applicationSelected_ = false;
    bool authenticated_ = false;
    bool chipAuthenticationSelected_ = false;
    bool newKeys_ = false;
};

} // namespace

int main(int count, char** arguments) {
    try {
        const Options options = parse(count, arguments);
        const Library library;
        OpenPaceChip chip(options);
        const Chip slot{fromHex("3B80800101"), [&chip] { chip.reset(); },
                        [&chip](View command) { return chip.transmit(command); }};
        serve(slot, options.port);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "openpace_chip: " << error.what() << '\n';
        return 1;
    }
}
