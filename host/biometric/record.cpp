// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/record.hpp"

#include "host/base/error.hpp"

namespace cancuoc::biometric {

BytesView RecordReader::take(std::size_t size) {
    if (size > remaining_.size()) {
        throw MalformedData(std::string(name_) + " is cut off.");
    }
    const BytesView taken = remaining_.first(size);
    remaining_ = remaining_.subspan(size);
    return taken;
}

std::uint64_t RecordReader::takeNumber(std::size_t size) {
    return fromBigEndian(take(size));
}

void RecordReader::expect(std::string_view expected, std::string_view what) {
    if (!equal(take(expected.size()), viewOf(expected))) {
        throw MalformedData(std::string(name_) + " has another " + std::string(what) + ".");
    }
}

} // namespace cancuoc::biometric
