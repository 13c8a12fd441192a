// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/order.hpp"
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

/// One record of an order after all rules. Without a submission, an error among the findings tells why.
struct IntakeResult {
    std::size_t line = 0;
    std::optional<Submission> submission;
    std::vector<Finding> findings;
};

/// Takes an order in, record by record: reads, finds the pictures, applies the rules. A record that breaks
/// one is held back alone.
class Intake {
public:
    Intake(Order order, IntakePolicy policy);

    /// Throws what openOrder throws.
    Intake(const std::filesystem::path& order, IntakePolicy policy, const OrderPolicy& orderPolicy = {});

    /// Whose signature on the order was verified; empty when none was.
    [[nodiscard]] const std::string& signer() const { return signer_; }

    /// What there is to say about the order as a whole; no errors.
    [[nodiscard]] const std::vector<Finding>& orderFindings() const { return orderFindings_; }

    /// The next record of the order, or none at the end.
    [[nodiscard]] std::optional<IntakeResult> next();

private:
    [[nodiscard]] Bytes picture(const std::filesystem::path& path, const char* column,
                                IntakeResult& result) const;
    void refuseDuplicates(const CitizenRecord& record, std::vector<Finding>& findings);

    std::string signer_;
    std::vector<Finding> orderFindings_;
    std::unique_ptr<OrderFiles> files_;
    RecordReader reader_;
    IntakePolicy policy_;
    std::map<std::string, std::size_t> lineOfRequest_; ///< request ids seen, with their lines
    std::map<std::string, std::size_t> lineOfNumber_;  ///< numbers seen, with their lines
};

} // namespace cancuoc::personalization
