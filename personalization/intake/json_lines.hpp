// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/record_source.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// The records of records.jsonl: one JSON object a line, in UTF-8, with the columns as names and strings as
/// values; null stands for no value, and a name may be missing where a record has no value. Empty lines are
/// passed over. What stands under names that no column has may be any JSON, and is kept as its text.
class JsonLines : public RecordSource {
public:
    static constexpr std::size_t maximumLineBytes = std::size_t{64} * 1024;
    static constexpr int maximumDepth = 8;

    explicit JsonLines(std::string text);

    [[nodiscard]] std::optional<SourceRecord> next() override;

private:
    [[nodiscard]] std::string_view nextLine();

    std::string text_;
    std::size_t position_ = 0;
    std::size_t line_ = 0;
};

} // namespace cancuoc::personalization
