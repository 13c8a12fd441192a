// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/pki_custody_command.hpp"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/pki/ceremony_record.hpp"
#include "personalization/pki/key_backup.hpp"
#include "personalization/pki/publication.hpp"
#include "tools/key_options.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

void addCeremonyRecord(CLI::App& pki, ExitStatus& status) {
    struct Options {
        std::string directory;
        std::string out;
        personalization::Ceremony ceremony;
        std::shared_ptr<KeyOptions> keys;
    };
    const auto options = std::make_shared<Options>();
    auto* command =
        pki.add_subcommand("ceremony-record", "Write down a key ceremony, to be printed and signed");
    command->add_option("DIR", options->directory, "folder of the PKI")->required();
    command->add_option("--purpose", options->ceremony.purpose, "what it was held for")->required();
    command->add_option("--present", options->ceremony.people, "everybody present, with their roles")
        ->required();
    command->add_option("--out", options->out, "text file; without it the record is printed");
    options->keys = addKeyOptions(*command);
    command->footer(
        "Exit status 3: a check has failed.\n\nExample:\n"
        "  cancuoc pki ceremony-record pki --purpose 'First key of the CSCA' --ask-passphrase \\\n"
        "    --present 'Nguyen Thi Mau, head of ceremony' 'Tran Van Mau, auditor' --out record.txt");
    command->callback([options, &status] {
        const auto record = personalization::recordCeremony(options->directory, options->ceremony,
                                                            systemClock(), *keyStoreOf(*options->keys));
        if (options->out.empty()) {
            printText(std::cout, "{}", record.text);
        } else {
            writeFile(options->out, viewOf(record.text));
        }
        status = record.holds ? ExitStatus::Done : ExitStatus::CheckNotPassed;
    });
}

void addKeyBackup(CLI::App& pki, ExitStatus& status) {
    struct Options {
        std::string key;
        unsigned custodians = 0;
        unsigned needed = 0;
        std::string out;
        std::shared_ptr<KeyOptions> keys;
    };
    const auto options = std::make_shared<Options>();
    auto* command = pki.add_subcommand("key-backup", "Share a key among custodians, some of whom restore it");
    command->add_option("KEY", options->key, "file of the key, like pki/csca.key")->required();
    command->add_option("--custodians", options->custodians, "how many get a share")
        ->required()
        ->check(CLI::Range(2U, personalization::mostCustodians));
    command->add_option("--needed", options->needed, "how many of them restore the key")
        ->required()
        ->check(CLI::Range(2U, personalization::mostCustodians));
    command->add_option("--out", options->out, "folder for share-1.txt, share-2.txt and so on")->required();
    options->keys = addKeyOptions(*command);
    command->footer(
        "Give each share to its custodian, on paper or on a medium of its own, and remove the "
        "folder. Fewer than needed tell nothing of the key.\n\nExample:\n"
        "  cancuoc pki key-backup pki/csca.key --custodians 5 --needed 3 --out shares --ask-passphrase");
    command->callback([options, &status] {
        SystemRandom random;
        const auto shares = personalization::makeKeyShares(options->key, options->custodians, options->needed,
                                                           random, *keyStoreOf(*options->keys));
        const std::filesystem::path folder(options->out);
        std::filesystem::create_directories(folder);
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
        for (std::size_t index = 0; index < shares.size(); ++index) {
            writePrivateFile(folder / fmt::format("share-{}.txt", index + 1), shares[index].view());
        }
        printText(std::cout, "Wrote {} shares to {}; any {} of them restore the key.\n", shares.size(),
                  options->out, options->needed);
        status = ExitStatus::Done;
    });
}

void addKeyRestore(CLI::App& pki, ExitStatus& status) {
    struct Options {
        std::vector<std::filesystem::path> shares;
        std::string out;
        std::shared_ptr<KeyOptions> keys;
    };
    const auto options = std::make_shared<Options>();
    auto* command = pki.add_subcommand("key-restore", "Restore a key from the shares of custodians");
    command->add_option("SHARE", options->shares, "files of shares, as many as are needed")->required();
    command->add_option("--out", options->out, "file for the key, like pki/csca.key; it must not exist")
        ->required();
    options->keys = addKeyOptions(*command);
    command->footer(
        "Example:\n  cancuoc pki key-restore share-1.txt share-4.txt share-5.txt --out pki/csca.key "
        "--ask-passphrase");
    command->callback([options, &status] {
        if (std::filesystem::exists(options->out)) {
            throw BadConfiguration("\"" + options->out + "\" is there already, and stays as it is.");
        }
        const auto key = personalization::restoreKey(options->shares);
        keyStoreOf(*options->keys, PassphraseUse::New)->write(options->out, *key);
        printText(std::cout, "Restored the key to {}.\n", options->out);
        status = ExitStatus::Done;
    });
}

void addPublish(CLI::App& pki, ExitStatus& status) {
    struct Options {
        std::string directory;
        std::string out;
    };
    const auto options = std::make_shared<Options>();
    auto* command =
        pki.add_subcommand("publish", "Write what others need: a folder for download, and LDIF for the PKD");
    command->add_option("DIR", options->directory, "folder of the PKI")->required();
    command->add_option("--out", options->out, "folder to write")->required();
    command->footer("Example:\n  cancuoc pki publish pki --out www\n"
                    "  cancuoc trust import www/csca/csca.cer www/icaopkd-001-complete.ldif --store store");
    command->callback([options, &status] {
        const auto published = personalization::publish(options->directory, options->out, systemClock());
        printText(std::cout, "Published {} certificates of the CSCA and {} of signers to {}.\n",
                  published.authorities, published.signers, options->out);
        status = ExitStatus::Done;
    });
}

} // namespace

void addPkiCustodyCommands(CLI::App& pki, ExitStatus& status) {
    addCeremonyRecord(pki, status);
    addKeyBackup(pki, status);
    addKeyRestore(pki, status);
    addPublish(pki, status);
}

} // namespace cancuoc::tools
