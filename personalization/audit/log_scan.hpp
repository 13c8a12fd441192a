// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/audit/checkpoint.hpp"
#include "personalization/audit/entry.hpp"

#include <functional>
#include <istream>
#include <map>
#include <optional>
#include <string>

namespace cancuoc::personalization::audit {

/// What was done to a log.
enum class Tampering {
    Edited,    ///< an entry is not what was written
    Deleted,   ///< entries are missing within the log
    Inserted,  ///< an entry stands where none was
    Reordered, ///< an entry stands elsewhere
    Truncated, ///< entries are missing at the end
    Rewritten, ///< the entries hold together, and are not those that a checkpoint vouches for
};

/// "edited", "deleted" and so on.
[[nodiscard]] std::string_view nameOf(Tampering tampering);

/// Where a log stops to hold, counted from entry 0.
struct FirstWrong {
    Tampering what = Tampering::Edited;
    std::uint64_t from = 0;  ///< the first entry that is wrong, or the first of those among which it is
    std::uint64_t to = 0;    ///< the last of those among which it is; the same as `from` when it is known
    std::string explanation; ///< one sentence
};

/// What reading a log from its beginning to its end, or to the first wrong entry, has found.
struct LogScan {
    std::uint64_t entries = 0;    ///< that hold together
    Hash first{};                 ///< the hash of the first of them, which names the log
    Hash last{};                  ///< the hash of the last of them; zeros when there is none
    GrowingTree tree;             ///< over them
    std::uint64_t size = 0;       ///< bytes of their lines
    std::uint64_t tornBytes = 0;  ///< of a line that a writer had begun when it ended
    std::uint64_t vouchedFor = 0; ///< entries under the largest checkpoint that agrees
    std::optional<FirstWrong> firstWrong;
};

/// Called with each entry that holds together with those before it.
using EntryVisitor = std::function<void(const EntryLine&)>;

/// Reads a log and holds it against what it says itself and against `checkpoints`, root by size; memory does
/// not grow with the log. What is wrong is found
///  - by an entry's own hash, when the entry was edited and the hash left;
///  - by the chain, when an entry was edited and hashed again, inserted, deleted or moved: an entry for which
///    the next one vouches, and every entry under a checkpoint that agrees, is taken for the right one;
///  - by the checkpoints alone, when the log was rewritten from some entry to its end, or its end cut off:
///    then the first wrong entry is among those after the last checkpoint that agrees.
/// Throws Error when `input` cannot be read.
[[nodiscard]] LogScan scanLog(std::istream& input, const std::map<std::uint64_t, Hash>& checkpoints = {},
                              const EntryVisitor& visit = {});

} // namespace cancuoc::personalization::audit
