// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

/// Instruction bytes (ISO/IEC 7816-4, table 4; GlobalPlatform Card Specification, 11).
namespace cancuoc::card::instruction {

inline constexpr std::uint8_t manageSecurityEnvironment = 0x22;
inline constexpr std::uint8_t performSecurityOperation = 0x2A;
inline constexpr std::uint8_t initializeUpdate = 0x50;
inline constexpr std::uint8_t externalAuthenticate = 0x82;
inline constexpr std::uint8_t getChallenge = 0x84;
inline constexpr std::uint8_t generalAuthenticate = 0x86;
inline constexpr std::uint8_t internalAuthenticate = 0x88;
inline constexpr std::uint8_t select = 0xA4;
inline constexpr std::uint8_t readBinary = 0xB0;
inline constexpr std::uint8_t readBinaryOdd = 0xB1;
inline constexpr std::uint8_t getResponse = 0xC0;
inline constexpr std::uint8_t getData = 0xCA;
inline constexpr std::uint8_t updateBinary = 0xD6;
inline constexpr std::uint8_t updateBinaryOdd = 0xD7;
inline constexpr std::uint8_t putKey = 0xD8;
inline constexpr std::uint8_t createFile = 0xE0;
inline constexpr std::uint8_t storeData = 0xE2;
inline constexpr std::uint8_t install = 0xE6;
inline constexpr std::uint8_t setStatus = 0xF0;
inline constexpr std::uint8_t getStatus = 0xF2;

} // namespace cancuoc::card::instruction
