// SPDX-License-Identifier: Apache-2.0
// A small terminal whose cryptography is OpenPACE's: PACE, secure messaging, Chip Authentication version 1.
//
//   openpace_terminal (--can DIGITS | --mrz 90CHARACTERS) [--chat] [--extended] [--out DIR]
//
// It reads EF.CardAccess, opens PACE, reads EF.COM, DG1 and DG14, runs Chip Authentication with DG14's key,
// reads DG1 again and every other file that EF.COM lists under the new keys, and checks that DG1 stayed the
// same and that DG3 is refused. --chat sends a terminal type in MSE:Set AT, --extended reads with extended
// length. Files go to DIR. Exit status 0, or 1 with a sentence.
#include "tests/interop/openpace/openpace.hpp"
#include "tests/interop/peer/arguments.hpp"
#include "tests/interop/peer/reader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

namespace {

using namespace peer;

constexpr std::uint16_t securityObject = 0x011D;
constexpr std::size_t shortRead = 0xDF;
constexpr std::size_t extendedRead = 0x0400;

struct Options {
    std::string can;
    std::string mrz;
    bool chat = false;
    bool extended = false;
    std::filesystem::path out;
};

Options parse(Arguments arguments) {
    Options options;
    while (arguments.next()) {
        const std::string& name = arguments.name();
        if (name == "--can") {
            options.can = arguments.value();
        } else if (name == "--mrz") {
            options.mrz = arguments.value();
        } else if (name == "--out") {
            options.out = arguments.value();
        } else if (name == "--chat") {
            options.chat = true;
        } else if (name == "--extended") {
            options.extended = true;
        } else {
            arguments.refuse();
        }
    }
    require(options.can.empty() != options.mrz.empty(), "give --can or --mrz");
    return options;
}

struct FileName {
    std::string name;
    std::uint16_t identifier;
    std::uint32_t tag;
};

// Doc 9303-10, 4.6: data group tags and file identifiers
const std::vector<FileName>& dataGroups() {
    static const std::vector<FileName> groups{
        {"DG1", 0x0101, 0x61},  {"DG2", 0x0102, 0x75},  {"DG3", 0x0103, 0x63},  {"DG4", 0x0104, 0x76},
        {"DG5", 0x0105, 0x65},  {"DG6", 0x0106, 0x66},  {"DG7", 0x0107, 0x67},  {"DG8", 0x0108, 0x68},
        {"DG9", 0x0109, 0x69},  {"DG10", 0x010A, 0x6A}, {"DG11", 0x010B, 0x6B}, {"DG12", 0x010C, 0x6C},
        {"DG13", 0x010D, 0x6D}, {"DG14", 0x010E, 0x6E}, {"DG15", 0x010F, 0x6F}, {"DG16", 0x0110, 0x70}};
    return groups;
}

class Terminal {
public:
    explicit Terminal(Options options) : options_(std::move(options)), context_(newContext()) {}

    void run() {
        readCardAccess();
        openPace();
        selectApplication();
        const Bytes common = readFile("EF.COM", 0x011E);
        const Bytes dataGroup1 = readFile("DG1", 0x0101);
        const Bytes dataGroup14 = readFile("DG14", 0x010E);
        authenticateChip(dataGroup14);
        require(readFile("DG1", 0x0101) == dataGroup1, "DG1 reads differently after Chip Authentication");
        readRemaining(common);
        if (exchange(selection(securityObject)).statusWord == 0x9000) {
            readFile("EF.SOD", securityObject);
        }
    }

private:
    Response exchange(const Command& command) {
        if (!channel_) {
            return connection_.transmit(command);
        }
        return channel_->unprotect(connection_.transmit(channel_->protect(command)));
    }

    Bytes expectSuccess(const Command& command, const std::string& step) {
        const Response response = exchange(command);
        const Bytes status{static_cast<std::uint8_t>(response.statusWord >> 8),
                           static_cast<std::uint8_t>(response.statusWord & 0xFF)};
        require(response.statusWord == 0x9000, step + ": the chip answered " + toHex(status));
        return response.data;
    }

