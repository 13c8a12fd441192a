// SPDX-License-Identifier: Apache-2.0
#include "card/storage/wear_levelled_flash.hpp"
#include "tests/unit/card/known_answer.hpp"
#include "tests/unit/card/storage/tearing_flash.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <random>

using namespace cancuoc::card;
using test::Bytes;

namespace {

namespace config = configuration;
using Tear = TearingFlash::Tear;

constexpr Tear everyTear[] = {Tear::Nothing, Tear::Everything, Tear::SomeBits, Tear::Junk};

// Erase counts part by no more, as long as the power holds.
constexpr std::uint32_t mostSpread = config::restingPageLag + config::sparePages;

Bytes pattern(std::size_t page, unsigned round) {
    Bytes bytes(config::storePageSize);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(page * 31 + round * 7 + i);
    }
    return bytes;
}

bool rewrite(WearLevelledFlash& flash, std::size_t page, const Bytes& content) {
    return flash.erase(page) && flash.program(page * config::storePageSize, content);
}

Bytes contentOf(const WearLevelledFlash& flash, std::size_t page) {
    Bytes bytes(config::storePageSize);
    REQUIRE(flash.read(page * config::storePageSize, bytes));
    return bytes;
}

// A memory whose pages of the store are all in use.
TearingFlash filled() {
    TearingFlash memory;
    WearLevelledFlash flash(memory);
    REQUIRE(flash.open());
    for (std::size_t page = 0; page < config::storePages; ++page) {
        REQUIRE(rewrite(flash, page, pattern(page, 0)));
    }
    return memory;
}

std::uint32_t spread(const TearingFlash& memory) {
    const auto& counts = memory.pageErases();
    const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
    return *most - *least;
}

// Every page of the memory was erased as often as the chip knows.
void checkCounts(TearingFlash& memory) {
    WearLevelledFlash flash(memory);
    REQUIRE(flash.open());
    for (std::size_t page = 0; page < config::flashPages; ++page) {
        CAPTURE(page);
        REQUIRE(flash.eraseCount(page) == memory.pageErases()[page]);
    }
}

} // namespace

TEST_CASE("what was never erased reads as FF and takes nothing") {
    TearingFlash memory;
    WearLevelledFlash flash(memory);
    Bytes word(8);
    CHECK_FALSE(flash.read(0, word));
    CHECK_FALSE(flash.erase(0));
    REQUIRE(flash.open());
    CHECK(contentOf(flash, 3) == Bytes(config::storePageSize, 0xFF));
    CHECK_FALSE(flash.program(0, word));
    REQUIRE(flash.erase(0));
    CHECK(flash.program(0, word));
    CHECK_FALSE(flash.erase(config::storePages));
    CHECK_FALSE(flash.read(config::storeSize - 7, word));
    CHECK_FALSE(flash.read(static_cast<std::size_t>(-4), word));
    CHECK_FALSE(flash.program(config::storeSize, word));
}

TEST_CASE("reads and writes go over the borders of pages") {
    TearingFlash memory;
    WearLevelledFlash flash(memory);
    REQUIRE(flash.open());
    for (const std::size_t page : {7U, 5U, 6U}) {
        REQUIRE(flash.erase(page));
    }
    Bytes bytes = test::join(pattern(1, 1), pattern(2, 2));
    REQUIRE(flash.program(5 * config::storePageSize + 8, bytes));
    WearLevelledFlash again(memory);
    REQUIRE(again.open());
    Bytes found(bytes.size());
    REQUIRE(again.read(5 * config::storePageSize + 8, found));
    CHECK(found == bytes);
    CHECK_FALSE(memory.overwritten());
}

TEST_CASE("pages that are rewritten over and over wear all pages alike") {
    TearingFlash memory = filled();
    {
        WearLevelledFlash flash(memory);
        REQUIRE(flash.open());
        for (unsigned round = 0; round < 20000; ++round) {
            const std::size_t page = round % 3;
            REQUIRE(rewrite(flash, page, pattern(page, round)));
            REQUIRE(spread(memory) <= mostSpread);
        }
        for (std::size_t page = 3; page < config::storePages; ++page) {
            REQUIRE(contentOf(flash, page) == pattern(page, 0));
        }
    }
    // The levelling itself costs little, and lets no page be.
    CHECK(memory.erases() < config::storePages + 20000 * 11 / 10);
    CHECK(*std::min_element(memory.pageErases().begin(), memory.pageErases().end()) >=
          20000 / config::flashPages - config::restingPageLag);
    checkCounts(memory);
    CHECK_FALSE(memory.overwritten());
}

TEST_CASE("pages rewritten at random wear all pages alike") {
    TearingFlash memory = filled();
    std::mt19937 random(7);
    std::vector<unsigned> rounds(config::storePages);
    for (unsigned power = 0; power < 20; ++power) {
        // The counts survive the loss of power.
        checkCounts(memory);
        WearLevelledFlash flash(memory);
        REQUIRE(flash.open());
        for (unsigned step = 0; step < 500; ++step) {
            // Most writes go to few pages.
            const std::size_t page = random() % 4 == 0 ? random() % config::storePages : random() % 5;
            REQUIRE(rewrite(flash, page, pattern(page, ++rounds[page])));
        }
        REQUIRE(spread(memory) <= mostSpread);
    }
    WearLevelledFlash flash(memory);
    REQUIRE(flash.open());
    for (std::size_t page = 0; page < config::storePages; ++page) {
        CHECK(contentOf(flash, page) == pattern(page, rounds[page]));
    }
    CHECK_FALSE(memory.overwritten());
}

