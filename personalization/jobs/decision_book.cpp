// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/decision_book.hpp"

#include "personalization/jobs/password.hpp"

#include <algorithm>
#include <array>
#include <sstream>

namespace cancuoc::personalization {

namespace {

constexpr std::array<std::pair<DecisionState, std::string_view>, 5> decisionStates{{
    {DecisionState::Asked, "asked"},
    {DecisionState::Approved, "approved"},
    {DecisionState::Refused, "refused"},
    {DecisionState::Withdrawn, "withdrawn"},
    {DecisionState::Done, "done"},
}};

std::string textOf(const std::set<Role>& roles) {
    std::string text;
    for (const Role role : roles) {
        text += (text.empty() ? "" : " ") + std::string(nameOf(role));
    }
    return text;
}

std::set<Role> rolesFrom(const std::string& text) {
    std::istringstream names(text);
    std::set<Role> roles;
    for (std::string name; names >> name;) {
        if (const auto role = roleOf(name)) {
            roles.insert(*role);
        }
    }
    return roles;
}

void requireRole(const Person& person, const std::set<Role>& roles, Action action) {
    if (!person.hasOneOf(roles)) {
        throw NotAllowed(person.name + " has no role for the action " + std::string(nameOf(action)) +
                         "; it needs " + textOf(roles) + ".");
    }
}

Decision decisionFrom(const sql::Statement& row) {
    Decision decision;
    decision.number = row.number(0);
    decision.action = actionOf(row.text(1)).value_or(Action::Destroy);
    decision.subject = row.text(2);
    decision.reason = row.text(3);
    decision.askedBy = row.text(4);
    decision.decidedBy = row.text(5);
    const std::string state = row.text(6);
    decision.state = std::find_if(decisionStates.begin(), decisionStates.end(), [&state](const auto& known) {
                         return known.second == state;
                     })->first;
    decision.isBeingDone = row.number(7) != 0;
    return decision;
}

constexpr const char* decisionColumns =
    "SELECT number, action, subject, reason, asked_by, coalesce(decided_by, ''), CASE WHEN withdrawn_by IS "
    "NULL THEN state ELSE 'withdrawn' END, being_done FROM decisions ";

/// What runs look for as long as it stands, and nobody carries out.
bool isPermission(Action action) {
    return action == Action::Template || action == Action::Key || action == Action::Signer;
}

[[noreturn]] void throwDecidedAlready(const Decision& decision) {
    throw BadConfiguration("Decision " + std::to_string(decision.number) + " is " +
                           std::string(nameOf(decision.state)) + " already.");
}

} // namespace

bool Person::hasOneOf(const std::set<Role>& wanted) const {
    return std::any_of(wanted.begin(), wanted.end(), [this](Role role) { return roles.count(role) == 1; });
}

std::string_view nameOf(DecisionState state) {
    return std::find_if(decisionStates.begin(), decisionStates.end(),
                        [state](const auto& known) { return known.first == state; })
        ->second;
}

DecisionBook::DecisionBook(std::shared_ptr<sql::Database> database, Clock clock, RandomSource& random)
    : database_(std::move(database)), clock_(std::move(clock)), random_(random) {}

bool DecisionBook::hasPersons() {
    auto row = database_->prepare("SELECT 1 FROM persons LIMIT 1");
    return row.step();
}

std::vector<Person> DecisionBook::persons() {
    auto row = database_->prepare("SELECT name, roles, is_active FROM persons ORDER BY name");
    std::vector<Person> all;
    while (row.step()) {
        all.push_back({row.text(0), rolesFrom(row.text(1)), row.number(2) != 0});
    }
    return all;
}

std::size_t DecisionBook::activeSupervisors() {
    const auto all = persons();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Person& person) {
        return person.isActive && person.hasOneOf({Role::Supervisor});
    }));
}

void DecisionBook::addPerson(const std::string& name, const std::set<Role>& roles,
                             const SecretBytes& password, const std::optional<Person>& by) {
    const std::string kept = hashPassword(password, random_);
    if (name.empty() || roles.empty()) {
        throw BadConfiguration("A person has a name and a role.");
    }
    sql::Transaction transaction(*database_, sql::Access::Deciding);
    const bool atOnce = activeSupervisors() < 2;
    if (!atOnce && !by) {
        throw NotAllowed("The line has two supervisors: one of them must ask for a new person, with --who.");
    }
    database_
        ->prepare(
            "INSERT INTO persons (name, roles, password, is_active) VALUES (?, ?, ?, ?) ON CONFLICT (name) "
            "DO NOTHING")
        .bind(name)
        .bind(textOf(roles))
        .bind(kept)
        .bind(std::int64_t{atOnce ? 1 : 0})
        .run();
    if (database_->changes() != 1) {
        throw BadConfiguration("There is a person " + name + " already.");
    }
    if (!atOnce) {
        requireRole(*by, rolesThatAsk(Action::Person), Action::Person);
        static_cast<void>(addDecision(by->name, Action::Person, name, textOf(roles)));
    }
    transaction.commit();
}

Person DecisionBook::signIn(const std::string& name, const SecretBytes& password) {
    auto row = database_->prepare("SELECT roles, password, is_active FROM persons WHERE name = ?");
    const bool isKnown = row.bind(name).step();
    // An unknown name takes as long as a wrong password.
    const std::string kept =
        isKnown ? row.text(1) : hashPassword(SecretBytes(Bytes(shortestPassword)), random_);
    if (!isPassword(password, kept) || !isKnown || row.number(2) == 0) {
        throw NotAllowed("The name or the password is wrong, or the person may not sign in yet.");
    }
    return {name, rolesFrom(row.text(0)), true};
}

