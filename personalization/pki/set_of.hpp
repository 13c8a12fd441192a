// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <set>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// The elements of a SET OF in DER: in the order of their encodings (X.690, 11.6), one after another.
[[nodiscard]] inline Bytes elementsOfSet(const std::vector<Bytes>& elements) {
    std::multiset<std::string> ordered;
    for (const Bytes& element : elements) {
        ordered.insert(toText(element));
    }
    Bytes content;
    for (const std::string& element : ordered) {
        append(content, viewOf(element));
    }
    return content;
}

} // namespace cancuoc::personalization
