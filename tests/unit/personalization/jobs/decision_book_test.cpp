// SPDX-License-Identifier: Apache-2.0
// Persons, roles and what needs two of them, in every kind of job store.
#include "personalization/jobs/decision_book.hpp"
#include "personalization/jobs/password.hpp"
#include "tests/unit/personalization/jobs/job_samples.hpp"
#include "tests/unit/personalization/jobs/store_places.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using namespace cancuoc::test;

namespace {

SecretBytes password(const std::string& text) {
    return SecretBytes(viewOf(text));
}

/// A book with the supervisors Lan and Minh, and what else a test needs.
template <class Place>
struct Line {
    Place place;
    SystemRandom random;
    std::unique_ptr<JobStore> store = place.open();
    DecisionBook book{std::shared_ptr<sql::Database>(place.database()), standingClock(), random};
    Person lan;
    Person minh;

    Line() {
        book.addPerson("Lan", {Role::Supervisor}, password("password of Lan"), {});
        book.addPerson("Minh", {Role::Supervisor, Role::Auditor}, password("password of Minh"), {});
        lan = book.signIn("Lan", password("password of Lan"));
        minh = book.signIn("Minh", password("password of Minh"));
    }
};

} // namespace

TEST_CASE("a password is kept as a salted hash of scrypt") {
    SystemRandom random;
    const std::string kept = hashPassword(password("one long password"), random);
    CHECK_THROWS_AS(static_cast<void>(hashPassword(password("too short"), random)), BadConfiguration);
    CHECK(kept.starts_with("scrypt$32768$8$1$"));
    CHECK(kept != hashPassword(password("one long password"), random));
    CHECK(isPassword(password("one long password"), kept));
    CHECK_FALSE(isPassword(password("another word"), kept));
    CHECK_THROWS_AS(static_cast<void>(isPassword(password("one long password"), "scrypt$x$8$1$00$00")),
                    MalformedData);
    CHECK_THROWS_AS(static_cast<void>(isPassword(password("one long password"), "plain")), MalformedData);
    // RFC 7914, 12: the third vector, 64 bytes of which the first 32 are kept here
    CHECK(isPassword(password("pleaseletmein"),
                     "scrypt$16384$8$1$536f6469756d43686c6f72696465$"
                     "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"));
}

TEST_CASE_TEMPLATE("the first two supervisors come freely, whoever comes after by two persons", Place,
                   SqlitePlace, PostgresqlPlace) {
    Line<Place> line;
    CHECK_THROWS_AS(line.book.addPerson("Hoa", {Role::Operator}, password("password of Hoa"), {}),
                    NotAllowed);
    line.book.addPerson("Hoa", {Role::Operator}, password("password of Hoa"), line.lan);
    CHECK_THROWS_AS(static_cast<void>(line.book.signIn("Hoa", password("password of Hoa"))), NotAllowed);
    const auto asked = line.book.decisions();
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].action == Action::Person);
    CHECK(asked[0].subject == "Hoa");
    CHECK_THROWS_AS(static_cast<void>(line.book.approve(line.lan, asked[0].number)),
                    NotAllowed); // asked for it
    CHECK(line.book.approve(line.minh, asked[0].number).state == DecisionState::Approved);
    line.book.setActive("Hoa", true);
    line.book.done(asked[0].number);
    const Person hoa = line.book.signIn("Hoa", password("password of Hoa"));
    CHECK(hoa.roles == std::set<Role>{Role::Operator});
    CHECK_THROWS_AS(line.book.addPerson("Lan", {Role::Operator}, password("another password"), line.minh),
                    BadConfiguration);
    CHECK_THROWS_AS(line.book.addPerson("Ba", {Role::Operator}, password("password of Ba"), hoa), NotAllowed);
    CHECK_THROWS_AS(static_cast<void>(line.book.signIn("Lan", password("password of Minh"))), NotAllowed);
    CHECK_THROWS_AS(static_cast<void>(line.book.signIn("Nobody", password("password of Lan"))), NotAllowed);
    CHECK(line.book.persons().size() == 3);
}

