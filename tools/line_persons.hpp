// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "host/base/secret_bytes.hpp"
#include "personalization/audit/audit_trail.hpp"
#include "personalization/jobs/decision_book.hpp"

namespace cancuoc::tools {

/// What --audit of a command takes whose occurrences are what persons do about a store.
inline constexpr const char* decisionLogHelp = "the audit log of decisions (default: STORE.decisions.audit)";

/// What --password-file takes.
inline constexpr const char* passwordFileHelp =
    "file whose first line is that person's password; asked for on the terminal without it";

/// The password of the person `name`: the first line of `file`, or what is typed when there is none.
/// `isNew`: typed twice. Throws what firstLineOf() and askSecret() throw.
[[nodiscard]] SecretBytes passwordOf(const std::string& file, const std::string& name, bool isNew);

/// Who does something at a line, as the options of a command name them.
struct SignIn {
    std::string name;         ///< empty: nobody was named
    std::string passwordFile; ///< empty: asked for on the terminal
};

/// What only persons of one role do.
struct Duty {
    personalization::Role role;
    const char* sentence; ///< "an operator starts its runs"
    const char* option;   ///< that names the person
};

/// Where the line has persons: the one named signs in and must have the role of the duty. Where it has none:
/// nobody. Throws NotAllowed, naming what is missing.
std::optional<personalization::Person> signInFor(const Duty& duty, const SignIn& signIn,
                                                 personalization::DecisionBook& book);

/// signInFor() at the line of a job store.
std::optional<personalization::Person> signInFor(const Duty& duty, const SignIn& signIn,
                                                 const std::string& store);

/// Writes what a person does about `store` into the audit log `file`, or into the one beside the store where
/// `file` is empty. It is not the log of runs, which a run at work holds. Throws what LineAudit and
/// AuditTrail throw.
void recordDecision(const std::string& store, const std::string& file, const std::string& who,
                    const personalization::audit::Occurrence& occurrence);

} // namespace cancuoc::tools
