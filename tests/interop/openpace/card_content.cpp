// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/openpace/card_content.hpp"

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <fstream>
#include <iterator>
#include <vector>

namespace peer {

namespace {

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

Bytes toBytes(int number) {
    return {static_cast<std::uint8_t>(number)};
}

// A SecurityInfo: the arcs behind those of the BSI's protocols, then whatever follows (Doc 9303-11, 9.2).
Bytes securityInfo(const Bytes& arcs, std::initializer_list<View> fields) {
    const Bytes identifier = concat({fromHex("04007F00070202"), arcs});
    return dataObject(0x30, concat({dataObject(0x06, identifier), concat(fields)}));
}

Bytes integer(int number) {
    return dataObject(0x02, toBytes(number));
}

std::uint8_t keyAgreementArc(const Protocols& protocols) {
    return protocols.diffieHellman() ? 1 : 2;
}

// Terminal Authentication, Chip Authentication and PACE with the generic mapping.
Bytes cardAccess(const Protocols& protocols) {
    const std::uint8_t keyAgreement = keyAgreementArc(protocols);
    const auto cipher = static_cast<std::uint8_t>(protocols.cipher);
    return dataObject(
        0x31,
        concat({securityInfo({2}, {integer(1)}), securityInfo({3, keyAgreement, cipher}, {integer(1)}),
                securityInfo({4, keyAgreement, cipher}, {integer(2), integer(protocols.domainParameters)})}));
}

Bytes dataGroup14(const Protocols& protocols, const EVP_PKEY* chipAuthenticationKey) {
    const std::uint8_t keyAgreement = keyAgreementArc(protocols);
    const auto cipher = static_cast<std::uint8_t>(protocols.cipher);
    return dataObject(
        0x6E,
        dataObject(0x31,
                   concat({securityInfo({3, keyAgreement, cipher}, {integer(1)}),
                           securityInfo({1, keyAgreement}, {subjectPublicKeyInfo(chipAuthenticationKey)})})));
}

// By OpenSSL's names.
const char* nameOf(int domainParameters) {
    constexpr std::array<const char*, 19> names{"dh_1024_160",
                                                "dh_2048_224",
                                                "dh_2048_256",
                                                "",
                                                "",
                                                "",
                                                "",
                                                "",
                                                "prime192v1",
                                                "brainpoolP192r1",
                                                "secp224r1",
                                                "brainpoolP224r1",
                                                "prime256v1",
                                                "brainpoolP256r1",
                                                "brainpoolP320r1",
                                                "secp384r1",
                                                "brainpoolP384r1",
                                                "brainpoolP512r1",
                                                "secp521r1"};
    return names.at(static_cast<std::size_t>(domainParameters));
}

} // namespace

Key generateKey(int domainParameters) {
    const bool diffieHellman = domainParameters <= 2;
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, diffieHellman ? "DHX" : "EC", nullptr), &EVP_PKEY_CTX_free);
    std::string name(nameOf(domainParameters));
    std::string encoding(OSSL_PKEY_EC_ENCODING_EXPLICIT);
    const std::array<OSSL_PARAM, 3> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name.data(), 0),
        diffieHellman ? OSSL_PARAM_construct_end()
                      : OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_EC_ENCODING, encoding.data(), 0),
        OSSL_PARAM_construct_end()};
    EVP_PKEY* key = nullptr;
    require(context && EVP_PKEY_keygen_init(context.get()) == 1 &&
                EVP_PKEY_CTX_set_params(context.get(), parameters.data()) == 1 &&
                EVP_PKEY_generate(context.get(), &key) == 1,
            "OpenSSL generated no key");
    return {key, &EVP_PKEY_free};
}

Bytes readWhole(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    Bytes content(std::istreambuf_iterator<char>(stream), {});
    require(!content.empty(), path.string() + " could not be read");
    return content;
}

CardContent CardContent::load(const std::filesystem::path& folder) {
    CardContent content;
    for (const FileName& file : fileNames()) {
        if (const auto path = folder / (file.name + ".bin"); std::filesystem::exists(path)) {
            content.files[file.identifier] = readWhole(path);
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

CardContent CardContent::invented(const Protocols& protocols) {
    CardContent content;
    content.chipAuthenticationKey = generateKey(protocols.domainParameters);
    content.files[0x011C] = cardAccess(protocols);
    content.files[0x011E] = fromHex(common);
    content.files[0x0101] = dataObject(0x61, dataObject(0x5F1F, text(inventedMrz)));
    content.files[0x0103] = fromHex(emptyDataGroup3);
    content.files[0x010E] = dataGroup14(protocols, content.chipAuthenticationKey.get());
    return content;
}

} // namespace peer
