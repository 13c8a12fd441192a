// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace cancuoc::personalization {

/// An object in a configuration file in JSON, read member by member. Everything that breaks a rule throws
/// BadConfiguration with the member's full name, as in "The load profile mine.json: secureChannel.option must
/// be ...". What a kind of file has beyond texts is read by a class of its own over this one.
class ConfigurationElement {
public:
    /// `json` outlives the element; `prefix` begins every message; `path` is the element's own name, empty
    /// for the outermost. Throws BadConfiguration unless `json` is an object.
    ConfigurationElement(const nlohmann::json& json, std::string prefix, std::string path);

    /// Whether the member is there; it counts as asked for.
    [[nodiscard]] bool has(const std::string& name) const;
    /// The member as it stands; it counts as asked for. Throws BadConfiguration when it is missing.
    [[nodiscard]] const nlohmann::json& raw(const std::string& name) const;
    /// A text that is not empty.
    [[nodiscard]] std::string text(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;

    /// What `value`, read from the member `name`, stands for.
    template <class Value>
    [[nodiscard]] Value choice(const std::string& name, const std::string& value,
                               std::initializer_list<std::pair<const char*, Value>> choices) const {
        std::string known;
        for (const auto& [text, meaning] : choices) {
            if (value == text) {
                return meaning;
            }
            known += (known.empty() ? "" : ", ") + std::string(text);
        }
        refuse(name, "must be of these: " + known);
    }

    /// Refuses members that were not asked for.
    void expectNothingElse() const;

    /// Throws BadConfiguration: the member's full name, then the rule that it breaks.
    [[noreturn]] void refuse(const std::string& name, const std::string& rule) const;

    [[nodiscard]] const std::string& prefix() const { return prefix_; }
    /// The full name of a member.
    [[nodiscard]] std::string nameOf(const std::string& member) const;

protected:
    [[nodiscard]] const nlohmann::json& json() const { return *json_; }

private:
    const nlohmann::json* json_;
    std::string prefix_;
    std::string path_;
    mutable std::vector<std::string> asked_;
};

} // namespace cancuoc::personalization
