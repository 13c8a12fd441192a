// SPDX-License-Identifier: Apache-2.0
// `cancuoc perso run` is killed again and again while two stations work, and started again each time. In the
// end every record has its one card, every blank is accounted for, the audit log holds and tells of every
// card, and every card reads as genuine.
#include "card/ports/host/virtual_chip.hpp"
#include "host/access/card_session.hpp"
#include "host/access/file_reader.hpp"
#include "host/access/pace.hpp"
#include "host/access/select.hpp"
#include "host/lds/card_access.hpp"
#include "host/lds/data_group_2.hpp"
#include "host/lds/vietnamese_data_group_13.hpp"
#include "host/reader/in_process_connection.hpp"
#include "host/trust/passive_authentication.hpp"
#include "personalization/audit/audit_trail.hpp"
#include "personalization/audit/log_scan.hpp"
#include "personalization/jobs/open_job_store.hpp"
#include "personalization/pki/document_signer.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"
#include "personalization/sample/sample.hpp"
#include "tests/e2e/line_run.hpp"
#include "tests/support/postgresql_schema.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <random>
#include <set>
#include <thread>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

/// A job store in a file.
struct Sqlite {
    static constexpr std::size_t records = 30;
    static constexpr int kills = 20;

    [[nodiscard]] std::string store() const { return folder.path() / "jobs.sqlite"; }

    test::TemporaryDirectory folder;
};

/// A job store on a server.
struct Postgresql {
    static constexpr std::size_t records = 15;
    static constexpr int kills = 10;

    [[nodiscard]] std::string store() const { return schema.uri(); }

    test::PostgresqlSchema schema;
};

/// A folder with a PKI, the records in a store, and where the chips go.
class Site {
public:
    /// @param location of its job store
    Site(std::size_t records, std::string location) : location_(std::move(location)) {
        SystemRandom random;
        createPki(path("pki"), {}, systemClock(), random);
        writeSample(path("sample"), records, 20);
        Intake intake(path("sample/records.csv"), {});
        while (auto result = intake.next()) {
            submissions.push_back(std::move(result->submission.value()));
        }
        static_cast<void>(store()->import(submissions, "sample"));
    }

    [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_.path() / name; }
    [[nodiscard]] std::unique_ptr<JobStore> store() const { return openJobStore(location_, systemClock()); }

    /// Starts `cancuoc perso run`; its process id.
    [[nodiscard]] pid_t startRun() const {
        return test::startPerso({"run", "--store", location_, "--pki", path("pki"), "--virtual", "2",
                                 "--chips", path("chips"), "--audit", path("line.audit"), "--store-key",
                                 path("store.key"), "--json"});
    }

    std::vector<Submission> submissions;

private:
    test::TemporaryDirectory folder_;
    std::string location_;
};

/// Checks that the audit log holds and tells of every chip that the store calls good or spoiled.
void checkAudit(const Site& site, const Report& report) {
    std::set<std::pair<std::string, std::string>> told;
    std::ifstream input(site.path("line.audit"));
    const auto scan = audit::scanLog(input, {}, [&told](const audit::EntryLine& entry) {
        const auto event = audit::decodeEvent(entry.event);
        told.insert({event.what, event.card});
    });
    CHECK(!scan.firstWrong);
    if (report.cards.empty()) {
        return;
    }
    audit::Pseudonyms pseudonyms(audit::readPseudonymKey(audit::pseudonymKeyBeside(site.path("line.audit"))));
    for (const CardReport& card : report.cards) {
        if (card.state == "good" || card.state == "spoiled") {
            CHECK(told.count({card.state, pseudonyms.ofCard(card.chipSerial)}) == 1);
        }
    }
}

