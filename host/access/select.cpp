// SPDX-License-Identifier: Apache-2.0
#include "host/access/select.hpp"

namespace cancuoc {

namespace {
constexpr std::uint8_t select = 0xA4;
constexpr std::uint8_t noResponseData = 0x0C;
} // namespace

CommandApdu selectApplication(BytesView applicationIdentifier) {
    return {.ins = select, .p1 = 0x04, .p2 = noResponseData, .data = toBytes(applicationIdentifier)};
}

CommandApdu selectMasterFile() {
    return {.ins = select, .p1 = 0x00, .p2 = noResponseData, .data = {0x3F, 0x00}};
}

CommandApdu selectElementaryFile(std::uint16_t fileIdentifier) {
    return {.ins = select, .p1 = 0x02, .p2 = noResponseData, .data = toBigEndian(fileIdentifier, 2)};
}

} // namespace cancuoc
