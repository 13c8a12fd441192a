// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/issuance/card_builder.hpp"
#include "personalization/line/card_production.hpp"

#include <cstdint>
#include <memory>
#include <stop_token>
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

    /// Throws BadConfiguration when the load profile replaces the transport keys and no issuer's are given.
    PersonalizationLine(LineServices services, Observer observer);

    /// First decides about the chips that a run before left in the middle, then works until no request waits,
    /// no station has a blank, an error stops the line, or `stop` asks for the end: then each station
    /// finishes the card it has begun. Other runs may work on the store at the same time; one that they
    /// take for dead stops. `stations` must not be empty.
    [[nodiscard]] RunResult run(const std::vector<std::unique_ptr<ChipStation>>& stations,
                                const std::stop_token& stop = {});

private:
    class Run;

    LineServices services_;
    Observer observer_;
};

/// The usual CardBuilder: fresh keys from `random`, signed by `signer`; both outlive it.
[[nodiscard]] CardBuilder cardBuilder(const SecurityObjectSigner& signer, RandomSource& random,
                                      const IssuingPolicy& policy = {});

} // namespace cancuoc::personalization
