// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/layout_node.hpp"

#include "host/base/bytes.hpp"
#include "host/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cancuoc::cardface {

std::string LayoutNode::text(const std::string& name, const std::string& otherwise) const {
    return has(name) ? text(name) : otherwise;
}

double LayoutNode::number(const std::string& name, double least, double most) const {
    const auto& value = raw(name);
    if (!value.is_number() || value.get<double>() < least || value.get<double>() > most) {
        refuse(name, fmt::format("must be a number from {} to {}", least, most));
    }
    return value.get<double>();
}

double LayoutNode::number(const std::string& name, double least, double most, double otherwise) const {
    return has(name) ? number(name, least, most) : otherwise;
}

std::size_t LayoutNode::count(const std::string& name, std::size_t least, std::size_t most,
                              std::size_t otherwise) const {
    if (!has(name)) {
        return otherwise;
    }
    const auto& value = raw(name);
    if (!value.is_number_unsigned() || value.get<std::size_t>() < least || value.get<std::size_t>() > most) {
        refuse(name, fmt::format("must be a whole number from {} to {}", least, most));
    }
    return value.get<std::size_t>();
}

bool LayoutNode::flag(const std::string& name) const {
    if (!has(name)) {
        return false;
    }
    if (!raw(name).is_boolean()) {
        refuse(name, "must be true or false");
    }
    return raw(name).get<bool>();
}

Colour LayoutNode::colour(const std::string& name) const {
    const std::string value = text(name);
    try {
        if (value.size() == 7 && value.front() == '#') {
            const Bytes parts = fromHex(value.substr(1));
            return {parts.at(0) / 255.0, parts.at(1) / 255.0, parts.at(2) / 255.0};
        }
    } catch (const MalformedData&) {
        // Told below, as any other form.
    }
    refuse(name, "must be a colour such as #3A2D7F");
}

std::vector<std::string> LayoutNode::texts(const std::string& name) const {
    auto texts = ConfigurationElement::texts(name);
    if (texts.empty()) {
        refuse(name, "must be a list of texts");
    }
    return texts;
}

std::vector<double> LayoutNode::numbers(const std::string& name, std::size_t size) const {
    const auto& value = raw(name);
    const bool right =
        value.is_array() && value.size() == size &&
        std::all_of(value.begin(), value.end(), [](const auto& item) { return item.is_number(); });
    if (!right) {
        refuse(name, fmt::format("must be a list of {} numbers", size));
    }
    return value.get<std::vector<double>>();
}

LayoutNode LayoutNode::child(const std::string& name) const {
    return {raw(name), prefix(), nameOf(name)};
}

std::vector<LayoutNode> LayoutNode::children(const std::string& name) const {
    const auto& list = raw(name);
    if (!list.is_array()) {
        refuse(name, "must be a list");
    }
    std::vector<LayoutNode> nodes;
    for (const auto& item : list) {
        const bool isNamed = item.is_object() && item.contains("id") && item["id"].is_string();
        nodes.emplace_back(item, prefix(),
                           nameOf(name) + "." +
                               (isNamed ? item["id"].get<std::string>() : std::to_string(nodes.size() + 1)));
    }
    return nodes;
}

std::vector<std::pair<std::string, LayoutNode>> LayoutNode::members(const std::string& name) const {
    const auto& object = child(name);
    std::vector<std::pair<std::string, LayoutNode>> nodes;
    for (const auto& [key, value] : object.json().items()) {
        nodes.emplace_back(key, LayoutNode(value, prefix(), nameOf(name) + "." + key));
    }
    return nodes;
}

} // namespace cancuoc::cardface
