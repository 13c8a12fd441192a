// SPDX-License-Identifier: Apache-2.0
// The program as scripts see it: exit statuses, one JSON object on standard output, sentences on standard
// error.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include "host/base/base64.hpp"
#include "host/base/bytes.hpp"
#include "host/lds/vietnamese_data_group_13.hpp"
#include "qr/drawing.hpp"
#include "qr/png_file.hpp"
#include "qr/symbol.hpp"
#include "tests/unit/temporary_directory.hpp"

using namespace cancuoc;
using Json = nlohmann::ordered_json;

namespace {

struct Outcome {
    int status = -1;
    std::string output; // standard output
    std::string errors; // standard error
};

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// Runs `cancuoc` with arguments as a shell would write them, in a folder of its own. No smart card service is
// there.
class Shell {
public:
    Outcome run(const std::string& arguments) const {
        const auto errors = folder_.path() / "stderr";
        const auto command = "cd '" + folder_.path().string() +
                             "' && PCSCLITE_CSOCK_NAME=/nonexistent/pcscd.comm " CANCUOC_PROGRAM " " +
                             arguments + " 2>'" + errors.string() + "'";
        Outcome outcome;
        std::FILE* pipe = popen(command.c_str(), "r");
        REQUIRE(pipe != nullptr);
        std::array<char, 4096> chunk{};
        for (std::size_t read = 0; (read = std::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;) {
            outcome.output.append(chunk.data(), read);
        }
        const int ended = pclose(pipe);
        outcome.status = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
        outcome.errors = contentOf(errors);
        return outcome;
    }

    void write(const std::string& name, const std::string& content) const {
        std::ofstream(folder_.path() / name, std::ios::binary) << content;
    }

    void makeFolder(const std::string& name) const {
        std::filesystem::create_directory(folder_.path() / name);
    }

    std::string read(const std::string& name) const { return contentOf(folder_.path() / name); }

    bool has(const std::string& name) const { return std::filesystem::exists(folder_.path() / name); }

    std::filesystem::path path() const { return folder_.path(); }

private:
    cancuoc::test::TemporaryDirectory folder_;
};

// One sentence for a person, without the inside of the program.
void requireSentence(const Outcome& outcome, int status) {
    CAPTURE(outcome.errors);
    CHECK(outcome.status == status);
    CHECK(outcome.output.empty());
    CHECK(outcome.errors.starts_with("cancuoc: "));
    CHECK(outcome.errors.find("terminate") == std::string::npos);
}

const char* const payload = "'001299000001||Nguyễn Văn Mẫu|01012099|Nam|Hà Nội|02012113'";

Json readOfThePayloadsCard() {
    return {{"verdict", "genuine"},
            {"citizen",
             {{"number", "001299000001"},
              {"fullName", "Nguyễn Văn Mẫu"},
              {"birthDate", "2099-01-01"},
              {"sex", "Nam"},
              {"residence", "Hà Nội"},
              {"issueDate", "2113-01-02"}}}};
}

// A PNG file with two symbols.
std::string sideBySide(const qr::GreyImage& left, const qr::GreyImage& right) {
    qr::GreyImage both{left.width + right.width, left.height, {}};
    REQUIRE(right.height == left.height);
    for (std::size_t row = 0; row < left.height; ++row) {
        for (const auto* image : {&left, &right}) {
            const auto* first = image->pixels.data() + row * image->width;
            both.pixels.insert(both.pixels.end(), first, first + image->width);
        }
    }
    return toText(qr::writeBlackAndWhitePng(both, 0));
}

} // namespace

TEST_CASE("every command explains itself with an example") {
    const Shell shell;
    CHECK(shell.run("--help").status == 0);
    CHECK(shell.run("--version").output.starts_with("cancuoc "));
    for (const char* command : {"readers",
                                "read",
                                "trace",
                                "trace replay",
                                "evidence",
                                "evidence verify",
                                "trust",
                                "trust import",
                                "trust list",
                                "chip",
                                "chip run",
                                "pki",
                                "pki init",
                                "pki lint",
                                "pki document-signer",
                                "pki crl",
                                "pki master-list",
                                "perso",
                                "perso import",
                                "perso priority",
                                "perso rules",
                                "perso run",
                                "perso report",
                                "perso stock receive",
                                "perso handover",
                                "perso person add",
                                "perso person list",
                                "perso decision ask",
                                "perso decision approve",
                                "perso decision refuse",
                                "perso decision withdraw",
                                "perso decision list",
                                "perso audit",
                                "perso audit verify",
                                "perso audit verify-proof",
                                "perso audit checkpoint",
                                "perso audit export",
                                "perso audit find",
                                "perso numbers",
                                "perso numbers allocate",
                                "perso numbers set-again",
                                "perso numbers cancel",
                                "perso numbers find",
                                "sample",
                                "qr",
                                "qr encode",
                                "qr decode",
                                "qr verify",
                                "qr seal",
                                "qr seal create",
                                "qr seal verify"}) {
        CAPTURE(command);
        const auto outcome = shell.run(std::string(command) + " --help");
        CHECK(outcome.status == 0);
        CHECK(outcome.output.find("Example:\n  cancuoc " + std::string(command).substr(0, 2)) !=
              std::string::npos);
    }
}

TEST_CASE("wrong usage ends with 1 and touches nothing") {
    const Shell shell;
    for (const char* arguments : {
             "",
             "nonsense",
             "--nonsense",
             "qr",
             "read",
             "read --can 12345",
             "read --can 12345x",
             "read --can 123456 --number 001299000001",
             "read --can 123456 --pin 123456",
             "read --pin 1234",
             "read --pin 12345x",
             "read --puk 123456789",
             "read --document-number C11T002JM",
             "read --document-number C11T002JM --birth 2090-08-12",
             "read --document-number c11 --birth 2090-08-12 --expiry 2099-10-31",
             "read --document-number C11T002JM --number 001299000001 --birth 2090-08-12 --expiry 2099-10-31",
             "read --birth 2090-08-12 --expiry 2099-10-31",
             "read --without-key --birth 2090-08-12 --expiry 2099-10-31",
             "read --pin 123456 --birth 2099-01-01 --expiry 2124-01-01",
             "qr verify a.png --read read.json --puk 1234567890",
             "read --number 001299000001 --birth 2099-01-01",
             "read --number 001299000001 --birth 2099-02-30 --expiry 2124-01-01",
             "read --can 123456 --birth 2099-01-01 --expiry 2124-01-01",
             "read --can 123456 --dgs 0",
             "read --can 123456 --dgs 1,17",
             "read --can 123456 --terminal-keys keys",
             "read --can 123456 --trace-unredacted",
             "trace",
             "trace replay",
             "read --mrz 'IDVNM299000001 and so on'",
             "read --mrz ''",
             "read --mrz=",
             "read --mrz 'I<UTOD23145890<7349<<<<<<<<<<< 3407127M9507122UTO<<<<<<<<<<<3 "
             "STEVENSON<<PETER<JOHN<<<<<<<<<'",
             "evidence",
             "evidence verify",
             "trust import --store store",
             "trust list",
             "trust list --store ''",
             "chip run",
             "chip run --state card.chip --latency slow",
             "chip run --state card.chip --latency jcop4-p71@100",
             "chip run --state card.chip --vpcd 127.0.0.1:notaport",
             "pki init",
             "pki lint",
             "pki document-signer",
             "pki crl",
             "pki master-list",
             "pki lint --rules csca.pem",
             "pki lint --profile 9 csca.pem",
             "pki lint --markdown csca.pem",
             "sample --count 0 --seed 1 --out citizens",
             "sample --count 1 --out citizens",
             "sample --count 1 --seed -1 --out citizens",
             "sample --count 1 --seed 1 --out ''",
             "qr encode --out a.png",
             "qr encode --text a --record b --out a.png",
             "qr encode --text a --out a.gif",
             "qr encode --text a --out a.pdf",
             "qr encode --text a --out a.png --size 12",
             "qr encode --text a --out a.png --size 12 --dpi 300 --module-size 3",
             "qr encode --text a --out a.png --error-correction X",
             "qr encode --text a --profile cmnd --out a.png",
             "qr decode",
             "qr seal",
             "qr seal create --record a.json --key a.key --out a.png",
             "qr seal create --record a.json --key a.key --certificate a.pem --seal-version 2 --out a.png",
             "qr seal verify a.png",
             "qr verify a.png",
             "qr verify a.png --read read.json --can 123456",
         }) {
        CAPTURE(std::string(arguments));
        requireSentence(shell.run(arguments), 1);
    }
    for (const char* name : {"store", "card.chip", "citizens", "a.png", "a.gif"}) {
        CAPTURE(name);
        CHECK_FALSE(shell.has(name));
    }
}

TEST_CASE("a mistyped command is named") {
    const Shell shell;
    CHECK(shell.run("raed").errors.find("raed") != std::string::npos);
    CHECK(shell.run("qr encdoe").errors.find("encdoe") != std::string::npos);
}

TEST_CASE("a missing smart card service, file or folder ends with 2 and says what") {
    const Shell shell;
    shell.write("text", "neither");
    for (const char* arguments :
         {"readers", "read --can 123456", "read --can 123456 --trust nostore",
          "read --can 123456 --policy nopolicy.json", "read --can 123456 --trace nofolder/a.trace",
          "trace replay nofile", "trace replay text", "trust list --store nostore",
          "trust import nofile --store store", "trust import text --store store",
          "qr encode --record nofile.json --out a.png", "qr encode --record text --out a.png",
          "qr encode --text a --out nofolder/a.png", "qr verify nofile.png --read text"}) {
        CAPTURE(std::string(arguments));
        const auto outcome = shell.run(arguments);
        CAPTURE(outcome.errors);
        CHECK(outcome.status == 2);
        CHECK(outcome.errors.starts_with("cancuoc: "));
    }
    const auto noService = shell.run("read --can 123456");
    CHECK(noService.errors.find("pcscd") != std::string::npos);
}

TEST_CASE("with --json an error is one object on standard output too") {
    const Shell shell;
    struct Case {
        const char* arguments;
        int status;
    };
    for (const auto& [arguments, status] :
         {Case{"read --can 12345 --json", 1}, Case{"raed --json", 1}, Case{"readers --json", 2},
          Case{"read --can 123456 --json", 2}, Case{"trust list --store nostore --json", 2},
          Case{"perso report --store nostore --json", 2}}) {
        const std::string command = arguments; // Clang 14 cannot capture a structured binding
        CAPTURE(command);
        const auto outcome = shell.run(command);
        CHECK(outcome.status == status);
        const auto json = Json::parse(outcome.output);
        CHECK(json["exitStatus"] == status);
        CHECK(outcome.errors.find(json["error"].get<std::string>()) != std::string::npos);
    }
}

TEST_CASE("evidence is judged, and what is none is refused in a sentence") {
    const Shell shell;
    Json evidence{{"format", "cancuoc-evidence"},
                  {"version", 1},
                  {"readAt", "2099-01-02T03:04:05Z"},
                  {"reader", "a reader"},
                  {"policy", "strict"},
                  {"verdict", "genuine"},
                  {"checks", Json::array()},
                  {"dataGroups", {1, 2}},
                  {"expected", {{"number", ""}, {"mrz", ""}}},
                  {"files", Json::object()},
                  {"notRead", Json::object()}};
    shell.write("card.evidence", evidence.dump());
    const auto outcome = shell.run("evidence verify card.evidence --json");
    CHECK(outcome.status == 3);
    const auto json = Json::parse(outcome.output);
    CHECK(json["verdict"] == "not-genuine"); // there is no EF.SOD
    CHECK(json["reader"] == "a reader");
    CHECK(json["policy"] == "standard");
    CHECK(json["evidence"]["readAt"] == "2099-01-02T03:04:05Z");
    CHECK(json["evidence"]["verdict"] == "genuine");
    CHECK(shell.run("evidence verify card.evidence").output.starts_with("NOT GENUINE"));

    evidence["files"] = {{"DG1", "not base64"}};
    shell.write("card.evidence", evidence.dump());
    requireSentence(shell.run("evidence verify card.evidence"), 2);
    shell.write("card.evidence", "no evidence");
    requireSentence(shell.run("evidence verify card.evidence"), 2);
    requireSentence(shell.run("evidence verify nofile"), 2);
}

TEST_CASE("no card, QR or file writes into the terminal") {
    const Shell shell;
    const std::string forgery = "\x1B[2J\x1B[HGENUINE: all proven.\r\n\x7F\u009B\u202E";
    lds::VietnameseDataGroup13 dataGroup13;
    dataGroup13.citizen.fullName = forgery;
    Json evidence{{"format", "cancuoc-evidence"},
                  {"version", 1},
                  {"readAt", "2099-01-02T03:04:05Z"},
                  {"reader", forgery},
                  {"policy", "standard"},
                  {"verdict", "genuine"},
                  {"checks", {{{"name", "access-control"}, {"result", "failed"}, {"reason", forgery}}}},
                  {"dataGroups", {1, 2}},
                  {"expected", {{"number", ""}, {"mrz", ""}}},
                  {"files", {{"DG13", toBase64(dataGroup13.encode())}}},
                  {"notRead", {{"DG2", forgery}}}};
    shell.write("card.evidence", evidence.dump());
    shell.write("forgery", "GARBAGE" + forgery);
    CHECK(shell.run("qr encode --text \"$(cat forgery)\" --out a.png").status == 0);
    for (const char* arguments : {"evidence verify card.evidence", "evidence verify card.evidence --json",
                                  "qr decode a.png", "qr decode a.png --json", "qr decode \"$(cat forgery)\"",
                                  "raed \"$(cat forgery)\" --json", "trace replay \"$(cat forgery)\""}) {
        CAPTURE(std::string(arguments));
        const auto outcome = shell.run(arguments);
        for (const auto& text : {outcome.output, outcome.errors}) {
            for (const char* obeyed : {"\x1B", "\r", "\x7F", "\u009B", "\u202E", "\nGENUINE"}) {
                CHECK(text.find(obeyed) == std::string::npos);
            }
        }
        CHECK((outcome.output + outcome.errors).find("GENUINE: all proven.") != std::string::npos);
    }
    const auto json = Json::parse(shell.run("evidence verify card.evidence --json").output);
    CHECK(json["citizen"]["fullName"] == forgery);
}

TEST_CASE("a PKI with encrypted keys takes its passphrase from a file, and says so where it is missing") {
    const Shell shell;
    shell.write("passphrase", "correct horse battery staple\n");
    shell.write("wrong", "correct horse battery stable\n");
    shell.write("short", "1234\nmore than enough\n");
    requireSentence(shell.run("pki init pki --passphrase-file short"), 2);
    requireSentence(shell.run("pki init pki --passphrase-file nowhere"), 2);
    CHECK(shell.run("pki init pki --passphrase-file passphrase").status == 0);
    for (const char* arguments :
         {"csca pki", "document-signer pki", "crl pki", "master-list pki", "cvca pki"}) {
        CAPTURE(std::string(arguments));
        const auto command = std::string("pki ") + arguments;
        const auto missing = shell.run(command);
        requireSentence(missing, 2);
        CHECK(missing.errors.find("--passphrase-file") != std::string::npos);
        if (command != "pki cvca pki") { // which opens no key yet
            requireSentence(shell.run(command + " --passphrase-file wrong"), 2);
        }
        CHECK(shell.run(command + " --passphrase-file passphrase").status == 0);
    }
    for (const char* key : {"csca", "document-signer", "master-list-signer", "cvca"}) {
        CHECK(contentOf(shell.path() / "pki" / (std::string(key) + ".key"))
                  .starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    }
    CHECK(shell.run("pki document-verifier pki --passphrase-file passphrase").status == 0);
    CHECK(shell.run("pki terminal pki --out terminal --passphrase-file passphrase").status == 0);
    requireSentence(shell.run("perso run --store jobs --pki pki --virtual 1"), 2);
}

TEST_CASE("a run's audit log is verified, checkpointed, exported and searched") {
    const Shell shell;
    CHECK(shell.run("pki init pki").status == 0);
    CHECK(shell.run("sample --count 1 --seed 1 --out order").status == 0);
    CHECK(shell.run("perso import order/records.csv --store line").status == 0);
    CHECK(shell.run("perso run --store line --pki pki --virtual 1").status == 0);
    requireSentence(shell.run("perso audit verify nolog --signer pki/document-signer.pem"), 2);
    CHECK(!shell.has("nolog"));

    const std::string verify = "perso audit verify line.audit --signer pki/document-signer.pem";
    const auto unsignedLog = shell.run(verify);
    CHECK(unsignedLog.status == 3);
    CHECK(unsignedLog.output.find("No checkpoint of the signer vouches") != std::string::npos);
    requireSentence(shell.run("perso audit export line.audit --out exported"), 2);
    const std::string key = " --signer pki/document-signer.pem --key pki/document-signer.key";
    requireSentence(shell.run("perso audit checkpoint nolog" + key), 2);
    requireSentence(
        shell.run("perso audit checkpoint line.audit --signer pki/csca.pem --key pki/document-signer.key"),
        2);
    CHECK(shell.run("perso audit checkpoint line.audit" + key).status == 0);
    const auto verdict = Json::parse(shell.run(verify + " --json").output);
    CHECK(verdict["holds"] == true);
    CHECK(verdict["vouchedFor"] == verdict["entries"]);

    CHECK(shell.run("perso audit export line.audit --out exported").status == 0);
    CHECK(shell.run("perso audit export line.audit --entry 0 --out proof").status == 0);
    CHECK(shell.run("perso audit verify-proof proof --signer pki/document-signer.pem").status == 0);
    CHECK(shell.run("perso audit verify-proof proof --signer pki/csca.pem").status == 3);
    requireSentence(shell.run("perso audit export line.audit --entry 1000 --out proof"), 2);

    const auto found = shell.run("perso audit find line.audit --request S1-000001 --json");
    const Json entries = Json::parse(found.output)["entries"];
    std::vector<std::string> steps;
    for (const Json& entry : entries) {
        steps.push_back(entry["what"]);
    }
    CHECK(steps == std::vector<std::string>{"loading-begun", "loaded", "verified", "good"});

    // Without the log's end, and without the checkpoints beside it, those that were exported find it.
    const std::string log = shell.read("line.audit");
    shell.write("line.audit", log.substr(0, log.rfind('\n', log.size() - 2) + 1));
    shell.write("line.audit.checkpoints", "");
    const auto cut = shell.run(verify + " --checkpoints exported --json");
    CHECK(cut.status == 3);
    CHECK(Json::parse(cut.output)["firstWrong"]["what"] == "truncated");
    CHECK(shell.run(verify + " --checkpoints exported").output.find("The log does NOT hold") == 0);
}

TEST_CASE("numbers are given out, found, set again and cancelled") {
    const Shell shell;
    const std::string there = " --register numbers --who clerk-7";
    requireSentence(shell.run("perso numbers find 001299000001 --register numbers"), 2);
    CHECK(!shell.has("numbers"));
    const auto first = shell.run("perso numbers allocate --place 001 --sex M --birth-year 2099" + there);
    CHECK(first.status == 0);
    CHECK(first.output.starts_with("001299"));
    CHECK(first.errors.empty());
    const std::string number = first.output.substr(0, 12);
    const auto more = shell.run("perso numbers allocate --place 001 --sex F --birth-year 2099 --count 3 "
                                "--warn-below 1000000 --json" +
                                there);
    CHECK(Json::parse(more.output)["numbers"].size() == 3);
    CHECK(more.errors.find("has 999997 of its 1000000 numbers left") != std::string::npos);
    requireSentence(shell.run("perso numbers allocate --place 3 --sex M --birth-year 2099" + there), 2);
    CHECK(shell.run("perso numbers allocate --place 1 --sex X --birth-year 2099" + there).status == 1);

    CHECK(shell.run("perso numbers find " + number + " --register numbers").status == 0);
    const auto again = shell.run("perso numbers set-again " + number +
                                 " --place 1 --sex F --birth-year 2099 --reason 'sex corrected'" + there);
    CHECK(again.output.starts_with("001399"));
    const auto found = shell.run("perso numbers find " + number + " --register numbers --json");
    CHECK(found.status == 3);
    const auto trail = Json::parse(found.output)["trail"];
    CHECK(trail[1]["reason"] == "sex corrected");
    CHECK(trail[1]["other"] == again.output.substr(0, 12));
    requireSentence(shell.run("perso numbers cancel " + number + " --reason again" + there), 2);
    CHECK(
        shell.run("perso numbers cancel " + again.output.substr(0, 12) + " --reason twice" + there).status ==
        0);
}

TEST_CASE("a PKI is made once and its anchor is listed by the trust store") {
    const Shell shell;
    CHECK(shell.run("pki init pki").status == 0);
    CHECK(shell.has("pki/csca.pem"));
    requireSentence(shell.run("pki init pki"), 2);

    CHECK(shell.run("pki document-signer pki").status == 0);
    CHECK(shell.run("pki crl pki --revoke pki/document-signer-001.pem").status == 0);
    CHECK(shell.run("pki master-list pki").status == 0);
    requireSentence(shell.run("pki crl nowhere"), 2);
    CHECK(shell.run("pki lint pki/master-list.ml pki/master-list-signer.pem pki/document-signer-001.pem")
              .status == 0);

    const auto lint = shell.run("pki lint pki/csca.pem pki/document-signer.pem pki/csca.crl");
    CHECK(lint.status == 0);
    CHECK(lint.output == "pki/csca.pem: certificate, clean\n"
                         "pki/document-signer.pem: certificate, clean\n"
                         "pki/csca.crl: CRL, clean\n");
    shell.write("text", "neither");
    const auto report = shell.run("pki lint --json pki/csca.pem text");
    CHECK(report.status == 3);
    const auto found = Json::parse(report.output);
    CHECK(found["conformant"] == false);
    CHECK(found["files"][0]["findings"].empty());
    CHECK(found["files"][1]["findings"][0]["rule"] == "file.malformed");
    requireSentence(shell.run("pki lint nowhere.pem"), 2);
    const auto rules = Json::parse(shell.run("pki lint --rules --json").output);
    CHECK(rules["rules"].size() >= 120);
    CHECK_FALSE(rules["clausesWithoutRule"].empty());
    const auto tables = shell.run("pki lint --rules --markdown").output;
    CHECK(static_cast<std::size_t>(std::count(tables.begin(), tables.end(), '\n')) ==
          rules["rules"].size() + rules["clausesWithoutRule"].size() + 5);
    // Both editions want the alternative names that the older checks of uploads forbid.
    CHECK(shell.run("pki lint --profile 7 pki/csca.pem").status == 0);
    CHECK(shell.run("pki lint --profile pkd-upload pki/csca.pem").status == 3);

    const auto import = shell.run("trust import pki/csca.pem pki/csca.crl --store store");
    CHECK(import.status == 0);
    CHECK(import.output.starts_with("2 of 2 taken"));
    const auto partly = shell.run("trust import pki/csca.pem text --store store");
    CHECK(partly.status == 0);
    CHECK(partly.output.starts_with("1 of 2 taken"));
    CHECK(partly.errors.find("text: not taken") != std::string::npos);

    shell.write("list.ml", "no master list");
    const auto masterList = shell.run("trust import list.ml --anchor pki/csca.pem --store store");
    CHECK(masterList.status == 2);
    CHECK(masterList.output.starts_with("1 of 2 taken"));
    CHECK(masterList.errors.find("list.ml: not taken") != std::string::npos);

    // A list may be named before the certificate that vouches for it.
    CHECK(shell.run("pki master-list pki").status == 0);
    const auto listFirst = shell.run("trust import pki/master-list.ml pki/csca.pem --store other");
    CHECK(listFirst.status == 0);
    CHECK(listFirst.output.starts_with("2 of 2 taken"));
    const auto imported = Json::parse(shell.run("trust list --store other --json").output)["masterLists"];
    REQUIRE(imported.size() == 1);
    CHECK(imported[0]["country"] == "VN");
    CHECK(imported[0]["signed"].get<std::string>().ends_with("Z"));
    CHECK(imported[0]["certificates"] == 1);
    CHECK(shell.run("trust list --store other").output.find("VN  master list of 2") != std::string::npos);

    const auto list = shell.run("trust list --store store --json");
    CHECK(list.status == 0);
    const auto json = Json::parse(list.output);
    REQUIRE(json["certificates"].size() == 1);
    const auto& certificate = json["certificates"][0];
    CHECK(certificate["country"] == "VN");
    CHECK(certificate["sha256"].get<std::string>().size() == 64);
    CHECK(certificate["defects"].is_array());
    CHECK(certificate.contains("subject"));
    CHECK(certificate.contains("notAfter"));
    CHECK(json["snapshotDate"].get<std::string>().ends_with("Z"));
    REQUIRE(json["crls"].size() == 1);
    CHECK(json["crls"][0]["issuer"] == certificate["subject"]);
    CHECK(json["crls"][0]["country"] == "VN");
    CHECK(json["crls"][0]["revoked"] == 1);
    CHECK(json["crls"][0]["thisUpdate"] < json["crls"][0]["nextUpdate"]);
}

TEST_CASE("a file that cannot be read stops only itself, is named, and ends the import with 2") {
    const Shell shell;
    CHECK(shell.run("pki init pki").status == 0);
    const auto import = shell.run("trust import nofile.cer pki/csca.pem . --store store");
    CHECK(import.status == 2);
    CHECK(import.output.starts_with("1 of 3 taken (1 new, 0 already there)"));
    CHECK(import.errors.find("nofile.cer: No such file") != std::string::npos);
    CHECK(import.errors.find("it is a folder") != std::string::npos);
    CHECK(Json::parse(shell.run("trust list --store store --json").output)["certificates"].size() == 1);
}

TEST_CASE("a store without a CSCA certificate says that no card can be proven with it") {
    const Shell shell;
    CHECK(shell.run("pki init pki").status == 0);
    const auto signer = shell.run("trust import pki/document-signer.pem --store store");
    CHECK(signer.errors.find("no CSCA certificate yet") != std::string::npos);
    CHECK(shell.run("trust list --store store").output.find("no anchor") != std::string::npos);
    CHECK(shell.run("trust import pki/csca.pem --store store").errors.empty());
}

TEST_CASE("citizens are invented and their QR is drawn and read") {
    const Shell shell;
    CHECK(shell.run("sample --count 1 --seed 1 --out citizens").status == 0);
    CHECK(shell.has("citizens/records.csv"));
    CHECK(shell.run("qr encode --record citizens/records.csv --out card.png").status == 0);
    const auto decoded = shell.run("qr decode card.png --json");
    CHECK(decoded.status == 0);
    const auto json = Json::parse(decoded.output);
    CHECK(json["images"][0]["symbols"][0]["kind"] == "identity-card");
    CHECK(json["images"][0]["symbols"][0]["profile"] == "cccd-2021");
}

TEST_CASE("the QR is drawn for a place on the card and a printer") {
    const Shell shell;
    const auto outcome =
        shell.run("qr encode --text " + std::string(payload) + " --size 12 --dpi 600 --out card.png");
    CHECK(outcome.status == 0);
    CHECK(outcome.output.find(" 7 pixels a module at 600 dpi: 11.0 of 12 mm") != std::string::npos);
    CHECK(Json::parse(shell.run("qr decode card.png --json").output)["images"][0]["symbols"][0]["oddities"]
              .empty());
    for (const char* file : {"card.svg", "card.pdf"}) {
        CHECK(
            shell.run("qr encode --text " + std::string(payload) + " --dpi 300 --eci --out " + file).status ==
            0);
        CHECK(shell.has(file));
    }
    CHECK(shell.run("qr encode --text " + std::string(payload) + " --size 3 --dpi 300 --out small.png")
              .status == 2);
    CHECK_FALSE(shell.has("small.png"));
}

TEST_CASE("what is no identity card says why, and where it stops being one") {
    const Shell shell;
    CHECK(shell.run("qr encode --text 00129900000 --out a.png").status == 0);
    CHECK(shell.run("qr decode a.png").output.find("after 11 digits, at byte 11") != std::string::npos);
    CHECK(shell.run("qr encode --text ' 001299000001|1' --out a.png").status == 0);
    const auto json = Json::parse(shell.run("qr decode a.png --json").output);
    CHECK(json["images"][0]["symbols"][0]["oddities"][0]["kind"] == "surrounding-spaces");
}

TEST_CASE("a picture that cannot be read stops only itself") {
    const Shell shell;
    CHECK(shell.run("qr encode --text " + std::string(payload) + " --out a.png").status == 0);
    const auto outcome = shell.run("qr decode nofile.png a.png --json");
    CHECK(outcome.status == 2);
    const auto json = Json::parse(outcome.output);
    CHECK(json["images"][0].contains("error"));
    CHECK(json["images"][1]["symbols"][0]["payload"]["fullName"] == "Nguyễn Văn Mẫu");
}

TEST_CASE("the QR against a read: 0 when it matches, 3 with the names of what differs") {
    const Shell shell;
    CHECK(shell.run("qr encode --text " + std::string(payload) + " --out a.png").status == 0);
    Json read = readOfThePayloadsCard();
    shell.write("read.json", read.dump());
    auto outcome = shell.run("qr verify a.png --read read.json --json");
    CHECK(outcome.status == 0);
    CHECK(Json::parse(outcome.output)["matches"] == true);

    read["citizen"]["fullName"] = "Nguyễn Văn Mầu";
    read["citizen"]["birthDate"] = "2099-01-02";
    shell.write("read.json", read.dump());
    outcome = shell.run("qr verify a.png --read read.json --json");
    CHECK(outcome.status == 3);
    CHECK(Json::parse(outcome.output)["mismatches"] == Json{"fullName", "birthDate"});

    outcome = shell.run("qr verify a.png --read read.json");
    CHECK(outcome.status == 3);
    CHECK(outcome.output.find("fullName") != std::string::npos);
}

TEST_CASE("a QR that matches a chip which proved nothing says so in its first line") {
    const Shell shell;
    CHECK(shell.run("qr encode --text " + std::string(payload) + " --out a.png").status == 0);
    Json read = readOfThePayloadsCard();
    shell.write("read.json", read.dump());
    CHECK(shell.run("qr verify a.png --read read.json").output.starts_with("The QR matches the chip.\n"));
    read["verdict"] = "incomplete";
    shell.write("read.json", read.dump());
    CHECK(shell.run("qr verify a.png --read read.json")
              .output.starts_with("The QR matches the chip, but the chip is not proven genuine.\n"));
    CHECK(shell.run("qr verify a.png --read read.json").status == 0);
    CHECK(shell.run("qr verify a.png --read read.json --trust store").status == 3);
}

TEST_CASE("a QR that matches a chip which is not genuine proves nothing") {
    const Shell shell;
    CHECK(shell.run("qr encode --text " + std::string(payload) + " --out a.png").status == 0);
    shell.write("read.json", R"({"verdict": "not-genuine", "document": {"personalNumber": "001299000001"}})");
    CHECK(shell.run("qr verify a.png --read read.json").status == 3);
}

TEST_CASE("a chip that gave nothing to compare matches no QR") {
    const Shell shell;
    CHECK(shell.run("qr encode --text " + std::string(payload) + " --out a.png").status == 0);
    shell.write("read.json", R"({"verdict": "genuine", "document": {}})");
    const auto outcome = shell.run("qr verify a.png --read read.json");
    CHECK(outcome.status == 3);
    CHECK(outcome.output.starts_with("The QR cannot be compared with the chip"));
    CHECK(Json::parse(shell.run("qr verify a.png --read read.json --json").output)["matches"] == false);
}

TEST_CASE("a QR that matches a chip that is not genuine is not said to differ") {
    const Shell shell;
    CHECK(shell.run("qr encode --text " + std::string(payload) + " --out a.png").status == 0);
    Json read = readOfThePayloadsCard();
    read["verdict"] = "not-genuine";
    shell.write("read.json", read.dump());
    const auto outcome = shell.run("qr verify a.png --read read.json");
    CHECK(outcome.status == 3);
    CHECK(outcome.output.starts_with("The QR matches the chip, but the chip is not genuine.\n"));
}

TEST_CASE("a verdict that is no text is refused in our words") {
    const Shell shell;
    CHECK(shell.run("qr encode --text " + std::string(payload) + " --out a.png").status == 0);
    shell.write("read.json", R"({"verdict": 5, "document": {"personalNumber": "001299000001"}})");
    const auto outcome = shell.run("qr verify a.png --read read.json");
    CHECK(outcome.status == 2);
    CHECK(outcome.errors == "cancuoc: The JSON member \"verdict\" is not text.\n");
}

TEST_CASE("a picture with the QRs of two cards is refused, with one card's twice it is not") {
    const Shell shell;
    const auto first = qr::toRaster(qr::Symbol::encode("001299000001||A|01012099|Nam|B|02012113"), {4});
    const auto second = qr::toRaster(qr::Symbol::encode("001299000002||A|01012099|Nam|B|02012113"), {4});
    shell.write("read.json", R"({"verdict": "genuine", "document": {"personalNumber": "001299000001"}})");
    shell.write("same.png", sideBySide(first, first));
    CHECK(shell.run("qr verify same.png --read read.json").status == 0);
    for (const auto& picture : {sideBySide(first, second), sideBySide(second, first)}) {
        shell.write("two.png", picture);
        const auto outcome = shell.run("qr verify two.png --read read.json");
        CHECK(outcome.status == 2);
        CHECK(outcome.errors.find("several identity cards") != std::string::npos);
    }
}

TEST_CASE("a record that no card can have is not drawn, and the field is named") {
    const Shell shell;
    const Json good = readOfThePayloadsCard()["citizen"];
    for (const auto& [name, value] :
         {std::pair{"birthDate", "2099-99-99"}, {"issueDate", "32132113"}, {"sex", "Q"}}) {
        auto json = good;
        json[name] = value;
        shell.write("citizen.json", json.dump());
        const auto outcome = shell.run("qr encode --record citizen.json --out a.png");
        CHECK(outcome.status == 2);
        CHECK(outcome.errors.find(name) != std::string::npos);
        CHECK_FALSE(shell.has("a.png"));
    }
}

TEST_CASE("a health-insurance card's doubled separators are undone") {
    const Shell shell;
    CHECK(shell.run("qr encode --text '0199000001||4de1baab75||a||b||c||d||e' --out a.png").status == 0);
    const auto outcome = shell.run("qr decode a.png --json");
    CHECK(outcome.status == 0);
    const auto symbol = Json::parse(outcome.output)["images"][0]["symbols"][0];
    CHECK(symbol["kind"] == "health-insurance-card");
    CHECK(symbol["oddities"][0]["kind"] == "doubled-separators");
}

TEST_CASE("output that nobody takes ends with 2") {
    const Shell shell;
    CHECK(shell.run("qr encode --text a --out a.png").status == 0);
    CHECK(shell.run("qr decode a.png > /dev/full").status == 2);
}

TEST_CASE(
    "an order's report says what is wrong where, in the language asked for and, for programs, in both") {
    const Shell shell;
    REQUIRE(shell.run("sample --count 2 --seed 7 --out order").status == 0);
    auto records = shell.read("order/records.csv");
    records.replace(records.find(",Việt Nam,"), std::string(",Việt Nam,").size(), ",,");
    shell.write("order/records.csv", records);
    const auto english = shell.run("perso import order --store store --report report.json");
    CHECK(english.status == 3);
    CHECK(english.output == "2 records: 1 added, 0 there already, 1 refused; 0 warnings.\n");
    CHECK(english.errors == "order:2: error: nationality is empty; every card needs it [field.required]\n");
    const auto report = Json::parse(shell.read("report.json"));
    CHECK(report["order"] == "order");
    CHECK(report["refused"] == 1);
    CHECK(report["findings"][0]["line"] == 2);
    CHECK(report["findings"][0]["message"] == "is empty; every card needs it");
    CHECK(report["findings"][0]["messageVi"] == "để trống; thẻ nào cũng phải có mục này");
    const auto vietnamese =
        shell.run("perso import order/records.csv --store store --language vi --report report.txt");
    CHECK(vietnamese.status == 3);
    CHECK(shell.read("report.txt") ==
          "2 hồ sơ: 0 đã thêm, 1 đã có từ trước, 1 bị từ chối; 0 cảnh báo.\n"
          "order/records.csv:2: lỗi: Quốc tịch (nationality) để trống; thẻ nào cũng phải có mục này "
          "[field.required]\n");
    CHECK(shell.run("perso import order --store store --report report.pdf").status == 2);
    CHECK(shell.run("perso import order --store store --language fr").status == 1);
    shell.write("empty", "");
    CHECK(shell.run("perso import empty --store other").status == 3);
    CHECK_FALSE(shell.has("other"));
}

TEST_CASE("an order is given a priority") {
    const Shell shell;
    REQUIRE(shell.run("sample --count 1 --seed 7 --out order").status == 0);
    REQUIRE(shell.run("perso import order --store store").status == 0);
    CHECK(shell.run("perso priority --store store --order order --priority -3").output ==
          "The order order has the priority -3.\n");
    const auto json = shell.run("perso priority --store store --order order --priority 2 --json");
    CHECK(Json::parse(json.output) == Json{{"order", "order"}, {"priority", 2}});
    CHECK(shell.run("perso priority --store store --order order --priority 10").status == 1);
    CHECK(shell.run("perso priority --store store --order other --priority 1").status == 2);
    CHECK(shell.run("perso priority --store nowhere --order order --priority 1").status == 2);
    CHECK_FALSE(shell.has("nowhere"));
}

TEST_CASE("the rules of an order are printed, for programs in both languages") {
    const Shell shell;
    const auto rules = Json::parse(shell.run("perso rules --json").output)["rules"];
    CHECK(rules.size() > 50);
    for (const auto& rule : rules) {
        CHECK(rule["message"] != rule["messageVi"]);
    }
    CHECK(shell.run("perso rules --language vi")
              .output.find("number.digits (error, Law on Identification "
                           "2023, article 12): phải có đúng 12 chữ số\n") != std::string::npos);
}

TEST_CASE("a line that takes signed orders only refuses another, and does not start without signers") {
    const Shell shell;
    REQUIRE(shell.run("pki init pki").status == 0);
    REQUIRE(shell.run("sample --count 1 --seed 7 --out order").status == 0);
    shell.makeFolder("signers");
    CHECK(shell.run("perso import order --store store --signers signers").status == 2);
    shell.write("signers/ministry.pem", shell.read("pki/csca.pem"));
    CHECK(shell.run("perso import order --store store --require-signature").status == 1);
    const auto refused = shell.run("perso import order --store store --signers signers --require-signature");
    CHECK(refused.status == 3);
    CHECK(refused.output == "The order is refused; nothing of it was taken.\n");
    CHECK(refused.errors.ends_with("[signature.missing]\n"));
    CHECK_FALSE(shell.has("store"));
    const auto taken = shell.run("perso import order --store store --signers signers --json");
    CHECK(taken.status == 0);
    CHECK(Json::parse(taken.output)["signedBy"] == "");
}

namespace {

/// The program in a folder with the job store "store", of a line with the supervisors Lan and Minh, the stock
/// keeper Tu and the operator Hoa; "NAME.password" has the password of each.
class ShellOfALine : public Shell {
public:
    ShellOfALine() {
        REQUIRE(run("sample --count 2 --seed 7 --out order").status == 0);
        REQUIRE(run("perso import order --store store").status == 0);
    }

    void addPersons() const {
        for (const auto& [name, role] : {std::pair{"Tu", "stock-keeper"},
                                         {"Hoa", "operator"},
                                         {"Lan", "supervisor"},
                                         {"Minh", "supervisor"}}) {
            write(std::string(name) + ".password", std::string("password of ") + name + "\n");
            REQUIRE(run(std::string("perso person add ") + name + " --role " + role + " --store store " +
                        "--new-password-file " + name + ".password")
                        .status == 0);
        }
    }

    Outcome runBy(const std::string& name, const std::string& arguments) const {
        return run(arguments + " --store store --who " + name + " --password-file " + name + ".password");
    }

    /// How often a member with this text stands in an audit log.
    std::size_t countIn(const std::string& log, const std::string& text) const {
        const std::string content = read(log);
        std::size_t count = 0;
        for (auto at = content.find(text); at != std::string::npos; at = content.find(text, at + 1)) {
            ++count;
        }
        return count;
    }
};

} // namespace

TEST_CASE("a stock keeper moves the blanks of a line with persons, and every move is in the audit log") {
    const ShellOfALine shell;
    const std::string receive = "perso stock receive --station 'station 1' --count 5";
    REQUIRE(shell.run(receive + " --store store --who Ba").status == 0);
    CHECK(shell.countIn("store.decisions.audit", "stock-received") == 1);
    CHECK(shell.countIn("store.decisions.audit", "\"Ba\"") > 0);

    shell.addPersons();
    requireSentence(shell.run(receive + " --store store"), 2);
    requireSentence(shell.runBy("Hoa", receive), 2);
    CHECK(shell.runBy("Hoa", receive).errors.find("Hoa is no stock-keeper.") != std::string::npos);
    requireSentence(shell.run(receive + " --store store --who Tu --password-file Hoa.password"), 2);
    CHECK(shell.countIn("store.decisions.audit", "stock-received") == 1);

    CHECK(shell.runBy("Tu", receive + " --reason 'from the safe'").status == 0);
    CHECK(shell.runBy("Tu", "perso stock return --station 'station 1' --count 4").status == 0);
    CHECK(shell.runBy("Tu", "perso stock spoil --station 'station 1' --count 1").status == 0);
    requireSentence(shell.runBy("Tu", "perso stock return --station 'station 1' --count 6"), 2);
    CHECK(shell.countIn("store.decisions.audit", "stock-received") == 2);
    CHECK(shell.countIn("store.decisions.audit", "from the safe") == 1);
    CHECK(shell.countIn("store.decisions.audit", "stock-returned") == 2);
    CHECK(shell.countIn("store.decisions.audit", "stock-spoiled") == 1);
    CHECK(shell.countIn("store.decisions.audit", "stock-move-refused") == 1);
}

TEST_CASE("a supervisor purges the records of a line with persons, nobody else") {
    const ShellOfALine shell;
    const std::string handover = "perso handover --store store";
    CHECK(shell.run(handover).status == 0);
    shell.addPersons();
    requireSentence(shell.run(handover), 2);
    requireSentence(shell.run(handover + " --operator Hoa --operator-password-file Hoa.password"), 2);
    requireSentence(shell.run(handover + " --operator Lan --operator-password-file Hoa.password"), 2);
    CHECK(shell.run(handover + " --operator Lan --operator-password-file Lan.password").status == 0);
}

TEST_CASE("a decision is withdrawn by who asked or approved, and no run begins with what it allowed") {
    const ShellOfALine shell;
    shell.addPersons();
    REQUIRE(shell.run("pki init pki").status == 0);
    const std::string run = "perso run --pki pki --virtual 1 --store store --operator Hoa "
                            "--operator-password-file Hoa.password";
    const std::string profileMissing = "cancuoc perso decision ask template cancuoc.";
    REQUIRE(shell.runBy("Lan", "perso decision ask template cancuoc --reason 'our chips'").status == 0);
    REQUIRE(shell.runBy("Minh", "perso decision approve 1").status == 0);
    CHECK(shell.run(run).errors.find(profileMissing) == std::string::npos);
    requireSentence(shell.runBy("Tu", "perso decision withdraw 1"), 2);
    const auto withdrawn = shell.runBy("Minh", "perso decision withdraw 1 --json");
    CHECK(withdrawn.status == 0);
    CHECK(Json::parse(withdrawn.output)["state"] == "withdrawn");
    CHECK(shell.run(run).errors.find(profileMissing) != std::string::npos);
    CHECK(shell.countIn("store.decisions.audit", "decision-withdrawn") == 1);
    CHECK(shell.run("perso decision list --store store").output.starts_with("1 withdrawn template "));

    // One that could not be carried out may be withdrawn too.
    REQUIRE(shell.runBy("Lan", "perso decision ask reissue NOBODY --reason mistake").status == 0);
    requireSentence(shell.runBy("Minh", "perso decision approve 2"), 2);
    CHECK(shell.runBy("Lan", "perso decision withdraw 2").status == 0);
}