TEST_CASE_TEMPLATE("an action is asked for by one person and approved by another with the role", Place,
                   SqlitePlace, PostgresqlPlace) {
    Line<Place> line;
    CHECK_THROWS_AS(line.book.ask(line.lan, Action::Key, "AB", ""), NotAllowed); // for key custodians
    const auto number = line.book.ask(line.lan, Action::Template, "AB", "new chips");
    CHECK_THROWS_AS(line.book.ask(line.minh, Action::Template, "AB", ""), BadConfiguration);
    CHECK_FALSE(line.book.isApproved(Action::Template, "AB"));
    const Person keeper{"Tu", {Role::StockKeeper}, true};
    CHECK_THROWS_AS(static_cast<void>(line.book.approve(keeper, number)), NotAllowed);
    const Decision approved = line.book.approve(line.minh, number);
    CHECK(approved.askedBy == "Lan");
    CHECK(approved.decidedBy == "Minh");
    CHECK(approved.reason == "new chips");
    CHECK(line.book.isApproved(Action::Template, "AB"));
    CHECK_FALSE(line.book.isApproved(Action::Signer, "AB"));
    CHECK(line.book.approve(line.minh, number).state == DecisionState::Approved); // to be carried out still
    line.book.done(number);
    CHECK_THROWS_AS(static_cast<void>(line.book.approve(line.minh, number)), BadConfiguration);
    CHECK_THROWS_AS(line.book.refuse(line.minh, number), BadConfiguration);

    const auto other = line.book.ask(line.lan, Action::Template, "CD", "");
    line.book.refuse(line.lan, other);
    CHECK_THROWS_AS(static_cast<void>(line.book.approve(line.minh, other)), BadConfiguration);
    CHECK_FALSE(line.book.isApproved(Action::Template, "CD"));
    CHECK_THROWS_AS(static_cast<void>(line.book.decision(99)), BadConfiguration);
    // Not even behind the book's back does anybody approve what they asked for.
    CHECK_THROWS_AS(line.place.database()->execute(
                        "UPDATE decisions SET state = 'approved', decided_by = asked_by WHERE number = 2"),
                    sql::DatabaseError);
}

TEST_CASE_TEMPLATE("what was asked for or approved is taken back by one of the two, until it is carried out",
                   Place, SqlitePlace, PostgresqlPlace) {
    Line<Place> line;
    const Person third{"Ba", {Role::Supervisor}, true};
    const auto number = line.book.ask(line.lan, Action::Destroy, "AA", "not found");
    SUBCASE("asked for") {
        CHECK_THROWS_AS(line.book.withdraw(line.minh, number), NotAllowed);
        line.book.withdraw(line.lan, number);
        CHECK(line.book.decision(number).state == DecisionState::Withdrawn);
        CHECK_THROWS_AS(static_cast<void>(line.book.approve(line.minh, number)), BadConfiguration);
        CHECK_THROWS_AS(line.book.refuse(line.minh, number), BadConfiguration);
        CHECK_THROWS_AS(line.book.withdraw(line.lan, number), BadConfiguration);
        CHECK(line.book.ask(line.lan, Action::Destroy, "AA", "gone for good") != number);
    }
    SUBCASE("approved, and it could not be carried out") {
        static_cast<void>(line.book.approve(line.minh, number));
        CHECK_THROWS_AS(line.book.withdraw(line.minh, number), BadConfiguration); // it is at work
        line.book.stopped(number);
        CHECK_THROWS_AS(line.book.withdraw(third, number), NotAllowed);
        line.book.withdraw(line.minh, number);
        CHECK(line.book.decisions().at(0).state == DecisionState::Withdrawn);
        CHECK_FALSE(line.book.isApproved(Action::Destroy, "AA"));
    }
    SUBCASE("carried out") {
        static_cast<void>(line.book.approve(line.minh, number));
        line.book.done(number);
        CHECK_THROWS_AS(line.book.withdraw(line.lan, number), BadConfiguration);
        CHECK_THROWS_AS(line.book.withdraw(line.minh, number), BadConfiguration);
    }
    SUBCASE("what runs look for, at any time") {
        const auto profile = line.book.ask(line.lan, Action::Template, "AB", "");
        static_cast<void>(line.book.approve(line.minh, profile));
        line.book.done(profile);
        CHECK_THROWS_AS(line.book.withdraw(third, profile), NotAllowed);
        CHECK(line.book.isApproved(Action::Template, "AB"));
        line.book.withdraw(line.lan, profile);
        CHECK_FALSE(line.book.isApproved(Action::Template, "AB"));
        const auto again = line.book.ask(line.minh, Action::Template, "AB", "");
        static_cast<void>(line.book.approve(line.lan, again));
        CHECK(line.book.isApproved(Action::Template, "AB"));
    }
    SUBCASE("by another who may ask for it, when both have left") {
        const Person keeper{"Tu", {Role::StockKeeper}, true};
        const auto profile = line.book.ask(line.lan, Action::Template, "AB", "");
        static_cast<void>(line.book.approve(line.minh, profile));
        line.book.setActive("Lan", false);
        CHECK_THROWS_AS(line.book.withdraw(third, profile), NotAllowed);
        line.book.setActive("Minh", false);
        CHECK_THROWS_AS(line.book.withdraw(keeper, profile), NotAllowed);
        line.book.withdraw(third, profile);
        CHECK_FALSE(line.book.isApproved(Action::Template, "AB"));
    }
}

