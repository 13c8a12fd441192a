// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/record_json.hpp"

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "personalization/intake/record_column.hpp"

#include <nlohmann/json.hpp>

namespace cancuoc::personalization {

namespace {

constexpr const char* otherColumns = "other";

/// Columns that an order may leave out stand in the JSON only where they have a value: a record of an order
/// from before they were known keeps its digest.
bool mayBeLeftOut(const RecordColumn& column) {
    return column.need == RecordColumn::Need::Nothing;
}

void read(CitizenRecord& record, const nlohmann::json& object, const RecordColumn& column) {
    const std::string name(column.name);
    if (mayBeLeftOut(column) && !object.contains(name)) {
        return;
    }
    if (column.assign(record, object.at(name).get<std::string>()) != nullptr) {
        throw MalformedData("The job store holds a record whose " + name +
                            " is malformed. Restore the store from its backup.");
    }
}

} // namespace

std::string toJson(const CitizenRecord& record) {
    nlohmann::ordered_json json;
    for (const RecordColumn& column : recordColumns()) {
        std::string text = column.isPicture() ? std::string() : column.text(record);
        if (!column.isPicture() && (!mayBeLeftOut(column) || !text.empty())) {
            json[std::string(column.name)] = std::move(text);
        }
    }
    if (!record.other.empty()) {
        json[otherColumns] = record.other;
    }
    return json.dump();
}

CitizenRecord recordFromJson(std::string_view json) {
    CitizenRecord record;
    try {
        const auto object = nlohmann::json::parse(json);
        for (const RecordColumn& column : recordColumns()) {
            if (!column.isPicture()) {
                read(record, object, column);
            }
        }
        if (object.contains(otherColumns)) {
            record.other = object.at(otherColumns).get<std::map<std::string, std::string>>();
        }
    } catch (const nlohmann::json::exception&) {
        throw MalformedData(
            "The job store holds a record that it did not write. Restore the store from its backup.");
    }
    return record;
}

Bytes contentDigest(const CitizenRecord& record, const Pictures& pictures) {
    const auto sha256 = [](BytesView content) { return digest(HashAlgorithm::Sha256, content); };
    return sha256(concat(sha256(viewOf(toJson(record))), sha256(pictures.portrait),
                         sha256(pictures.leftIndex), sha256(pictures.rightIndex)));
}

} // namespace cancuoc::personalization
