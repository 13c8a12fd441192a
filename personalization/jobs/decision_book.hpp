// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "host/base/error.hpp"
#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"
#include "personalization/jobs/database.hpp"
#include "personalization/jobs/role.hpp"

#include <memory>
#include <vector>

namespace cancuoc::personalization {

/// The person is not known, has not the role, or would approve what they asked for. Another person must do
/// it.
class NotAllowed : public Error {
public:
    using Error::Error;
};

/// A person at the line.
struct Person {
    std::string name;
    std::set<Role> roles;
    bool isActive = false; ///< may sign in

    [[nodiscard]] bool hasOneOf(const std::set<Role>& wanted) const;
};

enum class DecisionState {
    Asked,
    Approved, ///< by a second person
    Refused,
    Withdrawn, ///< by who asked or approved
    Done,      ///< approved and carried out
};

/// An action that somebody asked for, and what became of it.
struct Decision {
    std::int64_t number = 0;
    Action action = Action::Destroy;
    std::string subject; ///< what it is done to: a chip's serial, a request id, a SHA-256, a name
    std::string reason;
    std::string askedBy;
    std::string decidedBy; ///< empty: nobody yet
    DecisionState state = DecisionState::Asked;
    bool isBeingDone = false; ///< approved, and somebody began to carry it out
};

[[nodiscard]] std::string_view nameOf(DecisionState state);

/// The persons of a line and what two of them decided, in its job store. A line without persons asks for no
/// sign-in; actions that need two persons then cannot be done. One thread at a time.
class DecisionBook {
public:
    /// `database` has the tables of a job store; `random`, which outlives the object, salts passwords.
    DecisionBook(std::shared_ptr<sql::Database> database, Clock clock, RandomSource& random);

    [[nodiscard]] bool hasPersons();
    [[nodiscard]] std::vector<Person> persons();

    /// Adds a person, who may sign in at once while the line has fewer than two supervisors. From then on
    /// `by`, a supervisor, asks for the action Person, and the person may sign in when it is done. Throws
    /// NotAllowed when `by` is needed and missing or no supervisor, BadConfiguration for a name that is taken
    /// or empty, for no role and for a password that is too short.
    void addPerson(const std::string& name, const std::set<Role>& roles, const SecretBytes& password,
                   const std::optional<Person>& by);

    /// The person with that name and password. Throws NotAllowed, without saying which of both is wrong.
    [[nodiscard]] Person signIn(const std::string& name, const SecretBytes& password);

    /// Asks for an action; its number. Throws NotAllowed when the person has no role to, BadConfiguration
    /// when it is asked for already.
    std::int64_t ask(const Person& by, Action action, const std::string& subject, const std::string& reason);

    /// Approves, for the caller to carry it out now and say done() or stopped(). One that was approved before
    /// and not carried out is given again. Throws NotAllowed when the person has no role to or asked for it,
    /// BadConfiguration when there is nothing of this number to approve.
    [[nodiscard]] Decision approve(const Person& by, std::int64_t number);

    /// Says no to what was asked for; whoever asked may do so too. Throws as approve() does.
    void refuse(const Person& by, std::int64_t number);

    /// Takes back what was asked for or approved, before it is carried out; what lets runs use a load
    /// profile, keys or signers, also afterwards: no run begins with it any more. Where both who wanted it
    /// have left, whoever may ask for such a thing takes it back. Throws NotAllowed unless the person is one
    /// of these, BadConfiguration when there is nothing of this number to take
    /// back, or what was approved was begun and whether it was done is not known.
    void withdraw(const Person& by, std::int64_t number);

    /// The approved action was carried out.
    void done(std::int64_t number);

    /// The approved action could not be carried out, and nothing of it was done.
    void stopped(std::int64_t number);

    /// Whether two persons wanted this of this subject.
    [[nodiscard]] bool isApproved(Action action, const std::string& subject);

    /// All decisions, or the one with a number, in the order in which they were asked for.
    [[nodiscard]] std::vector<Decision> decisions();
    [[nodiscard]] Decision decision(std::int64_t number);

    /// Lets a person whose coming was approved sign in, or one whose leaving was approved no more.
    void setActive(const std::string& name, bool isActive);

private:
    [[nodiscard]] std::size_t activeSupervisors();
    [[nodiscard]] std::int64_t addDecision(const std::string& by, Action action, const std::string& subject,
                                           const std::string& reason);
    void setBeingDone(std::int64_t number, bool isBeingDone);
    /// Whether those who wanted it are gone, and the person may decide in their place.
    [[nodiscard]] bool standsFor(const Person& by, const Decision& taken);

    std::shared_ptr<sql::Database> database_;
    Clock clock_;
    RandomSource& random_;
};

} // namespace cancuoc::personalization