TEST_CASE("power that fails in any operation erases or moves a page whole or not at all") {
    // The next erasure finds the free pages so far ahead that a resting page moves first.
    TearingFlash start = filled();
    std::size_t ordinary = 0;
    std::size_t operations = 0;
    for (unsigned round = 0; operations <= ordinary + 8; ++round) {
        REQUIRE(round < 1000);
        TearingFlash before = start;
        WearLevelledFlash flash(start);
        REQUIRE(flash.open());
        const std::size_t begun = start.operations();
        REQUIRE(flash.erase(0));
        operations = start.operations() - begun;
        ordinary = round == 0 ? operations : ordinary;
        if (operations > ordinary + 8) {
            start = before;
        }
    }
    const Bytes blank(config::storePageSize, 0xFF);
    for (const Tear how : everyTear) {
        for (std::size_t cut = 0; cut < operations; ++cut) {
            CAPTURE(static_cast<int>(how));
            CAPTURE(cut);
            TearingFlash memory = start;
            WearLevelledFlash flash(memory);
            REQUIRE(flash.open());
            const Bytes before = contentOf(flash, 0);
            memory.cutAfter(cut, how, static_cast<unsigned>(cut + 1));
            REQUIRE_FALSE(flash.erase(0));
            memory.restore();
            // After a failure the memory is not trusted before it is opened again.
            Bytes word(8);
            REQUIRE_FALSE(flash.read(0, word));
            REQUIRE(flash.open());
            const Bytes found = contentOf(flash, 0);
            REQUIRE((found == before || found == blank));
            for (std::size_t page = 1; page < config::storePages; ++page) {
                REQUIRE(contentOf(flash, page) == pattern(page, 0));
            }
            // No page was erased more often than the chip takes it for, nor is one ruled out by far.
            const auto most = *std::max_element(memory.pageErases().begin(), memory.pageErases().end());
            for (std::size_t page = 0; page < config::flashPages; ++page) {
                REQUIRE(flash.eraseCount(page) >= memory.pageErases()[page]);
                REQUIRE(flash.eraseCount(page) <= most + 1);
            }
            REQUIRE(rewrite(flash, 0, pattern(0, 1)));
            REQUIRE(contentOf(flash, 0) == pattern(0, 1));
            REQUIRE_FALSE(memory.overwritten());
        }
    }
}

TEST_CASE("power that fails again and again leaves all content, and pages that wear alike") {
    TearingFlash memory = filled();
    std::mt19937 random(11);
    std::vector<unsigned> rounds(config::storePages);
    for (unsigned step = 0; step < 3000; ++step) {
        WearLevelledFlash flash(memory);
        REQUIRE(flash.open());
        const std::size_t page = random() % 6;
        const Bytes old = contentOf(flash, page);
        memory.cutAfter(random() % 2000, everyTear[step % 4], step + 1);
        const bool whole = rewrite(flash, page, pattern(page, ++rounds[page]));
        memory.restore();
        REQUIRE(flash.open());
        REQUIRE((!whole || contentOf(flash, page) == pattern(page, rounds[page])));
        for (std::size_t other = 6; other < config::storePages; ++other) {
            REQUIRE(contentOf(flash, other).front() == pattern(other, 0).front());
        }
    }
    CHECK(spread(memory) <= 2 * mostSpread);
    WearLevelledFlash flash(memory);
    REQUIRE(flash.open());
    for (std::size_t page = 6; page < config::storePages; ++page) {
        CHECK(contentOf(flash, page) == pattern(page, 0));
    }
}

TEST_CASE("a first power-up that fails in any operation is followed by one that works") {
    TearingFlash whole;
    {
        WearLevelledFlash flash(whole);
        REQUIRE(flash.open());
        REQUIRE(rewrite(flash, 0, pattern(0, 1)));
    }
    for (const Tear how : everyTear) {
        for (std::size_t cut = 0; cut < whole.operations(); ++cut) {
            CAPTURE(static_cast<int>(how));
            CAPTURE(cut);
            TearingFlash memory;
            // Twice, so that the recovery is torn as well.
            for (const std::size_t operations : {cut, cut % 7}) {
                memory.cutAfter(operations, how, static_cast<unsigned>(cut + 1));
                WearLevelledFlash flash(memory);
                static_cast<void>(flash.open() && rewrite(flash, 0, pattern(0, 1)));
                memory.restore();
            }
            WearLevelledFlash flash(memory);
            REQUIRE(flash.open());
            REQUIRE(rewrite(flash, 0, pattern(0, 2)));
            REQUIRE(contentOf(flash, 0) == pattern(0, 2));
            REQUIRE_FALSE(memory.overwritten());
        }
    }
}

TEST_CASE("a memory that holds something else is not taken for a new one") {
    TearingFlash memory;
    SUBCASE("everywhere") {
        std::fill(memory.bytes().begin(), memory.bytes().end(), std::uint8_t{0x5A});
    }
    SUBCASE("on two pages") {
        memory.bytes()[config::flashPageSize - 1] = 0x00;
        memory.bytes()[7 * config::flashPageSize + 100] = 0x00;
    }
    WearLevelledFlash flash(memory);
    CHECK_FALSE(flash.open());
    CHECK_FALSE(flash.erase(0));
}
