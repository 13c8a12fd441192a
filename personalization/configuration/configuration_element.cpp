// SPDX-License-Identifier: Apache-2.0
#include "personalization/configuration/configuration_element.hpp"

#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc::personalization {

ConfigurationElement::ConfigurationElement(const nlohmann::json& json, std::string prefix, std::string path)
    : json_(&json), prefix_(std::move(prefix)), path_(std::move(path)) {
    if (!json.is_object()) {
        throw BadConfiguration(prefix_ + (path_.empty() ? "it" : path_) + " must be an object.");
    }
}

std::string ConfigurationElement::nameOf(const std::string& member) const {
    return path_.empty() ? member : path_ + "." + member;
}

void ConfigurationElement::refuse(const std::string& name, const std::string& rule) const {
    throw BadConfiguration(prefix_ + nameOf(name) + " " + rule + ".");
}

bool ConfigurationElement::has(const std::string& name) const {
    asked_.push_back(name);
    return json_->contains(name);
}

const nlohmann::json& ConfigurationElement::raw(const std::string& name) const {
    if (!has(name)) {
        refuse(name, "is missing");
    }
    return (*json_)[name];
}

std::string ConfigurationElement::text(const std::string& name) const {
    const auto& value = raw(name);
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
        refuse(name, "must be a text");
    }
    return value.get<std::string>();
}

std::vector<std::string> ConfigurationElement::texts(const std::string& name) const {
    const auto& value = raw(name);
    const bool right = value.is_array() && std::all_of(value.begin(), value.end(),
                                                       [](const auto& item) { return item.is_string(); });
    if (!right) {
        refuse(name, "must be a list of texts");
    }
    return value.get<std::vector<std::string>>();
}

void ConfigurationElement::expectNothingElse() const {
    for (const auto& [name, value] : json_->items()) {
        if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) {
            refuse(name, "is no element that is known here");
        }
    }
}

} // namespace cancuoc::personalization
