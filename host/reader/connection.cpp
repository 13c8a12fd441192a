// SPDX-License-Identifier: Apache-2.0
#include "host/reader/connection.hpp"

#include <bit>
#include <optional>

namespace cancuoc {

namespace {

constexpr std::uint8_t compactTlvCategory = 0x80;
constexpr std::uint8_t compactTlvWithStatusCategory = 0x00;
constexpr std::uint8_t cardCapabilities = 0x07;
constexpr std::uint8_t extendedLengthBit = 0x40;

// ISO/IEC 7816-3, 8.2.2: T0 counts the historical bytes; TDi says which interface bytes follow.
std::optional<BytesView> historicalBytes(BytesView atr) {
    if (atr.size() < 2) {
        return std::nullopt;
    }
    const std::size_t count = atr[1] & 0x0FU;
    std::size_t position = 1;
    while (true) {
        if (position >= atr.size()) {
            return std::nullopt;
        }
        const unsigned present = atr[position] >> 4U;
        const auto following = static_cast<std::size_t>(std::popcount(present));
        if ((present & 0x08U) == 0) {
            position += 1 + following;
            break;
        }
        position += following;
    }
    if (position > atr.size() || atr.size() - position < count) {
        return std::nullopt;
    }
    return atr.subspan(position, count);
}

// ISO/IEC 7816-4, 8.1.1: compact-TLV data objects after the category indicator byte.
std::optional<BytesView> compactTlvValue(BytesView historical, std::uint8_t tag) {
    if (historical.empty()) {
        return std::nullopt;
    }
    BytesView objects = historical.subspan(1);
    if (historical[0] == compactTlvWithStatusCategory && objects.size() >= 3) {
        objects = objects.first(objects.size() - 3);
    } else if (historical[0] != compactTlvCategory) {
        return std::nullopt;
    }
    while (!objects.empty()) {
        const std::size_t size = objects[0] & 0x0FU;
        if (objects.size() < 1 + size) {
            return std::nullopt;
        }
        if (objects[0] >> 4U == tag) {
            return objects.subspan(1, size);
        }
        objects = objects.subspan(1 + size);
    }
    return std::nullopt;
}

} // namespace

bool Connection::supportsExtendedLength() const {
    return maximumResponseLength() > shortResponseLength;
}

bool statesExtendedLength(BytesView atr) {
    const auto historical = historicalBytes(atr);
    if (!historical) {
        return false;
    }
    const auto capabilities = compactTlvValue(*historical, cardCapabilities);
    return capabilities && capabilities->size() >= 3 && ((*capabilities)[2] & extendedLengthBit) != 0;
}

std::size_t commandLengthStatedBy(BytesView atr) {
    return statesExtendedLength(atr) ? extendedCommandLength : shortCommandLength;
}

std::size_t responseLengthStatedBy(BytesView atr) {
    return statesExtendedLength(atr) ? extendedResponseLength : shortResponseLength;
}

} // namespace cancuoc
