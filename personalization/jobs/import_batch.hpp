// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/jobs/job_store.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// Hands the submissions of an order to a job store, many in one commit, and holds no more of them than its
/// bounds say, however large the order is. The intake gives the next record when the former ones are on the
/// disk.
class ImportBatch {
public:
    /// Is told what became of each submission, in their order.
    using Observer = std::function<void(const CitizenRecord&, ImportOutcome)>;

    static constexpr std::size_t mostSubmissions = 256;
    static constexpr std::size_t mostPictureBytes = std::size_t{16} << 20U;

    /// `jobs` outlives the object; `order` is the name of the order in reports.
    ImportBatch(JobStore& jobs, std::string order, Observer observer);

    /// Takes a submission, and stores what is held when a bound is reached. Throws what JobStore::import
    /// throws.
    void add(Submission submission);

    /// Stores what is held. Throws what JobStore::import throws.
    void store();

private:
    JobStore& jobs_;
    std::string order_;
    Observer observer_;
    std::vector<Submission> submissions_;
    std::size_t pictureBytes_ = 0;
};

} // namespace cancuoc::personalization
