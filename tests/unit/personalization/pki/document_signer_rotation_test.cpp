// SPDX-License-Identifier: Apache-2.0
// Document signers that end by count and by time, over restarts, threads and killed processes: no signer
// signs more than it may.
#include "personalization/pki/document_signer_rotation.hpp"

#include <atomic>
#include <csignal>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <thread>
#include <utility>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/base/error.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "personalization/pki/key_ledger.hpp"
#include "personalization/pki/published_lists.hpp"
#include "personalization/pki/renewal.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::at;
using test::certificateIn;
using test::noon;
using test::PkiFixture;
using test::TemporaryDirectory;

namespace {

lds::DocumentSecurityObject object() {
    lds::DocumentSecurityObject made;
    made.dataGroupHashes = {{1, Bytes(32, 0x11)}, {2, Bytes(32, 0x22)}};
    return made;
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
    CHECK(log.find("ended with 5 signatures counted; document signer 2 goes on") != std::string::npos);
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

TEST_CASE("The next signer is ready before the present one ends, and its key is opened") {
    const TemporaryDirectory directory;
    SystemRandom random;
    const KeyStore keys(SecretBytes(viewOf("a passphrase for tests")));
    createPki(directory.path(), {.documentType = "IX"}, at(issueDay), random, keys);
    const PkiFiles files(directory.path());
    const auto ready = [&files] { return std::filesystem::exists(files.nextDocumentSigner()); };
    {
        const DocumentSignerRotation rotation(directory.path(), limits(40, 1), at(issueDay), random, keys);
        Counts counts;
        sign(rotation, 35, counts);
        CHECK_FALSE(ready());
        sign(rotation, 1, counts); // a tenth is left
        for (int tenths = 0; tenths < 600 && !ready(); ++tenths) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        REQUIRE(ready());
        const auto next = certificateIn(files.nextDocumentSigner());
        CHECK(trust::documentTypesOf(*next.x509()) == std::vector<std::string>{"IX"});
        CHECK(prepareDocumentSigner(directory.path(), at(issueDay), random, keys) ==
              2); // and not another one
        sign(rotation, 5, counts);
        CHECK(counts.size() == 2);
        CHECK(certificateIn(files.documentSignerCertificate).der() == next.der());
        CHECK_FALSE(ready());
    }
    std::ifstream audit(auditLogOf(directory.path()));
    const std::string entries{std::istreambuf_iterator<char>(audit), {}};
    CHECK(entries.find(R"("what":"key-destroyed")") != std::string::npos);
    CHECK(entries.find(R"("place":"document-signer.key")") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(directory.path() / "keys-pending"));
    CHECK_NOTHROW(static_cast<void>(DocumentSigner::load(directory.path(), at(issueDay), keys)));
}

TEST_CASE("A signer that was made ahead is not taken where it may not go on") {
    const PkiFixture pki;
    SystemRandom random;
    const PkiFiles files = pki.files();
    const auto later = at(noon(2027, 2, 1));
    CHECK(prepareDocumentSigner(pki.path(), at(issueDay), random) == 2);
    SUBCASE("revoked") {
        renewCrl(pki.path(), {files.nextDocumentSigner()}, at(issueDay));
        CHECK(prepareDocumentSigner(pki.path(), at(issueDay), random) == 3);
        CHECK(succeedDocumentSigner(pki.path(), at(issueDay), random) == 3);
    }
    SUBCASE("its time is over") {
        CHECK(succeedDocumentSigner(pki.path(), at(noon(2027, 2, 24)), random) == 3);
    }
    SUBCASE("by an earlier key of the CSCA") {
        renewCountrySigningAuthority(pki.path(), {}, std::nullopt, later, random); // with signer 3
        CHECK(prepareDocumentSigner(pki.path(), later, random) == 4);
    }
    SUBCASE("another was made meanwhile") {
        CHECK(renewDocumentSigner(pki.path(), {}, later, random) == 3);
        CHECK(prepareDocumentSigner(pki.path(), later, random) == 4);
    }
    CHECK_NOTHROW(static_cast<void>(DocumentSigner::load(pki.path(), at(noon(2027, 2, 24)))));
}

namespace {

// A card of the test stands for a thousand: five signers of 100 signatures at 17 cards a second are the 8.2
// hours of a day. The time is that of the cards that are signed already, by whomever.
constexpr std::uint64_t mostSignatures = 100;
constexpr std::size_t recordSize = 65; // SHA-256 of the signer's certificate, and a line feed

Clock clockOfDay(const std::filesystem::path& cards) {
    return [cards] {
        std::error_code none;
        const auto size = std::filesystem::file_size(cards, none);
        return issueDay + std::chrono::seconds(none ? 0 : size / recordSize * 1000 / 17);
    };
}

std::string hashOfSigner(BytesView securityObject) {
    const auto certificates = lds::SecurityObjectFile::decode(securityObject).signedData().certificates();
    return toHex(trust::Certificate::decode(certificates.front()).sha256());
}

// Signs and notes each signature until it is killed.
[[noreturn]] void signUntilKilled(const std::filesystem::path& pki, const std::filesystem::path& cards) {
    SystemRandom random;
    const DocumentSignerRotation rotation(pki, limits(mostSignatures, 3), clockOfDay(cards), random);
    const int record = open(cards.c_str(), O_WRONLY | O_APPEND | O_CREAT, 0600);
    while (true) {
        const std::string line = hashOfSigner(rotation.sign(object())) + "\n";
        if (write(record, line.data(), line.size()) != static_cast<ssize_t>(recordSize)) {
            std::abort();
        }
    }
}

Counts countCards(const std::filesystem::path& cards) {
    Counts counts;
    std::ifstream record(cards);
    std::string line;
    while (std::getline(record, line)) {
        ++counts[line];
    }
    return counts;
}

// Of a signer, as it is on the disk; nothing when another one's is there.
std::optional<std::uint64_t> durableCount(const std::filesystem::path& pki, const std::string& signer) {
    std::ifstream stream(pki / "document-signer.count");
    std::string counted;
    std::uint64_t count = 0;
    return stream >> counted >> count && counted == signer ? std::optional(count) : std::nullopt;
}

} // namespace

TEST_CASE(
    "Over a day of five signers, workers that are killed leave no signature uncounted or beyond a limit") {
    const PkiFixture pki;
    const auto cards = pki.path() / "cards";
    constexpr std::size_t workers = 3;
    std::mt19937 draw(17); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same kills in every run
    std::vector<pid_t> processes(workers, 0);
    Counts counts;
    for (int kills = 0; counts.size() < 6 && kills < 1000; ++kills) {
        for (pid_t& process : processes) {
            if (process == 0) {
                process = fork();
            }
            if (process == 0) {
                prctl(PR_SET_PDEATHSIG, SIGKILL);
                signUntilKilled(pki.path(), cards);
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution(20, 150)(draw)));
        pid_t& killed = processes[std::uniform_int_distribution<std::size_t>(0, workers - 1)(draw)];
        ::kill(killed, SIGKILL);
        int status = 0;
        waitpid(std::exchange(killed, 0), &status, 0);
        counts = countCards(cards);
        for (const auto& [signer, count] : counts) {
            CHECK(count <= mostSignatures);
            const auto durable = durableCount(pki.path(), signer);
            CHECK((!durable || count <= *durable));
        }
    }
    for (const pid_t process : processes) {
        int status = 0;
        if (process != 0) {
            ::kill(process, SIGKILL);
            waitpid(process, &status, 0);
        }
    }
    CHECK(counts.size() >= 6);
    // What ended is in the log, and its key is gone.
    SystemRandom random;
    endUsedUpKeys(pki.path(), at(issueDay), random);
    std::ifstream audit(auditLogOf(pki.path()));
    const std::string entries{std::istreambuf_iterator<char>(audit), {}};
    std::size_t destroyed = 0;
    for (auto at = entries.find("key-destroyed"); at != std::string::npos;
         at = entries.find("key-destroyed", at + 1)) {
        ++destroyed;
    }
    CHECK(destroyed >= 5);
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
