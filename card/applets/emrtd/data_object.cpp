// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/data_object.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::emrtd {
namespace {

constexpr std::uint8_t dynamicAuthenticationData = 0x7C;

/// Reads the first byte of `rest` and moves past it.
std::optional<std::uint8_t> takeByte(std::span<const std::uint8_t>& rest) {
    if (rest.empty()) {
        return std::nullopt;
    }
    const auto byte = rest.front();
    rest = rest.subspan(1);
    return byte;
}

std::optional<std::uint16_t> takeTag(std::span<const std::uint8_t>& rest) {
    constexpr std::uint8_t moreBytes = 0x1F;
    const auto first = takeByte(rest);
    if (!first || (*first & moreBytes) != moreBytes) {
        return first;
    }
    const auto second = takeByte(rest);
    if (!second || (*second & 0x80) != 0) {
        return std::nullopt;
    }
    return static_cast<std::uint16_t>(*first << 8 | *second);
}

std::optional<std::size_t> takeLength(std::span<const std::uint8_t>& rest) {
    const auto first = takeByte(rest);
    if (!first || *first < 0x80) {
        return first;
    }
    if (*first != 0x81 && *first != 0x82) {
        return std::nullopt;
    }
    std::size_t length = 0;
    for (int count = *first & 0x7F; count > 0; --count) {
        const auto byte = takeByte(rest);
        if (!byte) {
            return std::nullopt;
        }
        length = length << 8 | *byte;
    }
    return length;
}

std::optional<std::span<const std::uint8_t>> openTemplate(std::span<const std::uint8_t> data) {
    DataObjectReader reader(data);
    const auto object = reader.next();
    if (!object || object->tag != dynamicAuthenticationData || !reader.atEnd()) {
        return std::nullopt;
    }
    return object->value;
}

} // namespace

std::optional<DataObject> DataObjectReader::next() {
    auto rest = rest_;
    const auto tag = takeTag(rest);
    if (!tag) {
        return std::nullopt;
    }
    const auto length = takeLength(rest);
    if (!length || *length > rest.size()) {
        return std::nullopt;
    }
    rest_ = rest.subspan(*length);
    return DataObject{*tag, rest.first(*length)};
}

std::optional<DataObjectSize> readHeader(std::span<const std::uint8_t> beginning, std::uint8_t tag) {
    auto rest = beginning;
    if (takeTag(rest) != tag) {
        return std::nullopt;
    }
    const auto length = takeLength(rest);
    return length ? std::optional(DataObjectSize{beginning.size() - rest.size(), *length}) : std::nullopt;
}

std::size_t writeLength(std::size_t length, std::span<std::uint8_t> output) {
    const auto size = sizeOfLength(length);
    if (size > 1) {
        output[0] = static_cast<std::uint8_t>(0x80 | (size - 1));
    }
    if (size > 2) {
        output[1] = static_cast<std::uint8_t>(length >> 8);
    }
    output[size - 1] = static_cast<std::uint8_t>(length);
    return size;
}

std::optional<std::span<const std::uint8_t>> readDynamicAuthenticationData(std::span<const std::uint8_t> data,
                                                                           std::uint8_t tag) {
    const auto content = openTemplate(data);
    if (!content) {
        return std::nullopt;
    }
    DataObjectReader reader(*content);
    const auto object = reader.next();
    if (!object || object->tag != tag || !reader.atEnd()) {
        return std::nullopt;
    }
    return object->value;
}

bool isEmptyDynamicAuthenticationData(std::span<const std::uint8_t> data) {
    const auto content = openTemplate(data);
    return content && content->empty();
}

bool appendDynamicAuthenticationData(std::span<const DataObject> objects, Response& response) {
    std::size_t contentSize = 0;
    for (const DataObject& object : objects) {
        contentSize += 1 + sizeOfLength(object.value.size()) + object.value.size();
    }
    const auto appendHeader = [&response](std::uint8_t tag, std::size_t length) {
        std::array<std::uint8_t, 1 + 3> header{tag};
        const std::size_t size = 1 + writeLength(length, std::span(header).subspan(1));
        return response.append(std::span(header).first(size));
    };
    return appendHeader(dynamicAuthenticationData, contentSize) &&
           std::all_of(objects.begin(), objects.end(), [&](const DataObject& object) {
               return appendHeader(static_cast<std::uint8_t>(object.tag), object.value.size()) &&
                      response.append(object.value);
           });
}

bool appendDynamicAuthenticationData(std::uint8_t tag, std::span<const std::uint8_t> value,
                                     Response& response) {
    const DataObject object{tag, value};
    return appendDynamicAuthenticationData(std::span(&object, 1), response);
}

bool appendEmptyDynamicAuthenticationData(Response& response) {
    return response.append(dynamicAuthenticationData) && response.append(std::uint8_t{0});
}

} // namespace cancuoc::card::emrtd
