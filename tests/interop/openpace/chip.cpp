// SPDX-License-Identifier: Apache-2.0
// OpenPaceChip at the end of vpcd's socket.
//
//   openpace_chip --card DIR --can DIGITS --mrz 90CHARACTERS [--port N] [--foreign-key] [--trust-point FILE]
//
// --trust-point gives it the certificate of the CVCA whose terminals may read fingers.
// --foreign-key makes it use a Chip Authentication key of its own, as a chip with copied files would have to.
#include "tests/interop/openpace/openpace_chip.hpp"
#include "tests/interop/peer/arguments.hpp"
#include "tests/interop/peer/reader.hpp"

#include <iostream>

namespace {

using namespace peer;

struct Options {
    std::filesystem::path card;
    std::string can;
    std::string mrz;
    std::uint16_t port = 35963;
    bool foreignKey = false;
    std::filesystem::path trustPoint;
};

Options parse(Arguments arguments) {
    Options options;
    while (arguments.next()) {
        const std::string& name = arguments.name();
        if (name == "--card") {
            options.card = arguments.value();
        } else if (name == "--can") {
            options.can = arguments.value();
        } else if (name == "--mrz") {
            options.mrz = arguments.value();
        } else if (name == "--port") {
            options.port = static_cast<std::uint16_t>(std::stoul(arguments.value()));
        } else if (name == "--foreign-key") {
            options.foreignKey = true;
        } else if (name == "--trust-point") {
            options.trustPoint = arguments.value();
        } else {
            arguments.refuse();
        }
    }
    require(!options.card.empty() && !options.can.empty() && !options.mrz.empty(),
            "give --card, --can and --mrz");
    return options;
}

} // namespace

int main(int count, char** arguments) {
    try {
        const Options options = parse(Arguments(count, arguments));
        const Library library;
        CardContent content = CardContent::load(options.card);
        if (options.foreignKey) {
            content.chipAuthenticationKey = generateKey(13);
        }
        if (!options.trustPoint.empty()) {
            content.trustPoint = readWhole(options.trustPoint);
        }
        OpenPaceChip chip(std::move(content), {options.can, options.mrz});
        const Chip slot{fromHex("3B80800101"), [&chip] { chip.reset(); },
                        [&chip](View command) { return chip.transmit(command); }};
        serve(slot, options.port);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "openpace_chip: " << error.what() << '\n';
        return 1;
    }
}
