// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/pki_command.hpp"

#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "host/base/error.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"
#include "personalization/pki/published_lists.hpp"
#include "personalization/pki/renewal.hpp"
#include "personalization/pki/seal_signer.hpp"
#include "tools/commands/pki_custody_command.hpp"
#include "tools/commands/pki_lint_command.hpp"
#include "tools/commands/pki_offline_command.hpp"
#include "tools/commands/pki_verifying_command.hpp"
#include "tools/key_options.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

struct InitOptions {
    std::string directory;
    std::string policy;
    personalization::PkiOptions pki;
};

void addKinds(CLI::App& command, personalization::PkiOptions& options, const std::string& cscaOtherwise,
              const std::string& signerOtherwise) {
    command.add_option(
        "--csca-key", options.cscaKey,
        "kind of the CSCA's key: a curve like P-384, P-521, brainpoolP384r1 (ECDSA), RSA-3072 or "
        "RSA-4096 (RSASSA-PSS); " +
            cscaOtherwise);
    command.add_option("--document-signer-key", options.documentSignerKey,
                       "kind of the document signer's key, as --csca-key; " + signerOtherwise);
}

const std::string& existingFile(const std::string& file) {
    if (!std::filesystem::exists(file)) {
        throw BadConfiguration("There is no file \"" + file + "\".");
    }
    return file;
}

void addInit(CLI::App& pki, ExitStatus& status) {
    auto* command =
        pki.add_subcommand("init", "Make a country signing CA, a document signer and an empty CRL");
    const auto options = std::make_shared<InitOptions>();
    command->add_option("DIR", options->directory, "folder for the PKI; DIR/csca.pem is the trust anchor")
        ->required();
    command->add_flag("--named-curves", options->pki.namedCurves,
                      "name the curves in certificates instead of writing their parameters out");
    command->add_flag("--csca-only", options->pki.cscaOnly,
                      "no document signer: the CSCA is kept offline and certifies requests");
    addKinds(*command, options->pki, "without it P-384", "without it P-256");
    command->add_option("--token", options->pki.token,
                        "PKCS#11 URI of the token in which the keys are made and stay");
    command->add_option("--policy", options->policy,
                        "JSON file with the periods of keys and certificates and the limits of signatures; "
                        "without it those of Doc 9303-12");
    const auto keyOptions = addKeyOptions(*command);
    command->footer(
        "Without a passphrase the private keys are not protected, which is for tests. With one, "
        "every command that uses a key needs it.\n\nThe policy stands in DIR/policy.json from then on; "
        "all of its members may be left out:\n" +
        personalization::PkiPolicy().encode() +
        "\nExample:\n  cancuoc pki init pki\n"
        "  cancuoc pki init pki --ask-passphrase\n"
        "  cancuoc pki init pki --ask-passphrase --token "
        "'pkcs11:token=csca?module-path=/usr/lib/softhsm/libsofthsm2.so'");
    command->callback([options, keyOptions, &status] {
        SystemRandom random;
        if (!options->policy.empty()) {
            options->pki.policy = personalization::PkiPolicy::read(existingFile(options->policy));
        }
        const auto keys = keyStoreOf(*keyOptions, PassphraseUse::New);
        personalization::createPki(options->directory, options->pki, systemClock(), random, *keys);
        printText(std::cout, "Wrote a test PKI to {}; its anchor is {}.\n", options->directory,
                  personalization::PkiFiles(options->directory).cscaCertificate.string());
        status = ExitStatus::Done;
    });
}

struct RenewalOptions {
    std::string directory;
    std::shared_ptr<KeyOptions> keys;
    std::vector<std::filesystem::path> files;
    std::optional<std::string> name;
    std::string statement;
    std::string identifier = "SS";
    personalization::PkiOptions pki;
};

// A command that works on the PKI in DIR.
CLI::App* addRenewal(CLI::App& pki, const char* name, const char* description,
                     const std::shared_ptr<RenewalOptions>& options) {
    auto* command = pki.add_subcommand(name, description);
    command->add_option("DIR", options->directory, "folder of the PKI")->required();
    options->keys = addKeyOptions(*command);
    return command;
}

