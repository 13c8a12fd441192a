// SPDX-License-Identifier: Apache-2.0
#include "card/storage/object_store.hpp"
#include "tests/unit/card/known_answer.hpp"
#include "tests/unit/card/storage/tearing_flash.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <vector>

using namespace cancuoc::card;
using test::Bytes;

namespace {

using Content = std::map<ObjectIdentifier, Bytes>;

constexpr TearingFlash::Tear everyTear[] = {TearingFlash::Tear::Nothing, TearingFlash::Tear::Everything,
                                            TearingFlash::Tear::SomeBits, TearingFlash::Tear::Junk};

Bytes pattern(std::size_t length, unsigned seed) {
    Bytes bytes(length);
    for (std::size_t i = 0; i < length; ++i) {
        bytes[i] = static_cast<std::uint8_t>(seed + i * 7 + i / 256);
    }
    return bytes;
}

std::optional<Bytes> contentOf(const ObjectStore& store, ObjectIdentifier id) {
    const auto length = store.length(id);
    if (!length) {
        return std::nullopt;
    }
    Bytes bytes(*length);
    REQUIRE(store.read(id, 0, bytes));
    return bytes;
}

// Everything that the store holds under the identifiers that these tests use.
Content contentOf(const ObjectStore& store) {
    Content content;
    for (ObjectIdentifier id = 0; id < 200; ++id) {
        if (const auto bytes = contentOf(store, id)) {
            content[id] = *bytes;
        }
    }
    return content;
}

bool put(ObjectStore& store, ObjectIdentifier id, const Bytes& value) {
    Transaction transaction(store);
    return transaction.put(id, value) && transaction.commit();
}

bool putFile(ObjectStore& store, ObjectIdentifier id, const Bytes& file) {
    Transaction transaction(store);
    return transaction.beginFile(id, file.size()) && transaction.appendToFile(file) && transaction.commit();
}

/// One transaction, and what it makes of the content when it is whole.
struct Step {
    std::function<bool(ObjectStore&)> run;
    std::function<void(Content&)> expect;
};

// Values, a file in pieces, two files at once, replacements, a removal, an empty value.
std::vector<Step> smallPersonalization() {
    return {
        {[](ObjectStore& store) { return put(store, 1, pattern(6, 1)); },
         [](Content& content) { content[1] = pattern(6, 1); }},
        {[](ObjectStore& store) {
             Transaction transaction(store);
             return transaction.beginFile(10, 61) && transaction.appendToFile(pattern(61, 10)) &&
                    transaction.beginFile(11, 8) && transaction.appendToFile(pattern(8, 11)) &&
                    transaction.put(2, pattern(24, 2)) && transaction.commit();
         },
         [](Content& content) {
             content[10] = pattern(61, 10);
             content[11] = pattern(8, 11);
             content[2] = pattern(24, 2);
         }},
        {[](ObjectStore& store) {
             Transaction transaction(store);
             return transaction.beginFile(10, 33) && transaction.appendToFile(pattern(13, 12)) &&
                    transaction.commit();
         },
         [](Content&) {}},
        {[](ObjectStore& store) {
             Transaction transaction(store);
             return transaction.appendToFile(pattern(20, 13)) && transaction.commit();
         },
         [](Content& content) { content[10] = test::join(pattern(13, 12), pattern(20, 13)); }},
        {[](ObjectStore& store) {
             Transaction transaction(store);
             return transaction.remove(1) && transaction.put(3, pattern(40, 3)) && transaction.commit();
         },
         [](Content& content) {
             content.erase(1);
             content[3] = pattern(40, 3);
         }},
        {[](ObjectStore& store) { return put(store, 2, {}); }, [](Content& content) { content[2] = {}; }},
    };
}

/// Runs the steps until one fails; the content after the last whole step, and after the one that failed.
struct Outcome {
    Content before;
    Content after;
    bool complete = true;
};

Outcome run(ObjectStore& store, const std::vector<Step>& steps, Content content) {
    for (const Step& step : steps) {
        Content next = content;
        step.expect(next);
        if (!step.run(store)) {
            return {content, next, false};
        }
        content = next;
    }
    return {content, content, true};
}

Content contentAfterOpening(TearingFlash flash) {
    ObjectStore store(flash);
    REQUIRE(store.open());
    return contentOf(store);
}

std::size_t operationsOf(TearingFlash flash, const std::vector<Step>& steps) {
    const std::size_t begin = flash.operations();
    ObjectStore store(flash);
    REQUIRE(store.open());
    REQUIRE(run(store, steps, contentOf(store)).complete);
    REQUIRE_FALSE(flash.overwritten());
    return flash.operations() - begin;
}

// Runs the steps with the power failing after `cut` operations; then the store must hold the content before
// or after the transaction at work. Leaves `flash` as the next power-up finds it.
void tear(TearingFlash& flash, const std::vector<Step>& steps, std::size_t cut, TearingFlash::Tear how) {
    CAPTURE(cut);
    CAPTURE(static_cast<int>(how));
    const Content known = contentAfterOpening(flash);
    flash.cutAfter(cut, how, static_cast<unsigned>(cut + 1));
    ObjectStore store(flash);
    const Outcome outcome = store.open() ? run(store, steps, known) : Outcome{known, known, false};
    REQUIRE_FALSE(flash.powered());
    REQUIRE_FALSE(outcome.complete);
    flash.restore();
    const Content found = contentAfterOpening(flash);
    REQUIRE((found == outcome.before || found == outcome.after));
}

// Cuts the power in every operation of the steps, in each way, and then in the operations of the recovery and
// the transaction after it: of each `stride` ones in one.
void tearEverywhere(const TearingFlash& start, const std::vector<Step>& steps, std::size_t stride) {
    const std::vector<Step> next{{[](ObjectStore& store) { return put(store, 50, pattern(9, 50)); },
                                  [](Content& content) { content[50] = pattern(9, 50); }}};
    const std::size_t operations = operationsOf(start, steps);
    REQUIRE(operations > 0);
    for (const TearingFlash::Tear how : everyTear) {
        for (std::size_t cut = 0; cut < operations; ++cut) {
            TearingFlash torn = start;
            tear(torn, steps, cut, how);
            const std::size_t further = operationsOf(torn, next);
            for (std::size_t again = cut % stride; again < further; again += stride) {
                TearingFlash tornAgain = torn;
                tear(tornAgain, next, again, how);
            }
            // And the chip goes on to work.
            ObjectStore store(torn);
            REQUIRE(store.open());
            REQUIRE(run(store, steps, contentOf(store)).complete);
            REQUIRE_FALSE(torn.overwritten());
        }
    }
}

TearingFlash formatted() {
    TearingFlash flash;
    ObjectStore store(flash);
    REQUIRE(store.open());
    return flash;
}

} // namespace

