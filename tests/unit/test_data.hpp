// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace cancuoc::test {

/// The bytes of a file under tests/data.
inline Bytes readTestData(const std::string& path) {
    std::ifstream file(std::string(CANCUOC_TEST_DATA) + "/" + path, std::ios::binary);
    if (!file) {
        throw std::runtime_error("no test data " + path);
    }
    return Bytes(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

/// The bytes that a file of hexadecimal text under tests/data writes.
inline Bytes readHexTestData(const std::string& path) {
    return fromHex(toText(readTestData(path)));
}

} // namespace cancuoc::test
