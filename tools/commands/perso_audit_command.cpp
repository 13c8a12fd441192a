// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/perso_audit_command.hpp"

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "host/base/file.hpp"
#include "host/base/moment.hpp"
#include "personalization/audit/log_verification.hpp"
#include "personalization/audit/proof.hpp"
#include "tools/audit_files.hpp"
#include "tools/line_audit.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

namespace audit = personalization::audit;

constexpr std::size_t largestProof = 1 << 20;
constexpr const char* logHelp = "the audit log, as `perso run` writes it to STORE.audit";
constexpr const char* signerHelp = "certificate of a key that may sign checkpoints; repeat it for several";

// perso audit verify

struct LogVerifyOptions {
    std::string log;
    std::vector<std::string> signers;
    std::vector<std::string> checkpoints;
    bool json = false;
};

Json toJson(const audit::LogVerdict& verdict) {
    Json json{{"holds", verdict.holds()},
              {"entries", verdict.scan.entries},
              {"vouchedFor", verdict.scan.vouchedFor},
              {"checkpoints", verdict.checkpoints},
              {"tornBytes", verdict.scan.tornBytes},
              {"objections", verdict.objections}};
    if (verdict.scan.firstWrong) {
        const auto& wrong = *verdict.scan.firstWrong;
        json["firstWrong"] = {{"what", audit::nameOf(wrong.what)},
                              {"from", wrong.from},
                              {"to", wrong.to},
                              {"explanation", wrong.explanation}};
    }
    return json;
}

void printForPeople(const audit::LogVerdict& verdict) {
    const auto& scan = verdict.scan;
    printText(std::cout, "{}: {} entries follow each other; {} checkpoints vouch for the first {}.\n",
              verdict.holds() ? "The log holds" : "The log does NOT hold", scan.entries, verdict.checkpoints,
              scan.vouchedFor);
    if (scan.firstWrong) {
        const auto& wrong = *scan.firstWrong;
        const std::string where = wrong.from == wrong.to
                                      ? "Entry " + std::to_string(wrong.from)
                                      : "The first wrong entry is one of " + std::to_string(wrong.from) +
                                            " to " + std::to_string(wrong.to);
        printText(std::cout, "{} ({}): {}.\n", where, audit::nameOf(wrong.what), wrong.explanation);
    }
    for (const std::string& objection : verdict.objections) {
        printText(std::cout, "{}\n", objection);
    }
    if (scan.tornBytes > 0) {
        printText(std::cout,
                  "Its last line was torn off after {} bytes, as by a kill; the next writer cuts it away.\n",
                  scan.tornBytes);
    }
}

