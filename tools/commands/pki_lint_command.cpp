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
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

namespace lint = personalization::lint;

constexpr std::size_t longestLintedFile = std::size_t{16} << 20;
constexpr std::size_t mostFindingsInFull = 40;

struct LintOptions {
    std::vector<std::string> files;
    bool json = false;
    bool each = false;
    bool rules = false;
};

Json ruleJson(const lint::Rule& rule) {
    return {{"rule", rule.id}, {"clause", rule.clause}, {"severity", nameOf(rule.severity)}};
}

Json lintJson(const std::string& file, const lint::Report& report) {
    auto findings = Json::array();
    for (const auto& finding : report.findings) {
        Json json = ruleJson(*finding.rule);
        json["problem"] = finding.rule->broken;
        json["where"] = finding.where;
        findings.push_back(std::move(json));
    }
    return {{"file", file},
            {"kind", report.kind},
            {"certificates", report.certificates},
            {"conformant", report.isConformant()},
            {"findings", std::move(findings)}};
}

void printEach(const lint::Report& report) {
    for (const auto& finding : report.findings) {
        printText(std::cout, "  {:<7} {:<58} {}{}{} [{}]\n", nameOf(finding.rule->severity), finding.rule->id,
                  finding.where, finding.where.empty() ? "" : ": ", finding.rule->broken,
                  finding.rule->clause);
    }
}

// How often each rule is broken, and by whom: what a long list comes to.
void printSummary(const lint::Report& report) {
    struct Total {
        std::size_t count = 0;
        std::set<std::string> countries;
    };
    std::map<const lint::Rule*, Total> totals;
    for (const auto& finding : report.findings) {
        auto& total = totals[finding.rule];
        ++total.count;
        if (!finding.country.empty()) {
            total.countries.insert(finding.country);
        }
    }
    for (const auto* rule : lint::everyRule()) {
        const auto found = totals.find(rule);
        if (found != totals.end()) {
            printText(std::cout, "  {:<7} {:<58} {:>4} times, {} countries: {}\n", nameOf(rule->severity),
                      rule->id, found->second.count, found->second.countries.size(),
                      fmt::format("{}", fmt::join(found->second.countries, " ")));
        }
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

void printRules(bool json) {
    auto all = Json::array();
    for (const auto* rule : lint::everyRule()) {
        if (json) {
            Json entry = ruleJson(*rule);
            entry["problem"] = rule->broken;
            all.push_back(std::move(entry));
        } else {
            printText(std::cout, "{:<7} {:<66} {:<26} {}\n", nameOf(rule->severity), rule->id, rule->clause,
                      rule->broken);
        }
    }
    if (json) {
        printJson(std::cout, {{"rules", std::move(all)}});
    }
}

ExitStatus runLint(const LintOptions& options) {
    if (options.rules) {
        printRules(options.json);
        return ExitStatus::Done;
    }
    bool isConformant = true;
    auto files = Json::array();
    for (const auto& file : options.files) {
        const auto report = lint::examine(readFile(file, longestLintedFile));
        isConformant = isConformant && report.isConformant();
        if (options.json) {
            files.push_back(lintJson(file, report));
        } else {
            printLintReport(file, report, options.each);
        }
    }
    if (options.json) {
        printJson(std::cout, {{"conformant", isConformant}, {"files", std::move(files)}});
    }
    return isConformant ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

} // namespace

void addPkiLintCommand(CLI::App& pki, ExitStatus& status) {
    auto* command = pki.add_subcommand(
        "lint",
        "Hold certificates, CRLs, CV certificates, EF.SOD files and master lists against the standard");
    const auto options = std::make_shared<LintOptions>();
    auto* files = command->add_option(
        "FILE", options->files,
        "certificates and CRLs (PEM or DER), CV certificates, EF.SOD files, master lists");
    auto* rules = command->add_flag("--rules", options->rules, "print every rule, and check nothing");
    files->excludes(rules);
    command->add_flag("--each", options->each, "name every finding, however many there are");
    command->add_flag("--json", options->json, "print one JSON object");
    command->parse_complete_callback([files, rules] {
        if (files->count() == 0 && rules->count() == 0) {
            throw CLI::RequiredError("FILE");
        }
    });
    command->footer("Exit status 3: a rule that the standard writes as MUST is broken. Signatures of "
                    "certificates and CRLs are not verified, and no clock is asked.\n\n"
                    "Example:\n  cancuoc pki lint pki/csca.pem pki/document-signer.pem pki/csca.crl");
    command->callback([options, &status] { status = runLint(*options); });
}

} // namespace cancuoc::tools
