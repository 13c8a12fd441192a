// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "qr/card_identity.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

/// The JSON of a file. Throws MalformedData if it holds none, Error if it cannot be read.
[[nodiscard]] Json readJson(const std::string& file);

/// One citizen from a file: the output of `cancuoc read --json`, a JSON object with number, oldNumber,
/// fullName, birthDate, sex, residence and issueDate, or a records.csv.
/// @param number the 12 digits of the record in a records.csv; may be empty if it holds one only
/// @throws BadConfiguration if several records fit, Error if none does, MalformedData if the file is
/// malformed
[[nodiscard]] qr::CardIdentity readIdentity(const std::string& file, const std::string& number);

} // namespace cancuoc::tools
