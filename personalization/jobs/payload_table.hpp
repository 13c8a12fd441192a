// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/intake.hpp"
#include "personalization/jobs/database.hpp"
#include "personalization/jobs/payload_cipher.hpp"
#include "personalization/loading/chip_files.hpp"

#include <optional>

namespace cancuoc::personalization {

/// What a job store holds of citizens: records, pictures and the files of chips in work, sealed once the
/// store has a key. Every function works within the transaction of its caller, and throws BadConfiguration
/// when the store has a key and this program was not given it.
class PayloadTable {
public:
    /// `database` outlives the object.
    explicit PayloadTable(sql::Database& database) : database_(database) {}

    [[nodiscard]] bool isProtected();

    /// From now on everything is sealed under `key`; what is not is sealed now. `random` outlives the object.
    /// Throws BadConfiguration when the store has another key.
    void protect(const SecretBytes& key, RandomSource& random);

    /// How a citizen's number stands in the store.
    [[nodiscard]] std::string numberFor(const std::string& number);

    void addRequest(const Submission& submission, BytesView digest, std::string_view order);
    /// Throws BadConfiguration for a request that is not there, or was purged.
    [[nodiscard]] Submission submission(std::string_view requestId);

    void addFiles(std::string_view serial, const ChipFiles& files);
    [[nodiscard]] ChipFiles files(std::string_view serial);

    /// Takes record, pictures and number of the request out of the store.
    void purge(std::string_view requestId, std::int64_t seconds);

private:
    void requireKey();
    void sealRequest(const std::string& requestId);
    void sealFile(const std::string& serial, std::int64_t file);
    [[nodiscard]] Bytes sealed(const std::string& place, BytesView content);
    [[nodiscard]] Bytes opened(const std::string& place, Bytes content, bool isSealed);

    sql::Database& database_;
    std::optional<PayloadCipher> cipher_;
    RandomSource* random_ = nullptr; ///< with the cipher
};

} // namespace cancuoc::personalization
