// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "qr/payload.hpp"

namespace cancuoc::qr {

/// What another source (the chip, the population register) says about the seven fields of the QR. A field
/// without a value, or with nothing but white space in it, is one that the source does not say: any item of
/// DG13 may lack its value. Dates are accepted as ddmmyyyy, dd/mm/yyyy or YYYY-MM-DD, the sex as `Nam`/`Nữ`
/// or `M`/`F`.
struct CardIdentity {
    std::optional<std::string> number;
    std::optional<std::string> oldNumber;
    std::optional<std::string> fullName;
    std::optional<std::string> birthDate;
    std::optional<std::string> sex;
    std::optional<std::string> residence;
    std::optional<std::string> issueDate;
};

/// The identity in the JSON of `cancuoc read`: the `citizen` object, or number, birth date and sex of
/// `document` if the chip's citizen data was not read. An object that is itself a citizen (it has a `number`)
/// is taken as it is.
/// @throws MalformedData if the JSON holds neither, or a field is not text
CardIdentity cardIdentityFromJson(const nlohmann::ordered_json& json);

/// The payload that the card of this person carries.
/// @throws MalformedData naming the first field that is missing, a date of no known form or that no calendar
/// has, or a sex that is neither; the old number may be missing
Payload toPayload(const CardIdentity& identity);

/// How one field of the QR compares with the other source.
enum class FieldResult {
    Matches,
    Differs,
    NotCompared ///< one of the two does not say: the chip was not asked or has no value there, or an early
                ///< card's QR has no old number
};

/// The result's name in JSON: `matches`, `differs`, `not-compared`.
std::string_view fieldResultName(FieldResult result);

/// One field of the QR beside the same field of the other source.
struct FieldComparison {
    std::string name; ///< English camelCase, as in the JSON of `cancuoc read`
    std::string onQr;
    std::string onChip;
    FieldResult result = FieldResult::NotCompared;
};

/// Compares field by field: text in normalization form C with runs of white space as one, name and residence
/// without regard to capitals, dates and sex by meaning.
std::vector<FieldComparison> compare(const Payload& payload, const CardIdentity& identity);

/// What the fields say together.
enum class ComparisonOutcome {
    Matches, ///< the number is the same, and nothing differs
    Differs,
    NotCompared ///< nothing differs, but the number, which tells whose card it is, could not be compared
};

[[nodiscard]] ComparisonOutcome outcomeOf(const std::vector<FieldComparison>& comparisons);

} // namespace cancuoc::qr
