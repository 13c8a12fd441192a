// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/face_command.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/biometric/png_image.hpp"
#include "personalization/cardface/face_check.hpp"
#include "personalization/intake/intake.hpp"
#include "tools/card_sealer.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

using namespace cardface;

struct RenderOptions {
    std::string order;
    std::string layout = "cccd-2021";
    std::string directory;
    std::string artwork;
    int dotsPerInch = 300;
    std::set<std::string> numbers;
    std::shared_ptr<SealSignerOptions> seal;
    bool channels = true;
    bool pdf = false;
    bool svg = false;
    bool json = false;
};

bool isSeal(const Element& element) {
    const auto* symbol = std::get_if<SymbolElement>(&element.content);
    return symbol != nullptr && symbol->kind == SymbolElement::Kind::Seal;
}

// A seal that was asked for is not left out without a word.
void requirePlaceForSeal(const Layout& layout) {
    for (const Side side : {Side::Front, Side::Back}) {
        const auto& elements = layout.elements(side);
        if (std::any_of(elements.begin(), elements.end(), isSeal)) {
            return;
        }
    }
    throw BadConfiguration("The layout has no place for a digital seal: an element of the type \"seal\".");
}

/// Writes the files of cards, and counts.
class FaceWriter {
public:
    explicit FaceWriter(const RenderOptions& options)
        : options_(options), renderer_(Layout::find(options.layout), options.dotsPerInch, options.artwork),
          check_(renderer_) {
        if (options.seal->isGiven()) {
            requirePlaceForSeal(renderer_.layout());
            sealer_.emplace(*options.seal);
        }
        std::filesystem::create_directories(options.directory);
    }

    void take(const personalization::Submission& submission) {
        auto content = contentOf(submission.record, submission.pictures, renderer_.layout().qrProfile);
        if (sealer_) {
            content.seal = sealer_->seal(cardIdentityOf(submission.record));
        }
        const CardFaces faces = renderer_.render(content);
        const auto findings = check_.check(faces, content);
        if (!findings.empty()) {
            throw MalformedData(findings.front());
        }
        for (const Side side : {Side::Front, Side::Back}) {
            writeSide(submission.record.number, side, faces.of(side), content);
        }
        if (options_.pdf) {
            writeFile(fileOf(submission.record.number + ".pdf"), renderer_.toPdf(content));
        }
    }

private:
    void writeSide(const std::string& number, Side side, const FaceRasters& rasters,
                   const CardContent& content) const {
        const std::string name = fmt::format("{}-{}", number, nameOf(side));
        const auto dotsPerInch = static_cast<std::size_t>(options_.dotsPerInch);
        writeFile(fileOf(name + ".png"), biometric::encodePng(renderer_.preview(rasters, content, side),
                                                              dotsPerInch, biometric::PngCompression::Quick));
        if (options_.svg) {
            writeFile(fileOf(name + ".svg"), renderer_.toSvg(content, side));
        }
        if (!options_.channels) {
            return;
        }
        for (const Channel channel : FaceRasters::channels) {
            writeFile(
                fileOf(fmt::format("{}-{}.png", name, nameOf(channel))),
                biometric::encodePng(rasters.of(channel), dotsPerInch, biometric::PngCompression::Quick));
        }
    }

    [[nodiscard]] std::filesystem::path fileOf(const std::string& name) const {
        return std::filesystem::path(options_.directory) / name;
    }

    const RenderOptions& options_;
    FaceRenderer renderer_;
    FaceCheck check_;
    std::optional<CardSealer> sealer_;
};

