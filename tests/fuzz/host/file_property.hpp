// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/error.hpp"

#include <cstdlib>

namespace cancuoc::fuzz {

/// `read` may refuse with MalformedData and must do nothing else.
template <class Read>
void mayRefuse(Read read) {
    try {
        read();
    } catch (const MalformedData&) {
        return;
    }
}

/// Whatever `File` accepts, it must accept again as it writes it, and then write the same bytes.
template <class File>
void decodeAndWriteBack(BytesView input) {
    mayRefuse([input] {
        const File file = File::decode(input);
        const Bytes written = file.encode();
        if (File::decode(written).encode() != written) {
            std::abort();
        }
    });
}

} // namespace cancuoc::fuzz
