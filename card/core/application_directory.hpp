// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/configuration.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card {

/// The content of EF.DIR: an application template DO'61' { DO'4F' identifier } for each application of the
/// chip (ISO/IEC 7816-4, 12.2.1; Doc 9303-10, 3.11.1).
class ApplicationDirectory {
public:
    /// Appends the template of an application whose identifier has at most
    /// `configuration::maximumApplicationIdentifier` bytes; what is longer, or more than
    /// `configuration::maximumApplications`, is left out.
    void add(std::span<const std::uint8_t> identifier) {
        if (identifier.size() > configuration::maximumApplicationIdentifier ||
            headerSize + identifier.size() > content_.size() - size_) {
            return;
        }
        const auto length = static_cast<std::uint8_t>(identifier.size());
        const std::array<std::uint8_t, headerSize> header{0x61, static_cast<std::uint8_t>(length + 2), 0x4F,
                                                          length};
        const auto place = content_.begin() + static_cast<std::ptrdiff_t>(size_);
        std::copy(identifier.begin(), identifier.end(), std::copy(header.begin(), header.end(), place));
        size_ += headerSize + identifier.size();
    }

    [[nodiscard]] std::span<const std::uint8_t> content() const { return std::span(content_).first(size_); }

private:
    static constexpr std::size_t headerSize = 4;

    std::array<std::uint8_t,
               configuration::maximumApplications*(headerSize + configuration::maximumApplicationIdentifier)>
        content_{};
    std::size_t size_ = 0;
};

} // namespace cancuoc::card
