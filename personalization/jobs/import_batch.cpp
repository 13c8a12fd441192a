// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/import_batch.hpp"

#include <utility>

namespace cancuoc::personalization {

ImportBatch::ImportBatch(JobStore& jobs, std::string order, Observer observer)
    : jobs_(jobs), order_(std::move(order)), observer_(std::move(observer)) {}

void ImportBatch::add(Submission submission) {
    const Pictures& pictures = submission.pictures;
    pictureBytes_ += pictures.portrait.size() + pictures.leftIndex.size() + pictures.rightIndex.size();
    submissions_.push_back(std::move(submission));
    if (submissions_.size() == mostSubmissions || pictureBytes_ >= mostPictureBytes) {
        store();
    }
}

void ImportBatch::store() {
    const auto outcomes = jobs_.import(submissions_, order_);
    for (std::size_t index = 0; index < submissions_.size(); ++index) {
        observer_(submissions_[index].record, outcomes[index]);
    }
    submissions_.clear();
    pictureBytes_ = 0;
}

} // namespace cancuoc::personalization
