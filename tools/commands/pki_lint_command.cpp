// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/pki_lint_command.hpp"

#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/ranges.h>

#include "host/base/file.hpp"
#include "personalization/lint/linter.hpp"
#include "personalization/lint/unruled_clauses.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

namespace lint = personalization::lint;

constexpr std::size_t longestLintedFile = std::size_t{16} << 20;
constexpr std::size_t mostFindingsInFull = 40;

struct LintOptions {
    std::vector<std::string> files;
    lint::Profile profile = lint::Profile::EighthEdition;
    bool json = false;
    bool markdown = false;
    bool each = false;
    bool rules = false;
};

std::vector<std::string_view> profileNamesOf(const lint::Rule& rule) {
    std::vector<std::string_view> names;
    for (const auto profile : lint::everyProfile) {
        if (rule.profiles.contains(profile)) {
            names.push_back(nameOf(profile));
        }
    }
    return names;
}

Json ruleJson(const lint::Rule& rule) {
    return {{"rule", rule.id}, {"clause", rule.clause}, {"severity", nameOf(rule.severity)}};
}

// How often a rule is broken, and by whom.
struct Total {
    const lint::Rule* rule = nullptr;
    std::size_t count = 0;
    std::set<std::string> countries;
};

// What a long list comes to: the rules that are broken, in the order of the rules.
std::vector<Total> totalsOf(const lint::Report& report) {
    std::map<const lint::Rule*, Total> totals;
    for (const auto& finding : report.findings) {
        auto& total = totals[finding.rule];
        ++total.count;
        if (!finding.country.empty()) {
            total.countries.insert(finding.country);
        }
    }
    std::vector<Total> inOrder;
    for (const auto* rule : lint::everyRule()) {
        if (const auto found = totals.find(rule); found != totals.end()) {
            inOrder.push_back(found->second);
            inOrder.back().rule = rule;
        }
    }
    return inOrder;
}

Json lintJson(const std::string& file, const lint::Report& report) {
    auto findings = Json::array();
    for (const auto& finding : report.findings) {
        Json json = ruleJson(*finding.rule);
        json["problem"] = finding.rule->broken;
        json["where"] = finding.where;
        json["country"] = finding.country;
        findings.push_back(std::move(json));
    }
    auto summary = Json::array();
    for (const auto& total : totalsOf(report)) {
        summary.push_back({{"rule", total.rule->id}, {"count", total.count}, {"countries", total.countries}});
    }
    return {{"file", file},
            {"kind", report.kind},
            {"certificates", report.certificates},
            {"conformant", report.isConformant()},
            {"findings", std::move(findings)},
            {"summary", std::move(summary)}};
}

void printEach(const lint::Report& report) {
    for (const auto& finding : report.findings) {
        printText(std::cout, "  {:<7} {:<58} {}{}{} [{}]\n", nameOf(finding.rule->severity), finding.rule->id,
                  finding.where, finding.where.empty() ? "" : ": ", finding.rule->broken,
                  finding.rule->clause);
    }
}

void printSummary(const lint::Report& report) {
    for (const auto& total : totalsOf(report)) {
        printText(std::cout, "  {:<7} {:<72} {:>4} times, {} countries: {}\n", nameOf(total.rule->severity),
                  total.rule->id, total.count, total.countries.size(),
                  fmt::format("{}", fmt::join(total.countries, " ")));
    }
    printText(std::cout, "  --each names every certificate.\n");
}

void printLintReport(const std::string& file, const lint::Report& report, bool each) {
    printText(std::cout, "{}: {}{}, {}\n", file, report.kind,
              report.kind == "master list" ? fmt::format(" with {} certificates", report.certificates) : "",
              report.findings.empty() ? "clean"
              : report.isConformant() ? "conformant, with warnings"
                                      : "not conformant");
    if (each || report.findings.size() <= mostFindingsInFull) {
        printEach(report);
    } else {
        printSummary(report);
    }
}

// What the tests call the file that breaks the rule.
std::string fixtureOf(const lint::Rule& rule) {
    return rule.id + ".failing";
}

void printRulesAsJson() {
    auto rules = Json::array();
    for (const auto* rule : lint::everyRule()) {
        Json entry = ruleJson(*rule);
        entry["profiles"] = profileNamesOf(*rule);
        entry["problem"] = rule->broken;
        entry["fixture"] = fixtureOf(*rule);
        rules.push_back(std::move(entry));
    }
    auto unruled = Json::array();
    for (const auto& one : lint::unruledClauses()) {
        unruled.push_back({{"clause", one.clause}, {"demand", one.demand}, {"reason", one.reason}});
    }
    printJson(std::cout, {{"rules", std::move(rules)}, {"clausesWithoutRule", std::move(unruled)}});
}