TEST_CASE("a key that was stored as a file leaves no copy in the working memory") {
    TearingFlash flash;
    ObjectStore store(flash);
    REQUIRE(store.open());
    const Bytes key = pattern(133, 3);
    REQUIRE(putFile(store, 1, key));
    const auto* const memory = reinterpret_cast<const std::uint8_t*>(&store);
    for (std::size_t at = 0; at < key.size(); at += configuration::flashWordSize) {
        CAPTURE(at);
        const auto begin = key.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end = key.end() - begin < 8 ? key.end() : begin + 8;
        CHECK(std::search(memory, memory + sizeof store, begin, end) == memory + sizeof store);
    }
}

TEST_CASE("an erased memory becomes an empty store and stays one") {
    TearingFlash flash = formatted();
    const std::size_t operations = flash.operations();
    ObjectStore store(flash);
    REQUIRE(store.open());
    CHECK(contentOf(store).empty());
    CHECK(flash.operations() == operations);
}

TEST_CASE("values and files come back after a power-up") {
    TearingFlash flash = formatted();
    Content expected;
    {
        ObjectStore store(flash);
        REQUIRE(store.open());
        const Outcome outcome = run(store, smallPersonalization(), {});
        REQUIRE(outcome.complete);
        expected = outcome.after;
        CHECK(contentOf(store) == expected);
    }
    CHECK(contentAfterOpening(flash) == expected);
}

TEST_CASE("nothing of a transaction shows before its commit, nor without it") {
    TearingFlash flash = formatted();
    ObjectStore store(flash);
    REQUIRE(store.open());
    REQUIRE(put(store, 1, {1}));
    {
        Transaction transaction(store);
        REQUIRE(transaction.put(1, Bytes{2}));
        REQUIRE(transaction.put(2, Bytes{2}));
        REQUIRE(transaction.remove(1));
        REQUIRE(transaction.beginFile(10, 20));
        REQUIRE(transaction.appendToFile(pattern(20, 1)));
        CHECK(contentOf(store) == Content{{1, {1}}});
    }
    CHECK(contentOf(store) == Content{{1, {1}}});
    REQUIRE(put(store, 3, {3}));
    CHECK(contentAfterOpening(flash) == Content{{1, {1}}, {3, {3}}});
}

TEST_CASE("a commit without changes writes nothing") {
    TearingFlash flash = formatted();
    ObjectStore store(flash);
    REQUIRE(store.open());
    const std::size_t operations = flash.operations();
    Transaction transaction(store);
    CHECK(transaction.commit());
    CHECK(flash.operations() == operations);
}

