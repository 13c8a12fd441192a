// SPDX-License-Identifier: Apache-2.0
#include "host/access/file_reader.hpp"
#include "host/base/error.hpp"
#include "host/reader/in_process_connection.hpp"

#include <algorithm>

// A chip whose every answer comes from the input: one byte of length, then so many bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    BytesView input(data, size);
    InProcessConnection connection("chip", {}, [&input](BytesView) {
        if (input.empty()) {
            throw CardRemoved("The input ended.");
        }
        const std::size_t length = std::min<std::size_t>(input[0], input.size() - 1);
        Bytes response = toBytes(input.subspan(1, length));
        input = input.subspan(1 + length);
        return response;
    });
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