TEST_CASE_TEMPLATE("a quarantined chip that was destroyed is spoiled, and its request is remade", Place,
                   SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 1);
    const WorkerId worker = store->enlist({"hall", "1", {}, std::chrono::seconds(60), "early"});
    const Job job = begin(*store, "AA", worker);
    CHECK_THROWS_AS(store->destroyQuarantined("AA", "burnt", "late"), BadConfiguration);
    store->quarantine(job.hold(), "AA", "not found");
    store->destroyQuarantined("AA", "burnt", "late");
    store->destroyQuarantined("AA", "burnt", "late");
    CHECK(store->report().blanks.spoiled == 1);
    CHECK(store->shiftReport("late").blanks == BlankMovement{1, 0, 0, 1, 0, 0});
    const Job remake = begin(*store, "BB", worker);
    CHECK(remake.attempt == 2);
    finish(*store, remake, "BB");
    checkBalance(store->report());
}

TEST_CASE_TEMPLATE("a rejected request is made after all, unless the citizen has another", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 1);
    CHECK_THROWS_AS(store->reissue("R-1", "clerk's mistake"), BadConfiguration);
    store->rejectClaimed(claim(*store)->hold(), "no letter");
    SUBCASE("none") {
        store->reissue("R-1", "clerk's mistake");
        const Job job = begin(*store, "AA");
        CHECK(job.attempt == 1);
        finish(*store, job, "AA");
    }
    SUBCASE("another") {
        Submission again = submission(1);
        again.record.requestId = "R-2";
        CHECK(store->import({&again, 1}, "order")[0] == ImportOutcome::Added);
        CHECK_THROWS_AS(store->reissue("R-1", "clerk's mistake"), BadConfiguration);
    }
    checkBalance(store->report());
}

TEST_CASE_TEMPLATE("the chips of a machine that does not come back are quarantined, once its runs are over",
                   Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 2);
    const WorkerId worker = store->enlist({"north", "1", {}});
    const Job job = begin(*store, "AA", worker);
    CHECK(store->abandonMachine("north", "flooded") == 0);
    store->signOff(worker);
    CHECK(store->abandonMachine("south", "flooded") == 0);
    CHECK(store->abandonMachine("north", "flooded") == 1);
    CHECK_THROWS_AS(store->advance(job.hold(), "AA", ChipState::Loaded), LeaseLost);
    CHECK(store->report().quarantined == 1);
    CHECK(store->adoptOpenCards(enlist(*store), {}).size() == 1); // whoever finds it may look at it
    checkBalance(store->report());
}
