// SPDX-License-Identifier: Apache-2.0
// How the chips of several countries have been seen to answer READ BINARY. Each is one profile of the test
// chip, read by short identifier under secure messaging.
#include "host/base/error.hpp"
#include "tests/unit/host/access/reading_fixture.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::test;

namespace {

constexpr std::size_t sizes[] = {20, 95, 223, 224, 1000, 15360};

// Reads files of several sizes from chips of one kind. When secure messaging ends over a refusal, access is
// opened anew and reading goes on; true if every file came whole and at most `reopenings` were needed.
bool readsAll(const TestChip::Habits& habits, int reopenings = 0) {
    for (const std::size_t size : sizes) {
        Reading reading(habits, size, BlockCipher::TripleDes);
        Bytes content;
        for (int opened = 0; content.size() < size; ++opened) {
            try {
                reading.reader.readRest(byShortIdentifier, content);
            } catch (const SecureMessagingError&) {
                if (opened == reopenings) {
                    return false;
                }
                reading.startSecureMessaging(BlockCipher::TripleDes);
            }
        }
        if (!equal(content, reading.chip.files[identifier])) {
            return false;
        }
    }
    return true;
}

} // namespace

TEST_CASE("Russia: 6B00 past the end, and secure messaging is dead") {
    CHECK(readsAll({.refusesInPlain = true, .overReadRefusal = status_word::wrongOffset}, 1));
}

TEST_CASE("Ukraine: 6A87 for more than 192 bytes") {
    CHECK(readsAll({.largestRead = 192, .refusal = StatusWord(0x6A87)}));
    CHECK(readsAll({.extendedLength = true, .largestRead = 192, .refusal = StatusWord(0x6A87)}));
}

TEST_CASE("Spain: 6282 past the end, with the data that are left and without") {
    CHECK(readsAll({.overReadWarning = status_word::endOfFileReached}));
    CHECK(readsAll({.overReadRefusal = status_word::endOfFileReached}));
}

TEST_CASE("China: 6700 in plain to extended lengths") {
    CHECK(readsAll({.extendedLength = true, .largestRead = 231, .refusesInPlain = true}, 1));
}

TEST_CASE("Poland: zeros behind the end") {
    CHECK(readsAll({.padsBehindEnd = true}));
}

TEST_CASE("Slovenia: 6282 and zeros before the padding") {
    CHECK(readsAll({.overReadWarning = status_word::endOfFileReached, .padsBehindEnd = true}));
}

TEST_CASE("United States: 256 bytes of plaintext, whatever is asked for") {
    CHECK(readsAll({.smallestAnswer = 256}));
}
