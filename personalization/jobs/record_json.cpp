// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/record_json.hpp"

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "personalization/intake/record_column.hpp"

#include <nlohmann/json.hpp>

namespace cancuoc::personalization {

namespace {

bool isPicture(const RecordColumn& column) {
    return std::holds_alternative<std::filesystem::path CitizenRecord::*>(column.field);
}

} // namespace

std::string toJson(const CitizenRecord& record) {
    nlohmann::ordered_json json;
    for (const RecordColumn& column : recordColumns()) {
        if (!isPicture(column)) {
            json[std::string(column.name)] = column.text(record);
        }
    }
    return json.dump();
}

CitizenRecord recordFromJson(std::string_view json) {
    CitizenRecord record;
    try {
        const auto object = nlohmann::json::parse(json);
        for (const RecordColumn& column : recordColumns()) {
            if (!isPicture(column)) {
                column.assign(record, object.at(std::string(column.name)).get<std::string>());
            }
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