std::int64_t DecisionBook::ask(const Person& by, Action action, const std::string& subject,
                               const std::string& reason) {
    requireRole(by, rolesThatAsk(action), action);
    sql::Transaction transaction(*database_, sql::Access::Deciding);
    auto same =
        database_->prepare("SELECT number FROM decisions WHERE action = ? AND subject = ? AND state IN "
                           "('asked', 'approved')");
    if (same.bind(nameOf(action)).bind(subject).step()) {
        throw BadConfiguration("That was asked for already: decision " + std::to_string(same.number(0)) +
                               ".");
    }
    const std::int64_t number = addDecision(by.name, action, subject, reason);
    transaction.commit();
    return number;
}

// The statement ends before its transaction does.
std::int64_t DecisionBook::addDecision(const std::string& by, Action action, const std::string& subject,
                                       const std::string& reason) {
    auto row = database_->prepare(
        "INSERT INTO decisions (at, action, subject, reason, asked_by, state) VALUES (?, ?, "
        "?, ?, ?, 'asked') RETURNING number");
    row.bind(std::int64_t{clock_().time_since_epoch().count()})
        .bind(nameOf(action))
        .bind(subject)
        .bind(reason)
        .bind(by);
    return row.step() ? row.number(0) : 0;
}

Decision DecisionBook::decision(std::int64_t number) {
    auto row = database_->prepare(std::string(decisionColumns) + "WHERE number = ?");
    if (!row.bind(number).step()) {
        throw BadConfiguration("There is no decision " + std::to_string(number) + ".");
    }
    return decisionFrom(row);
}

std::vector<Decision> DecisionBook::decisions() {
    auto row = database_->prepare(std::string(decisionColumns) + "ORDER BY number");
    std::vector<Decision> all;
    while (row.step()) {
        all.push_back(decisionFrom(row));
    }
    return all;
}

Decision DecisionBook::approve(const Person& by, std::int64_t number) {
    sql::Transaction transaction(*database_, sql::Access::Deciding);
    const Decision asked = decision(number);
    requireRole(by, rolesThatApprove(asked.action), asked.action);
    if (asked.askedBy == by.name) {
        throw NotAllowed(by.name + " asked for it; another person must approve it.");
    }
    if (asked.state == DecisionState::Asked) {
        database_->prepare("UPDATE decisions SET state = 'approved', decided_by = ? WHERE number = ?")
            .bind(by.name)
            .bind(number)
            .run();
    } else if (asked.state != DecisionState::Approved) {
        throwDecidedAlready(asked);
    }
    setBeingDone(number, true);
    Decision approved = decision(number);
    transaction.commit();
    return approved;
}

void DecisionBook::refuse(const Person& by, std::int64_t number) {
    sql::Transaction transaction(*database_, sql::Access::Deciding);
    const Decision asked = decision(number);
    if (asked.askedBy != by.name) {
        requireRole(by, rolesThatApprove(asked.action), asked.action);
    }
    if (asked.state != DecisionState::Asked) {
        throwDecidedAlready(asked);
    }
    database_->prepare("UPDATE decisions SET state = 'refused', refused_by = ? WHERE number = ?")
        .bind(by.name)
        .bind(number)
        .run();
    transaction.commit();
}

bool DecisionBook::standsFor(const Person& by, const Decision& taken) {
    const auto everybody = persons();
    const bool isAnybodyHere = std::any_of(everybody.begin(), everybody.end(), [&](const Person& person) {
        return person.isActive && (person.name == taken.askedBy || person.name == taken.decidedBy);
    });
    return !isAnybodyHere && by.hasOneOf(rolesThatAsk(taken.action));
}

void DecisionBook::withdraw(const Person& by, std::int64_t number) {
    sql::Transaction transaction(*database_, sql::Access::Deciding);
    const Decision taken = decision(number);
    if (by.name != taken.askedBy && by.name != taken.decidedBy && !standsFor(by, taken)) {
        throw NotAllowed(by.name + " neither asked for it nor approved it.");
    }
    const bool mayStand = taken.state == DecisionState::Asked || taken.state == DecisionState::Approved ||
                          (taken.state == DecisionState::Done && isPermission(taken.action));
    if (!mayStand) {
        throwDecidedAlready(taken);
    }
    if (taken.isBeingDone && !isPermission(taken.action)) {
        throw BadConfiguration(
            "Decision " + std::to_string(number) +
            " is carried out now, or was cut off while it was: approve it again, and it is "
            "carried through.");
    }
    database_->prepare("UPDATE decisions SET state = 'refused', withdrawn_by = ? WHERE number = ?")
        .bind(by.name)
        .bind(number)
        .run();
    transaction.commit();
}

void DecisionBook::stopped(std::int64_t number) {
    setBeingDone(number, false);
}

void DecisionBook::setBeingDone(std::int64_t number, bool isBeingDone) {
    database_->prepare("UPDATE decisions SET being_done = ? WHERE number = ?")
        .bind(std::int64_t{isBeingDone ? 1 : 0})
        .bind(number)
        .run();
}

void DecisionBook::done(std::int64_t number) {
    database_->prepare("UPDATE decisions SET state = 'done' WHERE number = ? AND state = 'approved'")
        .bind(number)
        .run();
}

bool DecisionBook::isApproved(Action action, const std::string& subject) {
    auto row = database_->prepare("SELECT 1 FROM decisions WHERE action = ? AND subject = ? AND state IN "
                                  "('approved', 'done')");
    return row.bind(nameOf(action)).bind(subject).step();
}

void DecisionBook::setActive(const std::string& name, bool isActive) {
    database_->prepare("UPDATE persons SET is_active = ? WHERE name = ?")
        .bind(std::int64_t{isActive ? 1 : 0})
        .bind(name)
        .run();
}

} // namespace cancuoc::personalization
