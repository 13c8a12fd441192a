// SPDX-License-Identifier: Apache-2.0
#include "qr/delivered_fields.hpp"

#include <algorithm>
#include <utility>

#include "qr/delivered_text.hpp"
#include "qr/health_insurance_card.hpp"

namespace cancuoc::qr {

namespace {

// A scanner that doubles the separator leaves only runs of even length. The card itself never does: between
// the name and the birth date stands a single one.
bool halveDoubledSeparators(std::string& text) {
    std::string halved;
    for (std::size_t position = 0; position < text.size();) {
        if (text[position] != fieldSeparator) {
            halved.push_back(text[position++]);
            continue;
        }
        const auto end = std::min(text.find_first_not_of(fieldSeparator, position), text.size());
        if ((end - position) % 2 != 0) {
            return false;
        }
        halved.append((end - position) / 2, fieldSeparator);
        position = end;
    }
    // Only a text that is a card's afterwards was doubled: eleven fields with every other one empty look
    // alike.
    const auto fields = splitFields(halved);
    if (fields.size() != fieldsOf2021 && fields.size() != fieldsOf2024 && !isHealthInsuranceCard(fields)) {
        return false;
    }
    text = std::move(halved);
    return true;
}

} // namespace

DeliveredFields readFields(std::string_view delivered) {
    auto [text, oddities] = readDelivered(delivered);
    if (halveDoubledSeparators(text)) {
        oddities.push_back(oddityAt(OddityKind::DoubledSeparators, positionOfSeparator(delivered)));
    }
    return {splitFields(text), std::move(oddities)};
}

void noteSpaces(const std::vector<std::string>& fields, std::vector<Oddity>& oddities) {
    for (std::size_t index = 0; index < fields.size(); ++index) {
        const auto& field = fields[index];
        if (field.starts_with(' ') || field.ends_with(' ') || field.find("  ") != std::string::npos) {
            oddities.push_back(oddityOfField(OddityKind::FieldSpaces, index + 1));
        }
    }
}

} // namespace cancuoc::qr
