// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/pki_offline_command.hpp"

#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "host/base/file.hpp"
#include "personalization/pki/signer_request.hpp"
#include "tools/key_options.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

constexpr std::size_t maximumExchangeSize = std::size_t{1} << 20;

struct OfflineOptions {
    std::string directory;
    std::string file;
    std::string out;
    std::string signer = "document-signer";
    std::string documentType = "ID";
    personalization::SignerRequestOptions request;
    std::shared_ptr<KeyOptions> keys;
};

CLI::App* addCommand(CLI::App& pki, const char* name, const char* description,
                     const std::shared_ptr<OfflineOptions>& options) {
    auto* command = pki.add_subcommand(name, description);
    command->add_option("DIR", options->directory, "folder of the PKI")->required();
    options->keys = addKeyOptions(*command);
    return command;
}

void addSignerRequest(CLI::App& pki, ExitStatus& status) {
    const auto options = std::make_shared<OfflineOptions>();
    auto* command = addCommand(pki, "request", "Make a signer's key, and a request for the CSCA", options);
    command
        ->add_option("--signer", options->signer,
                     "document-signer, master-list-signer, deviation-list-signer, or seal-signer-XX")
        ->capture_default_str();
    command->add_option("--key", options->request.key, "kind of its key; without it as before, or P-256");
    command->add_option("--token", options->request.token,
                        "PKCS#11 URI of the token in which the first key is made; the next ones stay there");
    command->add_option("--out", options->out, "file for the request, PKCS #10 in PEM")->required();
    command->footer(
        "DIR is the online side's: it begins with the CSCA's csca.pem, csca.crl and policy.json.\n\n"
        "Example:\n  cancuoc pki request online --out signer.req\n"
        "  cancuoc pki certify offline signer.req --out signer.p7\n"
        "  cancuoc pki accept online signer.p7");
    command->callback([options, &status] {
        SystemRandom random;
        options->request.name = personalization::SignerName::fromStem(options->signer);
        const auto request = personalization::requestSigner(
            options->directory, options->request, systemClock(), random, *keyStoreOf(*options->keys));
        writeFile(options->out, request);
        printText(std::cout, "Wrote the request for a {} to {}.\n", options->signer, options->out);
        status = ExitStatus::Done;
    });
}

void addCertify(CLI::App& pki, ExitStatus& status) {
    const auto options = std::make_shared<OfflineOptions>();
    auto* command = addCommand(pki, "certify", "Certify a signer's request with the CSCA", options);
    command->add_option("REQUEST", options->file, "what `cancuoc pki request` has written")->required();
    command->add_option("--type", options->documentType, "document code for which a document signer may sign")
        ->capture_default_str();
    command->add_option("--out", options->out, "file for the response, PKCS #7 in PEM")->required();
    command->footer("Example:\n  cancuoc pki certify offline signer.req --out signer.p7");
    command->callback([options, &status] {
        SystemRandom random;
        const auto certified = personalization::certifySigner(
            options->directory, readFile(options->file, maximumExchangeSize), options->documentType,
            systemClock(), random, *keyStoreOf(*options->keys));
        writeFile(options->out, certified.response);
        printText(std::cout, "Certified {} {:03}; the response is in {}.\n", certified.name.fileStem(),
                  certified.number, options->out);
        status = ExitStatus::Done;
    });
}

void addAccept(CLI::App& pki, ExitStatus& status) {
    const auto options = std::make_shared<OfflineOptions>();
    auto* command = addCommand(pki, "accept", "Take in the CSCA's response to a request", options);
    command->add_option("RESPONSE", options->file, "what `cancuoc pki certify` has written")->required();
    command->footer(
        "Nothing is changed unless the certificate is for the key that was requested, by the CSCA of "
        "DIR, and good.\n\nExample:\n  cancuoc pki accept online signer.p7");
    command->callback([options, &status] {
        SystemRandom random;
        const auto accepted =
            personalization::acceptSigner(options->directory, readFile(options->file, maximumExchangeSize),
                                          systemClock(), random, *keyStoreOf(*options->keys));
        printText(std::cout, "{} {:03} signs {}.\n", accepted.name.fileStem(), accepted.number,
                  accepted.ahead ? "when the present one ends" : "from now on");
        status = ExitStatus::Done;
    });
}

} // namespace

void addPkiOfflineCommands(CLI::App& pki, ExitStatus& status) {
    addSignerRequest(pki, status);
    addCertify(pki, status);
    addAccept(pki, status);
}

} // namespace cancuoc::tools
