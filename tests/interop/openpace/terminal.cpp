// SPDX-License-Identifier: Apache-2.0
// OpenPaceTerminal reads a card.
//
//   openpace_terminal (--can DIGITS | --mrz 90CHARACTERS) [--chat] [--extended] [--out DIR]
//
// It reads EF.CardAccess, opens PACE, reads EF.COM, DG1 and DG14, runs Chip Authentication with DG14's key,
// reads DG1 again and every other file that EF.COM lists under the new keys, and checks that DG1 stayed the
// same and that DG3 is refused. --chat sends a terminal type in MSE:Set AT, --extended reads with extended
// length. Files go to DIR. Exit status 0, or 1 with a sentence.
#include "tests/interop/openpace/openpace_terminal.hpp"
#include "tests/interop/peer/arguments.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>

namespace {

using namespace peer;

constexpr std::uint16_t securityObject = 0x011D;

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

class Reading {
public:
    explicit Reading(Options options) : options_(std::move(options)) {}

    void run() {
        keep("EF.CardAccess", terminal_.readCardAccess());
        openPace();
        terminal_.selectApplication();
        const Bytes common = readFile("EF.COM", 0x011E);
        const Bytes dataGroup1 = readFile("DG1", 0x0101);
        const auto choices = OpenPaceTerminal::chipAuthenticationChoices(readFile("DG14", 0x010E));
        require(!choices.empty(), "DG14: there is no Chip Authentication in it");
        terminal_.authenticateChip(choices.front());
        std::cout << "Chip Authentication: passed\n";
        require(readFile("DG1", 0x0101) == dataGroup1, "DG1 reads differently after Chip Authentication");
        readRemaining(common);
        if (terminal_.selects(securityObject)) {
            readFile("EF.SOD", securityObject);
        }
    }

private:
    void openPace() {
        const bool withMrz = options_.can.empty();
        const Password password = withMrz ? Password::fromMrz(options_.mrz) : Password::fromCan(options_.can);
        terminal_.openPace(terminal_.paceInfos().front(), password, options_.chat);
        std::cout << "PACE with " << (withMrz ? "MRZ" : "CAN") << ": passed\n";
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
            // Fingers and irises need Terminal Authentication.
            if (file.name == "DG3" || file.name == "DG4") {
                terminal_.expectRefusal(file.name, file.identifier);
                std::cout << file.name << ": refused, as it must be\n";
            } else {
                readFile(file.name, file.identifier);
            }
        }
    }

    Bytes readFile(const std::string& name, std::uint16_t identifier) {
        const Bytes content = terminal_.readFile(name, identifier, options_.extended ? 0x0400 : 0xDF);
        keep(name, content);
        std::cout << name << ": " << content.size() << " bytes\n";
        return content;
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
    OpenPaceTerminal terminal_;
};

} // namespace

int main(int count, char** arguments) {
    try {
        const Options options = parse(Arguments(count, arguments));
        const Library library;
        Reading(options).run();
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "openpace_terminal: " << error.what() << '\n';
        return 1;
    }
}