void printRulesAsMarkdown() {
    printText(std::cout, "| rule | clause | severity | profiles | what breaks it | fixture |\n"
                         "|---|---|---|---|---|---|\n");
    for (const auto* rule : lint::everyRule()) {
        printText(std::cout, "| `{}` | {} | {} | {} | {} | `{}` |\n", rule->id, rule->clause,
                  nameOf(rule->severity), fmt::format("{}", fmt::join(profileNamesOf(*rule), ", ")),
                  rule->broken, fixtureOf(*rule));
    }
    printText(std::cout, "\n| clause without a rule | what it demands | why |\n|---|---|---|\n");
    for (const auto& one : lint::unruledClauses()) {
        printText(std::cout, "| {} | {} | {} |\n", one.clause, one.demand, one.reason);
    }
}

void printRulesAsText() {
    for (const auto* rule : lint::everyRule()) {
        printText(std::cout, "{:<7} {:<82} {:<28} {:<15} {}\n", nameOf(rule->severity), rule->id,
                  rule->clause, fmt::format("{}", fmt::join(profileNamesOf(*rule), ",")), rule->broken);
    }
    printText(std::cout, "\n{} rules. No rule asks for:\n", lint::everyRule().size());
    for (const auto& one : lint::unruledClauses()) {
        printText(std::cout, "  {:<30} {}: {}\n", one.clause, one.demand, one.reason);
    }
}

ExitStatus printRules(const LintOptions& options) {
    if (options.json) {
        printRulesAsJson();
    } else if (options.markdown) {
        printRulesAsMarkdown();
    } else {
        printRulesAsText();
    }
    return ExitStatus::Done;
}

ExitStatus runLint(const LintOptions& options) {
    bool isConformant = true;
    auto files = Json::array();
    for (const auto& file : options.files) {
        const auto report = lint::examine(readFile(file, longestLintedFile), options.profile);
        isConformant = isConformant && report.isConformant();
        if (options.json) {
            files.push_back(lintJson(file, report));
        } else {
            printLintReport(file, report, options.each);
        }
    }
    if (options.json) {
        printJson(std::cout, {{"profile", nameOf(options.profile)},
                              {"conformant", isConformant},
                              {"files", std::move(files)}});
    }
    return isConformant ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

} // namespace

void addPkiLintCommand(CLI::App& pki, ExitStatus& status) {
    auto* command = pki.add_subcommand("lint", "Hold files of a PKI, anybody's, against the standard");
    const auto options = std::make_shared<LintOptions>();
    auto* files = command->add_option("FILE", options->files,
                                      "certificates and CRLs (PEM or DER), CV certificates, EF.SOD files, "
                                      "master lists, deviation lists, bytes of digital seals");
    auto* rules = command->add_flag("--rules", options->rules,
                                    "print every rule, and the clauses without one, and check nothing");
    files->excludes(rules);
    command
        ->add_option_function<std::string>(
            "--profile", [options](const std::string& name) { options->profile = *lint::profileOf(name); },
            "whose rules: 8 (the eighth edition of Doc 9303), 7 (without what the eighth added), pkd-upload "
            "(the older checks of what is uploaded to the ICAO PKD, where a CSCA has no alternative names)")
        ->check([](const std::string& name) {
            return lint::profileOf(name) ? std::string() : "There is no profile " + name + ".";
        })
        ->default_str("8");
    command->add_flag("--each", options->each, "name every finding, however many there are");
    auto* json = command->add_flag("--json", options->json, "print one JSON object");
    command->add_flag("--markdown", options->markdown, "with --rules: print tables in Markdown")
        ->needs(rules)
        ->excludes(json);
    command->parse_complete_callback([files, rules] {
        if (files->count() == 0 && rules->count() == 0) {
            throw CLI::RequiredError("FILE");
        }
    });
    command->footer(
        "Exit status 3: a rule that the standard writes as MUST is broken. Signatures are verified "
        "where the key is in the file, and no clock is asked. For a long list the rules are "
        "counted, with the countries that break them.\n\n"
        "Example:\n  cancuoc pki lint pki/csca.pem pki/document-signer.pem pki/csca.crl\n"
        "  cancuoc pki lint --profile pkd-upload csca.pem\n"
        "  cancuoc pki lint --rules --markdown");
    command->callback(
        [options, &status] { status = options->rules ? printRules(*options) : runLint(*options); });
}

} // namespace cancuoc::tools
