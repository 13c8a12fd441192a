// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/trace/trace.hpp"

namespace cancuoc::trace {

/// The trace of a card that never was: what was typed, the contents of files, nonces, keys, tokens and
/// signatures are replaced by pseudonyms (Pseudonyms), which keep lengths and structure and fit together as
/// the originals did. Only what is known to be public stays.
/// @param random draws the key of the pseudonyms, which nobody keeps
[[nodiscard]] Trace redact(const Trace& trace, RandomSource& random);

} // namespace cancuoc::trace
