// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/padding.hpp"

namespace cancuoc {

namespace {
constexpr std::uint8_t paddingMarker = 0x80;
}

void pad(Bytes& bytes, std::size_t blockSize) {
    bytes.push_back(paddingMarker);
    bytes.resize((bytes.size() + blockSize - 1) / blockSize * blockSize);
}

Bytes padded(BytesView bytes, std::size_t blockSize) {
    Bytes result;
    result.reserve(bytes.size() + blockSize);
    append(result, bytes);
    pad(result, blockSize);
    return result;
}

std::optional<BytesView> unpadded(BytesView bytes, std::size_t blockSize) {
    if (bytes.empty() || bytes.size() % blockSize != 0) {
        return std::nullopt;
    }
    for (std::size_t padding = 1; padding <= blockSize; ++padding) {
        const std::uint8_t byte = bytes[bytes.size() - padding];
        if (byte == paddingMarker) {
            return bytes.first(bytes.size() - padding);
        }
        if (byte != 0) {
            break;
        }
    }
    return std::nullopt;
}

} // namespace cancuoc
