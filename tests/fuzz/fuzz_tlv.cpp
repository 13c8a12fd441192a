// SPDX-License-Identifier: Apache-2.0
#include "host/apdu/tlv.hpp"

#include "host/base/error.hpp"

#include <cstdlib>

namespace {

using namespace cancuoc;

// Every value lies inside its object, every object inside its parent, and none overlap.
void walk(TlvReader reader) {
    BytesView before = reader.remaining();
    while (const auto tlv = reader.next()) {
        if (tlv->encoded.data() != before.data() ||
            tlv->encoded.size() + reader.remaining().size() != before.size() ||
            tlv->value.size() >= tlv->encoded.size()) {
            std::abort();
        }
        if (isConstructed(tlv->tag)) {
            walk(tlv->children());
        }
        before = reader.remaining();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input(data, size);
    try {
        walk(TlvReader(input));
    } catch (const MalformedData&) {
    }
    try {
        static_cast<void>(readTlvHeader(input));
    } catch (const MalformedData&) {
    }
    return 0;
}
