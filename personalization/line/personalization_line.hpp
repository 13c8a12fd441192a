// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/line/card_production.hpp"
#include "personalization/pki/document_signer.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// How a run went.
struct RunResult {
    std::uint64_t goodCards = 0;
    std::chrono::microseconds elapsed{};
    std::vector<std::string> errors; ///< why stations stopped before the work was done
};

/// A personalization line: stations that turn the waiting requests of a store into good cards, each in a
/// thread of its own.
class PersonalizationLine {
public:
    /// Sees each chip's outcome as it comes; called by one thread at a time.
    using Observer = std::function<void(const CardOutcome&)>;

    PersonalizationLine(LineServices services, Observer observer);

    /// First decides about the chips that a run before left in the middle, then works until no request waits,
    /// no station has a blank, or an error stops the line. Throws BadConfiguration while another run works on
    /// the store. `stations` must not be empty.
    [[nodiscard]] RunResult run(const std::vector<std::unique_ptr<ChipStation>>& stations);

private:
    class Run;

    LineServices services_;
    Observer observer_;
};

/// The usual CardBuilder: fresh keys from `random`, signed by `signer`; both outlive it.
[[nodiscard]] CardBuilder cardBuilder(const DocumentSigner& signer, RandomSource& random);

} // namespace cancuoc::personalization
