// SPDX-License-Identifier: Apache-2.0
#include "host/access/general_authenticate.hpp"

#include "host/apdu/tlv.hpp"

namespace cancuoc {

namespace {
constexpr std::uint32_t dynamicAuthenticationDataTag = 0x7C;
constexpr std::uint8_t chainingClass = 0x10;
} // namespace

CommandApdu generalAuthenticate(Chaining chaining, BytesView dataObjects) {
    CommandApdu command{.cla = chaining == Chaining::MoreFollow ? chainingClass : std::uint8_t{0x00},
                        .ins = 0x86,
                        .data = encodeTlv(dynamicAuthenticationDataTag, dataObjects)};
    command.le = command.data.size() > CommandApdu::maximumShortData ? CommandApdu::maximumExtendedLe
                                                                     : CommandApdu::maximumShortLe;
    return command;
}

BytesView dynamicAuthenticationData(BytesView responseData, std::uint32_t tag, std::string_view what) {
    return readTlv(responseData, dynamicAuthenticationDataTag, "The dynamic authentication data")
        .children()
        .require(tag, what)
        .value;
}

} // namespace cancuoc
