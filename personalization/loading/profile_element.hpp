// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "personalization/configuration/configuration_element.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// An object in a load profile or a key file, where numbers count something and keys and identifiers are
/// bytes.
class ProfileElement : public ConfigurationElement {
public:
    enum class Presence { Required, Optional };

    using ConfigurationElement::ConfigurationElement;

    [[nodiscard]] std::size_t number(const std::string& name, std::size_t least, std::size_t most) const;
    /// Bytes in hexadecimal digits; empty for an optional member that is not there.
    [[nodiscard]] Bytes bytes(const std::string& name, std::size_t shortest, std::size_t longest,
                              Presence presence) const;
    /// One byte, two hexadecimal digits.
    [[nodiscard]] std::uint8_t byte(const std::string& name) const;
    [[nodiscard]] ProfileElement child(const std::string& name) const;
    [[nodiscard]] std::optional<ProfileElement> optionalChild(const std::string& name) const;
    /// The objects of an array that is not empty.
    [[nodiscard]] std::vector<ProfileElement> children(const std::string& name) const;
};

} // namespace cancuoc::personalization
