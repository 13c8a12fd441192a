// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/policy.hpp"

#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "host/base/error.hpp"
#include "host/base/file.hpp"

namespace cancuoc::inspection {

namespace {

constexpr std::size_t maximumPolicySize = 65536;

struct Switch {
    std::string_view name;
    bool Policy::*value;
};

constexpr Switch switches[] = {
    {"demandPace", &Policy::demandPace},
    {"demandCloneProof", &Policy::demandCloneProof},
    {"demandCurrentCrl", &Policy::demandCurrentCrl},
    {"performCloneProofs", &Policy::performCloneProofs},
    {"demandFace", &Policy::demandFace},
    {"tolerateDowngrade", &Policy::tolerateDowngrade},
};

std::optional<Policy> builtIn(std::string_view name) {
    for (auto policy : {Policy::strict(), Policy::standard(), Policy::fast()}) {
        if (policy.name == name) {
            return policy;
        }
    }
    return std::nullopt;
}

bool Policy::*switchNamed(std::string_view name) {
    for (const auto& candidate : switches) {
        if (candidate.name == name) {
            return candidate.value;
        }
    }
    std::string known;
    for (const auto& candidate : switches) {
        known += fmt::format("{}{}", known.empty() ? "" : ", ", candidate.name);
    }
    throw BadConfiguration(fmt::format("A policy has no switch \"{}\". It has: {}.", name, known));
}

} // namespace

Policy Policy::strict() {
    auto policy = standard();
    policy.name = "strict";
    policy.demandPace = true;
    policy.demandCloneProof = true;
    policy.demandCurrentCrl = true;
    return policy;
}

Policy Policy::standard() {
    Policy policy;
    policy.name = "standard";
    return policy;
}

Policy Policy::fast() {
    auto policy = standard();
    policy.name = "fast";
    policy.performCloneProofs = false;
    policy.tolerateDowngrade = true;
    return policy;
}

Policy Policy::load(const std::string& nameOrFile) {
    if (auto policy = builtIn(nameOrFile)) {
        return *std::move(policy);
    }
    if (!std::filesystem::exists(nameOrFile)) {
        throw BadConfiguration(
            fmt::format("There is no policy and no file \"{}\": a policy is strict, standard, "
                        "fast, or the path of a JSON file.",
                        nameOrFile));
    }
    try {
        return fromJson(toText(readFile(nameOrFile, maximumPolicySize)), nameOrFile);
    } catch (const BadConfiguration& wrong) {
        throw BadConfiguration(fmt::format("{}: {}", nameOrFile, wrong.what()));
    }
}

Policy Policy::fromJson(std::string_view json, std::string name) {
    const auto object = nlohmann::json::parse(json, nullptr, /*allow_exceptions*/ false);
    if (object.is_discarded()) {
        throw BadConfiguration("This is no JSON.");
    }
    if (!object.is_object() || !object.contains("base") || !object["base"].is_string()) {
        throw BadConfiguration("A policy is a JSON object with a \"base\": strict, standard or fast.");
    }
    auto policy = builtIn(object["base"].get<std::string>());
    if (!policy) {
        throw BadConfiguration("The \"base\" of a policy is strict, standard or fast.");
    }
    for (const auto& [key, value] : object.items()) {
        if (key == "base") {
            continue;
        }
        const auto member = switchNamed(key);
        if (!value.is_boolean()) {
            throw BadConfiguration(fmt::format("The policy's switch \"{}\" is true or false.", key));
        }
        (*policy).*member = value.get<bool>();
    }
    policy->name = std::move(name);
    return *std::move(policy);
}

std::string Policy::toJson() const {
    nlohmann::ordered_json object{{"base", "standard"}};
    for (const auto& member : switches) {
        object[std::string(member.name)] = this->*member.value;
    }
    return object.dump();
}

} // namespace cancuoc::inspection
