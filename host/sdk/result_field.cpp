// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/result_field.hpp"

#include <algorithm>
#include <array>

#include "host/sdk/status.hpp"

namespace cancuoc::sdk {

namespace {

using Json = nlohmann::ordered_json;

struct Place {
    cancuoc_field field;
    const char* pointer; // JSON pointer into the object of `cancuoc read --json`
};

constexpr std::array places{
    Place{CANCUOC_FIELD_READER, "/reader"},
    Place{CANCUOC_FIELD_POLICY, "/policy"},
    Place{CANCUOC_FIELD_ACCESS_PROTOCOL, "/access/protocol"},
    Place{CANCUOC_FIELD_ACCESS_PASSWORD, "/access/password"},
    Place{CANCUOC_FIELD_DOCUMENT_TYPE, "/document/type"},
    Place{CANCUOC_FIELD_ISSUER, "/document/issuer"},
    Place{CANCUOC_FIELD_DOCUMENT_NUMBER, "/document/documentNumber"},
    Place{CANCUOC_FIELD_PERSONAL_NUMBER, "/document/personalNumber"},
    Place{CANCUOC_FIELD_MRZ_NAME, "/document/name"},
    Place{CANCUOC_FIELD_MRZ_BIRTH_DATE, "/document/birthDate"},
    Place{CANCUOC_FIELD_MRZ_SEX, "/document/sex"},
    Place{CANCUOC_FIELD_MRZ_NATIONALITY, "/document/nationality"},
    Place{CANCUOC_FIELD_MRZ_EXPIRY_DATE, "/document/expiryDate"},
    Place{CANCUOC_FIELD_MRZ, "/document/mrz"},
    Place{CANCUOC_FIELD_NUMBER, "/citizen/number"},
    Place{CANCUOC_FIELD_FULL_NAME, "/citizen/fullName"},
    Place{CANCUOC_FIELD_BIRTH_DATE, "/citizen/birthDate"},
    Place{CANCUOC_FIELD_SEX, "/citizen/sex"},
    Place{CANCUOC_FIELD_NATIONALITY, "/citizen/nationality"},
    Place{CANCUOC_FIELD_ETHNICITY, "/citizen/ethnicity"},
    Place{CANCUOC_FIELD_RELIGION, "/citizen/religion"},
    Place{CANCUOC_FIELD_PLACE_OF_ORIGIN, "/citizen/placeOfOrigin"},
    Place{CANCUOC_FIELD_RESIDENCE, "/citizen/residence"},
    Place{CANCUOC_FIELD_DISTINGUISHING_FEATURES, "/citizen/distinguishingFeatures"},
    Place{CANCUOC_FIELD_ISSUE_DATE, "/citizen/issueDate"},
    Place{CANCUOC_FIELD_EXPIRY_DATE, "/citizen/expiryDate"},
    Place{CANCUOC_FIELD_FATHER_NAME, "/citizen/fatherName"},
    Place{CANCUOC_FIELD_MOTHER_NAME, "/citizen/motherName"},
    Place{CANCUOC_FIELD_SPOUSE_NAME, "/citizen/spouseName"},
    Place{CANCUOC_FIELD_OLD_NUMBER, "/citizen/oldNumber"},
    Place{CANCUOC_FIELD_CHIP_CODE, "/citizen/chipCode"},
};

// An array is the lines of a text.
std::string textOf(const Json& value) {
    if (value.is_array()) {
        std::string text;
        for (const auto& line : value) {
            text += (text.empty() ? "" : "\n") + line.get<std::string>();
        }
        return text;
    }
    return value.is_null() ? std::string() : value.get<std::string>();
}

std::optional<std::string> textAt(const Json& json, const Json::json_pointer& place) {
    return json.contains(place) ? std::optional(textOf(json.at(place))) : std::nullopt;
}

} // namespace

std::optional<std::string> fieldOf(const Json& json, cancuoc_field field) {
    const auto* const place = std::find_if(places.begin(), places.end(),
                                           [field](const Place& each) { return each.field == field; });
    requireArgument(place != places.end(), "There is no field of this number.");
    return textAt(json, Json::json_pointer(place->pointer));
}

std::optional<std::string> otherItemOf(const Json& json, std::int32_t item) {
    requireArgument(item >= 17 && item <= 255, "The number of the item is out of range: 17 to 255.");
    return textAt(json, Json::json_pointer("/citizen/other/" + std::to_string(item)));
}

} // namespace cancuoc::sdk
