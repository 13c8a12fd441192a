// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <winscard.h>

#include <string>

namespace cancuoc {

/// What was being done when PC/SC refused: the same code asks for different remedies.
enum class PcscPhase {
    /// Reaching the service or its list of readers.
    Service,
    /// Connecting to the card.
    Connect,
    /// Working with a card that was there.
    Exchange
};

/// Throws the exception that fits `code`, with a sentence that says what to do. `readerName` may be empty in
/// the Service phase.
[[noreturn]] void throwPcsc(LONG code, PcscPhase phase, const std::string& readerName);

/// throwPcsc for every code but SCARD_S_SUCCESS.
void requirePcsc(LONG code, PcscPhase phase, const std::string& readerName);

} // namespace cancuoc
