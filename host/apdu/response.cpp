// SPDX-License-Identifier: Apache-2.0
#include "host/apdu/response.hpp"

#include "host/base/error.hpp"

#include <utility>

namespace cancuoc {

ResponseApdu ResponseApdu::decode(Bytes encoded) {
    constexpr std::size_t longest = 65536 + 2;
    if (encoded.size() < 2 || encoded.size() > longest) {
        throw MalformedData("The card's response is shorter or longer than a response APDU can be.");
    }
    const auto statusWord = static_cast<std::uint16_t>(fromBigEndian(BytesView(encoded).last(2)));
    encoded.resize(encoded.size() - 2);
    return {std::move(encoded), StatusWord(statusWord)};
}

} // namespace cancuoc
