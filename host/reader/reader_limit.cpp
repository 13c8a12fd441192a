// SPDX-License-Identifier: Apache-2.0
#include "host/reader/reader_limit.hpp"

#include "host/base/bytes.hpp"

#include <reader.h>

namespace cancuoc {

namespace {

constexpr std::size_t longestAnswer = 256;

std::optional<Bytes> control(SCARDHANDLE card, DWORD code) {
    Bytes answer(longestAnswer);
    DWORD length = 0;
    if (SCardControl(card, code, nullptr, 0, answer.data(), static_cast<DWORD>(answer.size()), &length) !=
            SCARD_S_SUCCESS ||
        length > answer.size()) {
        return std::nullopt;
    }
    answer.resize(length);
    return answer;
}

// Tags and lengths of one byte each, in the feature list and in the properties alike.
std::optional<BytesView> valueOf(BytesView objects, std::uint8_t tag) {
    while (objects.size() >= 2 && objects.size() - 2 >= objects[1]) {
        const BytesView value = objects.subspan(2, objects[1]);
        if (objects[0] == tag) {
            return value;
        }
        objects = objects.subspan(2 + value.size());
    }
    return std::nullopt;
}

std::uint64_t fromLittleEndian(BytesView bytes) {
    return fromBigEndian(Bytes(bytes.rbegin(), bytes.rend()));
}

} // namespace

std::optional<std::size_t> maximumApduDataSize(SCARDHANDLE card) {
    const auto features = control(card, CM_IOCTL_GET_FEATURE_REQUEST);
    const auto code = features ? valueOf(*features, FEATURE_GET_TLV_PROPERTIES) : std::nullopt;
    if (!code || code->size() != 4) {
        return std::nullopt;
    }
    const auto properties = control(card, static_cast<DWORD>(fromBigEndian(*code)));
    const auto size =
        properties ? valueOf(*properties, PCSCv2_PART10_PROPERTY_dwMaxAPDUDataSize) : std::nullopt;
    if (!size || size->size() != 4) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(fromLittleEndian(*size));
}

} // namespace cancuoc
