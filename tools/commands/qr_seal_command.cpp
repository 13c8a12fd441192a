// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/qr_seal_command.hpp"

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "host/base/clock.hpp"
#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "qr/card_seal.hpp"
#include "qr/decoder.hpp"
#include "qr/drawing.hpp"
#include "qr/qr_json.hpp"
#include "qr/seal_verification.hpp"
#include "tools/card_sealer.hpp"
#include "tools/commands/qr_picture.hpp"
#include "tools/commands/qr_record.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

// --- create

struct SealCreation {
    std::string recordFile;
    std::string number;
    std::shared_ptr<SealSignerOptions> signer;
    std::string outputFile;
    bool dataMatrix = false;
    qr::Scale scale;
};

ExitStatus runCreate(const SealCreation& options) {
    requirePaperSize(options.outputFile, options.scale.dotsPerInch);
    const auto seal = CardSealer(*options.signer).seal(readIdentity(options.recordFile, options.number));
    const auto symbol =
        options.dataMatrix ? qr::Symbol::encodeDataMatrix(seal) : qr::Symbol::encodeBytes(seal);
    writeDrawing(options.outputFile, symbol, options.scale, seal);
    return ExitStatus::Done;
}

void addSealCreate(CLI::App& seal, ExitStatus& status) {
    auto* command = seal.add_subcommand("create", "Sign one citizen's fields in a digital seal");
    const auto options = std::make_shared<SealCreation>();
    command->add_option("--record", options->recordFile, "one citizen, as for 'cancuoc qr encode'")
        ->required();
    command->add_option("--number", options->number, "12-digit number of the record in a records.csv");
    options->signer = addSealSignerOptions(*command, /*isNeeded*/ true);
    command->add_flag("--data-matrix", options->dataMatrix, "draw a Data Matrix and not a QR code");
    command->add_option("--module-size", options->scale.modulePixels, "pixels a module")
        ->check(CLI::Range(std::size_t{1}, qr::maximumModulePixels))
        ->capture_default_str();
    command->add_option("--dpi", options->scale.dotsPerInch, "resolution of the printer, named in the file")
        ->check(CLI::Range(std::size_t{72}, std::size_t{4800}));
    addDrawingFile(*command, options->outputFile);
    command->footer("What is drawn is read back before it is written.\n\n"
                    "Example:\n  cancuoc qr seal create --record citizen.json --pki pki --out seal.png\n"
                    "  cancuoc qr seal create --record citizen.json --key seal.key --certificate seal.pem "
                    "--out seal.png");
    command->callback([options, &status] { status = runCreate(*options); });
}

// --- verify

struct SealInquiry {
    std::string image;
    std::string trustStore;
    TimeBudget budget;
    bool json = false;
};

std::string sealInPicture(const std::string& file, const TimeBudget& budget) {
    const auto isSeal = [](std::string_view bytes) { return qr::isDigitalSeal(viewOf(bytes)); };
    const auto symbols = qr::decodeBothKinds(readPicture(file), isSeal, budget.begin());
    for (const auto& symbol : symbols) {
        if (isSeal(symbol)) {
            return symbol;
        }
    }
    throw Error(
        symbols.empty()
            ? fmt::format("No symbol was found in {}; take the picture closer, sharper and without glare.",
                          file)
            : fmt::format("The symbol in {} is no digital seal.", file));
}

std::string_view verdictOf(const qr::SealVerdict& verdict) {
    if (verdict.genuine) {
        return "genuine";
    }
    return std::any_of(verdict.checks.begin(), verdict.checks.end(),
                       [](const trust::Check& check) { return check.result == trust::CheckResult::Failed; })
               ? "not-genuine"
               : "incomplete";
}

