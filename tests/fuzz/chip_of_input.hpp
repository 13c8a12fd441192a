// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"
#include "host/reader/in_process_connection.hpp"

#include <algorithm>

namespace cancuoc::fuzz {

/// A chip whose every answer comes from `input`: one byte of length, then so many bytes. It is taken away
/// when the input ends.
inline InProcessConnection chipOf(BytesView input) {
    return {"chip", {}, [input](BytesView) mutable {
                if (input.empty()) {
                    throw CardRemoved("The input ended.");
                }
                const std::size_t length = std::min<std::size_t>(input[0], input.size() - 1);
                Bytes response = toBytes(input.subspan(1, length));
                input = input.subspan(1 + length);
                return response;
            }};
}

} // namespace cancuoc::fuzz
