// SPDX-License-Identifier: Apache-2.0
#include "host/base/printable_text.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;

TEST_CASE("What a terminal would obey is shown by its number, and letters stay") {
    CHECK(printable("Nguyễn Văn Mẫu 阮文 \U0001F600 ~<>\\") == "Nguyễn Văn Mẫu 阮文 \U0001F600 ~<>\\");
    CHECK(printable("\x1B[2J\x1B[HGENUINE") == "<U+001B>[2J<U+001B>[HGENUINE");
    CHECK(printable(std::string_view("a\0b\tc\nd\re\x7F", 10)) ==
          "a<U+0000>b<U+0009>c<U+000A>d<U+000D>e<U+007F>");
    CHECK(printable("\u0080\u009B\u009F\u00A0\u00AD") == "<U+0080><U+009B><U+009F>\u00A0\u00AD");
    CHECK(printable("\u061C\u200E\u200F\u202A\u202E\u2066\u2069\u2028\u2029") ==
          "<U+061C><U+200E><U+200F><U+202A><U+202E><U+2066><U+2069><U+2028><U+2029>");
    CHECK(printable("\u200D\u2027\u202F\u2065\u206A") == "\u200D\u2027\u202F\u2065\u206A");
    CHECK(printable("").empty());
}

TEST_CASE("Bytes that are not UTF-8 are replaced one by one, and hide nothing behind them") {
    CHECK(printable("\x9B"
                    "2J") == "\uFFFD2J"); // C1 as one byte, which some terminals obey
    CHECK(printable("\xC3") == "\uFFFD");
    CHECK(printable("\xE1\x1B[2J") == "\uFFFD<U+001B>[2J");
    CHECK(printable("\xC0\x9B") == "\uFFFD\uFFFD"); // a longer form than needed
}

TEST_CASE("JSON keeps its value and its lines, and shows nothing to obey") {
    CHECK(printableJson("{\n  \"a\": \"ễ\\u001b\"\n}") == "{\n  \"a\": \"ễ\\u001b\"\n}");
    CHECK(printableJson("\"\x7F\u009B\u202E\u2028\"") == R"("\u007f\u009b\u202e\u2028")");
}
