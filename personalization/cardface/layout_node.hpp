// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/cardface/layout.hpp"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cancuoc::cardface {

/// One object of a layout file. Members are asked for by name; what is wrong with one is told with its place:
/// "The layout mine.json: front.number.box.x must be a number from 0 to 85.6".
class LayoutNode {
public:
    /// `json` outlives the node; `prefix` begins every message; `path` is the node's own place, empty for the
    /// outermost. Throws BadConfiguration unless `json` is an object.
    LayoutNode(const nlohmann::json& json, std::string prefix, std::string path);

    [[nodiscard]] bool has(const std::string& name) const;
    [[nodiscard]] std::string text(const std::string& name) const;
    [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise) const;
    [[nodiscard]] double number(const std::string& name, double least, double most) const;
    [[nodiscard]] double number(const std::string& name, double least, double most, double otherwise) const;
    [[nodiscard]] std::size_t count(const std::string& name, std::size_t least, std::size_t most,
                                    std::size_t otherwise) const;
    [[nodiscard]] bool flag(const std::string& name) const; ///< false when it is not there
    /// "#RRGGBB".
    [[nodiscard]] Colour colour(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;
    /// Numbers, `size` of them.
    [[nodiscard]] std::vector<double> numbers(const std::string& name, std::size_t size) const;
    [[nodiscard]] LayoutNode child(const std::string& name) const;
    /// The objects of a list; one that has an "id" is called by it.
    [[nodiscard]] std::vector<LayoutNode> children(const std::string& name) const;
    /// The members of an object that are objects, with their names.
    [[nodiscard]] std::vector<std::pair<std::string, LayoutNode>> members(const std::string& name) const;
    /// The member as it stands; it is counted as asked for.
    [[nodiscard]] const nlohmann::json& raw(const std::string& name) const;

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

    /// Throws BadConfiguration: the member's place, then the rule that it breaks.
    [[noreturn]] void refuse(const std::string& name, const std::string& rule) const;

    [[nodiscard]] const std::string& prefix() const { return prefix_; }
    [[nodiscard]] std::string placeOf(const std::string& name) const;

private:
    const nlohmann::json* json_;
    std::string prefix_;
    std::string path_;
    mutable std::vector<std::string> asked_;
};

} // namespace cancuoc::cardface