Json describe(const qr::DigitalSeal& seal) {
    const auto& header = seal.content.header;
    Json json{{"version", header.version},
              {"issuingCountry", header.issuingCountry},
              {"signer", header.signerIdentifier},
              {"certificateReference", header.certificateReference},
              {"documentIssueDate", toIso(header.documentIssueDate)},
              {"signatureDate", toIso(header.signatureDate)},
              {"featureDefinition", header.featureDefinition},
              {"documentType", header.documentType},
              {"features", Json::array()}};
    for (const auto& feature : seal.content.features) {
        json["features"].push_back({{"tag", feature.tag}, {"value", toLowerCaseHex(feature.value)}});
    }
    return json;
}

Json checksOf(const qr::SealVerdict& verdict) {
    auto checks = Json::array();
    for (const auto& check : verdict.checks) {
        checks.push_back(
            {{"name", check.name}, {"result", trust::nameOf(check.result)}, {"reason", check.reason}});
    }
    return checks;
}

// The fields of the card, where the seal is of that profile; those of other documents stay as they are.
Json verify(const std::string& file, const TimeBudget& budget, const trust::TrustStore& store) {
    Json json{{"image", file}};
    const auto bytes = sealInPicture(file, budget);
    try {
        const auto seal = qr::DigitalSeal::decode(viewOf(bytes));
        const auto verdict = qr::verifySeal(seal, store, systemClock()());
        json["verdict"] = verdictOf(verdict);
        json["seal"] = describe(seal);
        json["checks"] = checksOf(verdict);
        if (seal.content.header.documentType == qr::cardSealDocumentType &&
            seal.content.header.featureDefinition == qr::cardSealFeatureDefinition) {
            json["payload"] = qr::fieldsOf(qr::payloadOf(seal.content), qr::Profile::Cccd2021);
        }
    } catch (const MalformedData& error) {
        json["verdict"] = "not-genuine";
        json["error"] = error.what();
    }
    return json;
}

void printSealForPeople(std::ostream& out, const Json& json) {
    printText(out, "The seal is {}.\n", json["verdict"].get<std::string>());
    if (json.contains("error")) {
        printText(out, "  {}\n", json["error"].get<std::string>());
    }
    const auto checks = json.value("checks", Json::array());
    for (const auto& check : checks) {
        printText(out, "  {:<18} {:<13} {}\n", check["name"].get<std::string>(),
                  check["result"].get<std::string>(), check["reason"].get<std::string>());
    }
    const auto payload = json.value("payload", Json::object());
    for (const auto& [name, value] : payload.items()) {
        printText(out, "  {:<18} {}\n", name, value.get<std::string>());
    }
}

ExitStatus runVerify(const SealInquiry& options) {
    const auto store = trust::TrustStore::open(options.trustStore, systemClock());
    const auto json = verify(options.image, options.budget, store);
    if (options.json) {
        printJson(std::cout, json);
    } else {
        printSealForPeople(std::cout, json);
    }
    return json["verdict"] == "genuine" ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

void addSealVerify(CLI::App& seal, ExitStatus& status) {
    auto* command =
        seal.add_subcommand("verify", "Verify the digital seal in a picture, without any network");
    const auto options = std::make_shared<SealInquiry>();
    command->add_option("IMAGE", options->image, "picture with a QR code or a Data Matrix (PNG or JPEG)")
        ->required();
    command
        ->add_option("--trust", options->trustStore,
                     "trust store with the CSCA's and the signer's certificate (see 'cancuoc trust')")
        ->required();
    addTimeBudget(*command, options->budget);
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer("Exit status 3: the seal is not genuine, or something needed to tell is missing.\n\n"
                    "Example:\n  cancuoc qr seal verify seal.png --trust store");
    command->callback([options, &status] { status = runVerify(*options); });
}

} // namespace

void addQrSealCommand(CLI::App& qr, ExitStatus& status) {
    auto* seal = qr.add_subcommand("seal", "Sign and verify Visible Digital Seals (Doc 9303-13)");
    seal->require_subcommand(1);
    seal->footer("Example:\n  cancuoc qr seal verify seal.png --trust store");
    addSealCreate(*seal, status);
    addSealVerify(*seal, status);
}

} // namespace cancuoc::tools
