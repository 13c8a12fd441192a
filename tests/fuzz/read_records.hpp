// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/record_reader.hpp"
#include "personalization/intake/validation.hpp"

#include <cstdlib>
#include <memory>

/// Reads and checks every record of a source whose lines begin behind `line`.
inline void readRecords(std::unique_ptr<cancuoc::personalization::RecordSource> source, std::size_t line) {
    using namespace cancuoc::personalization;
    RecordReader reader(std::move(source));
    while (const auto read = reader.next()) {
        if (read->line <= line || (!read->record && !hasError(read->findings))) {
            std::abort(); // lines only grow, and what is held back has a reason
        }
        line = read->line;
        if (read->record) {
            static_cast<void>(validate(*read->record, {}, {}));
        }
    }
}
