// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/role.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cancuoc::personalization {

namespace {

constexpr std::array<std::pair<Role, std::string_view>, 5> roleNames{{
    {Role::Operator, "operator"},
    {Role::Supervisor, "supervisor"},
    {Role::KeyCustodian, "key-custodian"},
    {Role::StockKeeper, "stock-keeper"},
    {Role::Auditor, "auditor"},
}};

constexpr std::array<std::pair<Action, std::string_view>, 8> actionNames{{
    {Action::Destroy, "destroy"},
    {Action::Reissue, "reissue"},
    {Action::Abandon, "abandon"},
    {Action::Template, "template"},
    {Action::Key, "key"},
    {Action::Signer, "signer"},
    {Action::Person, "person"},
    {Action::Leave, "leave"},
}};

template <class Names, class Value>
std::string_view nameIn(const Names& names, Value value) {
    return std::find_if(names.begin(), names.end(), [value](const auto& name) { return name.first == value; })
        ->second;
}

template <class Value, std::size_t count>
std::optional<Value> valueIn(const std::array<std::pair<Value, std::string_view>, count>& names,
                             std::string_view text) {
    const auto found =
        std::find_if(names.begin(), names.end(), [text](const auto& name) { return name.second == text; });
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

} // namespace

std::string_view nameOf(Role role) {
    return nameIn(roleNames, role);
}

std::optional<Role> roleOf(std::string_view name) {
    return valueIn(roleNames, name);
}

std::string_view nameOf(Action action) {
    return nameIn(actionNames, action);
}

std::optional<Action> actionOf(std::string_view name) {
    return valueIn(actionNames, name);
}

std::set<Role> rolesThatAsk(Action action) {
    const bool isOfKeys = action == Action::Key || action == Action::Signer;
    return {isOfKeys ? Role::KeyCustodian : Role::Supervisor};
}

std::set<Role> rolesThatApprove(Action action) {
    std::set<Role> roles = rolesThatAsk(action);
    if (action == Action::Destroy) {
        roles.insert(Role::StockKeeper);
    }
    return roles;
}

} // namespace cancuoc::personalization
