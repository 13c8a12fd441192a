// SPDX-License-Identifier: Apache-2.0
// cancuoc_bench: the figures of the whole path, in one run.
//
//   cancuoc_bench --programs BUILD/tools --source ROOT [--cards N] [--rounds N] [--events N] [--numbers N]
//                 [--faces N] [--only audit|faces|numbers|pki]
//
// It issues N cards with one and with two chips at work, reads one of them through a private pcscd, computes
// how long reading takes with real chips over real links, and times PACE and secure messaging against the
// cryptography inside them; it verifies an audit log of N events and looks numbers up in a register of N, and
// draws the faces of N cards. It checks no figure; it prints them.
#include "tests/bench/audit_bench.hpp"
#include "tests/bench/faces_bench.hpp"
#include "tests/bench/numbers_bench.hpp"
#include "tests/bench/pace_bench.hpp"
#include "tests/bench/pki_bench.hpp"
#include "tests/bench/reading_bound.hpp"
#include "tests/bench/reading_time_bench.hpp"
#include "tests/bench/secure_messaging_bench.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <string>

namespace {

using namespace cancuoc::bench;
using Json = nlohmann::json;

struct Options {
    std::filesystem::path programs;
    std::filesystem::path source;
    std::size_t cards = 50;
    std::size_t rounds = 100000;
    std::uint64_t events = 1'000'000;
    std::uint64_t numbers = 1'000'000;
    std::size_t faces = 300;
    std::string only; ///< one part; empty: all
};

Options parse(int count, char** arguments) {
    Options options;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string name = arguments[i];
        const std::string value = arguments[i + 1];
        if (name == "--programs") {
            options.programs = value;
        } else if (name == "--source") {
            options.source = value;
        } else if (name == "--cards") {
            options.cards = std::stoul(value);
        } else if (name == "--rounds") {
            options.rounds = std::stoul(value);
        } else if (name == "--events") {
            options.events = std::stoull(value);
        } else if (name == "--numbers") {
            options.numbers = std::stoull(value);
        } else if (name == "--faces") {
            options.faces = std::stoul(value);
        } else if (name == "--only" &&
                   (value == "audit" || value == "faces" || value == "numbers" || value == "pki")) {
            options.only = value;
        } else {
            throw std::runtime_error("unknown option " + name);
        }
    }
    if (options.programs.empty() || options.source.empty()) {
        throw std::runtime_error("usage: cancuoc_bench --programs BUILD/tools --source ROOT");
    }
    return options;
}

void run(const std::string& command) {
    if (std::system(command.c_str()) != 0) {
        throw std::runtime_error("this command failed: " + command);
    }
}

Json readJson(const std::filesystem::path& path) {
    std::ifstream file(path);
    return Json::parse(file);
}

std::string quoted(const std::filesystem::path& path) {
    return "'" + path.string() + "'";
}

class Bench {
public:
    explicit Bench(Options options)
        : options_(std::move(options)), cancuoc_(quoted(options_.programs / "cancuoc")) {}

    void measure() {
        if (options_.only.empty()) {
            measureCards();
        }
        const auto isWanted = [this](const char* part) {
            return options_.only.empty() || options_.only == part;
        };
        if (options_.only == "pki") {
            run(cancuoc_ + " pki init " + quoted(work_.path() / "pki") + " >/dev/null");
            reportPki();
        }
        if (isWanted("audit")) {
            reportAudit(std::cout, work_.path(), options_.events);
        }
        if (isWanted("numbers")) {
            reportNumbers(std::cout, work_.path(), options_.numbers);
        }
        if (isWanted("faces")) {
            reportFaces(std::cout, work_.path(), options_.faces);
        }
    }

private:
    void measureCards() {
        prepare();
        reportIssuing();
        reportReading();
        reportReadingTimes(std::cout);
        reportPace();
        reportSecureMessaging();
        reportPki();
    }

    void prepare() {
        run(cancuoc_ + " pki init " + quoted(work_.path() / "pki") + " >/dev/null");
        run(cancuoc_ + " trust import " + quoted(work_.path() / "pki/csca.pem") + " " +
            quoted(work_.path() / "pki/csca.crl") + " --store " + quoted(work_.path() / "trust") +
            " --anchor " + quoted(work_.path() / "pki/csca.pem") + " >/dev/null");
        run(cancuoc_ + " sample --count " + std::to_string(options_.cards) + " --seed 1 --out " +
            quoted(work_.path() / "sample") + " >/dev/null");
    }

    double cardsPerSecond(int chips) {
        const std::string name = std::to_string(chips);
        const std::string store = quoted(work_.path() / ("jobs-" + name + ".sqlite"));
        run(cancuoc_ + " perso import " + quoted(work_.path() / "sample/records.csv") + " --store " + store +
            " >/dev/null");
        run(cancuoc_ + " perso run --store " + store + " --pki " + quoted(work_.path() / "pki") +
            " --virtual " + name + " --chips " + quoted(work_.path() / ("chips-" + name)) + " --json >" +
            quoted(work_.path() / "run.json"));
        const Json report = readJson(work_.path() / "run.json");
        if (report.at("good") != options_.cards) {
            throw std::runtime_error("not every card became good");
        }
        return report.at("cardsPerSecond");
    }

    void reportIssuing() {
        const double one = cardsPerSecond(1);
        const double two = cardsPerSecond(2);
        std::cout << "Issuing " << options_.cards << " cards, read-back included\n"
                  << "  1 chip at work       " << one << " cards/s\n"
                  << "  2 chips at work      " << two << " cards/s, " << two / one << " times as many\n";
    }

