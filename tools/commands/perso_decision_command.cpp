// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/perso_decision_command.hpp"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "host/base/clock.hpp"
#include "personalization/jobs/open_job_store.hpp"
#include "personalization/pki/account.hpp"
#include "personalization/pki/document_signer.hpp"
#include "tools/job_store_option.hpp"
#include "tools/line_audit.hpp"
#include "tools/line_persons.hpp"
#include "tools/line_worker.hpp"
#include "tools/output.hpp"
#include "tools/run_permission.hpp"

namespace cancuoc::tools {

namespace {

using namespace personalization;

struct DecisionOptions {
    std::string store;
    std::string audit;
    std::string who;
    std::string passwordFile;
    std::string name;
    std::vector<std::string> roles;
    std::string newPasswordFile;
    std::string action;
    std::string subject;
    std::string reason;
    std::string shift;
    std::int64_t number = 0;
    bool json = false;
};

/// What the decision is about, in the form in which a run looks for it.
std::string subjectOf(Action action, const std::string& given) {
    switch (action) {
    case Action::Template:
        return profileSubject(given);
    case Action::Key:
        return keySubject(given);
    case Action::Signer:
        return signerSubject(given);
    default:
        return given;
    }
}

/// The book of a store, a person who has signed in, and the log of what persons decide.
class DecisionRoom {
public:
    explicit DecisionRoom(const DecisionOptions& options)
        : book_(openDecisionBook(options.store, systemClock(), random_)), options_(options) {}

    [[nodiscard]] DecisionBook& book() { return *book_; }

    [[nodiscard]] Person signIn() {
        return book_->signIn(options_.who, passwordOf(options_.passwordFile, options_.who, false));
    }

