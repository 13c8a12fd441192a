// SPDX-License-Identifier: Apache-2.0
// Cards built, loaded into the project's own chip and read back. Each wrong card must be found by the check
// that is there for it.
#include "personalization/loading/read_back.hpp"

#include "host/base/date.hpp"
#include "personalization/intake/record_column.hpp"
#include "personalization/loading/card_loader.hpp"
#include "tests/unit/personalization/issuing_fixture.hpp"
#include "tests/unit/personalization/loading/blank_chip.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

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

TEST_CASE("a bit or a byte that is wrong on the chip is found, wherever it is") {
    for (const lds::FileId file : {lds::FileId::DataGroup1, lds::FileId::DataGroup2, lds::FileId::DataGroup13,
                                   lds::FileId::DataGroup14, lds::FileId::DataGroup15, lds::FileId::Sod}) {
        for (const bool wholeByte : {false, true}) {
            Card card;
            CardImage image = card.build();
            const ChipFiles expected = chipFiles(image);
            const auto wrong = std::find_if(image.files.begin(), image.files.end(), [file](const auto& each) {
                return each.fileIdentifier == lds::fileIdentifier(file);
            });
            REQUIRE(wrong != image.files.end());
            std::uint8_t& byte =
                wholeByte ? wrong->content.back() : wrong->content[wrong->content.size() / 2];
            byte ^= wholeByte ? 0xFFU : 0x04U;
            static_cast<void>(card.load(image));
            names(card.findings(expected),
                  lds::fileName(file) + " on the chip is not the one that was loaded");
        }
    }
}

TEST_CASE("every field of the record that the card has is held against it") {
    // These are kept with the record and stand on no chip; those of the register that came later do not
    // either.
    const std::set<std::string_view> notOnTheCard{"request_id", "place_of_birth_registration", "other_name",
                                                  "blood_group"};
    Card card;
    const ChipFiles files = card.load(card.build());
    const CitizenRecord right = card.record;
    std::size_t fields = 0;
    for (const RecordColumn& column : recordColumns()) {
        if (column.isPicture() || column.need == RecordColumn::Need::Nothing ||
            notOnTheCard.count(column.name) == 1) {
            continue;
        }
        CAPTURE(column.name);
        card.record = right;
        if (const auto* text = std::get_if<std::string CitizenRecord::*>(&column.field)) {
            std::string& value = card.record.*(*text);
            value = column.name == "number" ? "001299999999" : value + "x";
        } else if (const auto* date = std::get_if<Date CitizenRecord::*>(&column.field)) {
            card.record.*(*date) = std::chrono::sys_days(card.record.*(*date)) + std::chrono::days(1);
        } else if (const auto* maybe = std::get_if<std::optional<Date> CitizenRecord::*>(&column.field)) {
            card.record.*(*maybe) = dateFromIso("2131-02-03");
        } else {
            card.record.sex = right.sex == Sex::Male ? Sex::Female : Sex::Male;
        }
        CHECK(!card.findings(files).empty());
        ++fields;
    }
    CHECK(fields == 16);
    card.record = right;
    CHECK(card.findings(files).empty());
}

TEST_CASE("a file that is missing, one of another card, and cards that were changed over are found") {
    Card card;
    CardImage image = card.build();
    SUBCASE("missing") {
        const ChipFiles files = chipFiles(image);
        image.files.erase(std::find_if(image.files.begin(), image.files.end(), [](const auto& file) {
            return file.fileIdentifier == lds::fileIdentifier(lds::FileId::DataGroup13);
        }));
        static_cast<void>(card.load(image));
        names(card.findings(files), "DG13");
    }
    SUBCASE("of another card of the citizen") {
        const ChipFiles files = chipFiles(image);
        const CardImage other = card.build(); // with other keys
        for (std::size_t index = 0; index < image.files.size(); ++index) {
            if (image.files[index].fileIdentifier == lds::fileIdentifier(lds::FileId::DataGroup15)) {
                image.files[index].content = other.files[index].content;
            }
        }
        static_cast<void>(card.load(image));
        names(card.findings(files), "DG15 on the chip is not the one that was loaded");
    }
    SUBCASE("changed over") {
        static const IssuingFixture two(2);
        const ChipFiles files = card.load(image);
        card.record = two.submissions()[1].record;
        card.pictures = two.submissions()[1].pictures;
        names(card.findings(files), "MRZ");
    }
}

TEST_CASE("a card that another signer signed, or whose signature is damaged, is found") {
    Card card;
    CardImage image = card.build();
    SUBCASE("another CSCA's signer") {
        PkiOptions otherName;
        otherName.cscaName = "CSCA Vietnam (other)";
        const test::PkiFixture another(otherName);
        const auto signer = DocumentSigner::load(another.path(), IssuingFixture::clock());
        image = buildCard(card.record, card.pictures, ChipKeys::generate(card.random), signer);
        names(card.findings(card.load(image)), "passive-authentication.chain");
    }
    SUBCASE("a damaged signature") {
        image.files.back().content.back() ^= 0x01U; // EF.SOD ends with its signature's last byte
        names(card.findings(card.load(image)), "passive-authentication.signature");
    }
}
