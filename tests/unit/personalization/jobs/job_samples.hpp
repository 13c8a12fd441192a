// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/date.hpp"
#include "personalization/jobs/job_store.hpp"

#include <doctest/doctest.h>

namespace cancuoc::test {

using namespace cancuoc::personalization;

inline Submission submission(int index) {
    Submission result;
    CitizenRecord& record = result.record;
    record.requestId = "R-" + std::to_string(index);
    record.number = std::to_string(100000 + index);
    record.number = "001299" + record.number.substr(record.number.size() - 6);
    record.fullName = "Nguyễn Văn Mẫu";
    record.birthDate = dateFromIso("2099-01-01");
    record.sex = Sex::Female;
    record.nationality = "Việt Nam";
    record.residence = "Số 1 \"Phố Mẫu\"";
    record.issueDate = dateFromIso("2113-01-02");
    record.expiryDate = dateFromIso("2124-01-01");
    record.fatherName = "Nguyễn Văn Cha";
    result.pictures = {{0xFF, 0xD8, static_cast<std::uint8_t>(index)}, {0x89, 0x50}, {0x89, 0x51}};
    return result;
}

inline void fill(JobStore& store, int count) {
    std::vector<Submission> submissions;
    for (int index = 1; index <= count; ++index) {
        submissions.push_back(submission(index));
    }
    for (const ImportOutcome outcome : store.import(submissions, "order")) {
        CHECK(outcome == ImportOutcome::Added);
    }
}

inline ChipFiles someFiles() {
    return {{lds::FileId::DataGroup1, {0x61, 0x00}}, {lds::FileId::CardAccess, {0x31, 0x00}}};
}

/// A run that is at work from now on.
inline WorkerId enlist(JobStore& store) {
    return store.enlist({"hall", "process", {}});
}

inline std::optional<Job> claim(JobStore& store) {
    return store.claim(enlist(store), "station 1");
}

/// Claims the next request and takes a chip for it.
inline Job begin(JobStore& store, const std::string& serial, WorkerId worker) {
    const auto job = store.claim(worker, "station 1");
    REQUIRE(job);
    store.receiveBlank(worker, serial, false, "station 1");
    store.beginLoading(job->hold(), serial, someFiles());
    return *job;
}

inline Job begin(JobStore& store, const std::string& serial) {
    return begin(store, serial, enlist(store));
}

inline void finish(JobStore& store, const Job& job, const std::string& serial) {
    store.advance(job.hold(), serial, ChipState::Loaded);
    store.advance(job.hold(), serial, ChipState::Verified);
    store.advance(job.hold(), serial, ChipState::Good);
}

inline void checkBalance(const Report& report) {
    CHECK(report.requests ==
          report.good + report.rejected + report.inProcess + report.waiting + report.quarantined);
    CHECK(report.blanks.received ==
          report.blanks.good + report.blanks.spoiled + report.blanks.returned + report.blanks.inProcess);
    CHECK(report.good == report.blanks.good);
}

} // namespace cancuoc::test
