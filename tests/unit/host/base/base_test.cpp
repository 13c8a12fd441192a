// SPDX-License-Identifier: Apache-2.0
#include "host/base/base64.hpp"
#include "host/base/bytes.hpp"
#include "host/base/clock.hpp"
#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "host/base/object_identifier.hpp"
#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"

#include <doctest/doctest.h>

#include <type_traits>

using namespace cancuoc;
using namespace std::chrono_literals;

TEST_CASE("Hexadecimal is written in capitals and read in either case, with white space between bytes") {
    CHECK(toHex(Bytes{0x00, 0x9A, 0xFF}) == "009AFF");
    CHECK(toHex({}).empty());
    CHECK(fromHex("009aFF\n 10\t20") == Bytes{0x00, 0x9A, 0xFF, 0x10, 0x20});
    for (const std::string_view wrong : {"0", "0G", "00 0", "0 0", "0x00", "--"}) {
        CHECK_THROWS_AS(static_cast<void>(fromHex(wrong)), MalformedData);
    }
}

TEST_CASE("Bytes are joined, compared and turned into numbers") {
    CHECK(concat(Bytes{1}, Bytes{}, Bytes{2, 3}) == Bytes{1, 2, 3});
    CHECK(concat().empty());
    CHECK(equal(Bytes{1, 2}, Bytes{1, 2}));
    CHECK_FALSE(equal(Bytes{1, 2}, Bytes{1}));
    CHECK(toBigEndian(0x012345, 3) == Bytes{0x01, 0x23, 0x45});
    CHECK(toBigEndian(65536, 2) == Bytes{0x00, 0x00});
    CHECK(fromBigEndian(Bytes{0x01, 0x23, 0x45}) == 0x012345);
    CHECK(fromBigEndian({}) == 0);
    CHECK(fromBigEndian(Bytes(8, 0xFF)) == ~std::uint64_t{0});
    CHECK_THROWS_AS(static_cast<void>(fromBigEndian(Bytes(9))), MalformedData);
    CHECK(toText(viewOf("Nguyễn")) == "Nguyễn");
}

TEST_CASE("Secrets move but do not copy by accident, and compare by content") {
    static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
    SecretBytes first(Bytes{1, 2, 3});
    SecretBytes second = std::move(first);
    CHECK(equal(second.view(), Bytes{1, 2, 3}));
    CHECK(second.copy().size() == 3);
    first = SecretBytes(2);
    CHECK(equal(first.view(), Bytes{0, 0}));
    CHECK(equalConstantTime(Bytes{1, 2}, Bytes{1, 2}));
    CHECK_FALSE(equalConstantTime(Bytes{1, 2}, Bytes{1, 3}));
    CHECK_FALSE(equalConstantTime(Bytes{1, 2}, Bytes{1, 2, 3}));
    CHECK(equalConstantTime({}, {}));
}

TEST_CASE("Wiping leaves nothing but zeros") {
    Bytes secret{1, 2, 3};
    wipe(secret);
    CHECK(secret == Bytes{0, 0, 0});
}

TEST_CASE("The system's randomness fills what it is given, and does not repeat") {
    SystemRandom random;
    CHECK(random.bytes(0).empty());
    CHECK(random.bytes(100000).size() == 100000);
    CHECK(random.bytes(16) != random.bytes(16));
}

TEST_CASE("Base64 is written and read as RFC 4648 has it") {
    // RFC 4648, 10
    for (const auto& [bytes, text] :
         std::vector<std::pair<std::string, std::string>>{{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"}}) {
        CHECK(toBase64(viewOf(bytes)) == text);
        CHECK(toText(fromBase64(text)) == bytes);
    }
    CHECK(fromBase64("+/+/") == fromHex("FBFFBF"));
    for (const std::string_view wrong : {"Zg", "Zg=", "Z===", "====", "Zm9v\n", "Zm 9", "Zg==Zg==", "Zm9-"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(static_cast<void>(fromBase64(wrong)), MalformedData);
    }
}

TEST_CASE("Dates are read and written as ISO and MRZ text") {
    CHECK(dateFromIso("2099-01-31") == 2099y / 1 / 31);
    CHECK(dateFromIso("2096-02-29") == 2096y / 2 / 29);
    CHECK(toIso(2099y / 1 / 2) == "2099-01-02");
    CHECK(toIso(999y / 12 / 31) == "0999-12-31");
    CHECK(toYearMonthDay(2099y / 1 / 2) == "990102");
    CHECK(toYearMonthDay(2104y / 10 / 20) == "041020");
    CHECK(dateOf(std::chrono::sys_days(2099y / 1 / 2) + 86399s) == 2099y / 1 / 2);
    for (const std::string_view wrong : {"2099-02-29", "2099-13-01", "2099-1-1", "99-01-01", "2099/01/01", "",
                                         "2099-01-0a", "2099-00-10", "2099-01-011"}) {
        CHECK_THROWS_AS(static_cast<void>(dateFromIso(wrong)), MalformedData);
    }
    CHECK(systemClock()() > std::chrono::sys_days(2020y / 1 / 1));
}

TEST_CASE("Object identifiers are read and written as text and content bytes") {
    // Doc 9303-11, G.1 and the published encodings of RFC 5480 and X.690, 8.19.5.
    CHECK(toHex(ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2").content()) == "04007F00070202040202");
    CHECK(toHex(ObjectIdentifier::fromText("1.2.840.10045.2.1").encode()) == "06072A8648CE3D0201");
    CHECK(toHex(ObjectIdentifier::fromText("2.999.3").content()) == "883703");
    for (const std::string_view text :
         {"0.4.0.127.0.7.2.2.4.2.2", "1.2.840.10045.2.1", "2.999.3", "2.5.4.3", "0.0", "1.39.4294967295"}) {
        CHECK(ObjectIdentifier::fromText(text).toText() == text);
    }
    for (const std::string_view text :
         {"", "1", "3.1", "1.40", "1.2.", ".1.2", "1..2", "1.2.x", "1.2.4294967296", "1.-2"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(static_cast<void>(ObjectIdentifier::fromText(text)), MalformedData);
    }
    for (const std::string_view content : {"", "88", "8001", "2A80", "2A8001", "2AFFFFFFFFFFFFFFFFFF7F"}) {
        CAPTURE(content);
        CHECK_THROWS_AS(static_cast<void>(ObjectIdentifier::fromContent(fromHex(content))), MalformedData);
    }
    CHECK_THROWS_AS(static_cast<void>(ObjectIdentifier::fromContent(Bytes(65, 1))), MalformedData);
    CHECK(ObjectIdentifier::fromText("2.5.4.3") == ObjectIdentifier::fromContent(fromHex("550403")));
}
