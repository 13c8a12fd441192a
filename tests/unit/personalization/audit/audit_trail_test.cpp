// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/audit_trail.hpp"

#include "host/base/file.hpp"
#include "personalization/audit/log_scan.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace cancuoc;
using namespace cancuoc::personalization::audit;

namespace {

std::vector<Event> eventsOf(const std::filesystem::path& log) {
    std::vector<Event> events;
    std::ifstream input(log);
    const auto scan =
        scanLog(input, {}, [&events](const EntryLine& entry) { events.push_back(decodeEvent(entry.event)); });
    CHECK(!scan.firstWrong);
    return events;
}

} // namespace

TEST_CASE("cards and requests stand in the log by pseudonyms that only the key undoes") {
    const test::TemporaryDirectory folder;
    const auto file = folder.path() / "log";
    SystemRandom random;
    for (int run = 0; run < 2; ++run) {
        AuditLog log(file, systemClock(), random);
        AuditTrail trail(log, "operator 7", random);
        trail.record({"good", "station 1", "REQUEST-1", "0102030405", {{"attempt", 2}}});
        trail.record({"run-ended", "", "", ""});
    }
    const auto events = eventsOf(file);
    REQUIRE(events.size() == 6); // begun, key made, and two of each run
    CHECK(events[1].what == "pseudonym-key-made");
    CHECK(events[2].who == "operator 7");
    CHECK(events[2].station == "station 1");
    CHECK(events[2].members == nlohmann::json{{"attempt", 2}});
    CHECK(events[3].card.empty());
    CHECK(events[3].request.empty());
    CHECK(events[4].card == events[2].card); // the next run knows them again
    CHECK(events[4].request == events[2].request);

    const std::string text = toText(readFile(file, 1 << 20));
    CHECK(text.find("REQUEST-1") == std::string::npos);
    CHECK(text.find("0102030405") == std::string::npos);

    Pseudonyms pseudonyms(readPseudonymKey(pseudonymKeyBeside(file)));
    CHECK(pseudonyms.ofCard("0102030405") == events[2].card);
    CHECK(pseudonyms.ofRequest("REQUEST-1") == events[2].request);
    CHECK(pseudonyms.ofCard("REQUEST-1") != events[2].request);
    CHECK((std::filesystem::status(pseudonymKeyBeside(file)).permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("a key of pseudonyms that is none is refused, never replaced") {
    const test::TemporaryDirectory folder;
    const auto file = folder.path() / "log";
    SystemRandom random;
    AuditLog log(file, systemClock(), random);
    writeFile(pseudonymKeyBeside(file), viewOf("0102"));
    CHECK_THROWS_AS(AuditTrail(log, "operator 7", random), BadConfiguration);
}
