// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "personalization/intake/validation.hpp"

#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// The record as one JSON object with the columns of an order, but for the pictures' paths: in the store the
/// pictures stand as bytes. Columns that no field takes stand in its member "other".
[[nodiscard]] std::string toJson(const CitizenRecord& record);

/// The record that toJson wrote. Throws MalformedData when it is not one.
[[nodiscard]] CitizenRecord recordFromJson(std::string_view json);

/// SHA-256 over the record and its pictures: two submissions with equal contents are the same.
[[nodiscard]] Bytes contentDigest(const CitizenRecord& record, const Pictures& pictures);

} // namespace cancuoc::personalization