    void readCardAccess() {
        expectSuccess({0x00, 0xA4, 0x02, 0x0C, {0x01, 0x1C}}, "SELECT EF.CardAccess");
        const Bytes cardAccess = readSelected("EF.CardAccess");
        require(EAC_CTX_init_ef_cardaccess(cardAccess.data(), cardAccess.size(), context_.get()) == 1 &&
                    context_->pace_ctx != nullptr,
                "EF.CardAccess: OpenPACE finds no PACE in it");
        keep("EF.CardAccess", cardAccess);
    }

    // Doc 9303-11, 4.4.4
    void openPace() {
        const Password password =
            options_.can.empty() ? Password::fromMrz(options_.mrz) : Password::fromCan(options_.can);
        setAuthenticationTemplate(password.reference);
        EAC_CTX& context = *context_;

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
        require(PACE_STEP3B_compute_shared_secret(&context, toBuffer(chipPublicKey).get()) == 1,
                "PACE: OpenPACE refused the chip's public key");
        require(PACE_STEP3C_derive_keys(&context) == 1, "PACE: OpenPACE derived no keys");

        const Bytes token =
            taken(PACE_STEP3D_compute_authentication_token(&context, toBuffer(chipPublicKey).get()),
                  "PACE: OpenPACE computed no authentication token");
        const Bytes chipToken =
            generalAuthenticate(dataObject(0x85, token), 0x86, "PACE, mutual authentication", false);
        require(PACE_STEP3D_verify_authentication_token(&context, toBuffer(chipToken).get()) == 1,
                "PACE: the chip's authentication token is wrong");
        startSecureMessaging(EAC_ID_PACE);
        std::cout << "PACE with " << (options_.can.empty() ? "MRZ" : "CAN") << ": passed\n";
    }

    void setAuthenticationTemplate(std::uint8_t passwordReference) {
        const Bytes protocol = objectIdentifier(context_->pace_ctx->protocol);
        Bytes data = concat({dataObject(0x80, protocol), dataObject(0x83, Bytes{passwordReference})});
        if (options_.chat) {
            // an inspection system that may read DG3 and DG4 (TR-03110-3, C.4.1): id-IS, role and access 03
            const Bytes inspectionSystem = fromHex("060904007F0007030102015301"
                                                   "03");
            data = concat({data, dataObject(0x7F4C, inspectionSystem)});
        }
        expectSuccess({0x00, 0x22, 0xC1, 0xA4, data}, "PACE, MSE:Set AT");
    }

    // Dynamic authentication data go and come in a template 7C.
    Bytes generalAuthenticate(View request, std::uint32_t answerTag, const std::string& step, bool chained) {
        const auto cla = static_cast<std::uint8_t>(chained ? 0x10 : 0x00);
        const Bytes response = expectSuccess({cla, 0x86, 0x00, 0x00, dataObject(0x7C, request), 256}, step);
        const auto dynamicData = find(response, 0x7C);
        require(dynamicData.has_value(), step + ": the chip's answer has no template 7C");
        const auto answer = find(dynamicData->value, answerTag);
        require(answer.has_value(), step + ": the chip's answer lacks its data object");
        return {answer->value.begin(), answer->value.end()};
    }

    void startSecureMessaging(int keys) {
        require(EAC_CTX_set_encryption_ctx(context_.get(), keys) == 1, "OpenPACE took no session keys");
        channel_.emplace(*context_);
    }

    void selectApplication() {
        expectSuccess({0x00, 0xA4, 0x04, 0x0C, fromHex("A0000002471001")}, "SELECT application");
    }

    // Doc 9303-11, 6.2
    void authenticateChip(View dataGroup14) {
        const auto securityInfos = find(dataGroup14, 0x6E);
        require(securityInfos.has_value(), "DG14 has not the tag 6E");
        const Context chipKey = newContext();
        require(EAC_CTX_init_ef_cardaccess(securityInfos->value.data(), securityInfos->value.size(),
                                           chipKey.get()) == 1 &&
                    chipKey->ca_ctx != nullptr,
                "DG14: OpenPACE finds no Chip Authentication in it");
        const Bytes chipPublicKey = chipAuthenticationPublicKey(*chipKey);
        require(EAC_CTX_init_ca(context_.get(), chipKey->ca_ctx->protocol,
                                chipAuthenticationDomainParameters(*chipKey)) == 1,
                "Chip Authentication: OpenPACE does not offer DG14's protocol");

        const Bytes publicKey = generateChipAuthenticationKey(*context_);
        const Bytes protocol = objectIdentifier(chipKey->ca_ctx->protocol);
        expectSuccess({0x00, 0x22, 0x41, 0xA4, dataObject(0x80, protocol)},
                      "Chip Authentication, MSE:Set AT");
        expectSuccess({0x00, 0x86, 0x00, 0x00, dataObject(0x7C, dataObject(0x80, publicKey)), 256},
                      "Chip Authentication, GENERAL AUTHENTICATE");
        deriveChipAuthenticationKeys(*context_, chipPublicKey);
        startSecureMessaging(EAC_ID_CA);
        // The chip has proven itself only when it answers under the new keys.
        expectSuccess({0x00, 0xB0, 0x9E, 0x00, {}, 1},
                      "Chip Authentication, first command under the new keys");
        std::cout << "Chip Authentication: passed\n";
    }

