// SPDX-License-Identifier: Apache-2.0
// Any bytes as records.jsonl.
#include "personalization/intake/json_lines.hpp"
#include "tests/fuzz/read_records.hpp"

using namespace cancuoc::personalization;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    readRecords(std::make_unique<JsonLines>(std::string(reinterpret_cast<const char*>(data), size)), 0);
    return 0;
}
