// SPDX-License-Identifier: Apache-2.0
#include "host/access/file_reader.hpp"
#include "tests/fuzz/chip_of_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    auto connection = fuzz::chipOf({data, size});
    CardSession session(connection);
    try {
        FileReader reader(session);
        static_cast<void>(reader.readAtOnce(1));
        Bytes content;
        reader.readRest({0x011E, std::uint8_t{0x1E}, "EF.COM"}, content);
        reader.readRest({0x011E, std::uint8_t{0x1E}, "EF.COM"}, content);
    } catch (const Error&) {
    }
    return 0;
}
