// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/audit_log.hpp"

#include "host/base/file.hpp"
#include "personalization/audit/log_verification.hpp"
#include "tests/unit/personalization/audit/audit_signer.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <fstream>
#include <set>
#include <thread>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace cancuoc;
using namespace cancuoc::personalization::audit;
using test::AuditSigner;

namespace {

Clock noon() {
    return [] { return std::chrono::sys_days(std::chrono::year(2026) / 12 / 1) + std::chrono::hours(12); };
}

Event good(std::int64_t number = 0) {
    Event event{{}, "operator 7", "station 1", "good", "", ""};
    event.members["n"] = number;
    return event;
}

/// A log in a folder that goes with the test.
class LogFile {
public:
    [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "log"; }
    [[nodiscard]] std::unique_ptr<AuditLog> open() const {
        SystemRandom random;
        return std::make_unique<AuditLog>(path(), noon(), random);
    }
    [[nodiscard]] std::string text() const { return toText(readFile(path(), 1 << 24)); }
    void write(const std::string& text) const { writeFile(path(), viewOf(text)); }
    [[nodiscard]] std::vector<SignedCheckpoint> checkpoints() const {
        const auto file = checkpointsBeside(path());
        return std::filesystem::exists(file) ? decodeCheckpoints(toText(readFile(file, 1 << 20)))
                                             : std::vector<SignedCheckpoint>();
    }
    [[nodiscard]] LogVerdict verdict(const AuditSigner& signer) const {
        std::ifstream input(path());
        const auto certificate = signer.certificate();
        return verifyLog(input, checkpoints(), {&certificate, 1});
    }

private:
    test::TemporaryDirectory folder_;
};

} // namespace

