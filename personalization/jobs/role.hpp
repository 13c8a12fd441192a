// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// What a person at the line may do.
enum class Role {
    Operator,     ///< starts runs
    Supervisor,   ///< decides about chips, requests, load profiles and persons
    KeyCustodian, ///< decides about keys and signers
    StockKeeper,  ///< moves blanks, and sees to it that chips are destroyed
    Auditor,      ///< sees who decided what
};

/// What two persons must want: one asks, another approves.
enum class Action {
    Destroy,  ///< a chip in quarantine; its request waits for a remake
    Reissue,  ///< a rejected request is made after all
    Abandon,  ///< the chips that a machine left open are quarantined, for it does not come back
    Template, ///< a load profile may be used
    Key,      ///< a file of chip keys may be used
    Signer,   ///< the document signers of a CSCA may be used
    Person,   ///< a person comes
    Leave,    ///< a person goes
};

/// "operator", "key-custodian" and so on.
[[nodiscard]] std::string_view nameOf(Role role);
[[nodiscard]] std::optional<Role> roleOf(std::string_view name);
[[nodiscard]] std::string_view nameOf(Action action);
[[nodiscard]] std::optional<Action> actionOf(std::string_view name);

/// Who may ask for the action, and who may approve it.
[[nodiscard]] std::set<Role> rolesThatAsk(Action action);
[[nodiscard]] std::set<Role> rolesThatApprove(Action action);

} // namespace cancuoc::personalization
