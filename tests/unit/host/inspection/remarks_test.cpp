// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/remarks.hpp"

#include <doctest/doctest.h>

#include "host/inspection/given_access.hpp"
#include "tests/unit/host/inspection/test_card.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using test::TestCard;

namespace {

lds::MachineReadableZone zoneOf(const std::string& issuingState, const std::string& birthDate,
                                const std::string& expiryDate) {
    lds::MachineReadableZone zone;
    zone.issuingState = issuingState;
    zone.birthDate = birthDate;
    zone.expiryDate = expiryDate;
    return zone;
}

using Remarks = std::vector<std::string>;

} // namespace

TEST_CASE("a document is past its expiry date from the day after on") {
    const auto zone = zoneOf("UTO", "900101", "240615");
    CHECK(remarksOn(zone, {}, dateFromIso("2024-06-14")).empty());
    CHECK(remarksOn(zone, {}, dateFromIso("2024-06-15")).empty());
    CHECK(remarksOn(zone, {}, dateFromIso("2024-06-16")) == Remarks{"The document expired on 2024-06-15."});
}

TEST_CASE("the century of the expiry date is the document's own") {
    // Issued in 2113, the document expires in 2124, and not in 2024.
    const auto zone = zoneOf("UTO", "990101", "240615");
    CHECK(remarksOn(zone, dateFromIso("2113-01-02"), dateFromIso("2124-06-15")).empty());
    CHECK(remarksOn(zone, dateFromIso("2113-01-02"), dateFromIso("2124-06-16")) ==
          Remarks{"The document expired on 2124-06-15."});
}

TEST_CASE("a document of a day that is still to come says so") {
    const auto zone = zoneOf("UTO", "990101", "240615");
    CHECK(remarksOn(zone, dateFromIso("2113-01-02"), dateFromIso("2113-01-02")).empty());
    CHECK(remarksOn(zone, dateFromIso("2113-01-02"), dateFromIso("2026-11-25")) ==
          Remarks{"The document says that it was issued on 2113-01-02, which is still to come."});
}

TEST_CASE("files that cannot be understood are remarked, but no State's own but Vietnam's") {
    Document document;
    document.dataGroup1 = lds::DataGroup1{zoneOf("VNM", "990101", "240615"), {}};
    document.defects = {{lds::FileId::DataGroup2, "DG2 is malformed."},
                        {lds::FileId::DataGroup13, "DG13 is malformed."},
                        {lds::FileId::DataGroup15, "named by a check"}};
    CHECK(remarksOnDefects(document) == Remarks{"DG2 is malformed.", "DG13 is malformed."});
    document.dataGroup1->machineReadableZone.issuingState = "UTO";
    CHECK(remarksOnDefects(document) == Remarks{"DG2 is malformed."});
    document.dataGroup1.reset();
    CHECK(remarksOnDefects(document) == Remarks{"DG2 is malformed."});
}

TEST_CASE("hashes of data groups that the LDS does not know are remarked") {
    Document document;
    document.securityObject = lds::DocumentSecurityObject{};
    CHECK(remarksOnDefects(document).empty());
    document.securityObject->unknownDataGroupHashes = {{17, Bytes(32)}, {19, Bytes(32)}};
    CHECK(remarksOnDefects(document) ==
          Remarks{"EF.SOD has hashes of data groups that the LDS does not know: 17, 19."});
}

TEST_CASE("a Vietnamese card without an end of validity never expires") {
    CHECK(remarksOn(zoneOf("VNM", "300101", "991231"), {}, dateFromIso("2100-01-01")).empty());
    CHECK(remarksOn(zoneOf("UTO", "300101", "991231"), {}, dateFromIso("2100-01-01")).size() == 1);
}

TEST_CASE("an MRZ with letters for digits opens the card, and the result says so") {
    TestCard card(TestCard::image());
    const auto image = TestCard::image();
    const auto lines =
        lds::DataGroup1::decode(image.file(lds::fileIdentifier(lds::FileId::DataGroup1))).lines;
    GivenAccess given;
    given.mrz = lines.at(0) + " " + lines.at(1) + " " + lines.at(2);
    const auto zero = given.mrz.find('0', 5);
    REQUIRE(zero != std::string::npos);
    given.mrz[zero] = 'O';
    auto request = TestCard::request();
    request.keys = {};
    CHECK_THROWS_AS(given.applyTo(request), BadConfiguration);
    given.correctMrz();
    given.applyTo(request);
    const auto result = card.inspect(request);
    CHECK(result.judgement.verdict == Verdict::Genuine);
    CHECK(result.remarks.front() ==
          "Letters and digits of the MRZ as it was given were taken for one another; "
          "its check digits say which they are.");

    // One without a mistake in its place: nothing is left to remark.
    given.mrz = lines.at(0) + " " + lines.at(1) + " " + lines.at(2);
    given.correctMrz();
    given.applyTo(request);
    CHECK(request.remarks.empty());
}
