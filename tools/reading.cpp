// SPDX-License-Identifier: Apache-2.0
#include "tools/reading.hpp"

#include <iostream>
#include <optional>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "host/base/ascii.hpp"
#include "host/base/clock.hpp"
#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/inspection/evidence.hpp"
#include "host/reader/card_on_reader.hpp"
#include "host/trace/attended_inspection.hpp"
#include "tools/reading_progress.hpp"
#include "tools/stop_signals.hpp"
#include "tools/trace_file.hpp"

namespace cancuoc::tools {

namespace {

CLI::Validator digits(std::size_t count) {
    return {[count](const std::string& text) {
                const bool fits = text.size() == count && isDigits(text);
                return fits ? std::string() : fmt::format("must be {} digits", count);
            },
            fmt::format("{}DIGITS", count)};
}

CLI::Validator isoDate() {
    return {[](const std::string& text) {
                try {
                    static_cast<void>(dateFromIso(text));
                    return std::string();
                } catch (const MalformedData& malformed) {
                    return std::string(malformed.what());
                }
            },
            "YYYY-MM-DD"};
}

PasswordType passwordNamed(std::string_view name) {
    if (name == "pin") {
        return PasswordType::Pin;
    }
    return name == "puk" ? PasswordType::Puk : PasswordType::Can;
}

// What was typed, with its dates; the keys of `request` are made of it.
inspection::GivenAccess applyGiven(const ReadOptions& options, inspection::InspectionRequest& request) {
    auto given = options.given;
    given.correctMrz();
    if (!options.birth.empty()) {
        given.birthDate = dateFromIso(options.birth);
        given.expiryDate = dateFromIso(options.expiry);
    }
    try {
        given.applyTo(request);
        if (!options.atReader.empty()) {
            request.keys.paceByReader = passwordNamed(options.atReader);
        }
    } catch (const BadConfiguration& wrong) {
        throw CLI::ValidationError(wrong.what(), CLI::ExitCodes::ValidationError);
    }
    return given;
}

constexpr unsigned patienceOfPeople = 10; // seconds
void askPerson(CardPrompt prompt) {
    std::cerr << (prompt == CardPrompt::PutCard
                      ? "Put the card on the reader."
                      : "The card was lifted. Put it back on the reader: reading goes on.")
              << std::endl;
}

inspection::InspectionResult inspect(const inspection::InspectionRequest& request, const ReadOptions& options,
                                     trace::SessionRecorder* recorder, const Interruption& interruption) {
    CardOnReader card({.reader = options.reader,
                       .wait = std::chrono::seconds(options.wait),
                       .resumeWithin = std::chrono::seconds(options.resumeWithin),
                       .interruption = interruption,
                       .prompt = askPerson});
    SystemRandom random;
    inspection::ReadingCache cache;
    const trace::AttendedInspection inspection{.request = request,
                                               .random = random,
                                               .clock = systemClock(),
                                               .interruption = interruption,
                                               .observer = progressFor(STDERR_FILENO),
                                               .recorder = recorder};
    return inspection.run(card, cache);
}

inspection::InspectionResult recordedInspection(const inspection::InspectionRequest& request,
                                                const ReadOptions& options, TraceFile& trace,
                                                const Interruption& interruption) {
    try {
        auto result = inspect(request, options, trace.recorder(), interruption);
        trace.finish(result);
        return result;
    } catch (const Error& failure) {
        trace.finish(failure);
        throw;
    }
}

} // namespace

bool ReadOptions::nameKey() const {
    return !(given.can.empty() && given.mrz.empty() && given.number.empty() && given.documentNumber.empty() &&
             given.pin.empty() && given.puk.empty() && atReader.empty() && !withoutKey);
}

void addCardOptions(CLI::App& command, ReadOptions& options, bool keyRequired) {
    command.add_option("--reader", options.reader, "name of the reader, or a part of it");
    auto* keys = command.add_option_group("access key");
    keys->add_option("--can", options.given.can, "card access number: the last 6 digits of the number")
        ->check(digits(6));
    keys->add_option("--mrz", options.given.mrz, "the two or three lines of the MRZ, parted by spaces");
    auto* number =
        keys->add_option("--number", options.given.number, "the 12-digit personal identification number")
            ->check(digits(12));
    auto* documentNumber =
        keys->add_option("--document-number", options.given.documentNumber,
                         "the document number of another document's MRZ, with --birth and --expiry");
    keys->add_option("--at-reader", options.atReader,
                     "can, pin or puk: the holder types it at a reader with a PIN pad that runs PACE itself")
        ->check(CLI::IsMember({"can", "pin", "puk"}));
    keys->add_option("--pin", options.given.pin,
                     "the holder's PIN, 5 or 6 digits, for a card that takes one");
    keys->add_option("--puk", options.given.puk, "the PUK, 10 digits, for a card that takes one");
    keys->add_flag("--without-key", options.withoutKey,
                   "for a card that gives its files without access control");
    keys->require_option(keyRequired ? 1 : 0, 1);
    auto* birth = command.add_option("--birth", options.birth, "birth date, to open a card without PACE")
                      ->check(isoDate());
    auto* expiry =
        command
            .add_option("--expiry", options.expiry, "expiry date; 2099-12-31 on a card that does not expire")
            ->check(isoDate());
    birth->needs(expiry);
    expiry->needs(birth);
    documentNumber->needs(birth)->needs(expiry);
    command.parse_complete_callback([number, documentNumber, birth] {
        if (birth->count() != 0 && number->count() == 0 && documentNumber->count() == 0) {
            throw CLI::RequiresError("--birth", "--number or --document-number");
        }
    });
}

void addJudgingOptions(CLI::App& command, ReadOptions& options) {
    command.add_option("--trust", options.trustStore,
                       "trust store with the CSCA certificates (see 'cancuoc trust')");
    command.add_option("--policy", options.policy, "strict, standard, fast, or a JSON file")
        ->capture_default_str();
    command.add_option("--dgs", options.dataGroups, "read only these data groups, such as 1,2,13")
        ->delimiter(',')
        ->check(CLI::Range(1, 16));
    command
        .add_option("--terminal-keys", options.terminalKeys,
                    "folder with CV certificates (*.cvcert) and the terminal's private key (*.pkcs8, or "
                    "*.pkcs11 with "
                    "its PKCS#11 URI), to read fingers and irises")
        ->check(CLI::ExistingDirectory);
    const unsigned patience = isatty(STDERR_FILENO) != 0 ? patienceOfPeople : 0;
    options.resumeWithin = patience;
    options.wait = patience;
    command.add_option("--wait", options.wait, "seconds to wait for a card; 10 on a terminal, otherwise 0")
        ->check(CLI::Range(0, 86400));
    command
        .add_option("--within", options.within, "seconds after which reading is given up; otherwise never")
        ->check(CLI::Range(1, 3600));
    command
        .add_option("--resume-within", options.resumeWithin,
                    "seconds to wait for a card that was lifted, to go on where reading stopped; 10 on a "
                    "terminal, otherwise 0")
        ->check(CLI::Range(0, 600));
    auto* trace = command.add_option("--trace", options.traceFile,
                                     "file for the whole session, with pseudonyms for all that is secret or "
                                     "personal (see 'cancuoc trace')");
    command
        .add_flag("--trace-unredacted", options.traceUnredacted,
                  "write the trace as it is, password and face included: for the owner of a test card only")
        ->needs(trace);
}

inspection::InspectionResult readCard(const ReadOptions& options) {
    const StopSignals signals;
    inspection::InspectionRequest request;
    const auto given = applyGiven(options, request);
    if (request.keys.paceByReader && !options.traceFile.empty()) {
        throw CLI::ValidationError("--trace cannot record what a reader with a PIN pad does by itself",
                                   CLI::ExitCodes::ValidationError);
    }
    if (options.lds2 && !options.traceFile.empty()) {
        throw CLI::ValidationError("--trace does not record the records that --lds2 reads",
                                   CLI::ExitCodes::ValidationError);
    }
    request.lds2 = options.lds2;
    request.decodePixels = options.decodePixels;
    request.policy = inspection::Policy::load(options.policy);
    if (!options.dataGroups.empty()) {
        request.dataGroups = options.dataGroups;
    }
    std::optional<trust::TrustStore> store;
    if (!options.trustStore.empty()) {
        store = trust::TrustStore::open(options.trustStore, systemClock());
        request.trustStore = &*store;
    }
    std::optional<trust::TerminalKeys> terminalKeys;
    if (!options.terminalKeys.empty()) {
        terminalKeys = trust::TerminalKeys::fromDirectory(options.terminalKeys);
        request.terminalKeys = &*terminalKeys;
    }
    Interruption interruption{signals.token()};
    if (options.within != 0) {
        interruption = interruption.within(std::chrono::seconds(options.within));
    }
    TraceFile trace(options, given, request);
    auto result = recordedInspection(request, options, trace, interruption);
    if (!options.evidenceFile.empty()) {
        writePrivateFile(options.evidenceFile, inspection::Evidence::of(request, result).encode());
    }
    return result;
}

} // namespace cancuoc::tools
