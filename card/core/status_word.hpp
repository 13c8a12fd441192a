// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cancuoc::card {

/// Status words SW1-SW2 that the chip returns (ISO/IEC 7816-4, 5.6).
enum class StatusWord : std::uint16_t {
    Success = 0x9000,
    EndOfFileReached = 0x6282,
    AuthenticationFailed = 0x6300,
    MemoryFailure = 0x6581,
    WrongLength = 0x6700,
    LogicalChannelNotSupported = 0x6881,
    SecureMessagingNotSupported = 0x6882,
    LastCommandOfChainExpected = 0x6883,
    CommandChainingNotSupported = 0x6884,
    SecurityStatusNotSatisfied = 0x6982,
    AuthenticationMethodBlocked = 0x6983,
    ReferenceDataNotUsable = 0x6984,
    ConditionsOfUseNotSatisfied = 0x6985,
    CommandNotAllowed = 0x6986,
    SecureMessagingObjectsMissing = 0x6987,
    SecureMessagingObjectsIncorrect = 0x6988,
    WrongData = 0x6A80,
    FunctionNotSupported = 0x6A81,
    FileNotFound = 0x6A82,
    NotEnoughMemory = 0x6A84,
    IncorrectParameters = 0x6A86,
    ReferencedDataNotFound = 0x6A88,
    WrongOffset = 0x6B00,
    InstructionNotSupported = 0x6D00,
    ClassNotSupported = 0x6E00,
    InternalError = 0x6F00,
};

/// Whether a response with this status has no data: SW1 62 and 63 are warnings, after which data may stand.
[[nodiscard]] constexpr bool isError(StatusWord status) {
    const auto sw1 = static_cast<std::uint16_t>(status) >> 8;
    return status != StatusWord::Success && sw1 != 0x62 && sw1 != 0x63;
}

} // namespace cancuoc::card
