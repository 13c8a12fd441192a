// SPDX-License-Identifier: Apache-2.0
// Any bytes as records.csv: a header line is put in front, so that the rows are reached.
#include "personalization/intake/csv_records.hpp"
#include "personalization/intake/record_reader.hpp"
#include "personalization/intake/validation.hpp"

#include <cstdlib>

using namespace cancuoc::personalization;

namespace {

std::string header() {
    std::string line;
    for (const RecordColumn& column : recordColumns()) {
        line += (line.empty() ? "" : ",") + std::string(column.name);
    }
    return line + "\n";
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    RecordReader reader(
        std::make_unique<CsvRecords>(header() + std::string(reinterpret_cast<const char*>(data), size)));
    std::size_t line = 1;
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
