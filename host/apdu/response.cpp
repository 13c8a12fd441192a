// SPDX-License-Identifier: Apache-2.0
#include "host/apdu/response.hpp"

#include "host/base/error.hpp"

namespace cancuoc {

ResponseApdu ResponseApdu::decode(BytesView encoded) {
    constexpr std::size_t longest = 65536 + 2;
    if (encoded.size() < 2 || encoded.size() > longest) {
        throw MalformedData("The card's response is shorter or longer than a response APDU can be.");
    }
    const auto statusWord = static_cast<std::uint16_t>(fromBigEndian(encoded.last(2)));
    return {toBytes(encoded.first(encoded.size() - 2)), StatusWord(statusWord)};
}

} // namespace cancuoc
