// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/csv_reader.hpp"

#include <doctest/doctest.h>

using cancuoc::personalization::CsvLimits;
using cancuoc::personalization::CsvReader;
using Fields = std::vector<std::string>;

TEST_CASE("rows end with LF or CR LF, the last one also with nothing") {
    CsvReader reader("a,b\r\nc,d\ne,f");
    CHECK(reader.next()->fields == Fields{"a", "b"});
    CHECK(reader.next()->fields == Fields{"c", "d"});
    const auto last = reader.next();
    CHECK(last->fields == Fields{"e", "f"});
    CHECK(last->line == 3);
    CHECK_FALSE(reader.next());
}

TEST_CASE("a byte order mark is no part of the first field") {
    CsvReader reader("\xEF\xBB\xBF"
                     "a,b\n");
    CHECK(reader.next()->fields == Fields{"a", "b"});
}

TEST_CASE("quotes keep commas, line breaks and quotes") {
    CsvReader reader("\"x,y\",\"two\r\nlines\",\"say \"\"yes\"\"\",\"\"\nnext,1,2,3\n");
    CHECK(reader.next()->fields == Fields{"x,y", "two\r\nlines", "say \"yes\"", ""});
    const auto next = reader.next();
    CHECK(next->line == 3);
    CHECK(next->fields == Fields{"next", "1", "2", "3"});
}

TEST_CASE("empty fields stay, empty lines go") {
    CsvReader reader("\n,\n\r\n\n,,\n\n");
    CHECK(reader.next()->fields == Fields{"", ""});
    const auto second = reader.next();
    CHECK(second->fields == Fields{"", "", ""});
    CHECK(second->line == 5);
    CHECK_FALSE(reader.next());
}

TEST_CASE("a malformed row names its line and takes no other with it") {
    const char* malformed = "";
    const char* rule = "";
    SUBCASE("a quote never closed") {
        malformed = "\"open,b";
        rule = "csv.quote-open";
    }
    SUBCASE("text after a closing quote") {
        malformed = "\"a\"x,b";
        rule = "csv.quote-followed";
    }
    SUBCASE("a quote inside a bare field") {
        malformed = "a\"b\",c";
        rule = "csv.quote-inside";
    }
    const std::string text = std::string("1,2\n") + malformed + "\n3,4\n\"5\",6\n";
    CsvReader reader(text);
    CHECK(reader.next()->defect == nullptr);
    const auto bad = reader.next();
    CHECK(bad->line == 2);
    REQUIRE(bad->defect != nullptr);
    CHECK(bad->defect->id == rule);
    CHECK(bad->fields.empty());
    const auto good = reader.next();
    CHECK(good->line == 3);
    CHECK(good->fields == Fields{"3", "4"});
    CHECK(reader.next()->fields == Fields{"5", "6"});
    CHECK_FALSE(reader.next());
}

TEST_CASE("a row or a number of fields beyond the limits is a defect of that row alone") {
    CsvLimits limits;
    limits.rowBytes = 10;
    limits.fields = 3;
    CsvReader reader("0123456789x,a\n1,2,3,4\n1,2,3\n", limits);
    CHECK(reader.next()->defect->id == "csv.line-length");
    CHECK(reader.next()->defect->id == "csv.line-fields");
    CHECK(reader.next()->fields == Fields{"1", "2", "3"});
}
