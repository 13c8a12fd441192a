// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/public_key_compression.hpp"

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"

namespace cancuoc {

Bytes compressPoint(BytesView point) {
    constexpr std::uint8_t uncompressed = 0x04;
    if (point.size() < 3 || point.size() % 2 != 1 || point[0] != uncompressed) {
        throw MalformedData("A public key is no uncompressed point.");
    }
    return toBytes(point.subspan(1, point.size() / 2));
}

Bytes compressElement(BytesView element) {
    return digest(HashAlgorithm::Sha1, element);
}

} // namespace cancuoc
