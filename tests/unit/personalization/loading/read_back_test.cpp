// SPDX-License-Identifier: Apache-2.0
// Cards built, loaded into the project's own chip and read back. Each wrong card must be found by the check
// that is there for it.
#include "personalization/loading/read_back.hpp"

#include "personalization/loading/card_loader.hpp"
#include "tests/unit/personalization/issuing_fixture.hpp"
#include "tests/unit/personalization/loading/blank_chip.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::IssuingFixture;

namespace {

const IssuingFixture& issuer() {
    static const IssuingFixture fixture;
    return fixture;
}

struct Card {
    CitizenRecord record = issuer().submissions().front().record;
    Pictures pictures = issuer().submissions().front().pictures;
    SystemRandom random;
    BlankChip chip;
    InProcessConnection connection = chip.connect();

    CardImage build() { return buildCard(record, pictures, ChipKeys::generate(random), issuer().signer()); }

    ChipFiles load(const CardImage& image) {
        CardLoader loader(connection, SecurityDomainKeys::transport(), random);
        loader.load(image);
        chip.activateUnchecked();
        return chipFiles(image);
    }

    /// What the read-back finds wrong; empty for nothing.
    std::string findings(const ChipFiles& files,
                         const trust::TrustStore& trustStore = issuer().trustStore()) {
        try {
            ReadBack(connection, random, trustStore, IssuingFixture::clock()())
                .verify({record, pictures, files});
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }
};

bool names(const std::string& finding, std::string_view part) {
    INFO(finding);
    const bool found = finding.find(part) != std::string::npos;
    CHECK(found);
    return found;
}

} // namespace

TEST_CASE("a right card is found right, before and after it is locked") {
    Card card;
    const ChipFiles files = card.load(card.build());
    CHECK(card.findings(files) == "");
    card.connection.reset();
    CardLoader(card.connection, SecurityDomainKeys::transport(), card.random).lock();
    CHECK(card.findings(files) == "");
}

TEST_CASE("a card that says something else than the source record is found") {
    Card card;
    const ChipFiles files = card.load(card.build());
    std::string expected;
    SUBCASE("name") {
        card.record.fullName = "Trần Thị Khác";
        expected = "DG1";
    }
    SUBCASE("religion") {
        card.record.religion += "!";
        expected = "religion in DG13";
    }
    SUBCASE("sex") {
        card.record.sex = card.record.sex == Sex::Male ? Sex::Female : Sex::Male;
        expected = "sex in DG1";
    }
    SUBCASE("issue date") {
        card.record.issueDate = card.record.issueDate.year() / card.record.issueDate.month() / 28;
        expected = "issue date in DG13";
    }
    SUBCASE("residence") {
        card.record.residence += " ";
        expected = "residence in DG13";
    }
    SUBCASE("old number") {
        card.record.oldNumber = "999999999";
        expected = "old number in DG13";
    }
    SUBCASE("portrait") {
        card.pictures.portrait[500] ^= 1U;
        expected = "portrait in DG2";
    }
    SUBCASE("fingers changed over") {
        std::swap(card.pictures.leftIndex, card.pictures.rightIndex);
        expected = "fingers in DG3";
    }
    SUBCASE("number") {
        card.record.number = "001299999999";
        expected = "MRZ"; // the access keys are another citizen's
    }
    names(card.findings(files), expected);
}

TEST_CASE("a chip that holds another byte than the image is found") {
    for (const lds::FileId file : {lds::FileId::DataGroup1, lds::FileId::DataGroup2, lds::FileId::DataGroup13,
                                   lds::FileId::Com, lds::FileId::Sod, lds::FileId::CardAccess}) {
        Card card;
        ChipFiles files = card.load(card.build());
        files.at(file).back() ^= 1U;
        names(card.findings(files), lds::fileName(file) + " on the chip is not the one that was loaded");
    }
}

TEST_CASE("wrong secrets in the chip are found") {
    Card card;
    CardImage image = card.build();
    std::string expected;
    SUBCASE("CAN") {
        image.cardAccessNumber = SecretBytes(viewOf("999999"));
        expected = "CAN";
    }
    SUBCASE("MRZ information") {
        image.mrzInformation = SecretBytes(viewOf("299000009599010182401014"));
        expected = "MRZ";
    }
    SUBCASE("Chip Authentication key") {
        image.keys.chipAuthentication = ChipKeys::generate(card.random).chipAuthentication;
        expected = "Chip Authentication";
    }
    SUBCASE("Active Authentication key") {
        image.keys.activeAuthentication = ChipKeys::generate(card.random).activeAuthentication;
        expected = "Active Authentication";
    }
    names(card.findings(card.load(image)), expected);
}

TEST_CASE("a card signed under another CSCA is found") {
    Card card;
    const ChipFiles files = card.load(card.build());
    const trust::TrustStore empty = trust::TrustStore::inMemory();
    names(card.findings(files, empty), "passive-authentication.chain");
}

TEST_CASE("a card whose SOD has another hash of a data group is found") {
    Card card;
    CardImage image = card.build();
    CardImage other = card.build(); // other keys, so another DG14, DG15 and EF.SOD
    image.files.back() = other.files.back();
    names(card.findings(card.load(image)), "passive-authentication.hashes");
}
