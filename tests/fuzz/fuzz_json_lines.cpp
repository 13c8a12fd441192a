// SPDX-License-Identifier: Apache-2.0
// Any bytes as records.jsonl.
#include "personalization/intake/json_lines.hpp"
#include "personalization/intake/record_reader.hpp"
#include "personalization/intake/validation.hpp"

#include <cstdlib>

using namespace cancuoc::personalization;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    RecordReader reader(std::make_unique<JsonLines>(std::string(reinterpret_cast<const char*>(data), size)));
    std::size_t line = 0;
    while (const auto read = reader.next()) {
        if (read->line <= line || (!read->record && !hasError(read->findings))) {
            std::abort(); // lines only grow, and what is held back has a reason
        }
        line = read->line;
        if (read->record) {
            static_cast<void>(validate(*read->record, {}, {}));
        }
    }
    return 0;
}
