// SPDX-License-Identifier: Apache-2.0
#include "host/lds/padding.hpp"

#include <algorithm>

namespace cancuoc::lds {

BytesView withoutPadding(BytesView rest) {
    const auto first =
        std::find_if(rest.begin(), rest.end(), [](auto byte) { return byte != 0x00 && byte != 0xFF; });
    return rest.subspan(static_cast<std::size_t>(first - rest.begin()));
}

} // namespace cancuoc::lds