    void reportReading() {
        const auto chip = std::filesystem::directory_iterator(work_.path() / "chips-1")->path();
        const std::filesystem::path folder = work_.path() / "read";
        std::filesystem::create_directories(folder);
        run("sh " + quoted(options_.source / "tools/with_virtual_reader.sh") + " sh " +
            quoted(options_.source / "tools/demo/read_card.sh") + " " + cancuoc_ + " " + quoted(chip) + " " +
            quoted(folder) + " --number " + chip.stem().string() + " --trust " +
            quoted(work_.path() / "trust"));
        const Json result = readJson(folder / "read.json");
        if (result.at("verdict") != "genuine") {
            throw std::runtime_error("the card is not genuine");
        }
        std::vector<std::size_t> sizes;
        std::size_t fileBytes = 0;
        for (const auto& [name, file] : result.at("files").items()) {
            sizes.push_back(file.at("bytes"));
            fileBytes += sizes.back();
        }
        const Json& apdu = result.at("apdu");
        const std::size_t sent = apdu.at("sent");
        const std::size_t received = apdu.at("received");
        std::cout << "Reading a card through PC/SC: " << sizes.size() << " files, " << fileBytes << " bytes\n"
                  << "  whole reading        " << apdu.at("count") << " APDUs, " << sent + received
                  << " bytes (" << sent << " sent, " << received << " received), " << apdu.at("milliseconds")
                  << " ms\n";
        for (const Json& step : apdu.at("steps")) {
            std::cout << "    " << std::left << std::setw(24) << step.at("name").get<std::string>()
                      << std::right << std::setw(4) << step.value("count", 0) << " APDUs\n";
        }
        for (const std::size_t responseData : {std::size_t{223}, std::size_t{4096}}) {
            const Traffic least = leastTraffic(sizes, responseData);
            std::cout << "  least for the files  " << least.commands << " APDUs, " << least.bytes
                      << " bytes, with " << responseData << " bytes a response\n";
        }
    }

    void reportPace() const {
        const PaceTimes times = measurePace(std::max<std::size_t>(10, options_.rounds / 200));
        std::cout << "PACE with the generic mapping on brainpoolP256r1 and AES-128, the terminal's side\n"
                  << "  whole protocol       " << times.terminal << " us\n"
                  << "  points alone         " << times.points
                  << " us, the same points multiplied and encoded\n"
                  << "  ratio                " << times.terminal / times.points << ", at most 1.15 allowed\n";
    }

    void reportSecureMessaging() const {
        const SecureMessagingTimes times = measureSecureMessaging(options_.rounds);
        std::cout << "Secure messaging with AES-128, one read of 223 bytes on the host\n"
                  << "  wrap and unwrap      " << times.wrapAndUnwrap << " us\n"
                  << "  AES-CBC and CMAC     " << times.rawCryptography << " us, over the same bytes\n"
                  << "  ratio                " << times.wrapAndUnwrap / times.rawCryptography
                  << ", at most 1.5 allowed\n";
    }

    void reportPki() const {
        const auto times =
            measureSecurityObject(work_.path() / "pki", std::max<std::size_t>(10, options_.rounds / 200));
        std::cout << "EF.SOD over 42 kB of data groups, signed on P-256 and verified before it leaves\n"
                  << "  issue                " << times.issue << " us\n"
                  << "  hash, sign, verify   " << times.rawCryptography << " us, OpenSSL alone\n"
                  << "  rate                 " << times.rawCryptography / times.issue
                  << " of OpenSSL's, at least 0.8 wanted\n";
        const auto token =
            measureToken(work_.path() / "token", std::max<std::size_t>(10, options_.rounds / 400));
        std::cout << "The same with the key in SoftHSM2\n"
                  << "  issue                " << token.issue << " us\n"
                  << "  the token alone      " << token.tokenAlone << " us a signature, "
                  << token.tokenAlone / token.issue << " of its rate\n"
                  << "  hash, sign, verify   " << token.rawCryptography << " us, token and OpenSSL alone\n"
                  << "  rate                 " << token.rawCryptography / token.issue
                  << " of theirs, at least 0.8 wanted\n";
        const auto rotation = measureRotation(work_.path() / "rotation", options_.rounds / 2);
        std::cout << "Five document signers used up, two threads, keys under a passphrase\n"
                  << "  signatures           " << rotation.signaturesASecond << " a second\n"
                  << "  longest pause        " << rotation.longestPause << " ms, at most 100 wanted; "
                  << rotation.longestWithout << " ms with one signer alone\n";
        const auto lint = measureLint(options_.source / "tests/data/trust/DE_ML_2025-06-25-09-31-57.ml", 1);
        std::cout << "Linting the certificates of a master list, without signatures\n"
                  << "  lint                 " << lint.lint << " us a certificate, " << 1e6 / lint.lint
                  << " a second, at least 5000 wanted\n"
                  << "  d2i_X509             " << lint.parse << " us, OpenSSL alone\n";
    }

    Options options_;
    std::string cancuoc_;
    cancuoc::test::TemporaryDirectory work_;
};

} // namespace

int main(int count, char** arguments) {
    try {
        std::cout << std::fixed << std::setprecision(2);
        Bench(parse(count, arguments)).measure();
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "cancuoc_bench: " << error.what() << '\n';
        return 1;
    }
}