/// Opens the card with the record's CAN, reads it, verifies it up to the CSCA and compares it with the
/// record.
void checkCard(const Site& site, const Submission& submission, const trust::TrustStore& trustStore) {
    card::host::VirtualChip chip(site.path("chips/" + submission.record.number + ".chip"));
    chip.powerOn();
    InProcessConnection connection("chip", chip.atr(),
                                   [&chip](BytesView command) { return chip.transmit(command); });
    CardSession session(connection);
    FileReader reader(session);
    SystemRandom random;
    const auto cardAccess = lds::CardAccess::decode(reader.read({0x011C, 0x1C, "EF.CardAccess"}));
    const auto info = cardAccess.securityInfos.all<lds::PaceInfo>().at(0);
    const auto protocol =
        PaceProtocol::from({info.protocol, static_cast<unsigned>(info.parameterId.value())});
    static_cast<void>(
        Pace(session, random).perform(protocol.value(), AccessKey::fromNumber(submission.record.number)));
    session.transmitExpectingSuccess(selectApplication(fromHex("A0000002471001")),
                                     "Selecting the application");
    std::map<lds::FileId, Bytes> files;
    for (const lds::FileId file : {lds::FileId::DataGroup1, lds::FileId::DataGroup2, lds::FileId::DataGroup13,
                                   lds::FileId::DataGroup14, lds::FileId::DataGroup15, lds::FileId::Sod}) {
        files[file] = reader.read({lds::fileIdentifier(file), lds::shortFileId(file), lds::fileName(file)});
    }
    const auto result =
        trust::PassiveAuthentication(&trustStore, systemClock()()).verify(files.at(lds::FileId::Sod), files);
    CHECK(result.hashes.result == trust::CheckResult::Passed);
    CHECK(result.signature.result == trust::CheckResult::Passed);
    CHECK(result.chain.result == trust::CheckResult::Passed);
    const auto citizen = lds::VietnameseDataGroup13::decode(files.at(lds::FileId::DataGroup13)).citizen;
    CHECK(citizen.number == submission.record.number);
    CHECK(citizen.fullName == submission.record.fullName);
    const auto faces = lds::DataGroup2::decode(files.at(lds::FileId::DataGroup2)).records();
    CHECK(faces.at(0).images.at(0).image == submission.pictures.portrait);
}

} // namespace

TEST_CASE_TEMPLATE("runs that are killed lose nothing and make no card twice", Kind, Sqlite, Postgresql) {
    constexpr auto records = Kind::records;
    constexpr auto kills = Kind::kills;
    const Kind place;
    const Site site(records, place.store());
    std::mt19937 engine(2'099);
    int killed = 0;
    int longest = 300; // milliseconds; follows the machine, so that a run makes a card or two before its end
    for (std::uint64_t before = 0; killed < kills && before < records;) {
        const pid_t run = site.startRun();
        REQUIRE(run > 0);
        std::this_thread::sleep_for(
            std::chrono::milliseconds(std::uniform_int_distribution<int>(5, longest)(engine)));
        ::kill(run, SIGKILL);
        int status = 0;
        REQUIRE(::waitpid(run, &status, 0) == run);
        killed += WIFSIGNALED(status) ? 1 : 0;
        const Report report = site.store()->report();
        test::checkBalance(report, records);
        checkAudit(site, report);
        longest = report.good > before + 1 ? longest * 2 / 3 + 5 : longest * 4 / 3;
        before = report.good;
    }
    CHECK(killed > kills / 4);
    const Report afterKills = site.store()->report();
    MESSAGE("killed ", killed, " times: ", afterKills.good, " good, ", afterKills.blanks.spoiled,
            " spoiled, ", afterKills.inProcess, " in process");

    int status = 0;
    REQUIRE(::waitpid(site.startRun(), &status, 0) > 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);

    const Report report = site.store()->report();
    test::checkBalance(report, records);
    checkAudit(site, report);
    CHECK(report.good == records);
    CHECK(report.blanks.inProcess == 0);
    std::set<std::string> served;
    for (const CardReport& card : report.cards) {
        if (card.state == "good") {
            CHECK(served.insert(card.requestId).second);
        }
    }
    CHECK(served.size() == records);
    CHECK(test::countFiles(site.path("chips"), "0") == records); // NUMBER.chip
    CHECK(test::countFiles(site.path("chips"), "spoiled-") == report.blanks.spoiled);
    CHECK(test::countFiles(site.path("chips"), "blank-") >= report.blanks.returned);

    auto trustStore = trust::TrustStore::inMemory();
    trustStore.addCertificate(DocumentSigner::load(site.path("pki")).cscaCertificate());
    for (const Submission& submission : site.submissions) {
        checkCard(site, submission, trustStore);
    }
}

TEST_CASE("a run that gets SIGTERM finishes the cards it has begun and leaves the rest waiting") {
    constexpr auto records = Sqlite::records;
    const Sqlite place;
    const Site site(records, place.store());
    const pid_t run = site.startRun();
    REQUIRE(run > 0);
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (site.store()->report().good == 0 && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ::kill(run, SIGTERM);
    int status = 0;
    REQUIRE(::waitpid(run, &status, 0) == run);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    const Report report = site.store()->report();
    test::checkBalance(report, records);
    CHECK(report.good > 0);
    CHECK(report.waiting > 0);
    CHECK(report.good + report.waiting == records);
    CHECK(report.blanks.spoiled == 0);
    CHECK(report.blanks.inProcess == 0);
}
