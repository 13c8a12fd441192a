// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "personalization/audit/audit_trail.hpp"

namespace CLI {
class App;
} // namespace CLI

namespace cancuoc::tools {

/// Who signs checkpoints.
struct CheckpointSignerOptions {
    std::string certificate; ///< a file, PEM or DER; empty: nobody
    std::string key;         ///< a file with a PEM key, or a PKCS#11 URI
};

/// How a run of the line keeps its audit log.
struct LineAuditOptions {
    std::string file; ///< empty: beside the job store
    std::string operatorName;
    std::string operatorPasswordFile; ///< empty: asked for on the terminal, where the line has persons
    CheckpointSignerOptions signer;
    std::uint64_t every = 1000; ///< entries between checkpoints
};

/// Adds the options of a run's audit log to `command`.
[[nodiscard]] std::shared_ptr<LineAuditOptions> addLineAuditOptions(CLI::App& command);

/// The audit log of a job store: STORE.audit beside a file; for a database on a server its name and ".audit"
/// in the current folder.
[[nodiscard]] std::filesystem::path auditLogOf(const std::string& store);

/// The audit log of what persons decide about a job store: STORE.decisions.audit, as auditLogOf() says.
[[nodiscard]] std::filesystem::path decisionLogOf(const std::string& store);

/// The certificate in a file. Throws Error when it cannot be read, MalformedData when it is none.
[[nodiscard]] trust::Certificate readSignerCertificate(const std::string& file);
[[nodiscard]] std::vector<trust::Certificate> readSignerCertificates(const std::vector<std::string>& files);

/// Lets `log` sign checkpoints as the options say. Throws BadConfiguration when there is only one of key and
/// certificate, or one of them is none; ReaderUnavailable when the key's token is not there.
void signCheckpoints(personalization::audit::AuditLog& log, const CheckpointSignerOptions& options,
                     std::uint64_t every);

/// The audit log of a run: open, and written to by nobody else, as long as the object lives.
class LineAudit {
public:
    /// Throws what AuditLog, AuditTrail and signCheckpoints() throw.
    LineAudit(const LineAuditOptions& options, const std::string& store, RandomSource& random);

    [[nodiscard]] personalization::audit::OccurrenceRecorder& trail() { return trail_; }

    /// Signs the run's last checkpoint, when there is a signer. Throws what AuditLog::checkpoint() throws.
    void end() { log_.checkpoint(); }

private:
    personalization::audit::AuditLog log_;
    personalization::audit::AuditTrail trail_;
};

} // namespace cancuoc::tools
