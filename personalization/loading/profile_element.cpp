// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/profile_element.hpp"

#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc::personalization {

std::string ProfileElement::nameOf(const std::string& member) const {
    return path_.empty() ? member : path_ + "." + member;
}

void ProfileElement::refuse(const std::string& name, const std::string& rule) const {
    throw BadConfiguration(prefix_ + nameOf(name) + " " + rule + ".");
}

const nlohmann::json* ProfileElement::find(const std::string& name, Presence presence) const {
    asked_.push_back(name);
    const auto found = json_->find(name);
    if (found != json_->end()) {
        return &*found;
    }
    if (presence == Presence::Required) {
        refuse(name, "is missing");
    }
    return nullptr;
}

std::string ProfileElement::text(const std::string& name) const {
    const nlohmann::json* const value = find(name, Presence::Required);
    if (!value->is_string() || value->get_ref<const std::string&>().empty()) {
        refuse(name, "must be a text");
    }
    return value->get<std::string>();
}

std::vector<std::string> ProfileElement::texts(const std::string& name) const {
    const nlohmann::json* const value = find(name, Presence::Required);
    const bool right = value->is_array() && std::all_of(value->begin(), value->end(),
                                                        [](const auto& item) { return item.is_string(); });
    if (!right) {
        refuse(name, "must be a list of texts");
    }
    return value->get<std::vector<std::string>>();
}

std::size_t ProfileElement::number(const std::string& name, std::size_t least, std::size_t most) const {
    const nlohmann::json* const value = find(name, Presence::Required);
    if (!value->is_number_unsigned() || value->get<std::uint64_t>() < least ||
        value->get<std::uint64_t>() > most) {
        refuse(name, "must be a number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    return value->get<std::size_t>();
}

Bytes ProfileElement::bytes(const std::string& name, std::size_t shortest, std::size_t longest,
                            Presence presence) const {
    const nlohmann::json* const value = find(name, presence);
    if (value == nullptr) {
        return {};
    }
    const std::string rule = "must be " + std::to_string(shortest) +
                             (shortest == longest ? "" : " to " + std::to_string(longest)) +
                             " bytes in hexadecimal digits";
    if (!value->is_string()) {
        refuse(name, rule);
    }
    Bytes decoded;
    try {
        decoded = fromHex(value->get_ref<const std::string&>());
    } catch (const MalformedData&) {
        refuse(name, rule);
    }
    if (decoded.size() < shortest || decoded.size() > longest) {
        refuse(name, rule);
    }
    return decoded;
}

std::uint8_t ProfileElement::byte(const std::string& name) const {
    return bytes(name, 1, 1, Presence::Required).front();
}

ProfileElement ProfileElement::child(const std::string& name) const {
    const nlohmann::json* const value = find(name, Presence::Required);
    if (!value->is_object()) {
        refuse(name, "must be an object");
    }
    return {*value, prefix_, nameOf(name)};
}

std::optional<ProfileElement> ProfileElement::optionalChild(const std::string& name) const {
    return find(name, Presence::Optional) == nullptr ? std::nullopt : std::optional(child(name));
}

void ProfileElement::expectNothingElse() const {
    for (const auto& [name, value] : json_->items()) {
        if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) {
            refuse(name, "is no element that is known here");
        }
    }
}

} // namespace cancuoc::personalization