    static Bytes objectIdentifier(int protocol) {
        const ASN1_OBJECT* const object = OBJ_nid2obj(protocol);
        require(object != nullptr, "OpenPACE does not know this protocol");
        const auto* const bytes = OBJ_get0_data(object);
        return {bytes, bytes + OBJ_length(object)};
    }

    void readRemaining(View common) {
        const auto content = find(common, 0x60);
        require(content.has_value(), "EF.COM has not the tag 60");
        const auto tags = find(content->value, 0x5C);
        require(tags.has_value(), "EF.COM has no list of tags");
        for (const FileName& file : dataGroups()) {
            if (std::find(tags->value.begin(), tags->value.end(), file.tag) == tags->value.end()) {
                continue;
            }
            if (file.name == "DG3" || file.name == "DG4") {
                expectRefusal(file);
            } else {
                readFile(file.name, file.identifier);
            }
        }
    }

    // Fingers and irises need Terminal Authentication.
    void expectRefusal(const FileName& file) {
        const Response response = exchange(selection(file.identifier));
        const Response reading =
            response.statusWord == 0x9000 ? exchange({0x00, 0xB0, 0x00, 0x00, {}, 4}) : response;
        require(reading.statusWord == 0x6982, file.name + " is not refused with 6982");
        std::cout << file.name << ": refused, as it must be\n";
    }

    static Command selection(std::uint16_t identifier) {
        return {0x00,
                0xA4,
                0x02,
                0x0C,
                {static_cast<std::uint8_t>(identifier >> 8), static_cast<std::uint8_t>(identifier & 0xFF)}};
    }

    Bytes readFile(const std::string& name, std::uint16_t identifier) {
        expectSuccess(selection(identifier), "SELECT " + name);
        const Bytes content = readSelected(name);
        keep(name, content);
        std::cout << name << ": " << content.size() << " bytes\n";
        return content;
    }

    Bytes readSelected(const std::string& name) {
        Bytes content = readAt(0, 4, name);
        const std::size_t length = fileLength(content);
        const std::size_t portion = options_.extended ? extendedRead : shortRead;
        while (content.size() < length) {
            const Bytes part = readAt(content.size(), std::min(portion, length - content.size()), name);
            require(!part.empty(), name + ": the chip returned nothing");
            content.insert(content.end(), part.begin(), part.end());
        }
        require(content.size() == length, name + ": the chip returned more than was asked for");
        return content;
    }

    Bytes readAt(std::size_t offset, std::size_t length, const std::string& name) {
        return expectSuccess({0x00,
                              0xB0,
                              static_cast<std::uint8_t>(offset >> 8 & 0x7F),
                              static_cast<std::uint8_t>(offset & 0xFF),
                              {},
                              length},
                             "READ BINARY " + name);
    }

    void keep(const std::string& name, View content) const {
        if (options_.out.empty()) {
            return;
        }
        std::filesystem::create_directories(options_.out);
        std::ofstream file(options_.out / (name + ".bin"), std::ios::binary);
        file.write(reinterpret_cast<const char*>(content.data()),
                   static_cast<std::streamsize>(content.size()));
        require(file.good(), name + " could not be written");
    }

    Options options_;
    CardConnection connection_;
    Context context_;
    std::optional<SecureMessaging> channel_;
};

} // namespace

int main(int count, char** arguments) {
    try {
        const Options options = parse(Arguments(count, arguments));
        const Library library;
        Terminal(options).run();
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "openpace_terminal: " << error.what() << '\n';
        return 1;
    }
}
