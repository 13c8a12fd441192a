// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/reading_bound.hpp"

#include <algorithm>

namespace cancuoc::bench {

namespace {

std::size_t lengthFieldSize(std::size_t length) {
    return length < 0x80 ? 1 : length < 0x100 ? 2 : 3;
}

// DO'87' with padding indicator, DO'99', DO'8E', status word (Doc 9303-11, 9.8.5)
std::size_t securedResponseSize(std::size_t data) {
    const std::size_t cryptogram = 1 + (data / 16 + 1) * 16;
    return 1 + lengthFieldSize(cryptogram) + cryptogram + 4 + 10 + 2;
}

// Header, Lc, DO'97', DO'8E', Le; short where the response fits into 256 bytes
std::size_t securedReadSize(std::size_t data) {
    return securedResponseSize(data) - 2 <= 256 ? 4 + 1 + 3 + 10 + 1 : 4 + 3 + 4 + 10 + 2;
}

} // namespace

Traffic leastTraffic(const std::vector<std::size_t>& fileSizes, std::size_t responseData) {
    Traffic traffic;
    for (std::size_t left : fileSizes) {
        while (left > 0) {
            const std::size_t part = std::min(left, responseData);
            ++traffic.commands;
            traffic.bytes += securedReadSize(part) + securedResponseSize(part);
            left -= part;
        }
    }
    return traffic;
}

} // namespace cancuoc::bench
