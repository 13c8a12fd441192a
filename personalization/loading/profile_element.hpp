// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cancuoc::personalization {

/// An object in a configuration file in JSON, read member by member. Everything that breaks a rule throws
/// BadConfiguration with the element's full name, as in "secureChannel.option must be ...".
class ProfileElement {
public:
    enum class Presence { Required, Optional };

    /// `json` is an object and outlives the element; `prefix` begins every message; `path` is the element's
    /// own name, empty for the outermost.
    ProfileElement(const nlohmann::json& json, std::string prefix, std::string path)
        : json_(&json), prefix_(std::move(prefix)), path_(std::move(path)) {}

    [[nodiscard]] std::string text(const std::string& name) const;
    /// A list of texts, none empty.
    [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;
    [[nodiscard]] std::size_t number(const std::string& name, std::size_t least, std::size_t most) const;
    /// Bytes in hexadecimal digits; empty for an optional member that is not there.
    [[nodiscard]] Bytes bytes(const std::string& name, std::size_t shortest, std::size_t longest,
                              Presence presence) const;
    /// One byte, two hexadecimal digits.
    [[nodiscard]] std::uint8_t byte(const std::string& name) const;
    [[nodiscard]] ProfileElement child(const std::string& name) const;
    [[nodiscard]] std::optional<ProfileElement> optionalChild(const std::string& name) const;

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

private:
    [[nodiscard]] const nlohmann::json* find(const std::string& name, Presence presence) const;
    [[nodiscard]] std::string nameOf(const std::string& member) const;

    const nlohmann::json* json_;
    std::string prefix_;
    std::string path_;
    mutable std::vector<std::string> asked_;
};

} // namespace cancuoc::personalization