ExitStatus runRender(const RenderOptions& options) {
    FaceWriter writer(options);
    personalization::Intake intake(options.order, {});
    std::size_t rendered = 0;
    Json refused = Json::array();
    const auto refuse = [&](std::size_t line, const std::string& reason) {
        refused.push_back({{"line", line}, {"reason", reason}});
        printText(std::cerr, "cancuoc: line {}: {}\n", line, reason);
    };
    while (const auto result = intake.next()) {
        if (!result->submission) {
            refuse(result->line, "the record breaks a rule; `cancuoc perso import` says which");
            continue;
        }
        const auto& record = result->submission->record;
        if (!options.numbers.empty() && options.numbers.count(record.number) == 0) {
            continue;
        }
        try {
            writer.take(*result->submission);
            ++rendered;
        } catch (const MalformedData& malformed) {
            refuse(result->line, malformed.what());
        }
    }
    if (rendered == 0 && refused.empty()) {
        throw Error("There is no record that was asked for.");
    }
    if (options.json) {
        printJson(std::cout, {{"rendered", rendered}, {"refused", refused}});
    } else {
        printText(std::cout, "Wrote the faces of {} cards to {}; {} records were refused.\n", rendered,
                  options.directory, refused.size());
    }
    return refused.empty() ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

std::string layoutNames() {
    std::string names;
    for (const std::string& name : Layout::names()) {
        names += (names.empty() ? "" : ", ") + name;
    }
    return names;
}

void addRender(CLI::App& face, ExitStatus& status) {
    auto* command = face.add_subcommand("render", "Draw the faces of the cards of an order");
    const auto options = std::make_shared<RenderOptions>();
    command
        ->add_option("RECORDS", options->order,
                     "a file of records, CSV or JSON lines, with its pictures below its folder; or a folder "
                     "or ZIP with them")
        ->required();
    command->add_option("--layout", options->layout, layoutNames() + ", or a file")->capture_default_str();
    command->add_option("--out", options->directory, "folder for the pictures")->required();
    command->add_option("--dpi", options->dotsPerInch, "resolution of the printer")
        ->check(CLI::IsMember({300, 600}))
        ->capture_default_str();
    command->add_option("--artwork", options->artwork,
                        "folder with emblem.png and signature.png; a neutral mark stands in for them");
    command->add_option("--number", options->numbers, "only the cards with these 12-digit numbers");
    options->seal = addSealSignerOptions(*command, /*isNeeded*/ false);
    command->add_flag("!--no-channels", options->channels, "only the whole card, no file a print channel");
    command->add_flag("--pdf", options->pdf, "also NUMBER.pdf, a page a side");
    command->add_flag("--svg", options->svg, "also NUMBER-front.svg and NUMBER-back.svg");
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer(
        "Writes NUMBER-front.png and NUMBER-back.png, the whole card, and one file a print channel: colour,\n"
        "resin, overlay, laser, uv, where black is full ink. A text that does not fit its place is refused,\n"
        "never cut off, and so is a card whose QR or MRZ would not be read as what it is. Exit status 3 when "
        "a record was refused.\n"
        "With a seal signer each card carries a signed digital seal, where the layout has a place for it.\n\n"
        "Example:\n  cancuoc face render citizens/records.csv --layout cancuoc-2024 --out faces --dpi 600 "
        "--pdf\n"
        "  cancuoc face render citizens/records.csv --layout cancuoc-2024 --out faces --pki pki");
    command->callback([options, &status] { status = runRender(*options); });
}

struct LayoutOptions {
    std::string layout;
    bool schema = false;
};

void addLayout(CLI::App& face, ExitStatus& status) {
    auto* command = face.add_subcommand("layout", "Check a layout file, or print what ships");
    const auto options = std::make_shared<LayoutOptions>();
    command->add_option("LAYOUT", options->layout, layoutNames() + ", or a file; without it, the names");
    command->add_flag("--schema", options->schema, "print the JSON Schema of layout files");
    command->footer(
        "Prints the layout when it is right; a wrong one is named with the element and the rule.\n\n"
        "Example:\n  cancuoc face layout cccd-2021 >mine.json");
    command->callback([options, &status] {
        if (options->schema) {
            std::cout << Layout::schema();
        } else if (options->layout.empty()) {
            printText(std::cout, "{}\n", layoutNames());
        } else {
            std::cout << Layout::textOf(options->layout);
        }
        status = ExitStatus::Done;
    });
}

} // namespace

void addFaceCommand(CLI::App& application, ExitStatus& status) {
    auto* face = application.add_subcommand("face", "The printed faces of cards");
    face->require_subcommand(1);
    addRender(*face, status);
    addLayout(*face, status);
}

} // namespace cancuoc::tools
