// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/perso_handover_command.hpp"

#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "tools/job_store_option.hpp"
#include "tools/line_audit.hpp"
#include "tools/line_persons.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

using namespace personalization;

struct HandoverOptions {
    std::string store;
    std::string order;
    std::shared_ptr<LineAuditOptions> audit;
    bool json = false;
};

void handOver(const HandoverOptions& options, const OpenStore& openStore) {
    const auto jobs = openStore(options.store);
    signInFor({Role::Supervisor, "a supervisor purges its records", "--operator"},
              {options.audit->operatorName, options.audit->operatorPasswordFile}, options.store);
    SystemRandom random;
    LineAudit audit(*options.audit, options.store, random);
    const auto held = jobs->heldPayloads(options.order);
    for (const HeldPayload& payload : held) {
        audit.trail().record(
            {"payload-purged", "", payload.requestId, "", {{"sha256", toLowerCaseHex(payload.digest)}}});
        jobs->purgePayload(payload.requestId);
    }
    audit.end();
    if (options.json) {
        printJson(std::cout, {{"purged", held.size()}});
    } else {
        printText(std::cout,
                  "{} records with their pictures are purged; the audit log keeps their digests.\n",
                  held.size());
    }
}

} // namespace

void addPersoHandoverCommand(CLI::App& perso, ExitStatus& status, const OpenStore& openStore) {
    auto* command =
        perso.add_subcommand("handover", "Purge records and pictures whose cards were handed over");
    const auto options = std::make_shared<HandoverOptions>();
    command->add_option("--store", options->store, jobStoreHelp)->required();
    command->add_option("--order", options->order, "of this order alone");
    options->audit = addLineAuditOptions(*command);
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer(
        "Of every request with a good card the record, the pictures and the number leave the store;\n"
        "request id, digest and history stay. The audit log has an entry with the digest before each. Where\n"
        "the line has persons, a supervisor does it: --operator NAME.\n\n"
        "Example:\n  cancuoc perso handover --store jobs.sqlite --order order");
    command->callback([options, openStore, &status] {
        handOver(*options, openStore);
        status = ExitStatus::Done;
    });
}

} // namespace cancuoc::tools
