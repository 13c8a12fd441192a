// SPDX-License-Identifier: Apache-2.0
#include "host/access/record_reader.hpp"
#include "tests/fuzz/chip_of_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    auto connection = fuzz::chipOf({data, size});
    CardSession session(connection);
    try {
        RecordReader reader(session);
        constexpr RecordFile entries{0x0101, 0x01, 0x5F44, 0x5F38, "EF.EntryRecords"};
        static_cast<void>(reader.search(entries, 3, viewOf("UTO")));
        static_cast<void>(reader.read(entries, 1));
        static_cast<void>(reader.readFrom(entries));
    } catch (const Error&) {
    }
    return 0;
}
