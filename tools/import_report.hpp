// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "personalization/intake/finding.hpp"
#include "personalization/jobs/job_store.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

/// How a finding about `field` begins: the column's name, in Vietnamese after what the register calls it.
/// Empty for the line, or the order, as a whole.
[[nodiscard]] std::string subjectOf(const personalization::Finding& finding,
                                    personalization::Language language);

/// "error", "lỗi" and so on.
[[nodiscard]] std::string_view nameOf(personalization::Severity severity, personalization::Language language);

/// What became of an order: how many of its records went where, and what is wrong in which line. It repeats
/// no value of a record.
class ImportReport {
public:
    /// @param order the name of the order, as it was given
    /// @param diagnostics where each finding is told at once; null: nowhere
    ImportReport(std::string order, personalization::Language language, std::ostream* diagnostics);

    /// What it says from now on, it says in that language.
    void speak(personalization::Language language) { language_ = language; }

    /// The order was opened.
    /// @param signer whose signature on it was verified; empty when none was
    void begin(const std::string& signer, const std::vector<personalization::Finding>& findings);

    void add(const personalization::Finding& finding);
    void countRefused() { ++refused_; }
    void count(const personalization::CitizenRecord& record, personalization::ImportOutcome outcome);

    /// Nothing of the order was taken.
    void refuseOrder(const personalization::Finding& finding);

    /// A person ended the import before the order's end.
    void endEarly() { endedEarly_ = true; }

    [[nodiscard]] bool anyRefused() const { return refused_ > 0 || orderRefused_; }

    [[nodiscard]] bool orderRefused() const { return orderRefused_; }
    [[nodiscard]] bool endedEarly() const { return endedEarly_; }
    /// Whose signature was verified; empty when none was.
    [[nodiscard]] const std::string& signer() const { return signer_; }
    [[nodiscard]] const std::vector<personalization::Finding>& findings() const { return findings_; }

    /// The whole report for programs, each message in both languages.
    [[nodiscard]] Json json() const;

    /// The whole report for people, in the report's language.
    [[nodiscard]] std::string text() const;

    /// The counts, in one sentence of the report's language.
    [[nodiscard]] std::string summary() const;

    /// Writes json() or text() to a file ending in .json or .txt, readable by its owner only: the file names
    /// lines of people's records. Throws BadConfiguration for another ending, Error when it cannot be
    /// written.
    void write(const std::filesystem::path& file) const;

private:
    [[nodiscard]] std::string line(const personalization::Finding& finding) const;
    [[nodiscard]] std::size_t warnings() const;

    std::string order_;
    std::string signer_;
    personalization::Language language_;
    std::ostream* diagnostics_;
    std::size_t added_ = 0;
    std::size_t alreadyThere_ = 0;
    std::size_t refused_ = 0;
    bool orderRefused_ = false;
    bool endedEarly_ = false;
    std::vector<personalization::Finding> findings_;
};

/// The file name of a report. Throws BadConfiguration unless it ends in .json or .txt.
void requireReportName(const std::filesystem::path& file);

} // namespace cancuoc::tools