void addCsca(CLI::App& pki, ExitStatus& status) {
    const auto options = std::make_shared<RenewalOptions>();
    auto* command = addRenewal(pki, "csca", "Make the CSCA's next key, linked to the former one", options);
    command->add_option("--name", options->name, "commonName of the CSCA from now on; better kept");
    addKinds(*command, options->pki, "without it as before", "without it as before");
    command
        ->add_option("--type", options->pki.documentType, "document code of the first document signer by it")
        ->capture_default_str();
    command->footer(
        "A document signer and a CRL by the new key are made with it. The former certificate is kept "
        "as DIR/csca-NNN.pem; its key is destroyed when it has signed DIR/csca-link-NNN.pem, with "
        "which those who trust it come to trust the new key.\n\n"
        "Tell receiving States 90 days ahead (Doc 9303-12, 4.1.4.3).\n\n"
        "Example:\n  cancuoc pki csca pki\n  cancuoc trust import pki/csca-link-002.pem --store store");
    command->callback([options, &status] {
        SystemRandom random;
        const auto renewed =
            personalization::renewCountrySigningAuthority(options->directory, options->pki, options->name,
                                                          systemClock(), random, *keyStoreOf(*options->keys));
        const personalization::PkiFiles files(options->directory);
        printText(
            std::cout,
            "CSCA key {} certifies from now on, and document signer {:03} signs. Publish {}, {} and {}.\n",
            renewed.csca, renewed.documentSigner, files.cscaLink(renewed.csca).string(),
            files.cscaCertificate.string(), files.crl.string());
        status = ExitStatus::Done;
    });
}

void addDocumentSigner(CLI::App& pki, ExitStatus& status) {
    const auto options = std::make_shared<RenewalOptions>();
    auto* command = addRenewal(pki, "document-signer", "Make the next document signer", options);
    command->add_option(
        "--key", options->pki.documentSignerKey,
        "kind of its key: a curve like P-256 or brainpoolP256r1 (ECDSA), RSA-3072 or RSA-4096 "
        "(RSASSA-PSS); without it as before");
    command
        ->add_option("--type", options->pki.documentType,
                     "document code for which it may sign, as the MRZ begins: one or two letters")
        ->capture_default_str();
    command->footer("The next personalization run signs with it. The former certificate is kept as "
                    "DIR/document-signer-NNN.pem; its key is destroyed.\n\n"
                    "Example:\n  cancuoc pki document-signer pki");
    command->callback([options, &status] {
        SystemRandom random;
        const int number = personalization::renewDocumentSigner(
            options->directory, options->pki, systemClock(), random, *keyStoreOf(*options->keys));
        printText(std::cout, "Document signer {:03} signs from now on.\n", number);
        status = ExitStatus::Done;
    });
}

void addCrl(CLI::App& pki, ExitStatus& status) {
    const auto options = std::make_shared<RenewalOptions>();
    auto* command = addRenewal(pki, "crl", "Make the next CRL, due after the policy's period", options);
    command->add_option("--revoke", options->files, "certificates of the CSCA that are revoked from now on");
    command->footer("Example:\n  cancuoc pki crl pki --revoke pki/document-signer-001.pem");
    command->callback([options, &status] {
        const auto renewed = personalization::renewCrl(options->directory, options->files, systemClock(),
                                                       *keyStoreOf(*options->keys));
        printText(std::cout, "Wrote CRL {} with {} revoked certificates to {}.\n", renewed.number,
                  renewed.entries, personalization::PkiFiles(options->directory).crl.string());
        status = ExitStatus::Done;
    });
}

