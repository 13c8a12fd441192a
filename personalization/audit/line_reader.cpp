// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/line_reader.hpp"

#include "host/base/error.hpp"

namespace cancuoc::personalization::audit {

std::optional<LineReader::Line> LineReader::next() {
    std::size_t searched = position_;
    for (;;) {
        const std::size_t end = buffer_.find('\n', searched);
        const std::size_t length = (end == std::string::npos ? buffer_.size() : end) - position_;
        const std::string_view text = std::string_view(buffer_).substr(position_, length);
        if (length > maximumLength_) {
            position_ += maximumLength_ + 1;
            return Line{text.substr(0, maximumLength_ + 1)};
        }
        if (end != std::string::npos) {
            position_ = end + 1;
            return Line{text};
        }
        if (!fill()) { // which may have moved the line
            if (position_ == buffer_.size()) {
                return std::nullopt;
            }
            const std::string_view torn = std::string_view(buffer_).substr(position_);
            position_ = buffer_.size();
            return Line{torn, false};
        }
        searched = length;
    }
}

// Drops what was read and takes the next bytes; false at the end of the input.
bool LineReader::fill() {
    constexpr std::size_t chunk = std::size_t{1} << 18;
    buffer_.erase(0, position_);
    position_ = 0;
    const std::size_t kept = buffer_.size();
    buffer_.resize(kept + chunk);
    input_.read(buffer_.data() + kept, chunk);
    buffer_.resize(kept + static_cast<std::size_t>(input_.gcount()));
    if (input_.bad()) {
        throw Error("The audit log cannot be read. Look after the disk and try again.");
    }
    return buffer_.size() > kept;
}

} // namespace cancuoc::personalization::audit
