// SPDX-License-Identifier: Apache-2.0
// Document signers that end by count and by time, over restarts, threads and killed processes: no signer
// signs more than it may.
#include "personalization/pki/document_signer_rotation.hpp"

#include <atomic>
#include <csignal>
#include <fstream>
#include <map>
#include <thread>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/base/error.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trust/certificate.hpp"
#include "tests/unit/personalization/pki/pki_fixture.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::noon;
using test::PkiFixture;

namespace {

lds::DocumentSecurityObject object() {
    lds::DocumentSecurityObject made;
    made.dataGroupHashes = {{1, Bytes(32, 0x11)}, {2, Bytes(32, 0x22)}};
    return made;
}

Clock at(std::chrono::sys_seconds moment) {
    return [moment] { return moment; };
}

const auto issueDay = noon(2026, 11, 23);

DocumentSignerLimits limits(std::uint64_t signatures, std::uint64_t countedAtOnce) {
    DocumentSignerLimits made;
    made.signatures = signatures;
    made.countedAtOnce = countedAtOnce;
    return made;
}

// Whose certificate an EF.SOD holds.
std::string signerOf(BytesView securityObject) {
    const auto certificates = lds::SecurityObjectFile::decode(securityObject).signedData().certificates();
    REQUIRE(certificates.size() == 1);
    return trust::Certificate::decode(certificates.front()).subject();
}

using Counts = std::map<std::string, std::uint64_t>;

void sign(const DocumentSignerRotation& rotation, unsigned times, Counts& counts) {
    for (unsigned index = 0; index < times; ++index) {
        ++counts[signerOf(rotation.sign(object()))];
    }
}

std::uint64_t largest(const Counts& counts) {
    std::uint64_t most = 0;
    for (const auto& [signer, count] : counts) {
        most = std::max(most, count);
    }
    return most;
}

std::string linesOf(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

TEST_CASE("A document signer ends with its last signature, and the next one goes on") {
    const PkiFixture pki;
    SystemRandom random;
    const DocumentSignerRotation rotation(pki.path(), limits(5, 2), at(issueDay), random);
    Counts counts;
    sign(rotation, 12, counts);
    CHECK(counts.size() == 3);
    CHECK(largest(counts) == 5);
    CHECK(std::filesystem::exists(pki.path() / "document-signer-002.pem"));
    const auto log = linesOf(pki.path() / "document-signers.log");
    CHECK(std::count(log.begin(), log.end(), '\n') == 2);
    CHECK(log.find("ended with 5 signatures counted; its key was destroyed, document signer 2 goes on") !=
          std::string::npos);
}

TEST_CASE("A restart goes on with the count, without what was counted and not made") {
    const PkiFixture pki;
    SystemRandom random;
    Counts counts;
    for (int restart = 0; restart < 4; ++restart) {
        const DocumentSignerRotation rotation(pki.path(), limits(10, 4), at(issueDay), random);
        sign(rotation, 3, counts);
    }
    CHECK(counts.size() == 2); // 4, 4 and 2 of the first were counted
    CHECK(largest(counts) == 8);
}

TEST_CASE("A document signer ends a day before its key does") {
    const PkiFixture pki; // its key may sign until 2027-02-22
    SystemRandom random;
    Counts counts;
    const DocumentSignerRotation before(pki.path(), limits(100, 10), at(noon(2027, 2, 21)), random);
    sign(before, 1, counts);
    CHECK(counts.size() == 1);
    const DocumentSignerRotation after(pki.path(), limits(100, 10),
                                       at(noon(2027, 2, 21) + std::chrono::seconds(1)), random);
    sign(after, 1, counts);
    CHECK(counts.size() == 2);
}

TEST_CASE("Threads share the count, and nobody signs beyond it") {
    const PkiFixture pki;
    SystemRandom random;
    const DocumentSignerRotation rotation(pki.path(), limits(30, 7), at(issueDay), random);
    std::vector<Counts> counts(4);
    std::vector<std::thread> threads;
    threads.reserve(counts.size());
    for (auto& own : counts) {
        threads.emplace_back([&rotation, &own] { sign(rotation, 50, own); });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    Counts all;
    std::uint64_t total = 0;
    for (const auto& own : counts) {
        for (const auto& [signer, count] : own) {
            all[signer] += count;
            total += count;
        }
    }
    CHECK(total == 200);
    CHECK(largest(all) == 30);
    CHECK(all.size() == 7);
}

TEST_CASE("Processes that are killed while they sign leave no signature uncounted") {
    const PkiFixture pki;
    constexpr std::uint64_t most = 20;
    const auto signedBy = pki.path() / "signed-by";
    Counts counts;
    // Killed ever later, until three signers have signed, however slow the machine is.
    for (useconds_t kill = 0; counts.size() < 3 && kill < 100; ++kill) {
        const pid_t process = fork();
        if (process == 0) {
            SystemRandom random;
            const DocumentSignerRotation rotation(pki.path(), limits(most, 3), at(issueDay), random);
            std::ofstream record(signedBy, std::ios::app);
            while (true) {
                record << signerOf(rotation.sign(object())) << std::endl;
            }
        }
        usleep(20'000 + 7'000 * kill);
        ::kill(process, SIGKILL);
        int status = 0;
        waitpid(process, &status, 0);
        counts.clear();
        std::ifstream record(signedBy);
        std::string line;
        while (std::getline(record, line)) {
            ++counts[line];
        }
    }
    CHECK(counts.size() >= 3);
    CHECK(largest(counts) <= most);
}

TEST_CASE("Without the CSCA's key the last signer ends, and what is missing is named") {
    const PkiFixture pki;
    std::filesystem::remove(pki.files().cscaKey);
    SystemRandom random;
    const DocumentSignerRotation rotation(pki.path(), limits(2, 1), at(issueDay), random);
    Counts counts;
    sign(rotation, 2, counts);
    CHECK_THROWS_WITH_AS(static_cast<void>(rotation.sign(object())), doctest::Contains("csca.key"),
                         BadConfiguration);
    CHECK_THROWS_AS(DocumentSignerRotation(pki.path(), limits(0, 1), at(issueDay), random), BadConfiguration);
}