void addMasterList(CLI::App& pki, ExitStatus& status) {
    const auto options = std::make_shared<RenewalOptions>();
    auto* command = addRenewal(pki, "master-list", "Publish a master list with the CSCA of the PKI", options);
    command->add_option("--with", options->files, "CSCA certificates of other States, for the list too");
    command->footer("Example:\n  cancuoc pki master-list pki --with germany.pem");
    command->callback([options, &status] {
        SystemRandom random;
        const auto count = personalization::publishMasterList(
            options->directory, options->files, systemClock(), random, *keyStoreOf(*options->keys));
        printText(std::cout, "Wrote a master list with {} certificates to {}.\n", count,
                  personalization::PkiFiles(options->directory).masterList.string());
        status = ExitStatus::Done;
    });
}

void addDeviationList(CLI::App& pki, ExitStatus& status) {
    const auto options = std::make_shared<RenewalOptions>();
    auto* command =
        addRenewal(pki, "deviation-list", "Publish what is wrong with some of the cards issued", options);
    command->add_option("--statement", options->statement, "JSON file that says which cards, and what")
        ->required();
    command->footer(
        "The statement names documents, with any of these limits, and deviations of Doc 9303-12, 10.2:\n"
        "  {\"deviations\": [{\n"
        "    \"documents\": {\"documentType\": \"ID\", \"documentSigner\": \"document-signer-001.pem\",\n"
        "                  \"issued\": [\"2026-01-02\", \"2026-03-31\"], \"documentNumbers\": "
        "[\"299000001\"]},\n"
        "    \"descriptions\": [{\"type\": \"LDS-DGHashWrong\", \"dataGroup\": 12,\n"
        "                      \"description\": \"Hash of an earlier date of issue\"}]}]}\n\n"
        "Example:\n  cancuoc pki deviation-list pki --statement deviations.json");
    command->callback([options, &status] {
        SystemRandom random;
        const auto count = personalization::publishDeviationList(
            options->directory, options->statement, systemClock(), random, *keyStoreOf(*options->keys));
        printText(std::cout, "Wrote a deviation list with {} deviations to {}.\n", count,
                  personalization::PkiFiles(options->directory).deviationList.string());
        status = ExitStatus::Done;
    });
}

void addSealSigner(CLI::App& pki, ExitStatus& status) {
    const auto options = std::make_shared<RenewalOptions>();
    auto* command = addRenewal(pki, "seal-signer", "Make the next signer of digital seals", options);
    command
        ->add_option("--identifier", options->identifier,
                     "two capitals, which tell the country's seal signers apart")
        ->capture_default_str();
    command->add_option("--key", options->pki.documentSignerKey,
                        "kind of its key: a curve like P-256 or brainpoolP256r1; without it as before");
    command->footer(
        "Seals do not carry its certificate, DIR/seal-signer-XX.pem: publish it before it signs.\n\n"
        "Example:\n  cancuoc pki seal-signer pki\n"
        "  cancuoc qr seal create --record citizen.json --pki pki --out seal.png");
    command->callback([options, &status] {
        SystemRandom random;
        const int number = personalization::renewSealSigner(options->directory, options->identifier,
                                                            options->pki.documentSignerKey, systemClock(),
                                                            random, *keyStoreOf(*options->keys));
        printText(std::cout, "Seal signer {} signs from now on; its seals name certificate {:X}.\n",
                  options->identifier, number);
        status = ExitStatus::Done;
    });
}

} // namespace

void addPkiCommand(CLI::App& application, ExitStatus& status) {
    auto* pki = application.add_subcommand("pki", "Make the certificates of a test PKI, and check anybody's");
    pki->require_subcommand(1);
    pki->footer("Example:\n  cancuoc pki init pki");
    addInit(*pki, status);
    addCsca(*pki, status);
    addDocumentSigner(*pki, status);
    addCrl(*pki, status);
    addMasterList(*pki, status);
    addDeviationList(*pki, status);
    addSealSigner(*pki, status);
    addPkiOfflineCommands(*pki, status);
    addPkiCustodyCommands(*pki, status);
    addPkiVerifyingCommands(*pki, status);
    addPkiLintCommand(*pki, status);
}

} // namespace cancuoc::tools