TEST_CASE("a log goes on over its writers, and no two logs are the same") {
    const LogFile file;
    CHECK(file.open()->size() == 1); // "log-begun"
    CHECK(file.open()->append(good()) == 1);
    const auto log = file.open();
    CHECK(log->append(good()) == 2);
    CHECK(log->size() == 3);
    std::ifstream input(file.path());
    const LogScan scan =
        scanLog(input, {}, [](const EntryLine& entry) { CHECK(decodeEvent(entry.event).at == noon()()); });
    CHECK(!scan.firstWrong);
    CHECK(scan.entries == 3);
    const LogFile other;
    static_cast<void>(other.open());
    CHECK(other.text() != file.text().substr(0, other.text().size()));
    CHECK((std::filesystem::status(file.path()).permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("a log has one writer at a time") {
    const LogFile file;
    auto writer = file.open();
    CHECK_THROWS_AS(static_cast<void>(file.open()), BadConfiguration);
    writer.reset();
    CHECK_NOTHROW(static_cast<void>(file.open()));
}

TEST_CASE("a line torn off at any byte is cut away by the next writer, and by nobody else") {
    const LogFile file;
    static_cast<void>(file.open()->append(good()));
    const std::string before = file.text();
    static_cast<void>(file.open()->append(good()));
    const std::string whole = file.text();
    for (std::size_t size = before.size() + 1; size < whole.size(); size += 11) {
        file.write(whole.substr(0, size));
        std::ifstream input(file.path());
        CHECK(scanLog(input).tornBytes == size - before.size());
        CHECK(file.text() == whole.substr(0, size));
        CHECK(file.open()->size() == 2);
        CHECK(file.text() == before);
    }
    file.write(before.substr(0, 10)); // not even the first entry was whole
    CHECK(file.open()->append(good()) == 1);
}

TEST_CASE("a log that does not hold gets no further entry") {
    const LogFile file;
    const AuditSigner signer;
    {
        const auto log = file.open();
        log->signCheckpoints(signer.certificate(), signer.sign(), 1000);
        for (int count = 0; count < 5; ++count) {
            static_cast<void>(log->append(good()));
        }
        log->checkpoint();
    }
    const std::string whole = file.text();
    std::string edited = whole;
    edited[edited.find("operator 7")] = 'O';
    file.write(edited);
    CHECK_THROWS_AS(static_cast<void>(file.open()), BadConfiguration);
    CHECK(file.text() == edited);
    file.write(whole.substr(0, whole.find('\n') + 1)); // cut off behind a line: the checkpoint knows
    CHECK_THROWS_AS(static_cast<void>(file.open()), BadConfiguration);
    file.write(whole);
    CHECK(file.open()->size() == 6);
}

TEST_CASE("checkpoints stand after so many entries, and when they are asked for") {
    const LogFile file;
    const AuditSigner signer;
    {
        const auto log = file.open();
        log->checkpoint(); // nobody signs yet
        CHECK(!std::filesystem::exists(checkpointsBeside(file.path())));
        log->signCheckpoints(signer.certificate(), signer.sign(), 4);
        for (int count = 0; count < 9; ++count) {
            static_cast<void>(log->append(good()));
        }
        log->checkpoint();
    }
    {
        const auto log = file.open(); // goes on counting where the one before ended
        log->signCheckpoints(signer.certificate(), signer.sign(), 4);
        for (int count = 0; count < 4; ++count) {
            static_cast<void>(log->append(good()));
        }
        CHECK_THROWS_AS(log->signCheckpoints(signer.certificate(), signer.sign(), 0), BadConfiguration);
    }
    std::vector<std::uint64_t> sizes;
    for (const auto& checkpoint : file.checkpoints()) {
        sizes.push_back(checkpoint.checkpoint().size);
    }
    CHECK(sizes == std::vector<std::uint64_t>{4, 8, 10, 14});
    CHECK(file.verdict(signer).holds());
    CHECK(file.verdict(signer).scan.vouchedFor == 14);
}

TEST_CASE("a checkpoint that would not verify is not written, and a torn one is cut away") {
    const LogFile file;
    const AuditSigner signer;
    const auto log = file.open();
    log->signCheckpoints(signer.certificate(), AuditSigner().sign(), 1000);
    CHECK_THROWS_AS(log->checkpoint(), BadConfiguration);
    CHECK(!std::filesystem::exists(checkpointsBeside(file.path())));
    log->signCheckpoints(signer.certificate(), signer.sign(), 1000);
    log->checkpoint();
    std::ofstream(checkpointsBeside(file.path()), std::ios::app) << "0123456789abcdef {\"at";
    log->checkpoint();
    CHECK(file.checkpoints().size() == 2);
    CHECK(file.verdict(signer).holds());
}

TEST_CASE("threads write one log") {
    const LogFile file;
    const auto log = file.open();
    std::vector<std::thread> threads;
    for (int index = 0; index < 4; ++index) {
        threads.emplace_back([&log] {
            for (int count = 0; count < 50; ++count) {
                static_cast<void>(log->append(good()));
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(log->size() == 201);
    std::ifstream input(file.path());
    CHECK(scanLog(input).entries == 201);
}

// The file system gives no more than the limit; the child shows that what was acknowledged stands.
TEST_CASE("a full disk is an error, and the log goes on where it was") {
    const LogFile file;
    static_cast<void>(file.open());
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const auto log = file.open();
        const auto size = std::filesystem::file_size(file.path());
        const rlimit limit{size + 100, size + 100};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        try {
            static_cast<void>(log->append(good()));
        } catch (const Error&) {
            ::_exit(std::filesystem::file_size(file.path()) == size ? 0 : 2);
        }
        ::_exit(1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(file.open()->append(good()) == 1);
}

// Each child tells the entries that were acknowledged through a pipe and is killed while it works.
TEST_CASE("whatever was acknowledged stands in the log after a kill at any moment") {
    const LogFile file;
    const AuditSigner signer;
    std::set<std::uint64_t> told{0};
    static_cast<void>(file.open());
    int killed = 0;
    for (int round = 0; killed < 15; ++round) {
        REQUIRE(round < 150);
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            const auto log = file.open();
            log->signCheckpoints(signer.certificate(), signer.sign(), 3);
            for (;;) {
                const std::uint64_t index = log->append(good());
                if (::write(ends[1], &index, sizeof index) < 0) {
                    ::_exit(1);
                }
            }
        }
        REQUIRE(child > 0);
        ::close(ends[1]);
        const std::size_t before = told.size();
        std::uint64_t index = 0;
        while (told.size() < before + static_cast<std::size_t>(1 + round % 7) &&
               ::read(ends[0], &index, sizeof index) == sizeof index) {
            REQUIRE(told.insert(index).second);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(13 * round));
        ::kill(child, SIGKILL);
        while (::read(ends[0], &index, sizeof index) == sizeof index) {
            REQUIRE(told.insert(index).second);
        }
        ::close(ends[0]);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        killed += WIFSIGNALED(status) && told.size() > before ? 1 : 0;
        const LogVerdict verdict = file.verdict(signer);
        REQUIRE(!verdict.scan.firstWrong);
        REQUIRE(verdict.scan.entries > *told.rbegin());
    }
    CHECK(file.verdict(signer).holds());
}
