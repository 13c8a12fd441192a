// SPDX-License-Identifier: Apache-2.0
// What a store holds of citizens: sealed at rest, and purged after the hand-over.
#include "host/base/file.hpp"
#include "personalization/jobs/payload_cipher.hpp"
#include "personalization/jobs/record_json.hpp"
#include "tests/unit/personalization/jobs/job_samples.hpp"
#include "tests/unit/personalization/jobs/store_places.hpp"

#include <algorithm>

using namespace cancuoc;
using namespace cancuoc::personalization;
using namespace cancuoc::test;

namespace {

SecretBytes keyOf(std::uint8_t byte) {
    return SecretBytes(Bytes(PayloadCipher::keySize, byte));
}

/// Everything that the database holds, as far as it could tell of a citizen.
Bytes everythingIn(sql::Database& database) {
    Bytes all;
    for (const char* query : {"SELECT record, number, portrait, left_index FROM requests",
                              "SELECT serial, serial, content, content FROM chip_files"}) {
        auto row = database.prepare(query);
        while (row.step()) {
            all = concat(all, viewOf(row.text(0)), viewOf(row.text(1)), row.bytes(2), row.bytes(3));
        }
    }
    return all;
}

bool holds(const Bytes& all, BytesView part) {
    return std::search(all.begin(), all.end(), part.begin(), part.end()) != all.end();
}

const Bytes someFile{0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68};

} // namespace

TEST_CASE("sealed content opens under its key, at its place and whole, or not at all") {
    SystemRandom random;
    const PayloadCipher cipher(keyOf(1));
    for (const Bytes& content : {Bytes(), Bytes{0x00}, Bytes(1000, 0x5A)}) {
        const Bytes sealed = cipher.seal("here", content, random);
        CHECK(sealed.size() == content.size() + 28);
        CHECK(sealed != cipher.seal("here", content, random));
        CHECK(cipher.open("here", sealed) == content);
        CHECK_THROWS_AS(static_cast<void>(cipher.open("there", sealed)), MalformedData);
        CHECK_THROWS_AS(static_cast<void>(PayloadCipher(keyOf(2)).open("here", sealed)), MalformedData);
        for (const std::size_t at : {std::size_t{0}, sealed.size() / 2, sealed.size() - 1}) {
            Bytes changed = sealed;
            changed[at] ^= 1U;
            CHECK_THROWS_AS(static_cast<void>(cipher.open("here", changed)), MalformedData);
        }
        CHECK_THROWS_AS(static_cast<void>(cipher.open("here", BytesView(sealed).first(27))), MalformedData);
    }
    CHECK(cipher.pseudonym("001299000001") == cipher.pseudonym("001299000001"));
    CHECK(cipher.pseudonym("001299000001") != cipher.pseudonym("001299000002"));
    CHECK(cipher.pseudonym("001299000001") != PayloadCipher(keyOf(2)).pseudonym("001299000001"));
    CHECK_THROWS_AS(PayloadCipher(SecretBytes(Bytes(32))), BadConfiguration);
}

TEST_CASE("sealed content follows AES-256-GCM") {
    class Zeros final : public RandomSource {
        void fill(std::span<std::uint8_t> output) override { std::fill(output.begin(), output.end(), 0); }
    };
    Zeros random;
    const PayloadCipher cipher(keyOf(0));
    // Test case 14 of NIST's GCM specification: 128 zero bits under a zero key and nonce. Additional data,
    // here the place, change the tag only.
    const Bytes sealed = cipher.seal("place", Bytes(16), random);
    CHECK(Bytes(sealed.begin() + 12, sealed.begin() + 28) == fromHex("CEA7403D4D606B6E074EC5D3BAF39D18"));
}

