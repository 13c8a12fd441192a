// SPDX-License-Identifier: Apache-2.0
#include "host/trace/trace.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using trace::Trace;

namespace {

const std::string header =
    R"({"cancuocTrace":1,"redacted":true,"time":4000000000,"policy":{"base":"standard"},"policyName":"standard",)"
    R"("given":{"can":"000001"},"trustStore":false,"terminalKeys":false})";
const std::string file = R"({"file":"DG1","content":"61020102"})";

std::string complaint(const std::string& text) {
    try {
        static_cast<void>(trace::read(text));
    } catch (const MalformedData& malformed) {
        return malformed.what();
    }
    return "";
}

std::string exchange(const std::string& changed = "", const std::string& to = "") {
    std::string line =
        R"({"step":"DG1","command":"00B0810004","secured":true,"sw":"9000",)"
        R"("from":{"file":"DG1","offset":0,"length":4},"wire":[{"sent":21,"received":30,"sw":"9000","us":12}]})";
    if (!changed.empty()) {
        const auto at = line.find(changed);
        REQUIRE(at != std::string::npos);
        line.replace(at, changed.size(), to);
    }
    return line;
}

} // namespace

TEST_CASE("a trace comes out of its file as it went in") {
    const Trace trace = trace::read(header + "\n" + file + "\n" + exchange() + "\n" +
                                    R"({"event":"file-read","subject":"DG1","result":"4"})" + "\n" +
                                    R"({"reset":true})" + "\n" + R"({"verdict":"genuine"})" + "\n");
    CHECK(trace.header.given.can == "000001");
    CHECK(toHex(trace.files.at("DG1")) == "61020102");
    REQUIRE(trace.entries.size() == 4);
    CHECK(trace.entries[0].line == 3);
    const auto& read = std::get<trace::Exchange>(trace.entries[0].what);
    CHECK(read.slice->length == 4);
    CHECK(read.wire.at(0).received == 30);
    CHECK(std::get<trace::Outcome>(trace.entries[3].what).verdict == "genuine");
    CHECK(trace::read(trace::write(trace)) == trace);
    CHECK(trace::write(trace).find("cannot repeat") != std::string::npos);
}

TEST_CASE("what is wrong in a trace is named with its line") {
    const std::string start = header + "\n" + file + "\n";
    CHECK(complaint("") == "Line 1 of the trace: the file is empty.");
    CHECK(complaint("hello\n") == "Line 1 of the trace: this is no JSON object.");
    CHECK(complaint("{}\n") == "Line 1 of the trace: this is no trace of cancuoc.");
    CHECK(complaint(R"({"cancuocTrace":2})")
              .starts_with("Line 1 of the trace: the trace is of another version"));
    CHECK(complaint(start + "\n") == "Line 3 of the trace: this is no JSON object.");
    CHECK(complaint(start + file) == "Line 3 of the trace: the file was given before.");
    CHECK(complaint(start + R"({"lunch":1})") == "Line 3 of the trace: this is nothing that a trace tells.");
    CHECK(complaint(start + exchange(R"("00B0810004")", R"("00B08")")) ==
          "Line 3 of the trace: \"command\" is not written in hexadecimal.");
    CHECK(complaint(start + exchange(R"("00B0810004")", R"("00B0")")) ==
          "Line 3 of the trace: \"command\" is no command APDU.");
    CHECK(complaint(start + exchange(R"("sw":"9000",)", "")) == "Line 3 of the trace: \"sw\" is missing.");
    CHECK(complaint(start + exchange(R"("sw":"9000",)", R"("sw":"90",)")) ==
          "Line 3 of the trace: \"sw\" is no status word of four digits.");
    CHECK(complaint(start + exchange(R"("length":4)", R"("length":5)"))
              .ends_with("names a part of a file that the trace does not hold."));
    CHECK(complaint(start + exchange(R"("file":"DG1")", R"("file":"DG2")"))
              .ends_with("names a part of a file that the trace does not hold."));
    CHECK(complaint(start + exchange(R"("sent":21)", R"("sent":-1)")).ends_with("from 0 to 1048576."));
    CHECK(complaint(start + exchange(R"([{"sent":21,"received":30,"sw":"9000","us":12}])", "[]"))
              .ends_with("\"wire\" is empty though the card answered."));
    CHECK(complaint(start + exchange(R"("secured":true,)", R"("secured":true,"ending":"well",)"))
              .ends_with("\"ending\" is none that is known."));
    std::string wrongKey = header;
    wrongKey.replace(wrongKey.find("000001"), 6, "00000");
    CHECK(complaint(wrongKey).starts_with("Line 1 of the trace: \"given\" opens no card: The CAN must be"));
    std::string wrongPolicy = header;
    wrongPolicy.replace(wrongPolicy.find("standard"), 8, "whatever");
    CHECK(complaint(wrongPolicy).starts_with("Line 1 of the trace: \"policy\" is no policy"));
}
