// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace cancuoc::personalization::audit {

/// The lines of a log, one after another, in memory that does not grow with it.
class LineReader {
public:
    /// A line without its line feed; the view lives until the next call of next().
    struct Line {
        std::string_view text;
        bool ended = true; ///< by a line feed; only the last line may lack it, torn off when it was written
    };

    /// `input` outlives the object. Lines may have `maximumLength` bytes.
    LineReader(std::istream& input, std::size_t maximumLength)
        : input_(input), maximumLength_(maximumLength) {}

    /// The next line; none at the end. Of a line that is too long the first maximumLength + 1 bytes come, as
    /// one that ended: it is no line of a log, and what follows is not either. Throws Error when `input`
    /// cannot be read.
    [[nodiscard]] std::optional<Line> next();

private:
    [[nodiscard]] bool fill();

    std::istream& input_;
    std::size_t maximumLength_;
    std::string buffer_;
    std::size_t position_ = 0; ///< of the next line in buffer_
};

} // namespace cancuoc::personalization::audit
