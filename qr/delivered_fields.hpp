// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "qr/oddity.hpp"

namespace cancuoc::qr {

/// Fields of the QR of the identity card of 2021.
constexpr std::size_t fieldsOf2021 = 7;
/// Fields of the QR of the identity card of 2024.
constexpr std::size_t fieldsOf2024 = 11;

/// The fields of a card's text as its issuer wrote them, and what had become of the text on the way.
struct DeliveredFields {
    std::vector<std::string> texts; ///< at least one, which may be empty
    std::vector<Oddity> oddities;
};

/// Undoes what readDelivered undoes, and doubled separators where the text is an identity or a
/// health-insurance card's afterwards.
/// @param delivered bytes of the symbol or the scanner, of any encoding, at most `maximumPayloadLength`
[[nodiscard]] DeliveredFields readFields(std::string_view delivered);

/// Names the fields, counted from 1, that begin or end with a space or have two of them side by side.
void noteSpaces(const std::vector<std::string>& fields, std::vector<Oddity>& oddities);

} // namespace cancuoc::qr
