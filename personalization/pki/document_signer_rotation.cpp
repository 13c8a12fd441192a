// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/document_signer_rotation.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/base/moment.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "personalization/pki/renewal.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

// Keeps other processes from counting until it goes.
class CountLock {
public:
    explicit CountLock(const fs::path& directory)
        : CountLock(open((directory / "document-signer.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        while (flock(descriptor_, LOCK_EX) != 0) {
            if (errno != EINTR) {
                throw Error("Cannot lock the count of the document signer in " + directory.string() + ".");
            }
        }
    }
    CountLock(const CountLock&) = delete;
    CountLock& operator=(const CountLock&) = delete;
    ~CountLock() { close(descriptor_); }

private:
    explicit CountLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_; ///< closing it gives the lock back
};

// The signatures that were counted for the signer with this serial number.
std::uint64_t readCount(const fs::path& file, const std::string& serialNumber) {
    std::ifstream stream(file);
    std::string counted;
    std::uint64_t count = 0;
    return stream >> counted >> count && counted == serialNumber ? count : 0;
}

// On the disk, under its name, when it returns.
void writeCount(const fs::path& file, const std::string& serialNumber, std::uint64_t count) {
    auto unfinished = file;
    unfinished += ".new";
    const std::string text = serialNumber + " " + std::to_string(count) + "\n";
    writePrivateFile(unfinished, viewOf(text));
    flushToDisk(unfinished);
    fs::rename(unfinished, file);
    flushToDisk(file.parent_path());
}

} // namespace

class DocumentSignerRotation::State {
public:
    State(fs::path directory, const DocumentSignerLimits& limits, Clock clock, RandomSource& random,
          const KeyStore& keys)
        : directory_(std::move(directory)), limits_(limits), clock_(std::move(clock)), random_(random),
          keys_(keys) {
        if (limits_.signatures == 0 || limits_.countedAtOnce == 0) {
            throw BadConfiguration("A document signer must be allowed one signature at least.");
        }
        const CountLock lock(directory_);
        load();
    }

    /// The signer for one more signature, which is counted.
    [[nodiscard]] std::shared_ptr<const DocumentSigner> next() {
        const std::lock_guard guard(mutex_);
        if (counted_ == 0 || isOver()) {
            count();
        }
        --counted_;
        return signer_;
    }

    [[nodiscard]] Bytes cscaCertificate() {
        const std::lock_guard guard(mutex_);
        return signer_->cscaCertificate();
    }

private:
    void load();
    void count();
    void rotate(std::uint64_t count);
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] fs::path countFile() const { return directory_ / "document-signer.count"; }

    fs::path directory_;
    DocumentSignerLimits limits_;
    Clock clock_;
    RandomSource& random_;
    const KeyStore& keys_;
    std::mutex mutex_; ///< of what follows
    std::shared_ptr<const DocumentSigner> signer_;
    std::string serialNumber_;
    std::optional<std::chrono::sys_seconds> usableUntil_;
    std::uint64_t counted_ = 0; ///< on the disk and not yet made
};

void DocumentSignerRotation::State::load() {
    signer_ = std::make_shared<const DocumentSigner>(DocumentSigner::load(directory_, clock_, keys_));
    const auto certificate = trust::Certificate::decode(signer_->certificate());
    serialNumber_ = toHex(certificate.sha256());
    const auto period = trust::privateKeyUsagePeriodOf(*certificate.x509());
    usableUntil_ = period ? period->notAfter : std::nullopt;
    counted_ = 0;
}

bool DocumentSignerRotation::State::isOver() const {
    return usableUntil_ && clock_() > *usableUntil_ - limits_.beforeEnd;
}

// Counts the next signatures, after another process may have counted, or gone over to the next signer.
void DocumentSignerRotation::State::count() {
    const CountLock lock(directory_);
    load();
    auto count = readCount(countFile(), serialNumber_);
    if (count >= limits_.signatures || isOver()) {
        rotate(count);
        count = 0;
    }
    const auto more = std::min(limits_.countedAtOnce, limits_.signatures - count);
    writeCount(countFile(), serialNumber_, count + more);
    counted_ = more;
}

void DocumentSignerRotation::State::rotate(std::uint64_t count) {
    const auto former = trust::Certificate::decode(signer_->certificate()).subject();
    const int number = renewDocumentSigner(directory_, {}, clock_, random_, keys_);
    load();
    std::ofstream log(directory_ / "document-signers.log", std::ios::app);
    log << toIso(clock_()) << " " << former << " ended with " << count
        << " signatures counted; its key was destroyed, document signer " << number << " goes on\n";
}

DocumentSignerRotation::DocumentSignerRotation(fs::path directory, const DocumentSignerLimits& limits,
                                               Clock clock, RandomSource& random, const KeyStore& keys)
    : state_(std::make_unique<State>(std::move(directory), limits, std::move(clock), random, keys)) {}

DocumentSignerRotation::~DocumentSignerRotation() = default;

Bytes DocumentSignerRotation::sign(const lds::DocumentSecurityObject& securityObject) const {
    return state_->next()->sign(securityObject);
}

Bytes DocumentSignerRotation::cscaCertificate() const {
    return state_->cscaCertificate();
}

} // namespace cancuoc::personalization
