// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/perso_import_command.hpp"

#include <iostream>
#include <map>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "personalization/intake/rule_table.hpp"
#include "tools/import_report.hpp"
#include "tools/job_store_option.hpp"
#include "tools/line_assembly.hpp"
#include "tools/order_import.hpp"
#include "tools/output.hpp"
#include "tools/store_key.hpp"

namespace cancuoc::tools {

namespace {

using namespace personalization;

struct OrderImportOptions {
    OrderImport import;
    Language language = Language::English;
    std::string report;
    bool json = false;
};

ExitStatus runOrderImport(const OrderImportOptions& options, const OpenStore& openStore) {
    if (!options.report.empty()) {
        requireReportName(options.report);
    }
    ImportReport report(options.import.order, options.language, &std::cerr);
    importOrder(options.import, openStore, report);
    if (!options.report.empty()) {
        report.write(options.report);
    }
    if (options.json) {
        printJson(std::cout, report.json());
    } else {
        printText(std::cout, "{}\n", report.summary());
    }
    return report.anyRefused() ? ExitStatus::CheckNotPassed : ExitStatus::Done;
}

CLI::Option* addLanguage(CLI::App& command, Language& language) {
    static const std::map<std::string, Language> languages{{"vi", Language::Vietnamese},
                                                           {"en", Language::English}};
    return command.add_option("--language", language, "vi or en; en unless given")
        ->transform(CLI::CheckedTransformer(languages, CLI::ignore_case))
        ->type_name("vi|en");
}

void addOrderImport(CLI::App& perso, ExitStatus& status, const OpenStore& openStore) {
    auto* command = perso.add_subcommand("import", "Check an order's records and take them into a job store");
    const auto options = std::make_shared<OrderImportOptions>();
    command
        ->add_option("RECORDS", options->import.order,
                     "a file of records, CSV or JSON lines, with its pictures below its folder; or a folder "
                     "with records.csv or records.jsonl; or a ZIP of such a folder")
        ->required();
    command
        ->add_option("--store", options->import.store, std::string(jobStoreHelp) + "; made when it is absent")
        ->required();
    command->add_option("--store-key", options->import.storeKey, storeKeyHelp);
    command->add_option("--order", options->import.name,
                        "what reports call the order (default: its file or folder)");
    addLanguage(*command, options->language);
    command->add_option("--report", options->report,
                        "write what is wrong where into FILE.json, in both languages, or FILE.txt");
    auto* signers = command->add_option("--signers", options->import.signers,
                                        "a folder with the certificates whose signatures on orders count");
    command
        ->add_flag("--require-signature", options->import.requireSignature,
                   "refuse an order that none of --signers has signed")
        ->needs(signers);
    command->add_flag("--refuse-future-dates", options->import.refuseFutureDates,
                      "refuse cards issued after today");
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer(
        "A record that breaks a rule is named by line and field and stops only itself; `perso rules` prints\n"
        "the rules. Importing an order again adds nothing twice. Exit status 3 when a record, or the whole\n"
        "order, was refused.\n"
        "Signatures are CMS: beside a ZIP as ORDER.zip.p7s or around it, or on a folder's list of hashes\n"
        "SHA256SUMS as SHA256SUMS.p7s.\n\n"
        "Example:\n  cancuoc perso import citizens/records.csv --store jobs.sqlite --language vi\n"
        "      --report order.txt\n"
        "  cancuoc perso import order.zip --store jobs.sqlite --signers ministry --require-signature");
    command->callback([options, openStore, &status] { status = runOrderImport(*options, openStore); });
}

struct PriorityOptions {
    std::string store;
    std::string order;
    int priority = 0;
    bool json = false;
};

void setPriority(const PriorityOptions& options) {
    openExistingJobStore(options.store)->setPriority(options.order, options.priority);
    if (options.json) {
        printJson(std::cout, {{"order", options.order}, {"priority", options.priority}});
    } else {
        printText(std::cout, "The order {} has the priority {}.\n", options.order, options.priority);
    }
}

void addPriority(CLI::App& perso, ExitStatus& status) {
    auto* command = perso.add_subcommand("priority", "Let an order go before others, or after them");
    const auto options = std::make_shared<PriorityOptions>();
    command->add_option("--store", options->store, jobStoreHelp)->required();
    command->add_option("--order", options->order, "what reports call the order")->required();
    command->add_option("--priority", options->priority, "from -9 to 9; 0 unless it was set")
        ->required()
        ->check(CLI::Range(-JobStore::highestPriority, JobStore::highestPriority));
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer(
        "Remakes go first all the same; of equal priority, the order that was imported first.\n\n"
        "Example:\n  cancuoc perso priority --store jobs.sqlite --order 2126-12-01-HN --priority 3");
    command->callback([options, &status] {
        setPriority(*options);
        status = ExitStatus::Done;
    });
}

struct RulesOptions {
    Language language = Language::English;
    bool json = false;
};

void printRules(const RulesOptions& options) {
    Json rules = Json::array();
    for (const Rule& rule : everyRule) {
        if (options.json) {
            rules.push_back({{"id", rule.id},
                             {"severity", nameOf(rule.severity)},
                             {"source", rule.source},
                             {"message", rule.english},
                             {"messageVi", rule.vietnamese}});
        } else {
            printText(std::cout, "{} ({}, {}): {}\n", rule.id, nameOf(rule.severity), rule.source,
                      rule.message(options.language));
        }
    }
    if (options.json) {
        printJson(std::cout, {{"rules", rules}});
    }
}

void addRules(CLI::App& perso, ExitStatus& status) {
    auto* command = perso.add_subcommand("rules", "Print every rule that an order is held against");
    const auto options = std::make_shared<RulesOptions>();
    addLanguage(*command, options->language);
    command->add_flag("--json", options->json, "print one JSON object, with both languages");
    command->footer("An error keeps the record out of the line; a warning lets it pass.\n\n"
                    "Example:\n  cancuoc perso rules --language vi");
    command->callback([options, &status] {
        printRules(*options);
        status = ExitStatus::Done;
    });
}

} // namespace

void addPersoImportCommands(CLI::App& perso, ExitStatus& status, const OpenStore& openStore) {
    addOrderImport(perso, status, openStore);
    addPriority(perso, status);
    addRules(perso, status);
}

} // namespace cancuoc::tools