    /// In the log before it is done.
    void record(const std::string& who, const std::string& what, nlohmann::json members,
                const std::string& chip = "", const std::string& request = "") {
        recordDecision(options_.store, options_.audit, who, {what, "", request, chip, std::move(members)});
    }

private:
    SystemRandom random_;
    std::unique_ptr<DecisionBook> book_;
    const DecisionOptions& options_;
};

void print(const DecisionOptions& options, const Json& object, const std::string& sentence) {
    if (options.json) {
        printJson(std::cout, object);
    } else {
        printText(std::cout, "{}\n", sentence);
    }
}

// perso person

void addPerson(const DecisionOptions& options) {
    DecisionRoom room(options);
    std::set<Role> roles;
    for (const std::string& name : options.roles) {
        roles.insert(roleOf(name).value());
    }
    const auto by = options.who.empty() ? std::nullopt : std::optional(room.signIn());
    const SecretBytes password = passwordOf(options.newPasswordFile, options.name, true);
    room.record(by ? by->name : accountName(), "person-added",
                {{"name", options.name}, {"roles", options.roles}});
    room.book().addPerson(options.name, roles, password, by);
    const auto decisions = room.book().decisions();
    const bool waits = by && !decisions.empty() && decisions.back().subject == options.name;
    print(options, {{"name", options.name}, {"decision", waits ? decisions.back().number : 0}},
          waits ? fmt::format("{} may sign in when decision {} is approved.", options.name,
                              decisions.back().number)
                : fmt::format("{} may sign in.", options.name));
}

void listPersons(const DecisionOptions& options) {
    DecisionRoom room(options);
    Json persons = Json::array();
    for (const Person& person : room.book().persons()) {
        Json roles = Json::array();
        std::string names;
        for (const Role role : person.roles) {
            roles.push_back(nameOf(role));
            names += " " + std::string(nameOf(role));
        }
        persons.push_back({{"name", person.name}, {"roles", roles}, {"active", person.isActive}});
        if (!options.json) {
            printText(std::cout, "{}:{}{}\n", person.name, names,
                      person.isActive ? "" : " (may not sign in)");
        }
    }
    if (options.json) {
        printJson(std::cout, {{"persons", persons}});
    }
}

// perso decision

void askDecision(const DecisionOptions& options) {
    DecisionRoom room(options);
    const Person by = room.signIn();
    const Action action = actionOf(options.action).value();
    const std::string subject = subjectOf(action, options.subject);
    const std::int64_t number = room.book().ask(by, action, subject, options.reason);
    room.record(by.name, "decision-asked",
                {{"decision", number}, {"action", options.action}, {"reason", options.reason}});
    print(options, {{"decision", number}, {"action", options.action}, {"subject", subject}},
          fmt::format("Decision {}: {} {}. Another person approves it: cancuoc perso decision approve {}.",
                      number, options.action, subject, number));
}

void carryOut(DecisionRoom& room, JobStore& jobs, const Decision& decision, const std::string& shift) {
    switch (decision.action) {
    case Action::Destroy:
        jobs.destroyQuarantined(decision.subject, decision.reason, shift);
        break;
    case Action::Reissue:
        jobs.reissue(decision.subject, decision.reason);
        break;
    case Action::Abandon:
        jobs.abandonMachine(decision.subject, decision.reason);
        break;
    case Action::Person:
        room.book().setActive(decision.subject, true);
        break;
    case Action::Leave:
        room.book().setActive(decision.subject, false);
        break;
    case Action::Template:
    case Action::Key:
    case Action::Signer:
        break; // that it is approved is what runs look for
    }
}

void approveDecision(const DecisionOptions& options, const OpenStore& openStore) {
    DecisionRoom room(options);
    const Person by = room.signIn();
    const Decision decision = room.book().approve(by, options.number);
    room.record(by.name, "decision-approved",
                {{"decision", decision.number},
                 {"action", nameOf(decision.action)},
                 {"askedBy", decision.askedBy},
                 {"reason", decision.reason}},
                decision.action == Action::Destroy ? decision.subject : "",
                decision.action == Action::Reissue ? decision.subject : "");
    try {
        carryOut(room, *openStore(options.store), decision,
                 options.shift.empty() ? shiftOfToday() : options.shift);
    } catch (const Error&) {
        room.book().stopped(decision.number);
        throw;
    }
    room.book().done(decision.number);
    print(options, {{"decision", decision.number}, {"state", "done"}},
          fmt::format("Decision {} is done: {} {}.", decision.number, nameOf(decision.action),
                      decision.subject));
}

void refuseDecision(const DecisionOptions& options) {
    DecisionRoom room(options);
    const Person by = room.signIn();
    room.book().refuse(by, options.number);
    room.record(by.name, "decision-refused", {{"decision", options.number}});
    print(options, {{"decision", options.number}, {"state", "refused"}},
          fmt::format("Decision {} is refused.", options.number));
}

void withdrawDecision(const DecisionOptions& options) {
    DecisionRoom room(options);
    const Person by = room.signIn();
    room.book().withdraw(by, options.number);
    room.record(
        by.name, "decision-withdrawn",
        {{"decision", options.number}, {"action", nameOf(room.book().decision(options.number).action)}});
    print(options, {{"decision", options.number}, {"state", "withdrawn"}},
          fmt::format("Decision {} is withdrawn.", options.number));
}

void listDecisions(const DecisionOptions& options) {
    DecisionRoom room(options);
    Json decisions = Json::array();
    for (const Decision& decision : room.book().decisions()) {
        decisions.push_back({{"decision", decision.number},
                             {"action", nameOf(decision.action)},
                             {"subject", decision.subject},
                             {"reason", decision.reason},
                             {"askedBy", decision.askedBy},
                             {"decidedBy", decision.decidedBy},
                             {"state", nameOf(decision.state)}});
        if (!options.json) {
            printText(std::cout, "{} {} {} {}: {} (asked by {}{}{})\n", decision.number,
                      nameOf(decision.state), nameOf(decision.action), decision.subject, decision.reason,
                      decision.askedBy, decision.decidedBy.empty() ? "" : ", approved by ",
                      decision.decidedBy);
        }
    }
    if (options.json) {
        printJson(std::cout, {{"decisions", decisions}});
    }
}

CLI::App* addTo(CLI::App& group, const char* name, const char* description,
                const std::shared_ptr<DecisionOptions>& options) {
    auto* command = group.add_subcommand(name, description);
    command->add_option("--store", options->store, jobStoreHelp)->required();
    command->add_flag("--json", options->json, "print one JSON object");
    return command;
}

void addSignIn(CLI::App& command, DecisionOptions& options, bool isNeeded) {
    auto* who = command.add_option("--who", options.who, "the person who does it");
    if (isNeeded) {
        who->required();
    }
    command.add_option("--password-file", options.passwordFile, passwordFileHelp);
    command.add_option("--audit", options.audit, decisionLogHelp);
}

void addPersonCommands(CLI::App& perso, ExitStatus& status) {
    auto* person = perso.add_subcommand("person", "The persons of a line and their roles");
    person->require_subcommand(1);
    person->footer("Example:\n  cancuoc perso person list --store jobs.sqlite");
    const auto options = std::make_shared<DecisionOptions>();
    auto* add = addTo(*person, "add", "Add a person; from the third supervisor's time on two persons want it",
                      options);
    add->add_option("NAME", options->name)->required();
    add->add_option("--role", options->roles,
                    "operator, supervisor, key-custodian, stock-keeper or auditor; repeat it for several")
        ->required()
        ->check(CLI::IsMember({"operator", "supervisor", "key-custodian", "stock-keeper", "auditor"}));
    add->add_option(
        "--new-password-file", options->newPasswordFile,
        "file whose first line is the new person's password; asked for on the terminal without it");
    addSignIn(*add, *options, false);
    add->footer(
        "The first two supervisors come freely; then a supervisor (--who) asks for each person, and another\n"
        "approves.\n\nExample:\n  cancuoc perso person add Lan --role supervisor --store jobs.sqlite");
    add->callback([options, &status] {
        addPerson(*options);
        status = ExitStatus::Done;
    });
    auto* list = addTo(*person, "list", "Print the persons", options);
    list->footer("Example:\n  cancuoc perso person list --store jobs.sqlite");
    list->callback([options, &status] {
        listPersons(*options);
        status = ExitStatus::Done;
    });
}

void addAsk(CLI::App& decision, ExitStatus& status) {
    const auto options = std::make_shared<DecisionOptions>();
    auto* ask = addTo(decision, "ask", "Ask for an action", options);
    ask->add_option("ACTION", options->action,
                    "destroy CHIP, reissue REQUEST, abandon MACHINE, template PROFILE, key FILE, signer PKI, "
                    "leave NAME")
        ->required()
        ->check(CLI::IsMember({"destroy", "reissue", "abandon", "template", "key", "signer", "leave"}));
    ask->add_option("SUBJECT", options->subject, "what it is done to")->required();
    ask->add_option("--reason", options->reason, "why")->required();
    addSignIn(*ask, *options, true);
    ask->footer("Supervisors ask and approve; key custodians do for keys and signers; a stock keeper may "
                "approve that\n"
                "a chip is destroyed. Nobody approves what they asked for.\n\n"
                "Example:\n  cancuoc perso decision ask destroy 0A1B2C3D --reason \"not found\" --who Lan "
                "--store jobs.sqlite");
    ask->callback([options, &status] {
        askDecision(*options);
        status = ExitStatus::Done;
    });
}

void addDecisionCommands(CLI::App& perso, ExitStatus& status, const OpenStore& openStore) {
    auto* decision =
        perso.add_subcommand("decision", "What two persons must want: ask, approve, refuse, withdraw");
    decision->require_subcommand(1);
    decision->footer("Example:\n  cancuoc perso decision list --store jobs.sqlite");
    addAsk(*decision, status);
    const auto options = std::make_shared<DecisionOptions>();
    auto* approve = addTo(*decision, "approve", "Approve what another person asked for, and do it", options);
    approve->add_option("NUMBER", options->number)->required();
    approve->add_option("--shift", options->shift, shiftHelp);
    addSignIn(*approve, *options, true);
    approve->footer("Example:\n  cancuoc perso decision approve 1 --who Minh --store jobs.sqlite");
    approve->callback([options, openStore, &status] {
        approveDecision(*options, openStore);
        status = ExitStatus::Done;
    });
    auto* refuse = addTo(*decision, "refuse", "Refuse what was asked for", options);
    refuse->add_option("NUMBER", options->number)->required();
    addSignIn(*refuse, *options, true);
    refuse->footer("Example:\n  cancuoc perso decision refuse 1 --who Minh --store jobs.sqlite");
    refuse->callback([options, &status] {
        refuseDecision(*options);
        status = ExitStatus::Done;
    });
    auto* withdraw = addTo(*decision, "withdraw", "Take back what you asked for or approved", options);
    withdraw->add_option("NUMBER", options->number)->required();
    addSignIn(*withdraw, *options, true);
    withdraw->footer(
        "An action can be withdrawn until it is carried out; a load profile, a key file or a signer at any "
        "time:\nno run begins with it any more.\n\n"
        "Example:\n  cancuoc perso decision withdraw 1 --who Lan --store jobs.sqlite");
    withdraw->callback([options, &status] {
        withdrawDecision(*options);
        status = ExitStatus::Done;
    });
    auto* list = addTo(*decision, "list", "Print all decisions", options);
    list->footer("Example:\n  cancuoc perso decision list --store jobs.sqlite");
    list->callback([options, &status] {
        listDecisions(*options);
        status = ExitStatus::Done;
    });
}

} // namespace

void addPersoDecisionCommands(CLI::App& perso, ExitStatus& status, const OpenStore& openStore) {
    addPersonCommands(perso, status);
    addDecisionCommands(perso, status, openStore);
}

} // namespace cancuoc::tools
