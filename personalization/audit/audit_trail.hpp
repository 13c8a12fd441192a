// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/secret_bytes.hpp"
#include "host/crypto/mac.hpp"
#include "personalization/audit/audit_log.hpp"

#include <mutex>
#include <string>
#include <string_view>

namespace cancuoc::personalization::audit {

/// Something that happens on a personalization line, as the line itself names cards and requests.
struct Occurrence {
    std::string what;                                  ///< as in Event
    std::string station;                               ///< empty: none
    std::string requestId;                             ///< empty: none
    std::string chipSerial;                            ///< empty: none
    nlohmann::json members = nlohmann::json::object(); ///< as in Event
};

/// Who is told what happens on a line, before it is done.
class OccurrenceRecorder {
public:
    OccurrenceRecorder() = default;
    OccurrenceRecorder(const OccurrenceRecorder&) = delete;
    OccurrenceRecorder& operator=(const OccurrenceRecorder&) = delete;
    virtual ~OccurrenceRecorder() = default;

    /// Keeps the occurrence for good before it returns. Any number of threads may call it. Throws Error when
    /// it cannot: then nothing may be done that it should have kept.
    virtual void record(const Occurrence& occurrence) = 0;
};

/// Names that stand for card serials and request ids in an audit log: AES-CMAC with 256 bits of key over
/// "card" or "request", a zero byte and the name, in 32 hexadecimal digits. Whoever has the key finds the
/// entries of a card; nobody else finds the card of an entry, not even by trying all serials. One thread at a
/// time.
class Pseudonyms {
public:
    /// `key` has 32 bytes. Throws BadConfiguration otherwise.
    explicit Pseudonyms(const SecretBytes& key) : mac_(key.view()) {}

    [[nodiscard]] std::string ofCard(std::string_view serial);
    [[nodiscard]] std::string ofRequest(std::string_view requestId);

private:
    [[nodiscard]] std::string of(std::string_view kind, std::string_view name);

    AesCmac mac_;
};

/// Where the key of a log's pseudonyms stands: beside it, in FILE.key.
[[nodiscard]] std::filesystem::path pseudonymKeyBeside(const std::filesystem::path& log);

/// The key in `file`: 64 hexadecimal digits. Throws BadConfiguration naming the file that holds none.
[[nodiscard]] SecretBytes readPseudonymKey(const std::filesystem::path& file);

/// Writes what happens into an audit log, with pseudonyms for cards and requests.
class AuditTrail final : public OccurrenceRecorder {
public:
    /// `who` is answerable for what is recorded. `log` outlives the object. The key of the pseudonyms is made
    /// beside the log when there is none, and the log says so.
    AuditTrail(AuditLog& log, std::string who, RandomSource& random);

    void record(const Occurrence& occurrence) override;

private:
    AuditLog& log_;
    std::string who_;
    std::mutex mutex_;
    std::optional<Pseudonyms> pseudonyms_;
};

} // namespace cancuoc::personalization::audit
