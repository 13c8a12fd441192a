// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "host/base/bytes.hpp"
#include "host/sdk/status.hpp"

/// What goes to the caller's memory, and comes from it.
namespace cancuoc::sdk {

/// Writes `text` and a NUL. `length` may be null. Throws Refusal: CANCUOC_BUFFER_TOO_SMALL when it does not
/// fit, after writing the length; CANCUOC_INVALID_ARGUMENT for a null buffer with a capacity.
void give(std::string_view text, char* buffer, std::size_t capacity, std::size_t* length);

/// Writes `bytes`; likewise.
void give(BytesView bytes, std::uint8_t* buffer, std::size_t capacity, std::size_t* length);

/// Writes as much of `text` as fits, in whole characters, and a NUL; nothing into a capacity of 0.
void giveCut(std::string_view text, char* buffer, std::size_t capacity);

/// The text that ends with a NUL. Throws Refusal with CANCUOC_INVALID_ARGUMENT for null.
[[nodiscard]] std::string_view takeText(const char* text);

/// The bytes. Throws Refusal with CANCUOC_INVALID_ARGUMENT for null, and unless `minimum` <= `length` <=
/// `maximum`.
[[nodiscard]] BytesView takeBytes(const std::uint8_t* bytes, std::size_t length, std::size_t minimum,
                                  std::size_t maximum);

} // namespace cancuoc::sdk
