// SPDX-License-Identifier: Apache-2.0
// OpenPaceTerminal goes through every protocol of a card.
//
//   openpace_protocols CAN MRZ [DIR [SESSIONS]]
//
// With each PACEInfo of EF.CardAccess and each of the passwords it opens PACE, reads DG14, and runs one of
// DG14's ways of Chip Authentication after the other, one in each session. With DIR it authenticates itself
// then: DIR holds dv.cvcert, is.cvcert and is.pkcs8; DG3, refused before, must open. It ends after so many
// sessions, where there are more. Exit status 0, or 1 with a sentence.
#include "tests/interop/openpace/card_content.hpp"
#include "tests/interop/openpace/openpace_terminal.hpp"

#include <iostream>
#include <limits>

namespace {

using namespace peer;

TerminalCertificates loadCertificates(const std::filesystem::path& folder) {
    return {{readWhole(folder / "dv.cvcert"), readWhole(folder / "is.cvcert")},
            readWhole(folder / "is.pkcs8")};
}

/// A session: PACE, Chip Authentication with DG14's choice of this number, counted round, and Terminal
/// Authentication where there are certificates.
void run(OpenPaceTerminal& terminal, const PaceInfo& info, const Password& password, std::size_t choice,
         const std::optional<TerminalCertificates>& certificates) {
    constexpr std::uint16_t dataGroup3 = 0x0103;
    constexpr std::uint16_t dataGroup14 = 0x010E;
    constexpr std::size_t portion = 0x0400;
    terminal.openPace(info, password, certificates.has_value());
    terminal.selectApplication();
    const auto choices =
        OpenPaceTerminal::chipAuthenticationChoices(terminal.readFile("DG14", dataGroup14, portion));
    require(!choices.empty(), "DG14: there is no Chip Authentication in it");
    const auto& chosen = choices[choice % choices.size()];
    terminal.authenticateChip(chosen);
    std::cout << "PACE " << toHex(info.protocol) << '/' << info.domainParameters << " with "
              << (password.reference == 1 ? "MRZ" : "CAN") << ", Chip Authentication "
              << toHex(chosen.protocol) << '/' << toHex(chosen.keyId.value_or(Bytes{}));
    if (certificates) {
        terminal.expectRefusal("DG3", dataGroup3);
        terminal.authenticateTerminal(*certificates);
        terminal.readFile("DG3", dataGroup3, portion);
        std::cout << ", Terminal Authentication";
    }
    std::cout << ": passed\n";
}

std::size_t runEvery(const std::string& can, const std::string& mrz,
                     const std::optional<TerminalCertificates>& certificates, std::size_t limit) {
    std::size_t index = 0;
    for (std::size_t count = 1; index < count && index < limit; ++index) {
        OpenPaceTerminal terminal;
        terminal.readCardAccess();
        count = 2 * terminal.paceInfos().size();
        run(terminal, terminal.paceInfos()[index / 2],
            index % 2 == 0 ? Password::fromCan(can) : Password::fromMrz(mrz), index, certificates);
    }
    return index;
}

} // namespace

int main(int count, char** arguments) {
    try {
        require(count >= 3 && count <= 5, "usage: openpace_protocols CAN MRZ [DIR [SESSIONS]]");
        const Library library;
        const auto certificates = count > 3 ? std::optional(loadCertificates(arguments[3])) : std::nullopt;
        const std::size_t limit =
            count > 4 ? std::stoul(arguments[4]) : std::numeric_limits<std::size_t>::max();
        std::cout << runEvery(arguments[1], arguments[2], certificates, limit) << " sessions\n";
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "openpace_protocols: " << error.what() << '\n';
        return 1;
    }
}
