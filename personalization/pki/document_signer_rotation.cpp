// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/document_signer_rotation.hpp"

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/base/moment.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "personalization/pki/pki_workshop.hpp"
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
        helper_ = std::jthread([this](const std::stop_token& stop) { help(stop); });
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
    /// What the helper is asked for.
    enum class Help { Nothing, MakeNext, EndUsedUp };

    void load();
    void count();
    void succeed(std::uint64_t count);
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] bool endsSoon(std::uint64_t count) const;
    [[nodiscard]] fs::path countFile() const { return directory_ / "document-signer.count"; }

    void ask(Help help);
    void help(const std::stop_token& stop);
    void give(Help help);

    fs::path directory_;
    DocumentSignerLimits limits_;
    Clock clock_;
    RandomSource& random_;
    const KeyStore& keys_;
    std::mutex mutex_; ///< of what follows
    std::shared_ptr<const DocumentSigner> signer_;
    Bytes loaded_; ///< the files it was loaded from
    std::string serialNumber_;
    std::optional<std::chrono::sys_seconds> usableUntil_;
    std::uint64_t counted_ = 0; ///< on the disk and not yet made

    std::mutex helpMutex_; ///< of what follows
    std::condition_variable_any asked_;
    Help wanted_ = Help::Nothing;
    std::jthread helper_; ///< the last member: it uses the others
};

// Again when somebody has changed a file: another process went over to the next signer, or there is a new
// CRL.
void DocumentSignerRotation::State::load() {
    PkiWorkshop::finishInterrupted(directory_);
    constexpr std::size_t maximumSize = std::size_t{16} << 20;
    const PkiFiles files(directory_);
    Bytes present;
    for (const auto& file : {files.cscaCertificate, files.documentSignerCertificate, files.crl}) {
        if (fs::exists(file)) {
            append(present, readFile(file, maximumSize));
        }
    }
    if (signer_ && present == loaded_) {
        return;
    }
    try {
        signer_ = std::make_shared<const DocumentSigner>(DocumentSigner::load(directory_, clock_, keys_));
    } catch (const BadConfiguration&) {
        // Perhaps some of the files had been changed and others not yet.
        constexpr std::chrono::seconds patience{30};
        const PkiWorkshop afterOthers(directory_, patience);
        signer_ = std::make_shared<const DocumentSigner>(DocumentSigner::load(directory_, clock_, keys_));
    }
    loaded_ = std::move(present);
    const auto certificate = trust::Certificate::decode(signer_->certificate());
    serialNumber_ = toHex(certificate.sha256());
    const auto period = trust::privateKeyUsagePeriodOf(*certificate.x509());
    usableUntil_ = period ? period->notAfter : std::nullopt;
    counted_ = 0;
}

bool DocumentSignerRotation::State::isOver() const {
    return usableUntil_ && clock_() > *usableUntil_ - limits_.beforeEnd;
}

bool DocumentSignerRotation::State::endsSoon(std::uint64_t count) const {
    constexpr std::uint64_t tenth = 10;
    return count >= limits_.signatures - limits_.signatures / tenth ||
           (usableUntil_ && clock_() > *usableUntil_ - limits_.beforeEnd - limits_.readyBefore);
}

// Counts the next signatures, after another process may have counted, or gone over to the next signer.
void DocumentSignerRotation::State::count() {
    const CountLock lock(directory_);
    counted_ = 0;
    load();
    auto count = readCount(countFile(), serialNumber_);
    if (count >= limits_.signatures || isOver()) {
        succeed(count);
        count = 0;
    }
    const auto more = std::min(limits_.countedAtOnce, limits_.signatures - count);
    writeCount(countFile(), serialNumber_, count + more);
    counted_ = more;
    if (endsSoon(count + more)) {
        ask(Help::MakeNext);
    }
}

void DocumentSignerRotation::State::succeed(std::uint64_t count) {
    const auto former = trust::Certificate::decode(signer_->certificate()).subject();
    const int number = succeedDocumentSigner(directory_, clock_, random_, keys_);
    load();
    std::ofstream log(directory_ / "document-signers.log", std::ios::app);
    log << toIso(clock_()) << " " << former << " ended with " << count
        << " signatures counted; document signer " << number << " goes on\n";
    ask(Help::EndUsedUp);
}

void DocumentSignerRotation::State::ask(Help help) {
    const std::lock_guard guard(helpMutex_);
    wanted_ = std::max(wanted_, help);
    asked_.notify_one();
}

void DocumentSignerRotation::State::help(const std::stop_token& stop) {
    while (true) {
        Help wanted = Help::Nothing;
        {
            std::unique_lock lock(helpMutex_);
            asked_.wait(lock, stop, [this] { return wanted_ != Help::Nothing; });
            wanted = std::exchange(wanted_, Help::Nothing);
        }
        if (wanted == Help::Nothing) {
            return; // asked to stop
        }
        if (wanted == Help::EndUsedUp || !stop.stop_requested()) {
            give(wanted);
        }
    }
}

// What fails here is tried again when the signer ends, and fails there with its reason; keys that could not
// be destroyed stay noted for the next time.
void DocumentSignerRotation::State::give(Help help) {
    try {
        if (help == Help::EndUsedUp) {
            endUsedUpKeys(directory_, clock_, random_, keys_);
        } else {
            prepareDocumentSigner(directory_, clock_, random_, keys_);
        }
    } catch (const std::exception&) {
        return;
    }
}

DocumentSignerLimits DocumentSignerLimits::of(const PkiPolicy& policy) {
    const std::chrono::sys_seconds start{};
    DocumentSignerLimits limits;
    limits.signatures = policy.documentSignerSignatures;
    limits.beforeEnd =
        std::chrono::duration_cast<std::chrono::hours>(after(start, policy.documentSignerEndsBefore) - start);
    return limits;
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
