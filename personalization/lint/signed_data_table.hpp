// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "personalization/lint/rule_table.hpp"
#include "personalization/lint/signed_data_parts.hpp"

namespace cancuoc::personalization::lint {

using SignedDataRow = RuleRow<SignedDataParts>;

/// What every SignedData of Doc 9303 must be: EF.SOD (9303-10, table 37), master lists and deviation lists
/// (9303-12, tables 18 and 19). Identifiers begin behind the point; where the clause is empty, it is the
/// table's.
[[nodiscard]] std::span<const SignedDataRow> commonSignedDataTable();
/// What both lists must be besides (tables 18 and 19).
[[nodiscard]] std::span<const SignedDataRow> commonListTable();

/// The tables that hold for one kind of SignedData, as one.
class SignedDataTable {
public:
    /// @param prefix of identifiers: "sod."
    /// @param clause of the rows that state none
    SignedDataTable(const std::string& prefix, const std::string& clause,
                    std::initializer_list<std::span<const SignedDataRow>> tables);

    [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }
    /// The rules that `data` breaks. Throws MalformedData for what cannot be read.
    [[nodiscard]] std::vector<const Rule*> check(const lds::SignedData& data, Profile profile) const;

private:
    std::vector<SignedDataRow> rows_;
    std::vector<Rule> rules_;
};

} // namespace cancuoc::personalization::lint
