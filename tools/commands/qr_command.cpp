// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/qr_command.hpp"

#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "host/inspection/inspection_json.hpp"
#include "qr/card_identity.hpp"
#include "qr/decoder.hpp"
#include "qr/drawing.hpp"
#include "qr/payload.hpp"
#include "qr/qr_json.hpp"
#include "qr/symbol.hpp"
#include "tools/commands/qr_picture.hpp"
#include "tools/commands/qr_record.hpp"
#include "tools/commands/qr_seal_command.hpp"
#include "tools/output.hpp"
#include "tools/reading.hpp"

namespace cancuoc::tools {

namespace {

// --- encode

struct EncodeOptions {
    std::string recordFile;
    std::string number;
    std::string text;
    std::string profile = "cccd-2021";
    std::string outputFile;
    std::size_t modulePixels = 8;
    double millimetres = 0;
    std::size_t dotsPerInch = 0;
    std::string errorCorrection = "M";
    bool eci = false;
};

qr::Encoding encodingOf(const EncodeOptions& options) {
    constexpr std::string_view levels = "LMQH"; // in the order of the enumeration
    return {static_cast<qr::ErrorCorrection>(levels.find(options.errorCorrection)), options.eci};
}

qr::Scale scaleOf(const qr::Symbol& symbol, const EncodeOptions& options) {
    if (options.millimetres == 0) {
        return {options.modulePixels, options.dotsPerInch};
    }
    const auto scale = qr::scaleFor(symbol, options.millimetres, options.dotsPerInch);
    printText(std::cout, "version {}, {} pixels a module at {} dpi: {:.1f} of {} mm, and {} modules around\n",
              symbol.version(), scale.modulePixels, scale.dotsPerInch, qr::printedMillimetres(symbol, scale),
              options.millimetres, qr::quietZoneModules);
    return scale;
}

ExitStatus runEncode(const EncodeOptions& options) {
    requirePaperSize(options.outputFile, options.dotsPerInch);
    const auto profile = qr::profileFromName(options.profile);
    const auto text =
        options.recordFile.empty()
            ? options.text
            : qr::formatPayload(qr::toPayload(readIdentity(options.recordFile, options.number)), profile);
    const auto symbol = qr::Symbol::encode(text, encodingOf(options));
    writeDrawing(options.outputFile, symbol, scaleOf(symbol, options), viewOf(text));
    return ExitStatus::Done;
}

void addDrawingOptions(CLI::App& command, EncodeOptions& options) {
    auto* modules = command.add_option("--module-size", options.modulePixels, "pixels a module")
                        ->check(CLI::Range(std::size_t{1}, qr::maximumModulePixels))
                        ->capture_default_str();
    auto* resolution =
        command.add_option("--dpi", options.dotsPerInch, "resolution of the printer: 300 or 600")
            ->check(CLI::Range(std::size_t{72}, std::size_t{4800}));
    command
        .add_option(
            "--size", options.millimetres,
            "place for the symbol in millimetres, without its quiet zone: 11 or 12 on the card of 2021, 18 "
            "on that of 2024; the symbol fills it as far as whole pixels a module allow")
        ->check(CLI::Range(1.0, 100.0))
        ->needs(resolution)
        ->excludes(modules);
    command.add_option("--error-correction", options.errorCorrection, "L, M, Q or H: from least to most")
        ->check(CLI::IsMember({"L", "M", "Q", "H"}))
        ->capture_default_str();
    command.add_flag("--eci", options.eci, "name the character set in the symbol, which the card's does not");
}

void addEncode(CLI::App& qr, ExitStatus& status) {
    auto* command = qr.add_subcommand("encode", "Draw the QR of one citizen's card");
    const auto options = std::make_shared<EncodeOptions>();
    auto* source = command->add_option_group("content");
    source->add_option(
        "--record", options->recordFile,
        "one citizen: the output of 'cancuoc read --json', a JSON object with number, oldNumber, "
        "fullName, birthDate, sex, residence and issueDate, or a records.csv");
    source->add_option("--text", options->text, "the text itself, encoded as it is");
    source->require_option(1);
    command->add_option("--number", options->number, "12-digit number of the record in a records.csv");
    command->add_option("--profile", options->profile, "generation of the card")
        ->check(CLI::IsMember({"cccd-2021", "cancuoc-2024"}))
        ->capture_default_str();
    addDrawingOptions(*command, *options);
    addDrawingFile(*command, options->outputFile);
    command->footer("What is drawn is read back before it is written.\n\n"
                    "Example:\n  cancuoc qr encode --record citizen.json --out card.svg\n"
                    "  cancuoc qr encode --record citizen.json --size 12 --dpi 600 --out card.png");
    command->callback([options, &status] { status = runEncode(*options); });
}

// --- decode

struct DecodeOptions {
    std::vector<std::string> images;
    TimeBudget budget;
    bool json = false;
};

// A picture that cannot be read stops only itself: its entry says why.
Json describeImage(const std::string& file, const TimeBudget& budget) {
    Json entry{{"image", file}, {"symbols", Json::array()}};
    try {
        for (const auto& text : qr::decodeSymbols(readPicture(file), budget.begin())) {
            entry["symbols"].push_back(qr::describeSymbol(text));
        }
        if (entry["symbols"].empty()) {
            entry["error"] = "no QR was found in the picture";
        }
    } catch (const Error& error) {
        entry["error"] = error.what();
    }
    return entry;
}

void printForPeople(std::ostream& out, const Json& image) {
    for (const auto& symbol : image["symbols"]) {
        printText(out, "{}: {}\n", image["image"].get<std::string>(), symbol["kind"].get<std::string>());
        if (!symbol.contains("payload")) {
            printText(out, "  {}\n  {}\n", symbol["text"].get<std::string>(),
                      symbol["refusal"]["message"].get<std::string>());
            continue;
        }
        for (const auto& [name, value] : symbol["payload"].items()) {
            printText(out, "  {:<12} {}\n", name,
                      value.is_string() ? value.get<std::string>() : value.dump());
        }
        for (const auto& remark : symbol["remarks"]) {
            printText(out, "  remark: {}\n", remark.get<std::string>());
        }
    }
}

ExitStatus runDecode(const DecodeOptions& options) {
    auto status = ExitStatus::Done;
    Json images = Json::array();
    for (const auto& file : options.images) {
        images.push_back(describeImage(file, options.budget));
        const auto& image = images.back();
        if (image.contains("error")) {
            printText(std::cerr, "cancuoc: {}: {}\n", file, image["error"].get<std::string>());
            status = ExitStatus::Failed;
        }
        if (!options.json) {
            printForPeople(std::cout, image);
        }
    }
    if (options.json) {
        printJson(std::cout, Json{{"images", images}});
    }
    return status;
}

void addDecode(CLI::App& qr, ExitStatus& status) {
    auto* command = qr.add_subcommand("decode", "Read the QR in pictures (PNG or JPEG)");
    const auto options = std::make_shared<DecodeOptions>();
    command->add_option("IMAGE", options->images, "pictures to read")->required();
    addTimeBudget(*command, options->budget);
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer("Example:\n  cancuoc qr decode front.jpg --json");
    command->callback([options, &status] { status = runDecode(*options); });
}

// --- verify

struct VerifyOptions {
    std::string image;
    std::string readFile;
    ReadOptions card; ///< its --within is for the picture too
    bool json = false;
};

TimeBudget pictureBudgetOf(const ReadOptions& card) {
    return card.within == 0 ? TimeBudget{} : TimeBudget{static_cast<double>(card.within)};
}

// A picture with two persons' codes decides nothing: the one found first would speak for the other.
qr::ParsedPayload identityPayload(const std::string& image, const TimeBudget& budget) {
    std::optional<qr::ParsedPayload> found;
    std::string otherKind;
    for (const auto& text : qr::decodeSymbols(readPicture(image), budget.begin())) {
        const auto kind = qr::classify(text);
        if (kind != qr::PayloadKind::IdentityCard) {
            otherKind = qr::kindName(kind);
            continue;
        }
        auto parsed = qr::parsePayload(text);
        if (found && found->payload != parsed.payload) {
            throw Error(fmt::format(
                "{} holds the QRs of several identity cards; take a picture of one card alone.", image));
        }
        found = std::move(parsed);
    }
    if (found) {
        return *std::move(found);
    }
    if (otherKind.empty()) {
        throw Error(
            fmt::format("No QR was found in {}; take the picture closer, sharper and without glare.", image));
    }
    throw Error(fmt::format("The QR in {} is not that of an identity card (it is: {}).", image, otherKind));
}

Json readOf(const VerifyOptions& options) {
    return options.readFile.empty() ? inspection::toJson(readCard(options.card)) : readJson(options.readFile);
}

// A QR that agrees with a chip which proved nothing shows only that the two were made together.
std::string_view comparisonInWords(qr::ComparisonOutcome outcome, std::string_view verdict) {
    if (outcome == qr::ComparisonOutcome::Differs) {
        return "The QR does not match the chip.";
    }
    if (outcome == qr::ComparisonOutcome::NotCompared) {
        return "The QR cannot be compared with the chip: its number was not read.";
    }
    if (verdict == "not-genuine") {
        return "The QR matches the chip, but the chip is not genuine.";
    }
    return verdict == "genuine" ? "The QR matches the chip."
                                : "The QR matches the chip, but the chip is not proven genuine.";
}

// What the two say where they are not the same.
std::string bothSides(const Json& field) {
    return field["result"] == "matches"
               ? std::string()
               : fmt::format(" QR: \"{}\", chip: \"{}\"", field["qr"].get<std::string>(),
                             field["chip"].get<std::string>());
}

// "unknown" where the chip was not judged.
std::string verdictOf(const Json& read) {
    const auto verdict = read.find("verdict");
    if (verdict == read.end()) {
        return "unknown";
    }
    if (!verdict->is_string()) {
        throw MalformedData("The JSON member \"verdict\" is not text.");
    }
    return verdict->get<std::string>();
}

ExitStatus runVerify(const VerifyOptions& options) {
    if (options.readFile.empty() != options.card.nameKey()) {
        throw CLI::ValidationError("Give either --read or the key of the card in the reader",
                                   CLI::ExitCodes::ValidationError);
    }
    const auto parsed = identityPayload(options.image, pictureBudgetOf(options.card));
    const auto read = readOf(options);
    const auto comparisons = qr::compare(parsed.payload, qr::cardIdentityFromJson(read));
    const auto verdict = verdictOf(read);

    const auto comparison = qr::describeComparison(comparisons, verdict);
    const bool matches = comparison["matches"].get<bool>();
    const bool proofMissing = !options.card.trustStore.empty() && verdict != "genuine";
    if (options.json) {
        Json json{{"image", options.image}};
        json.update(comparison);
        qr::addOddities(json, parsed.oddities);
        printJson(std::cout, json);
    } else {
        printText(std::cout, "{}\n", comparisonInWords(qr::outcomeOf(comparisons), verdict));
        for (const auto& field : comparison["fields"]) {
            printText(std::cout, "  {:<12} {:<13}{}\n", field["name"].get<std::string>(),
                      field["result"].get<std::string>(), bothSides(field));
        }
        printText(std::cout, "  verdict on the chip: {}\n", verdict);
        for (const auto& remark : qr::remarksOn(parsed.oddities)) {
            printText(std::cout, "  remark: {}\n", remark);
        }
    }
    return matches && !proofMissing ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

void addVerify(CLI::App& qr, ExitStatus& status) {
    auto* command = qr.add_subcommand("verify", "Compare the QR in a picture with the chip, field by field");
    const auto options = std::make_shared<VerifyOptions>();
    command->add_option("IMAGE", options->image, "picture with the QR (PNG or JPEG)")->required();
    command->add_option("--read", options->readFile, "output of 'cancuoc read --json' for the same card");
    addCardOptions(*command, options->card, /*keyRequired*/ false);
    addJudgingOptions(*command, options->card);
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer(
        "Exit status 3: the QR or the chip does not hold, or the chip's number is not there to compare; with "
        "--trust also when the chip is not proven genuine. --within bounds the picture (10 s) as well as the "
        "card.\n\nExample:\n  cancuoc qr verify front.jpg --read read.json\n"
        "  cancuoc qr verify front.jpg --number 001299000001 --trust store");
    command->callback([options, &status] { status = runVerify(*options); });
}

} // namespace

void addQrCommand(CLI::App& application, ExitStatus& status) {
    auto* qr = application.add_subcommand("qr", "Draw, read and check the QR of the card");
    qr->require_subcommand(1);
    qr->footer("Example:\n  cancuoc qr decode front.jpg");
    addEncode(*qr, status);
    addDecode(*qr, status);
    addVerify(*qr, status);
    addQrSealCommand(*qr, status);
}

} // namespace cancuoc::tools
