// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::personalization::sql {

/// What a kind of database calls the types of a job store's columns.
struct ColumnTypes {
    std::string_view key;    ///< a number that the database gives, the table's key
    std::string_view number; ///< of 64 bits
    std::string_view bytes;
    std::string_view tableOptions; ///< what stands behind a table's columns
};

/// SQL that brings the first tables of a job store, which each kind of database has in its own words, to the
/// newest version: each text makes the next version of the one before.
[[nodiscard]] std::vector<std::string> laterMigrations(const ColumnTypes& types);

} // namespace cancuoc::personalization::sql
