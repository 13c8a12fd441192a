// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/pki_command.hpp"

#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "personalization/pki/public_key_infrastructure.hpp"
#include "tools/commands/pki_lint_command.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

struct InitOptions {
    std::string directory;
    personalization::PkiOptions pki;
};

void addInit(CLI::App& pki, ExitStatus& status) {
    auto* command =
        pki.add_subcommand("init", "Make a country signing CA, a document signer and an empty CRL");
    const auto options = std::make_shared<InitOptions>();
    command->add_option("DIR", options->directory, "folder for the PKI; DIR/csca.pem is the trust anchor")
        ->required();
    command->add_flag("--named-curves", options->pki.namedCurves,
                      "name the curves in certificates instead of writing their parameters out");
    command->footer(
        "The private keys are not protected: this PKI is for tests.\n\nExample:\n  cancuoc pki init pki");
    command->callback([options, &status] {
        SystemRandom random;
        personalization::createPki(options->directory, options->pki, systemClock(), random);
        printText(std::cout, "Wrote a test PKI to {}; its anchor is {}.\n", options->directory,
                  personalization::PkiFiles(options->directory).cscaCertificate.string());
        status = ExitStatus::Done;
    });
}

} // namespace

void addPkiCommand(CLI::App& application, ExitStatus& status) {
    auto* pki = application.add_subcommand("pki", "Make the certificates of a test PKI, and check anybody's");
    pki->require_subcommand(1);
    pki->footer("Example:\n  cancuoc pki init pki");
    addInit(*pki, status);
    addPkiLintCommand(*pki, status);
}

} // namespace cancuoc::tools
