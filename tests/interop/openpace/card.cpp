// SPDX-License-Identifier: Apache-2.0
// Writes the files of a small card for openpace_chip, made with OpenSSL alone: an invented citizen's
// EF.CardAccess, EF.COM, DG1 and DG14 with a fresh Chip Authentication key. It is not signed.
//
//   openpace_card DIR
#include "tests/interop/openpace/apdu.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

namespace {

using namespace peer;

// The Vietnamese card's: Terminal Authentication, Chip Authentication, PACE with brainpoolP256r1
constexpr std::string_view cardAccess =
    "3134300D060804007F0007020202020101300F060A04007F000702020302020201013012060A"
    "04007F0007020204020202010202010D";
constexpr std::string_view machineReadableZone = "IDVNM2990000011001299000001<<2"
                                                 "9901018M2401014VNM<<<<<<<<<<<2"
                                                 "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<";

View text(std::string_view characters) {
    return {reinterpret_cast<const std::uint8_t*>(characters.data()), characters.size()};
}

void write(const std::filesystem::path& path, View content) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    require(file.good(), path.string() + " could not be written");
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

void writeCard(const std::filesystem::path& folder) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("brainpoolP256r1"),
                                                                  &EVP_PKEY_free);
    // Explicit parameters, as Doc 9303-11, 9.4.2 asks; OpenPACE reads no others.
    require(key && EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_ENCODING,
                                                  OSSL_PKEY_EC_ENCODING_EXPLICIT) == 1,
            "OpenSSL generated no key");
    std::filesystem::create_directories(folder);
    write(folder / "EF.CardAccess.bin", fromHex(cardAccess));
    write(folder / "EF.COM.bin", fromHex("60155F0104303130375F36063034303030305C03616E63"));
    write(folder / "DG1.bin", dataObject(0x61, dataObject(0x5F1F, text(machineReadableZone))));
    write(folder / "DG3.bin", fromHex("630F7F61850201007F60060101"));
    write(folder / "DG14.bin", dataGroup14(key.get()));
    const std::unique_ptr<BIO, decltype(&BIO_free)> file(
        BIO_new_file((folder / "chip-authentication.pem").c_str(), "w"), &BIO_free);
    require(file &&
                PEM_write_bio_PrivateKey(file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
            "the key could not be written");
}

} // namespace

int main(int count, char** arguments) {
    try {
        require(count == 2, "give the folder to write to");
        writeCard(arguments[1]);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "openpace_card: " << error.what() << '\n';
        return 1;
    }
}
