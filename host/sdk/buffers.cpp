// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/buffers.hpp"

#include <algorithm>
#include <cstring>

namespace cancuoc::sdk {

namespace {

// Tells the length, and whether `needed` bytes fit.
void requireRoom(std::size_t told, std::size_t needed, const void* buffer, std::size_t capacity,
                 std::size_t* length) {
    requireArgument(buffer != nullptr || capacity == 0, "The buffer is NULL, and its capacity is not 0.");
    if (length != nullptr) {
        *length = told;
    }
    if (needed > capacity) {
        throw Refusal(CANCUOC_BUFFER_TOO_SMALL, "The buffer is too small: ask for the length first.");
    }
}

} // namespace

void give(std::string_view text, char* buffer, std::size_t capacity, std::size_t* length) {
    requireRoom(text.size(), text.size() + 1, buffer, capacity, length);
    std::memcpy(buffer, text.data(), text.size());
    buffer[text.size()] = '\0';
}

void give(BytesView bytes, std::uint8_t* buffer, std::size_t capacity, std::size_t* length) {
    requireRoom(bytes.size(), bytes.size(), buffer, capacity, length);
    std::copy(bytes.begin(), bytes.end(), buffer);
}

void giveCut(std::string_view text, char* buffer, std::size_t capacity) {
    requireArgument(buffer != nullptr || capacity == 0, "The buffer is NULL, and its capacity is not 0.");
    if (capacity == 0) {
        return;
    }
    auto length = std::min(text.size(), capacity - 1);
    while (length < text.size() && length > 0 &&
           (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
        --length;
    }
    std::memcpy(buffer, text.data(), length);
    buffer[length] = '\0';
}

std::string_view takeText(const char* text) {
    requireArgument(text != nullptr, "A text is NULL.");
    return text;
}

BytesView takeBytes(const std::uint8_t* bytes, std::size_t length, std::size_t minimum, std::size_t maximum) {
    requireArgument(bytes != nullptr || length == 0, "The bytes are NULL, and their length is not 0.");
    requireArgument(length >= minimum && length <= maximum, "The length of the bytes is out of range.");
    return {bytes, length};
}

} // namespace cancuoc::sdk