ExitStatus runLogVerify(const LogVerifyOptions& options) {
    const auto signers = readSignerCertificates(options.signers);
    auto input = openAuditLog(options.log);
    const auto verdict = audit::verifyLog(input, checkpointsOf(options.log, options.checkpoints), signers);
    if (options.json) {
        printJson(std::cout, toJson(verdict));
    } else {
        printForPeople(verdict);
    }
    return verdict.holds() ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

void addLogVerify(CLI::App& command, ExitStatus& status) {
    auto* verify = command.add_subcommand("verify", "Find out whether an audit log was changed, and where");
    const auto options = std::make_shared<LogVerifyOptions>();
    verify->add_option("LOG", options->log, logHelp)->required();
    verify->add_option("--signer", options->signers, signerHelp)->required();
    verify->add_option("--checkpoints", options->checkpoints,
                       "checkpoints that were exported before; those beside the log count anyway");
    verify->add_flag("--json", options->json, "print one JSON object");
    verify->footer(
        "Edited, deleted, inserted, reordered and missing entries are found, and the first wrong one is\n"
        "named. What was rewritten to the end of the log is found by checkpoints alone: keep exported ones\n"
        "where the line's people cannot reach them.\n"
        "Exit status 3 when the log does not hold, or no checkpoint vouches for it.\n\n"
        "Example:\n  cancuoc perso audit verify jobs.sqlite.audit --signer audit.pem");
    verify->callback([options, &status] { status = runLogVerify(*options); });
}

// perso audit checkpoint

struct CheckpointOptions {
    std::string log;
    CheckpointSignerOptions signer;
};

void addCheckpoint(CLI::App& command, ExitStatus& status) {
    auto* checkpoint = command.add_subcommand("checkpoint", "Sign a checkpoint over all entries of a log");
    const auto options = std::make_shared<CheckpointOptions>();
    checkpoint->add_option("LOG", options->log, logHelp)->required();
    checkpoint->add_option("--signer", options->signer.certificate, "certificate of the key")->required();
    checkpoint->add_option("--key", options->signer.key, "a PEM file, or a PKCS#11 URI")->required();
    checkpoint->footer(
        "For logs of runs that sign none themselves. No run may be at work on the log.\n\n"
        "Example:\n  cancuoc perso audit checkpoint jobs.sqlite.audit --signer audit.pem --key audit.key");
    checkpoint->callback([options, &status] {
        static_cast<void>(openAuditLog(options->log)); // none is begun here
        SystemRandom random;
        audit::AuditLog log(options->log, systemClock(), random);
        signCheckpoints(log, options->signer, 1);
        log.checkpoint();
        printText(std::cout, "Signed a checkpoint over {} entries.\n", log.size());
        status = ExitStatus::Done;
    });
}

// perso audit export

struct ExportOptions {
    std::string log;
    std::string out;
    std::optional<std::uint64_t> entry;
    std::optional<std::uint64_t> since;
};

std::string exportOf(const ExportOptions& options) {
    const auto checkpoints = checkpointsOf(options.log, {});
    if (checkpoints.empty()) {
        throw BadConfiguration("The log " + options.log +
                               " has no checkpoint yet. Sign one with: cancuoc perso audit checkpoint.");
    }
    auto input = openAuditLog(options.log);
    if (options.entry) {
        return audit::Proof::ofInclusion(input, *options.entry, checkpoints.back()).encode();
    }
    if (options.since) {
        const auto former = std::find_if(checkpoints.begin(), checkpoints.end(), [&](const auto& checkpoint) {
            return checkpoint.checkpoint().size == *options.since;
        });
        if (former == checkpoints.end()) {
            throw BadConfiguration("The log has no checkpoint over " + std::to_string(*options.since) +
                                   " entries.");
        }
        return audit::Proof::ofConsistency(input, *former, checkpoints.back()).encode();
    }
    std::string lines;
    for (const auto& checkpoint : checkpoints) {
        lines += checkpoint.encode() + "\n";
    }
    return lines;
}

void addExport(CLI::App& command, ExitStatus& status) {
    auto* exporting = command.add_subcommand("export", "Write a log's checkpoints, or a proof, into a file");
    const auto options = std::make_shared<ExportOptions>();
    exporting->add_option("LOG", options->log, logHelp)->required();
    exporting->add_option("--out", options->out, "the file; the one that is there is replaced")->required();
    auto* entry = exporting->add_option("--entry", options->entry,
                                        "prove that this entry, from 0, is under the last checkpoint");
    exporting
        ->add_option("--since", options->since,
                     "prove that the last checkpoint goes on from the one over so many entries")
        ->excludes(entry);
    exporting->footer(
        "Without --entry and --since all checkpoints, for a place that the line's people cannot reach.\n"
        "Nothing that is exported tells a card or a request: both stand in the log by pseudonyms.\n\n"
        "Example:\n  cancuoc perso audit export jobs.sqlite.audit --out /media/auditor/checkpoints");
    exporting->callback([options, &status] {
        writeFile(options->out, viewOf(exportOf(*options)));
        status = ExitStatus::Done;
    });
}

// perso audit verify-proof

struct VerifyProofOptions {
    std::string proof;
    std::vector<std::string> signers;
    bool json = false;
};

ExitStatus runVerifyProof(const VerifyProofOptions& options) {
    const auto signers = readSignerCertificates(options.signers);
    const auto proof = audit::Proof::decode(toText(readFile(options.proof, largestProof)));
    const std::string objection = proof.objection(signers);
    if (options.json) {
        printJson(std::cout, {{"holds", objection.empty()}, {"objection", objection}});
    } else if (objection.empty()) {
        printText(std::cout, "{}\n",
                  proof.kind == audit::Proof::Kind::Inclusion
                      ? "The entry is under the checkpoint."
                      : "The checkpoint goes on from the former one.");
    } else {
        printText(std::cout, "The proof does NOT hold: {}.\n", objection);
    }
    return objection.empty() ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

void addVerifyProof(CLI::App& command, ExitStatus& status) {
    auto* verify = command.add_subcommand("verify-proof", "Check an exported proof, without the log");
    const auto options = std::make_shared<VerifyProofOptions>();
    verify->add_option("FILE", options->proof, "what `perso audit export --entry` or `--since` has written")
        ->required();
    verify->add_option("--signer", options->signers, signerHelp)->required();
    verify->add_flag("--json", options->json, "print one JSON object");
    verify->footer("Exit status 3 when the proof does not hold.\n\n"
                   "Example:\n  cancuoc perso audit verify-proof entry.proof --signer audit.pem");
    verify->callback([options, &status] { status = runVerifyProof(*options); });
}

// perso audit find

struct EntryFindOptions {
    std::string log;
    std::string card;
    std::string request;
    bool json = false;
};

Json toJson(std::uint64_t index, const audit::Event& event) {
    return {{"entry", index},           {"at", toIso(event.at)},         {"what", event.what},
            {"who", event.who},         {"station", event.station},      {"card", event.card},
            {"request", event.request}, {"members", Json(event.members)}};
}

void print(std::uint64_t index, const audit::Event& event) {
    printText(std::cout, "{:>9} {} {:<18} {} {} {}\n", index, toIso(event.at), event.what, event.who,
              event.station, event.members.empty() ? std::string() : event.members.dump());
}

ExitStatus runEntryFind(const EntryFindOptions& options) {
    audit::Pseudonyms pseudonyms(audit::readPseudonymKey(audit::pseudonymKeyBeside(options.log)));
    const std::string card = pseudonyms.ofCard(options.card);
    const std::string request = pseudonyms.ofRequest(options.request);
    Json found = Json::array();
    auto input = openAuditLog(options.log);
    const auto scan = audit::scanLog(input, {}, [&](const audit::EntryLine& entry) {
        const auto event = audit::decodeEvent(entry.event);
        if (card.empty() ? event.request != request : event.card != card) {
            return;
        }
        found.push_back(toJson(entry.index, event));
        if (!options.json) {
            print(entry.index, event);
        }
    });
    if (options.json) {
        printJson(std::cout, {{"entries", found}});
    }
    if (scan.firstWrong) {
        throw MalformedData("The log does not hold from entry " + std::to_string(scan.firstWrong->from) +
                            " on; what follows was not looked at. Verify it.");
    }
    return ExitStatus::Done;
}

void addEntryFind(CLI::App& command, ExitStatus& status) {
    auto* find = command.add_subcommand("find", "Print what a log has about one chip or one request");
    const auto options = std::make_shared<EntryFindOptions>();
    find->add_option("LOG", options->log, logHelp)->required();
    auto* subjects = find->add_option_group("subject");
    subjects->add_option("--card", options->card, "the chip's serial, as `perso report` prints it");
    subjects->add_option("--request", options->request, "the request's id");
    subjects->require_option(1);
    find->add_flag("--json", options->json, "print one JSON object");
    find->footer("Needs the key of the log's pseudonyms, LOG.key.\n\n"
                 "Example:\n  cancuoc perso audit find jobs.sqlite.audit --request SAMPLE-1");
    find->callback([options, &status] { status = runEntryFind(*options); });
}

} // namespace

void addPersoAuditCommand(CLI::App& perso, ExitStatus& status) {
    auto* command = perso.add_subcommand("audit", "Verify, sign, export and search audit logs of the line");
    command->require_subcommand(1);
    command->footer("Example:\n  cancuoc perso audit verify jobs.sqlite.audit --signer audit.pem\n"
                    "  cancuoc perso audit export jobs.sqlite.audit --out checkpoints");
    addLogVerify(*command, status);
    addVerifyProof(*command, status);
    addCheckpoint(*command, status);
    addExport(*command, status);
    addEntryFind(*command, status);
}

} // namespace cancuoc::tools
