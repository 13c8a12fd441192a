// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/job_state.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cancuoc::personalization {

namespace {

template <class State>
using Name = std::pair<State, std::string_view>;

constexpr std::array<Name<JobState>, 8> jobStates{{
    {JobState::Waiting, "waiting"},
    {JobState::Claimed, "claimed"},
    {JobState::Loading, "loading"},
    {JobState::Loaded, "loaded"},
    {JobState::Verified, "verified"},
    {JobState::Good, "good"},
    {JobState::Rejected, "rejected"},
    {JobState::Quarantined, "quarantined"},
}};

constexpr std::array<Name<ChipState>, 8> chipStates{{
    {ChipState::Received, "received"},
    {ChipState::Loading, "loading"},
    {ChipState::Loaded, "loaded"},
    {ChipState::Verified, "verified"},
    {ChipState::Good, "good"},
    {ChipState::Spoiled, "spoiled"},
    {ChipState::Returned, "returned"},
    {ChipState::Quarantined, "quarantined"},
}};

template <class Names, class State>
std::string_view find(const Names& names, State state) {
    return std::find_if(names.begin(), names.end(), [state](const auto& name) { return name.first == state; })
        ->second;
}

template <class State, std::size_t count>
std::optional<State> find(const std::array<Name<State>, count>& names, std::string_view text) {
    const auto name =
        std::find_if(names.begin(), names.end(), [text](const auto& known) { return known.second == text; });
    return name == names.end() ? std::nullopt : std::optional(name->first);
}

} // namespace

std::string_view nameOf(JobState state) {
    return find(jobStates, state);
}

std::string_view nameOf(ChipState state) {
    return find(chipStates, state);
}

std::optional<JobState> jobStateOf(std::string_view name) {
    return find(jobStates, name);
}

std::optional<ChipState> chipStateOf(std::string_view name) {
    return find(chipStates, name);
}

} // namespace cancuoc::personalization
