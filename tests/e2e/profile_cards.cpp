// SPDX-License-Identifier: Apache-2.0
// Writes a chip of every profile, genuine and with a changed face, the certificate of their issuer, and a
// terminal that may read their fingers in the year 2026:
//
//     profile_cards FOLDER     csca.cer, PROFILE.chip, PROFILE-forged.chip, terminal/*.cvcert,
//     terminal/terminal.pkcs8
#include "card/ports/host/flash_file.hpp"
#include "card/ports/host/virtual_chip.hpp"
#include "host/base/clock.hpp"
#include "host/base/file.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/e2e/document_issuer.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/x509.h>

using namespace cancuoc;

namespace {

void writeChip(const std::filesystem::path& state, const test::ChipDocument& document) {
    card::host::VirtualChip chip(state);
    chip.powerOn();
    InProcessConnection connection(
        "virtual", chip.atr(), [&chip](BytesView command) { return chip.transmit(command); },
        [&chip] { chip.powerOn(); });
    test::personalize(connection, document);
}

Bytes pkcs8Of(const EVP_PKEY& key) {
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, decltype(&PKCS8_PRIV_KEY_INFO_free)> info(
        EVP_PKEY2PKCS8(&key), PKCS8_PRIV_KEY_INFO_free);
    Bytes encoded(static_cast<std::size_t>(i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr)));
    auto* end = encoded.data();
    i2d_PKCS8_PRIV_KEY_INFO(info.get(), &end);
    return encoded;
}

void writeTerminal(const std::filesystem::path& folder) {
    const auto terminal = test::certifyTerminal(test::countryVerifyingAuthority(), 0x03);
    std::filesystem::create_directory(folder);
    const std::array<std::string_view, 3> names{"cvca.cvcert", "verifier.cvcert", "terminal.cvcert"};
    for (std::size_t at = 0; at < names.size(); ++at) {
        writeFile(folder / names[at], terminal.certificates[at].encoded());
    }
    writePrivateFile(folder / "terminal.pkcs8", pkcs8Of(terminal.key.key()));
}

std::string fileNameOf(test::DocumentProfile profile) {
    std::string name(test::nameOf(profile));
    std::replace(name.begin(), name.end(), ' ', '-');
    return name;
}

} // namespace

int main(int argumentCount, char** arguments) {
    if (argumentCount != 2) {
        std::cerr << "usage: profile_cards FOLDER\n";
        return 1;
    }
    try {
        const std::filesystem::path folder = arguments[1];
        const test::DocumentIssuer issuer(systemClock()());
        writeFile(folder / "csca.cer", issuer.countrySigningCertificate());
        writeTerminal(folder / "terminal");
        for (const auto profile : test::allDocumentProfiles) {
            const auto document = issuer.issue(profile);
            writeChip(folder / (fileNameOf(profile) + ".chip"), document);
            const auto forged = folder / (fileNameOf(profile) + "-forged.chip");
            writeChip(forged, document);
            Bytes face = document.files.at(lds::fileIdentifier(lds::FileId::DataGroup2));
            face.back() ^= 0x01;
            card::host::FlashFile memory(forged);
            test::forgeFile(memory, lds::FileId::DataGroup2, face);
        }
    } catch (const std::exception& failure) {
        std::cerr << "profile_cards: " << failure.what() << '\n';
        return 1;
    }
}
