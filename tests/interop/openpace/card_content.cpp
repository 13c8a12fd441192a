// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/openpace/card_content.hpp"

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <fstream>
#include <iterator>
#include <vector>

namespace peer {

namespace {

// The Vietnamese card's: Terminal Authentication, Chip Authentication, PACE with brainpoolP256r1
constexpr std::string_view cardAccess =
    "3134300D060804007F0007020202020101300F060A04007F000702020302020201013012060A"
    "04007F0007020204020202010202010D";
constexpr std::string_view common = "60155F0104303130375F36063034303030305C0361636E";
constexpr std::string_view emptyDataGroup3 = "63067F6103020100";

struct FileName {
    std::uint16_t identifier;
    std::string name;
};

std::vector<FileName> fileNames() {
    std::vector<FileName> names{{0x011C, "EF.CardAccess"}, {0x011E, "EF.COM"}, {0x011D, "EF.SOD"}};
    for (std::uint16_t number = 1; number <= 16; ++number) {
        names.push_back({static_cast<std::uint16_t>(0x0100 + number), "DG" + std::to_string(number)});
    }
    return names;
}

Key readKey(const std::filesystem::path& path) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> file(BIO_new_file(path.c_str(), "r"), &BIO_free);
    return {file ? PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr, &EVP_PKEY_free};
}

void writeKey(const std::filesystem::path& path, const EVP_PKEY* key) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> file(BIO_new_file(path.c_str(), "w"), &BIO_free);
    require(file && PEM_write_bio_PrivateKey(file.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
            path.string() + " could not be written");
}

View text(std::string_view characters) {
    return {reinterpret_cast<const std::uint8_t*>(characters.data()), characters.size()};
}

Bytes subjectPublicKeyInfo(const EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int length = i2d_PUBKEY(key, &der);
    require(length > 0, "the public key could not be encoded");
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

// Doc 9303-11, 9.2.5 and 9.2.6
Bytes dataGroup14(const EVP_PKEY* chipAuthenticationKey) {
    const Bytes information = dataObject(0x30, fromHex("060A04007F00070202030202020101"));
    const Bytes publicKeyIdentifier = fromHex("060904007F000702020102");
    const Bytes publicKey =
        dataObject(0x30, concat({publicKeyIdentifier, subjectPublicKeyInfo(chipAuthenticationKey)}));
    return dataObject(0x6E, dataObject(0x31, concat({information, publicKey})));
}

} // namespace

Key generateKey(const char* curve) {
    Key key(EVP_EC_gen(curve), &EVP_PKEY_free);
    require(key && EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_ENCODING,
                                                  OSSL_PKEY_EC_ENCODING_EXPLICIT) == 1,
            "OpenSSL generated no key");
    return key;
}

CardContent CardContent::load(const std::filesystem::path& folder) {
    CardContent content;
    for (const FileName& file : fileNames()) {
        std::ifstream stream(folder / (file.name + ".bin"), std::ios::binary);
        if (stream) {
            content.files[file.identifier] = Bytes(std::istreambuf_iterator<char>(stream), {});
        }
    }
    content.chipAuthenticationKey = readKey(folder / "chip-authentication.pem");
    content.activeAuthenticationKey = readKey(folder / "active-authentication.pem");
    require(content.chipAuthenticationKey != nullptr,
            "chip-authentication.pem is missing in " + folder.string());
    return content;
}

void CardContent::save(const std::filesystem::path& folder) const {
    std::filesystem::create_directories(folder);
    for (const FileName& file : fileNames()) {
        const auto found = files.find(file.identifier);
        if (found == files.end()) {
            continue;
        }
        std::ofstream stream(folder / (file.name + ".bin"), std::ios::binary);
        stream.write(reinterpret_cast<const char*>(found->second.data()),
                     static_cast<std::streamsize>(found->second.size()));
        require(stream.good(), file.name + " could not be written");
    }
    writeKey(folder / "chip-authentication.pem", chipAuthenticationKey.get());
    if (activeAuthenticationKey) {
        writeKey(folder / "active-authentication.pem", activeAuthenticationKey.get());
    }
}

CardContent CardContent::invented() {
    CardContent content;
    content.chipAuthenticationKey = generateKey("brainpoolP256r1");
    content.files[0x011C] = fromHex(cardAccess);
    content.files[0x011E] = fromHex(common);
    content.files[0x0101] = dataObject(0x61, dataObject(0x5F1F, text(inventedMrz)));
    content.files[0x0103] = fromHex(emptyDataGroup3);
    content.files[0x010E] = dataGroup14(content.chipAuthenticationKey.get());
    return content;
}

} // namespace peer