TEST_CASE("reads stay inside the object") {
    TearingFlash flash = formatted();
    ObjectStore store(flash);
    REQUIRE(store.open());
    REQUIRE(putFile(store, 10, pattern(100, 1)));
    Bytes buffer(10);
    REQUIRE(store.read(10, 90, buffer));
    const Bytes whole = pattern(100, 1);
    CHECK(buffer == Bytes(whole.end() - 10, whole.end()));
    CHECK_FALSE(store.read(10, 91, buffer));
    CHECK_FALSE(store.read(10, 101, std::span(buffer).first(0)));
    CHECK_FALSE(store.read(10, static_cast<std::size_t>(-1), buffer));
    CHECK_FALSE(store.read(11, 0, std::span(buffer).first(0)));
}

TEST_CASE("what does not fit is refused and changes nothing") {
    TearingFlash flash = formatted();
    ObjectStore store(flash);
    REQUIRE(store.open());
    SUBCASE("a long value") {
        CHECK_FALSE(put(store, 1, Bytes(configuration::maximumValueLength + 1)));
        CHECK(put(store, 1, Bytes(configuration::maximumValueLength)));
    }
    SUBCASE("more objects than the store holds") {
        for (std::size_t i = 0; i < configuration::maximumObjects; ++i) {
            REQUIRE(put(store, static_cast<ObjectIdentifier>(i), {1}));
        }
        CHECK_FALSE(put(store, 99, {1}));
        CHECK(put(store, 0, {2}));
    }
    SUBCASE("a transaction that is too large") {
        Transaction transaction(store);
        ObjectIdentifier id = 0;
        while (transaction.put(id, Bytes(configuration::maximumValueLength))) {
            REQUIRE(++id < configuration::maximumObjects);
        }
        CHECK(id == configuration::transactionCapacity / (configuration::maximumValueLength + 4));
    }
    SUBCASE("an empty file, and one that is too long") {
        Transaction transaction(store);
        CHECK_FALSE(transaction.beginFile(10, 0));
        CHECK_FALSE(transaction.beginFile(10, configuration::maximumFileLength + 1));
        CHECK_FALSE(transaction.appendToFile(Bytes(1)));
    }
    SUBCASE("more content than the file was announced with") {
        Transaction transaction(store);
        REQUIRE(transaction.beginFile(10, 20));
        CHECK_FALSE(transaction.appendToFile(Bytes(21)));
    }
    SUBCASE("more files than the heap holds") {
        const Bytes file(configuration::maximumFileLength);
        constexpr std::size_t room =
            configuration::heapPages / (configuration::maximumFileLength / configuration::storePageSize + 1);
        for (std::size_t i = 0; i < room; ++i) {
            REQUIRE(putFile(store, static_cast<ObjectIdentifier>(i), file));
        }
        CHECK_FALSE(putFile(store, 99, file));
        CHECK_FALSE(store.length(99));
    }
}

TEST_CASE("pages of replaced and dropped files are used again") {
    TearingFlash flash = formatted();
    ObjectStore store(flash);
    REQUIRE(store.open());
    constexpr std::size_t fileLength = 60 * 1024;
    for (unsigned round = 0; round < 10; ++round) {
        REQUIRE(putFile(store, 2, pattern(fileLength, round)));
        REQUIRE(putFile(store, 3, pattern(fileLength, round + 1)));
        Transaction dropped(store);
        REQUIRE(dropped.beginFile(4, fileLength));
        REQUIRE(dropped.appendToFile(Bytes(5000)));
    }
    CHECK(contentAfterOpening(flash) == Content{{2, pattern(fileLength, 9)}, {3, pattern(fileLength, 10)}});
    CHECK_FALSE(flash.overwritten());
}

TEST_CASE("a hole between two files takes a file of its size, and no more fits a full heap") {
    TearingFlash flash = formatted();
    ObjectStore store(flash);
    REQUIRE(store.open());
    constexpr std::size_t quarter = configuration::heapPages / 4 * configuration::storePageSize;
    static_assert(quarter <= configuration::maximumFileLength);
    for (ObjectIdentifier id = 1; id <= 4; ++id) {
        REQUIRE(putFile(store, id, pattern(quarter, id)));
    }
    Transaction full(store);
    CHECK_FALSE(full.beginFile(5, 1));
    CHECK(full.remove(2));
    REQUIRE(full.commit());
    CHECK(putFile(store, 5, pattern(quarter, 5)));
    CHECK(contentAfterOpening(flash) == Content{{1, pattern(quarter, 1)},
                                                {3, pattern(quarter, 3)},
                                                {4, pattern(quarter, 4)},
                                                {5, pattern(quarter, 5)}});
}

