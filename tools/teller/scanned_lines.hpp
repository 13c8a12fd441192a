// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cancuoc::teller {

/// `text` with small letters made capital, as the MRZ has them.
[[nodiscard]] std::string inZoneCharacters(std::string_view text);

/// Puts together what a keyboard-wedge scanner sends as several lines, each ended by Enter: the lines of an
/// MRZ. A line that is none is complete by itself. What is held is personal data.
class ScannedLines {
public:
    /// Takes one line without its end.
    /// @return the whole text, MRZ lines parted by one space; nothing while lines are missing, and for a line
    /// without any character, which scanners send that end lines with CR and LF
    [[nodiscard]] std::optional<std::string> add(std::string_view line);

    /// Lines of an unfinished MRZ that are there: 0 to 2.
    [[nodiscard]] std::size_t pending() const { return count_; }
    /// Lines that the unfinished MRZ will have; 0 when none is pending.
    [[nodiscard]] std::size_t expected() const;

    /// Forgets the unfinished MRZ.
    void clear();

private:
    std::string lines_; ///< with a space behind each
    std::size_t lineLength_ = 0;
    std::size_t count_ = 0;
};

} // namespace cancuoc::teller
