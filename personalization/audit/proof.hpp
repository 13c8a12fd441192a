// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/audit/checkpoint.hpp"

#include <istream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::personalization::audit {

/// Shows, without the log, that one entry is under a checkpoint, or that one checkpoint goes on from another.
/// As JSON: {"checkpoint": line, "entry" or "former": line, "path": [hash, …]}, hashes in hexadecimal.
struct Proof {
    enum class Kind {
        Inclusion,  ///< `subject` is the line of an entry
        Consistency ///< `subject` is the line of a former checkpoint
    };

    Kind kind = Kind::Inclusion;
    std::string subject;
    std::string checkpoint; ///< its line
    std::vector<Hash> path;

    /// Proves that entry `index`, from 0, of `log` is under `checkpoint`. Throws BadConfiguration when there
    /// is no such entry under it, or the log does not hold up to it. Takes 32 bytes of memory an entry.
    [[nodiscard]] static Proof ofInclusion(std::istream& log, std::uint64_t index,
                                           const SignedCheckpoint& checkpoint);

    /// Proves that `checkpoint` of `log` goes on from `former`. Throws as ofInclusion() does.
    [[nodiscard]] static Proof ofConsistency(std::istream& log, const SignedCheckpoint& former,
                                             const SignedCheckpoint& checkpoint);

    /// Reads what encode() writes, or anything with the same members. Throws MalformedData.
    [[nodiscard]] static Proof decode(std::string_view json);
    [[nodiscard]] std::string encode() const;

    /// Why it proves nothing; empty when it does. `signers`: whose checkpoints count.
    [[nodiscard]] std::string objection(std::span<const trust::Certificate> signers) const;
};

} // namespace cancuoc::personalization::audit