TEST_CASE_TEMPLATE("a store with a key holds nothing of a citizen in clear, and works as before", Place,
                   SqlitePlace, PostgresqlPlace) {
    const Place place;
    SystemRandom random;
    {
        const auto store = place.open();
        fill(*store, 2);
        const auto worker = enlist(*store);
        const auto job = store->claim(worker, "station 1");
        store->receiveBlank(worker, "AA", false, "station 1");
        store->beginLoading(job->hold(), "AA", {{lds::FileId::DataGroup1, someFile}});
        store->signOff(worker);
        CHECK_FALSE(store->isProtected());
    }
    const auto before = place.database();
    CHECK(holds(everythingIn(*before), viewOf("Nguyễn Văn Mẫu"))); // what the test looks for can be found
    CHECK(holds(everythingIn(*before), someFile));

    const auto store = place.open();
    store->protect(keyOf(1), random);
    CHECK(store->isProtected());
    const Submission third = submission(3);
    CHECK(store->import({&third, 1}, "order")[0] == ImportOutcome::Added);
    const Bytes all = everythingIn(*before);
    CHECK_FALSE(holds(all, viewOf("Nguyễn")));
    CHECK_FALSE(holds(all, viewOf("2099-01-01")));
    CHECK_FALSE(holds(all, someFile));
    for (int index = 1; index <= 3; ++index) {
        CHECK_FALSE(holds(all, viewOf(submission(index).record.number)));
        CHECK_FALSE(holds(all, submission(index).pictures.portrait));
    }
    // What was there before is known again, by request and by citizen.
    Submission other = submission(9);
    other.record.number = submission(2).record.number;
    const std::vector<Submission> again{submission(1), submission(3), other};
    CHECK(store->import(again, "order") == std::vector<ImportOutcome>{ImportOutcome::AlreadyThere,
                                                                      ImportOutcome::AlreadyThere,
                                                                      ImportOutcome::NumberOfOtherRequest});
    const WorkerId worker = enlist(*store);
    const auto open = store->adoptOpenCards(worker, {});
    REQUIRE(open.size() == 1);
    CHECK(open[0].job.record == submission(1).record);
    CHECK(open[0].files == ChipFiles{{lds::FileId::DataGroup1, someFile}});
    const Job job = begin(*store, "BB", worker);
    CHECK(job.record == submission(2).record);
    CHECK(job.pictures.portrait == submission(2).pictures.portrait);
}

TEST_CASE_TEMPLATE("without its key a store reports and opens no record; with another it refuses", Place,
                   SqlitePlace, PostgresqlPlace) {
    const Place place;
    SystemRandom random;
    place.open()->protect(keyOf(1), random);
    {
        const auto store = place.open();
        CHECK_THROWS_AS(store->protect(keyOf(2), random), BadConfiguration);
        const Submission given = submission(1);
        CHECK_THROWS_AS(static_cast<void>(store->import({&given, 1}, "order")), BadConfiguration);
        store->protect(keyOf(1), random);
        fill(*store, 1);
    }
    const auto store = place.open();
    CHECK(store->report().waiting == 1);
    CHECK_THROWS_AS(static_cast<void>(claim(*store)), BadConfiguration);
    CHECK(store->report().waiting == 1); // nothing was claimed
}

TEST_CASE_TEMPLATE("after the hand-over a request's payload is gone, and its digest proves what it was",
                   Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    SystemRandom random;
    const auto store = place.open([] { return std::chrono::sys_seconds(std::chrono::seconds(1)); });
    store->protect(keyOf(1), random);
    fill(*store, 2);
    CHECK(store->heldPayloads("").empty());
    CHECK_THROWS_AS(store->purgePayload("R-1"), BadConfiguration);
    finish(*store, begin(*store, "AA"), "AA");
    CHECK(store->heldPayloads("another").empty());
    const auto held = store->heldPayloads("order");
    REQUIRE(held.size() == 1);
    CHECK(held[0].requestId == "R-1");
    CHECK(held[0].digest == contentDigest(submission(1).record, submission(1).pictures));
    store->purgePayload("R-1");
    CHECK(store->heldPayloads("").empty());
    const auto behind = place.database();
    auto row = behind->prepare(
        "SELECT record, portrait, left_index, right_index FROM requests WHERE request_id = 'R-1'");
    REQUIRE(row.step());
    CHECK(row.text(0).empty());
    CHECK((row.bytes(1).empty() && row.bytes(2).empty() && row.bytes(3).empty()));
    CHECK(store->report().good == 1);
    // The same order again adds nothing; the citizen's next card is another request.
    Submission next = submission(1);
    next.record.requestId = "R-3";
    const std::vector<Submission> again{submission(1), next};
    CHECK(store->import(again, "order") ==
          std::vector<ImportOutcome>{ImportOutcome::AlreadyThere, ImportOutcome::Added});
    store->protect(keyOf(1), random); // what was purged is not sealed again
    checkBalance(store->report());
}