TEST_CASE("the log goes on in its other area when one is full") {
    TearingFlash flash = formatted();
    ObjectStore store(flash);
    REQUIRE(store.open());
    Content expected;
    for (unsigned i = 0; i < 1000; ++i) {
        const auto id = static_cast<ObjectIdentifier>(i % 30);
        expected[id] = pattern(i % 60, i);
        REQUIRE(put(store, id, expected[id]));
        if (i % 50 == 0) {
            REQUIRE(contentAfterOpening(flash) == expected);
        }
    }
    CHECK(contentAfterOpening(flash) == expected);
    CHECK_FALSE(flash.overwritten());
}

TEST_CASE("a counter that goes on and on beside files at rest wears all pages alike") {
    TearingFlash flash = formatted();
    const Bytes file(configuration::maximumFileLength, 0x61);
    {
        ObjectStore store(flash);
        REQUIRE(store.open());
        REQUIRE(putFile(store, 10, file));
        REQUIRE(putFile(store, 11, file));
        for (unsigned i = 0; i < 300000; ++i) {
            REQUIRE(put(store, 1, {static_cast<std::uint8_t>(i)}));
        }
        CHECK(contentOf(store, 1) == Bytes{static_cast<std::uint8_t>(299999)});
    }
    CHECK_FALSE(flash.overwritten());
    const auto [least, most] = std::minmax_element(flash.pageErases().begin(), flash.pageErases().end());
    CHECK(*least > 10);
    CHECK(*most - *least <= configuration::restingPageLag + configuration::sparePages);
    ObjectStore store(flash);
    REQUIRE(store.open());
    CHECK(contentOf(store, 10) == file);
    CHECK(contentOf(store, 11) == file);
}

TEST_CASE("a memory that was a store and is none now is not taken for a new one") {
    TearingFlash flash = formatted();
    {
        ObjectStore store(flash);
        REQUIRE(store.open());
        for (unsigned i = 0; i < 200; ++i) {
            REQUIRE(put(store, 1, pattern(60, i)));
        }
    }
    std::size_t header = 0;
    SUBCASE("behind the headers of its pages") {
        header = configuration::pageHeaderSize;
    }
    SUBCASE("everywhere") {}
    for (std::size_t page = 0; page < configuration::flashPages; ++page) {
        std::fill_n(flash.bytes().data() + page * configuration::flashPageSize + header,
                    configuration::flashPageSize - header, std::uint8_t{0x5A});
    }
    ObjectStore store(flash);
    CHECK_FALSE(store.open());
    CHECK_FALSE(put(store, 1, {1}));
    CHECK(contentOf(store).empty());
}

TEST_CASE("a commit that the memory refuses leaves the old state, and the next one works") {
    TearingFlash flash = formatted();
    ObjectStore store(flash);
    REQUIRE(store.open());
    REQUIRE(put(store, 1, {1}));
    flash.cutAfter(1, TearingFlash::Tear::SomeBits, 1);
    CHECK_FALSE(put(store, 1, {2}));
    flash.restore();
    CHECK(contentOf(store) == Content{{1, {1}}});
    REQUIRE(put(store, 1, {3}));
    CHECK(contentAfterOpening(flash) == Content{{1, {3}}});
    CHECK_FALSE(flash.overwritten());
}

TEST_CASE("power that fails in any operation of the first power-up and a personalization leaves old or new") {
    // Every first power-up begins the counts of all pages, which takes hundreds of operations.
    tearEverywhere(TearingFlash(), smallPersonalization(), 23);
}

TEST_CASE("power that fails in any operation while the log changes areas leaves old or new") {
    TearingFlash flash = formatted();
    {
        ObjectStore store(flash);
        REQUIRE(store.open());
        constexpr std::size_t areaSize = configuration::logAreaPages * configuration::flashPageSize;
        constexpr std::size_t entrySize = 80;
        for (std::size_t used = 3 * entrySize; used < areaSize; used += entrySize) {
            REQUIRE(put(store, 60, pattern(60, static_cast<unsigned>(used))));
        }
    }
    const std::size_t erasesBefore = flash.erases();
    tearEverywhere(flash, smallPersonalization(), 1);
    TearingFlash whole = flash;
    ObjectStore store(whole);
    REQUIRE(store.open());
    REQUIRE(run(store, smallPersonalization(), contentOf(store)).complete);
    // A page for each file, and the pages of the other area.
    CHECK(whole.erases() - erasesBefore >= 3 + configuration::logAreaPages);
}
