// SPDX-License-Identifier: Apache-2.0
// Writes a chip of every profile, genuine and with a changed face, and the certificate of their issuer:
//
//     profile_cards FOLDER     csca.cer, PROFILE.chip, PROFILE-forged.chip
#include "card/ports/host/virtual_chip.hpp"
#include "host/base/clock.hpp"
#include "host/base/file.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/e2e/document_issuer.hpp"

#include <algorithm>
#include <iostream>

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
        for (const auto profile : test::allDocumentProfiles) {
            auto document = issuer.issue(profile);
            writeChip(folder / (fileNameOf(profile) + ".chip"), document);
            document.files[lds::fileIdentifier(lds::FileId::DataGroup2)].back() ^= 0x01;
            writeChip(folder / (fileNameOf(profile) + "-forged.chip"), document);
        }
    } catch (const std::exception& failure) {
        std::cerr << "profile_cards: " << failure.what() << '\n';
        return 1;
    }
}
