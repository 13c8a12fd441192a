// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/audit_log.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/audit/log_scan.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cancuoc::personalization::audit {

namespace {

constexpr std::size_t largestCheckpointFile = std::size_t{256} << 20;

std::string contentOf(const std::filesystem::path& file) {
    return std::filesystem::exists(file) ? toText(readFile(file, largestCheckpointFile)) : std::string();
}

std::map<std::uint64_t, Hash> rootsBySize(const std::vector<SignedCheckpoint>& checkpoints) {
    std::map<std::uint64_t, Hash> roots;
    for (const auto& checkpoint : checkpoints) {
        roots.emplace(checkpoint.checkpoint().size, checkpoint.checkpoint().root);
    }
    return roots;
}

} // namespace

std::filesystem::path checkpointsBeside(const std::filesystem::path& log) {
    auto file = log;
    file += ".checkpoints";
    return file;
}

AppendedFile::AppendedFile(std::filesystem::path file)
    : path_(std::move(file)),
      descriptor_(::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) {
        refuse("open");
    }
    struct stat status {};
    const bool isHeld = ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
    if (!isHeld || ::fstat(descriptor_, &status) != 0) {
        ::close(descriptor_);
        if (isHeld) {
            refuse("open");
        }
        throw BadConfiguration("Another process writes the audit log " + path_.string() +
                               ". Wait for its end, or stop it.");
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
    if (size_ == 0) {
        flushToDisk(std::filesystem::absolute(path_).parent_path()); // the file's name
    }
}

AppendedFile::~AppendedFile() {
    ::close(descriptor_);
}

void AppendedFile::refuse(const std::string& action) const {
    throw Error("Cannot " + action + " the audit log " + path_.string() + ": " + std::strerror(errno) +
                ". Look after the disk and your rights to the file.");
}

void AppendedFile::writeAll(std::string_view text) const {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor_, text.data(), text.size());
        if (written > 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (written == 0 || errno != EINTR) {
            refuse("write");
        }
    }
}

void AppendedFile::append(std::string_view text) {
    if (!isSound_) {
        throw Error("The disk has failed the audit log " + path_.string() +
                    " before. Look after it and start again.");
    }
    try {
        writeAll(text);
    } catch (const Error&) {
        isSound_ = ::ftruncate(descriptor_, static_cast<off_t>(size_)) == 0;
        throw;
    }
    if (::fdatasync(descriptor_) != 0) {
        isSound_ = false; // what of it came to the disk nobody knows, and a second attempt would not tell
        refuse("flush");
    }
    size_ += text.size();
}

void AppendedFile::cutTo(std::uint64_t size) {
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0 || ::fsync(descriptor_) != 0) {
        refuse("repair");
    }
    size_ = size;
}

AuditLog::AuditLog(const std::filesystem::path& file, Clock clock, RandomSource& random)
    : clock_(std::move(clock)), file_(file) {
    takeUp();
    if (tree_.size() == 0) {
        Event begun{clock_(), "cancuoc", "", "log-begun", "", ""};
        begun.members["nonce"] = toLowerCaseHex(random.bytes(16));
        appendLine(begun);
        first_ = last_;
    }
}

// Goes on where a writer before has ended.
void AuditLog::takeUp() {
    const auto checkpoints = decodeCheckpoints(contentOf(checkpointsBeside(file())));
    std::ifstream input(file(), std::ios::binary);
    LogScan scan = scanLog(input, rootsBySize(checkpoints));
    if (scan.firstWrong) {
        throw BadConfiguration(
            "The audit log " + file().string() + " does not hold at entry " +
            std::to_string(scan.firstWrong->from) + " (" + std::string(nameOf(scan.firstWrong->what)) + ": " +
            scan.firstWrong->explanation +
            "). Keep it and its checkpoints as evidence, elsewhere; then a new one begins.");
    }
    if (scan.tornBytes > 0) {
        file_.cutTo(scan.size);
    }
    first_ = scan.first;
    last_ = scan.last;
    tree_ = std::move(scan.tree);
    signedSize_ = scan.vouchedFor;
}

void AuditLog::signCheckpoints(trust::Certificate certificate, SignCheckpoint sign, std::uint64_t every) {
    if (every == 0) {
        throw BadConfiguration("Checkpoints stand one entry apart at least.");
    }
    const std::lock_guard guard(mutex_);
    certificate_.emplace(std::move(certificate));
    sign_ = std::move(sign);
    every_ = every;
}

std::uint64_t AuditLog::append(Event event) {
    const std::lock_guard guard(mutex_);
    event.at = clock_();
    const std::uint64_t index = tree_.size();
    appendLine(event);
    if (certificate_ && tree_.size() - signedSize_ >= every_) {
        signCheckpoint();
    }
    return index;
}

void AuditLog::appendLine(const Event& event) {
    Hash hash{};
    file_.append(encodeLine(tree_.size(), last_, encode(event), hasher_, hash));
    last_ = hash;
    tree_.append(hash);
}

void AuditLog::checkpoint() {
    const std::lock_guard guard(mutex_);
    if (certificate_) {
        signCheckpoint();
    }
}

void AuditLog::signCheckpoint() {
    const auto made =
        SignedCheckpoint::make({first_, tree_.size(), tree_.root(), clock_()}, *certificate_, sign_);
    if (const std::string objection = made.objection({&*certificate_, 1}); !objection.empty()) {
        throw BadConfiguration("The checkpoint of the audit log would not verify: " + objection +
                               ". Name the key and the certificate that belong together.");
    }
    AppendedFile file(checkpointsBeside(file_.path()));
    const std::string before = contentOf(file.path());
    file.cutTo(before.rfind('\n') + 1); // a line torn off by a kill; npos + 1 is 0
    file.append(made.encode() + "\n");
    signedSize_ = tree_.size();
}

std::uint64_t AuditLog::size() const {
    const std::lock_guard guard(mutex_);
    return tree_.size();
}

} // namespace cancuoc::personalization::audit
