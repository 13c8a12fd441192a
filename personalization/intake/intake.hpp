// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/record_reader.hpp"
#include "personalization/intake/validation.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// A request that may go on to the line: the record and its pictures.
struct Submission {
    CitizenRecord record;
    Pictures pictures;
};

/// One line of records.csv after all rules. Without a submission, an error among the findings tells why.
struct IntakeResult {
    std::size_t line = 0;
    std::optional<Submission> submission;
    std::vector<Finding> findings;
};

/// Takes records.csv in, record by record: reads, finds the pictures, applies the rules. A record that breaks
/// one is held back alone.
class Intake {
public:
    /// Throws what RecordReader's constructor throws.
    Intake(const std::filesystem::path& recordsFile, IntakePolicy policy);

    /// The next record of the file, or none at the end.
    [[nodiscard]] std::optional<IntakeResult> next();

    [[nodiscard]] const std::vector<std::string>& unknownColumns() const { return reader_.unknownColumns(); }

private:
    void refuseDuplicates(const CitizenRecord& record, std::vector<Finding>& findings);

    RecordReader reader_;
    IntakePolicy policy_;
    std::map<std::string, std::size_t> lineOfRequest_; ///< request ids seen, with their lines
    std::map<std::string, std::size_t> lineOfNumber_;  ///< numbers seen, with their lines
};

} // namespace cancuoc::personalization
