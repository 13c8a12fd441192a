// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/perso_stock_command.hpp"

#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "host/base/error.hpp"
#include "personalization/pki/account.hpp"
#include "tools/job_store_option.hpp"
#include "tools/line_persons.hpp"
#include "tools/line_worker.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

using namespace personalization;

struct StockOptions {
    std::string store;
    std::string passwordFile;
    std::string audit;
    StockMove move;
    bool json = false;
};

constexpr const char* occurrenceOf(StockAction action) {
    switch (action) {
    case StockAction::Received:
        return "stock-received";
    case StockAction::Returned:
        return "stock-returned";
    default:
        return "stock-spoiled";
    }
}

/// The move is in the log before it is done, and so is, after it, that the store refused it.
void moveAudited(const StockOptions& options, JobStore& jobs) {
    const StockMove& move = options.move;
    const nlohmann::json members{{"count", move.count}, {"shift", move.shift}, {"reason", move.reason}};
    recordDecision(options.store, options.audit, move.who,
                   {occurrenceOf(move.action), move.station, "", "", members});
    try {
        jobs.moveStock(move);
    } catch (const Error& error) {
        recordDecision(options.store, options.audit, move.who,
                       {"stock-move-refused", move.station, "", "", {{"reason", error.what()}}});
        throw;
    }
}

void moveStock(StockOptions options, const OpenStore& openStore) {
    StockMove& move = options.move;
    const auto jobs = openStore(options.store);
    signInFor({Role::StockKeeper, "a stock keeper moves its blanks", "--who"},
              {move.who, options.passwordFile}, options.store);
    if (move.shift.empty()) {
        move.shift = shiftOfToday();
    }
    if (move.who.empty()) {
        move.who = accountName();
    }
    moveAudited(options, *jobs);
    if (options.json) {
        printJson(std::cout, {{"station", move.station}, {"shift", move.shift}, {"count", move.count}});
    } else {
        printText(std::cout, "{}: {} blanks, shift {}.\n", move.station, move.count, move.shift);
    }
}

void addMove(CLI::App& stock, ExitStatus& status, const OpenStore& openStore, const char* name,
             const char* description, StockAction action) {
    auto* command = stock.add_subcommand(name, description);
    const auto options = std::make_shared<StockOptions>();
    options->move.action = action;
    command->add_option("--store", options->store, jobStoreHelp)->required();
    command->add_option("--station", options->move.station, "the station, as reports name it")->required();
    command->add_option("--count", options->move.count, "how many blanks")
        ->required()
        ->check(CLI::Range(1U, 1'000'000U));
    command->add_option("--shift", options->move.shift, shiftHelp);
    command->add_option("--reason", options->move.reason, "why");
    command->add_option("--who", options->move.who,
                        "who moved them; a stock keeper where the line has persons (default: your account)");
    command->add_option("--password-file", options->passwordFile, passwordFileHelp);
    command->add_option("--audit", options->audit, decisionLogHelp);
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer(fmt::format(
        "Example:\n  cancuoc perso stock {} --store jobs.sqlite --station \"hall-1, virtual station 1\" "
        "--count 100",
        name));
    command->callback([options, openStore, &status] {
        moveStock(*options, openStore);
        status = ExitStatus::Done;
    });
}

} // namespace

void addPersoStockCommand(CLI::App& perso, ExitStatus& status, const OpenStore& openStore) {
    auto* stock = perso.add_subcommand("stock", "Note blanks that stations are given and give back");
    stock->require_subcommand(1);
    stock->footer(
        "`perso report --shift` holds them against what the stations used. Every move is in the audit log "
        "of\n"
        "decisions before it is done.\n\n"
        "Example:\n  cancuoc perso stock receive --store jobs.sqlite --station \"hall-1, virtual station 1\" "
        "--count 100");
    addMove(*stock, status, openStore, "receive", "A station was given blanks out of the safe",
            StockAction::Received);
    addMove(*stock, status, openStore, "return", "A station gave untouched blanks back",
            StockAction::Returned);
    addMove(*stock, status, openStore, "spoil", "Blanks were damaged outside of a run", StockAction::Spoiled);
}

} // namespace cancuoc::tools
