// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <csignal>
#include <iostream>
#include <span>
#include <string_view>

#include <CLI/CLI.hpp>

#include "tools/commands/chip_command.hpp"
#include "tools/commands/evidence_command.hpp"
#include "tools/commands/face_command.hpp"
#include "tools/commands/perso_command.hpp"
#include "tools/commands/pki_command.hpp"
#include "tools/commands/qr_command.hpp"
#include "tools/commands/read_command.hpp"
#include "tools/commands/readers_command.hpp"
#include "tools/commands/sample_command.hpp"
#include "tools/commands/trace_command.hpp"
#include "tools/commands/trust_command.hpp"
#include "tools/error_report.hpp"
#include "tools/exit_status.hpp"

namespace {

using cancuoc::tools::ExitStatus;

// No option has an empty value: one comes from a variable of a script that is not set.
void requireNoEmptyArgument(std::span<char* const> arguments) {
    if (std::any_of(arguments.begin(), arguments.end(), [](const char* text) { return *text == '\0'; })) {
        throw CLI::ValidationError("An argument is empty; is a variable of the script not set?",
                                   CLI::ExitCodes::ValidationError);
    }
}

ExitStatus run(int argumentCount, char** arguments) {
    CLI::App application(
        "cancuoc issues, reads and checks ICAO 9303 chip cards; its first product is the Vietnamese "
        "citizen card.");
    application.require_subcommand(1);
    application.set_version_flag("--version", "cancuoc " CANCUOC_VERSION);
    application.footer("Exit status: 0 done, 1 wrong usage, 2 the reader, card, file or service failed,\n"
                       "3 the thing checked is not genuine or does not match.");

    auto status = ExitStatus::Done;
    cancuoc::tools::addReadersCommand(application, status);
    cancuoc::tools::addReadCommand(application, status);
    cancuoc::tools::addTraceCommand(application, status);
    cancuoc::tools::addEvidenceCommand(application, status);
    cancuoc::tools::addTrustCommand(application, status);
    cancuoc::tools::addChipCommand(application, status);
    cancuoc::tools::addPkiCommand(application, status);
    cancuoc::tools::addPersoCommand(application, status);
    cancuoc::tools::addSampleCommand(application, status);
    cancuoc::tools::addFaceCommand(application, status);
    cancuoc::tools::addQrCommand(application, status);

    // The command line itself may be what is wrong, so that no command has parsed its flags.
    const bool wantsJson = std::find(arguments, arguments + argumentCount, std::string_view("--json")) !=
                           arguments + argumentCount;
    auto* const json = wantsJson ? &std::cout : nullptr;
    try {
        requireNoEmptyArgument({arguments, static_cast<std::size_t>(argumentCount)});
        application.parse(argumentCount, arguments);
    } catch (const CLI::Success& help) {
        application.exit(help);
        return ExitStatus::Done;
    } catch (const CLI::RequiredError&) {
        // A mistyped command is the reason why none was found, and the better thing to say.
        const auto unknown = application.remaining(/*recurse*/ true);
        return cancuoc::tools::reportError(
            unknown.empty() ? std::current_exception() : std::make_exception_ptr(CLI::ExtrasError(unknown)),
            std::cerr, json);
    } catch (const std::exception&) {
        return cancuoc::tools::reportError(std::current_exception(), std::cerr, json);
    }
    std::cout.flush();
    return std::cout ? status : ExitStatus::Failed;
}

} // namespace

// Only a command described wrongly throws here, and ends the program as it should.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argumentCount, char** arguments) {
    // A reader of our output that goes away is an error of the output stream, not a reason to die midway.
    std::signal(SIGPIPE, SIG_IGN);
    return static_cast<int>(run(argumentCount, arguments));
}
