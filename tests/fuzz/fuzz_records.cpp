// SPDX-License-Identifier: Apache-2.0
// Any bytes as records.csv: a header line is put in front, so that the rows are reached.
#include "personalization/intake/csv_records.hpp"
#include "tests/fuzz/read_records.hpp"

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
    readRecords(
        std::make_unique<CsvRecords>(header() + std::string(reinterpret_cast<const char*>(data), size)), 1);
    return 0;
}
