// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/cardface/layout.hpp"
#include "personalization/configuration/configuration_element.hpp"

namespace cancuoc::cardface {

/// One object of a layout file.
class LayoutNode : public personalization::ConfigurationElement {
public:
    using ConfigurationElement::ConfigurationElement;

    using ConfigurationElement::text;
    [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise) const;
    [[nodiscard]] double number(const std::string& name, double least, double most) const;
    [[nodiscard]] double number(const std::string& name, double least, double most, double otherwise) const;
    [[nodiscard]] std::size_t count(const std::string& name, std::size_t least, std::size_t most,
                                    std::size_t otherwise) const;
    [[nodiscard]] bool flag(const std::string& name) const; ///< false when it is not there
    /// "#RRGGBB".
    [[nodiscard]] Colour colour(const std::string& name) const;
    /// One text at least.
    [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;
    /// Numbers, `size` of them.
    [[nodiscard]] std::vector<double> numbers(const std::string& name, std::size_t size) const;
    [[nodiscard]] LayoutNode child(const std::string& name) const;
    /// The objects of a list; one that has an "id" is called by it.
    [[nodiscard]] std::vector<LayoutNode> children(const std::string& name) const;
    /// The members of an object that are objects, with their names.
    [[nodiscard]] std::vector<std::pair<std::string, LayoutNode>> members(const std::string& name) const;
};

} // namespace cancuoc::cardface
