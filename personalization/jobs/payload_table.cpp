// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/payload_table.hpp"

#include "host/base/error.hpp"
#include "personalization/jobs/record_json.hpp"

#include <utility>
#include <vector>

namespace cancuoc::personalization {

namespace {

constexpr std::string_view checkPlace = "key";
constexpr std::string_view checkContent = "cancuoc job store";

std::string placeOf(std::string_view what, std::string_view name) {
    return std::string(what) + " " + std::string(name);
}

std::string placeOfFile(std::string_view serial, std::int64_t file) {
    return "file " + std::to_string(file) + " " + std::string(serial);
}

} // namespace

bool PayloadTable::isProtected() {
    auto row = database_.prepare("SELECT 1 FROM payload_key");
    return row.step();
}

void PayloadTable::requireKey() {
    if (!cipher_ && isProtected()) {
        throw BadConfiguration("What this job store holds of citizens is sealed; name the file with its key "
                               "(--store-key).");
    }
}

void PayloadTable::protect(const SecretBytes& key, RandomSource& random) {
    PayloadCipher cipher(key);
    auto check = database_.prepare("SELECT sealed FROM payload_key");
    if (check.step()) {
        try {
            static_cast<void>(cipher.open(checkPlace, check.bytes(0)));
        } catch (const MalformedData&) {
            throw BadConfiguration(
                "This is not the key of the job store. Name the file with its own (--store-key).");
        }
    } else {
        database_.prepare("INSERT INTO payload_key (sealed) VALUES (?)")
            .bind(cipher.seal(checkPlace, viewOf(checkContent), random))
            .run();
    }
    cipher_.emplace(std::move(cipher));
    random_ = &random;
    std::vector<std::string> requests;
    auto row = database_.prepare("SELECT request_id FROM requests WHERE sealed = 0 AND purged_at = 0");
    while (row.step()) {
        requests.push_back(row.text(0));
    }
    for (const std::string& request : requests) {
        sealRequest(request);
    }
    std::vector<std::pair<std::string, std::int64_t>> files;
    auto file = database_.prepare("SELECT serial, file_identifier FROM chip_files WHERE sealed = 0");
    while (file.step()) {
        files.emplace_back(file.text(0), file.number(1));
    }
    for (const auto& [serial, identifier] : files) {
        sealFile(serial, identifier);
    }
}

void PayloadTable::sealRequest(const std::string& requestId) {
    auto row = database_.prepare(
        "SELECT record, portrait, left_index, right_index, number FROM requests WHERE request_id = ?");
    if (!row.bind(requestId).step()) {
        return;
    }
    database_
        .prepare("UPDATE requests SET record = ?, portrait = ?, left_index = ?, right_index = ?, number = ?, "
                 "sealed = 1 "
                 "WHERE request_id = ?")
        .bind(toLowerCaseHex(sealed(placeOf("record", requestId), viewOf(row.text(0)))))
        .bind(sealed(placeOf("portrait", requestId), row.bytes(1)))
        .bind(sealed(placeOf("left index", requestId), row.bytes(2)))
        .bind(sealed(placeOf("right index", requestId), row.bytes(3)))
        .bind(cipher_->pseudonym(row.text(4)))
        .bind(requestId)
        .run();
}

void PayloadTable::sealFile(const std::string& serial, std::int64_t file) {
    auto row = database_.prepare("SELECT content FROM chip_files WHERE serial = ? AND file_identifier = ?");
    if (!row.bind(serial).bind(file).step()) {
        return;
    }
    database_
        .prepare("UPDATE chip_files SET content = ?, sealed = 1 WHERE serial = ? AND file_identifier = ?")
        .bind(sealed(placeOfFile(serial, file), row.bytes(0)))
        .bind(serial)
        .bind(file)
        .run();
}

Bytes PayloadTable::sealed(const std::string& place, BytesView content) {
    return cipher_ ? cipher_->seal(place, content, *random_) : toBytes(content);
}

Bytes PayloadTable::opened(const std::string& place, Bytes content, bool isSealed) {
    return isSealed ? cipher_.value().open(place, content) : std::move(content);
}

std::string PayloadTable::numberFor(const std::string& number) {
    requireKey();
    return cipher_ ? cipher_->pseudonym(number) : number;
}

void PayloadTable::addRequest(const Submission& submission, BytesView digest, std::string_view order) {
    requireKey();
    const std::string& requestId = submission.record.requestId;
    const std::string json = toJson(submission.record);
    database_
        .prepare(
            "INSERT INTO requests (request_id, number, record, portrait, left_index, right_index, digest, "
            "order_name, sealed, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
            "(SELECT coalesce(max(position) + 1, 0) FROM requests))")
        .bind(requestId)
        .bind(numberFor(submission.record.number))
        .bind(cipher_ ? toLowerCaseHex(sealed(placeOf("record", requestId), viewOf(json))) : json)
        .bind(sealed(placeOf("portrait", requestId), submission.pictures.portrait))
        .bind(sealed(placeOf("left index", requestId), submission.pictures.leftIndex))
        .bind(sealed(placeOf("right index", requestId), submission.pictures.rightIndex))
        .bind(digest)
        .bind(order)
        .bind(std::int64_t{cipher_ ? 1 : 0})
        .run();
}

Submission PayloadTable::submission(std::string_view requestId) {
    requireKey();
    auto row =
        database_.prepare("SELECT record, portrait, left_index, right_index, sealed FROM requests WHERE "
                          "request_id = ? AND purged_at = 0");
    if (!row.bind(requestId).step()) {
        throw BadConfiguration("The job store has no such request, or its payload was purged.");
    }
    const bool isSealed = row.number(4) != 0;
    const std::string record =
        isSealed ? toText(opened(placeOf("record", requestId), fromHex(row.text(0)), true)) : row.text(0);
    return {recordFromJson(record),
            {opened(placeOf("portrait", requestId), row.bytes(1), isSealed),
             opened(placeOf("left index", requestId), row.bytes(2), isSealed),
             opened(placeOf("right index", requestId), row.bytes(3), isSealed)}};
}

void PayloadTable::addFiles(std::string_view serial, const ChipFiles& files) {
    requireKey();
    for (const auto& [file, content] : files) {
        const auto identifier = static_cast<std::int64_t>(file);
        database_
            .prepare("INSERT INTO chip_files (serial, file_identifier, content, sealed) VALUES (?, ?, ?, ?)")
            .bind(serial)
            .bind(identifier)
            .bind(sealed(placeOfFile(serial, identifier), content))
            .bind(std::int64_t{cipher_ ? 1 : 0})
            .run();
    }
}

ChipFiles PayloadTable::files(std::string_view serial) {
    requireKey();
    auto row = database_.prepare("SELECT file_identifier, content, sealed FROM chip_files WHERE serial = ?");
    row.bind(serial);
    ChipFiles files;
    while (row.step()) {
        files.emplace(static_cast<lds::FileId>(row.number(0)),
                      opened(placeOfFile(serial, row.number(0)), row.bytes(1), row.number(2) != 0));
    }
    return files;
}

void PayloadTable::purge(std::string_view requestId, std::int64_t seconds) {
    database_
        .prepare(
            "UPDATE requests SET record = '', portrait = ?, left_index = ?, right_index = ?, number = ?, "
            "sealed = 0, purged_at = ? WHERE request_id = ?")
        .bind(Bytes())
        .bind(Bytes())
        .bind(Bytes())
        .bind(placeOf("purged", requestId)) // the citizen may ask for another card
        .bind(seconds)
        .bind(requestId)
        .run();
}

} // namespace cancuoc::personalization
