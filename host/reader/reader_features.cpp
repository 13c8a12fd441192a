// SPDX-License-Identifier: Apache-2.0
#include "host/reader/reader_features.hpp"

#include <algorithm>

namespace cancuoc {

namespace {

// Properties, 2.6.14.
constexpr std::uint8_t lcdLayout = 1;
constexpr std::uint8_t minimumPinSize = 6;
constexpr std::uint8_t maximumPinSize = 7;
constexpr std::uint8_t firmwareId = 8;
constexpr std::uint8_t maximumApduDataSize = 10;
constexpr std::uint8_t vendorId = 11;
constexpr std::uint8_t productId = 12;

// Calls `take` with tag and value of each object; tags and lengths have one byte each.
template <class Take>
void forEachObject(BytesView objects, const Take& take) {
    while (objects.size() >= 2 && objects.size() - 2 >= objects[1]) {
        const BytesView value = objects.subspan(2, objects[1]);
        take(objects[0], value);
        objects = objects.subspan(2 + value.size());
    }
}

// Control codes are big-endian (2.2), numbers among the properties little-endian.
template <class Number>
void takeNumber(BytesView value, std::size_t size, std::optional<Number>& number) {
    if (value.size() == size) {
        number = static_cast<Number>(fromLittleEndian(value));
    }
}

void takeProperty(std::uint8_t tag, BytesView value, ReaderFeatures& features) {
    switch (tag) {
    case lcdLayout:
        features.display = std::any_of(value.begin(), value.end(), [](auto byte) { return byte != 0; });
        break;
    case minimumPinSize:
        takeNumber(value, 1, features.minimumPinSize);
        break;
    case maximumPinSize:
        takeNumber(value, 1, features.maximumPinSize);
        break;
    case firmwareId:
        features.firmware = toText(value);
        break;
    case maximumApduDataSize:
        takeNumber(value, 4, features.maximumApduDataSize);
        break;
    case vendorId:
        takeNumber(value, 2, features.vendor);
        break;
    case productId:
        takeNumber(value, 2, features.product);
        break;
    default:
        break;
    }
}

} // namespace

FeatureCodes decodeFeatureCodes(BytesView answer) {
    FeatureCodes codes;
    forEachObject(answer, [&](std::uint8_t tag, BytesView value) {
        if (value.size() == 4) {
            codes[tag] = static_cast<std::uint32_t>(fromBigEndian(value));
        }
    });
    return codes;
}

void takeProperties(BytesView answer, ReaderFeatures& features) {
    forEachObject(answer, [&](std::uint8_t tag, BytesView value) { takeProperty(tag, value, features); });
}

// OMNIKEY 3x21 and 6121 under libccid before 1.4.29 (OpenSC, reader-pcsc.c).
bool pretendsPinPad(const ReaderFeatures& features) {
    const auto product = features.product.value_or(0);
    return features.vendor == 0x076B && (product == 0x3031 || product == 0x6632);
}

// OpenSC, reader-pcsc.c.
std::optional<std::size_t> knownApduDataSize(std::string_view readerName) {
    if (readerName.find("REINER SCT cyberJack") != std::string_view::npos) {
        return 1014;
    }
    if (readerName.find("Secure Flash Card") != std::string_view::npos) {
        return 506;
    }
    return std::nullopt;
}

} // namespace cancuoc
