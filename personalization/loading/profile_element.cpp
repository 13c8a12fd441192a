// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/profile_element.hpp"

#include "host/base/error.hpp"

namespace cancuoc::personalization {

std::size_t ProfileElement::number(const std::string& name, std::size_t least, std::size_t most) const {
    const auto& value = raw(name);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() < least ||
        value.get<std::uint64_t>() > most) {
        refuse(name, "must be a number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    return value.get<std::size_t>();
}

Bytes ProfileElement::bytes(const std::string& name, std::size_t shortest, std::size_t longest,
                            Presence presence) const {
    if (presence == Presence::Optional && !has(name)) {
        return {};
    }
    const auto& value = raw(name);
    const std::string rule = "must be " + std::to_string(shortest) +
                             (shortest == longest ? "" : " to " + std::to_string(longest)) +
                             " bytes in hexadecimal digits";
    if (!value.is_string()) {
        refuse(name, rule);
    }
    Bytes decoded;
    try {
        decoded = fromHex(value.get_ref<const std::string&>());
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
    return {raw(name), prefix(), nameOf(name)};
}

std::optional<ProfileElement> ProfileElement::optionalChild(const std::string& name) const {
    return has(name) ? std::optional(child(name)) : std::nullopt;
}

std::vector<ProfileElement> ProfileElement::children(const std::string& name) const {
    const auto& array = raw(name);
    if (!array.is_array() || array.empty()) {
        refuse(name, "must be an array of objects, one at least");
    }
    std::vector<ProfileElement> all;
    for (std::size_t index = 0; index < array.size(); ++index) {
        all.emplace_back(array[index], prefix(), nameOf(name) + "[" + std::to_string(index) + "]");
    }
    return all;
}

} // namespace cancuoc::personalization
