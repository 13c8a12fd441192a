// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/evidence_command.hpp"

#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "host/base/clock.hpp"
#include "host/base/file.hpp"
#include "host/base/moment.hpp"
#include "host/inspection/evidence_verification.hpp"
#include "host/inspection/inspection_json.hpp"
#include "tools/inspection_report.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

using inspection::Evidence;

struct EvidenceOptions {
    std::string file;
    std::string trustStore;
    std::string policy = "standard";
    bool json = false;
};

Json reportOf(const inspection::InspectionResult& result, const Evidence& evidence) {
    auto json = inspection::toJson(result);
    json["evidence"] = {
        {"readAt", toIso(evidence.time)}, {"policy", evidence.policy}, {"verdict", nameOf(evidence.verdict)}};
    return json;
}

ExitStatus runVerify(const EvidenceOptions& options) {
    const auto policy = inspection::Policy::load(options.policy);
    std::optional<trust::TrustStore> store;
    if (!options.trustStore.empty()) {
        store = trust::TrustStore::open(options.trustStore, systemClock());
    }
    const auto evidence = Evidence::decode(readFile(options.file, Evidence::maximumSize));
    const auto result = inspection::verifyEvidence(evidence, policy, store ? &*store : nullptr);
    return printReport(result, reportOf(result, evidence), options.json);
}

} // namespace

void addEvidenceCommand(CLI::App& application, ExitStatus& status) {
    auto* evidence =
        application.add_subcommand("evidence", "Verify readings again that 'cancuoc read --evidence' kept");
    evidence->require_subcommand(1);
    evidence->footer("Example:\n  cancuoc evidence verify card.evidence --trust store");
    auto* command = evidence->add_subcommand("verify", "Judge the card of an earlier reading without it");
    const auto options = std::make_shared<EvidenceOptions>();
    command->add_option("FILE", options->file, "what 'cancuoc read --evidence' has written")->required();
    command->add_option("--trust", options->trustStore,
                        "trust store with the CSCA certificates (see 'cancuoc trust')");
    command->add_option("--policy", options->policy, "strict, standard, fast, or a JSON file")
        ->capture_default_str();
    command->add_flag(
        "--json", options->json,
        "print one JSON object, that of 'cancuoc read' and what the evidence says of its reading");
    command->footer(
        "Files, signatures, certificates as of the day of the reading, and consistency are checked by the "
        "same "
        "code.\nWhat only the card could prove again is named. Exit status 0 means genuine, 3 means not "
        "genuine or incomplete.\n\n"
        "Example:\n  cancuoc evidence verify card.evidence --trust store");
    command->callback([options, &status] { status = runVerify(*options); });
}

} // namespace cancuoc::tools
