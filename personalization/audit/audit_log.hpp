// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "personalization/audit/checkpoint.hpp"
#include "personalization/audit/entry.hpp"

#include <filesystem>
#include <mutex>
#include <optional>

namespace cancuoc::personalization::audit {

/// Where the checkpoints of a log stand: beside it, in FILE.checkpoints.
[[nodiscard]] std::filesystem::path checkpointsBeside(const std::filesystem::path& log);

/// A file of this process alone, to whose end whole lines are written.
class AppendedFile {
public:
    /// Opens `file`, or makes it, readable by its owner only. Throws BadConfiguration while another process
    /// has it open so, and Error when it cannot be opened.
    explicit AppendedFile(std::filesystem::path file);
    AppendedFile(const AppendedFile&) = delete;
    AppendedFile& operator=(const AppendedFile&) = delete;
    ~AppendedFile();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    /// Appends `text`, which is on the disk when it returns. Throws Error when the disk refuses, with the
    /// file as it was, or closed to further text where that cannot be known.
    void append(std::string_view text);

    /// Cuts the file to `size` bytes. Throws Error.
    void cutTo(std::uint64_t size);

private:
    [[noreturn]] void refuse(const std::string& action) const;
    void writeAll(std::string_view text) const;

    std::filesystem::path path_;
    int descriptor_;
    std::uint64_t size_ = 0;
    bool isSound_ = true; ///< what is in the file is known
};

/// The writer of an audit log: each event is on the disk when append() returns, whatever happens to the
/// process afterwards. A file has one writer at a time; any number of threads may use it.
class AuditLog {
public:
    /// Opens the log `file`, or begins one: its first entry, "log-begun", holds random bytes, so that no two
    /// logs have the same name. A last line that was torn off, never acknowledged to anybody, is cut away.
    /// Reads the whole log. Throws BadConfiguration when another process writes it, or when it does not hold
    /// together or falls short of the checkpoints beside it; Error when it cannot be read or written.
    AuditLog(const std::filesystem::path& file, Clock clock, RandomSource& random);

    /// From now on a checkpoint is signed and put beside the log after every `every` entries.
    /// Throws BadConfiguration for an interval of 0.
    void signCheckpoints(trust::Certificate certificate, SignCheckpoint sign, std::uint64_t every);

    /// Appends the event with the time of the clock, whatever `event.at` is. Its index. Throws Error when the
    /// disk refuses, what encode() and encodeLine() throw, and what checkpoint() throws when one is due: then
    /// the entry stands in the log all the same.
    std::uint64_t append(Event event);

    /// Signs a checkpoint over all entries, verifies it and puts it beside the log; does nothing when there
    /// is no signer. Throws BadConfiguration when key and certificate do not belong together, and what the
    /// signer throws.
    void checkpoint();

    [[nodiscard]] std::uint64_t size() const;
    [[nodiscard]] const std::filesystem::path& file() const { return file_.path(); }

private:
    void takeUp();
    void appendLine(const Event& event);
    void signCheckpoint();

    Clock clock_;
    mutable std::mutex mutex_; ///< of all that follows
    AppendedFile file_;
    TreeHasher hasher_;
    Hash first_{};
    Hash last_{};
    GrowingTree tree_;
    std::optional<trust::Certificate> certificate_;
    SignCheckpoint sign_;
    std::uint64_t every_ = 0;
    std::uint64_t signedSize_ = 0; ///< entries under the last checkpoint
};

} // namespace cancuoc::personalization::audit
