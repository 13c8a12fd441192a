// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/read_command.hpp"

#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/inspection/image_files.hpp"
#include "host/inspection/inspection_json.hpp"
#include "tools/inspection_report.hpp"
#include "tools/output.hpp"
#include "tools/reading.hpp"

namespace cancuoc::tools {

namespace {

using inspection::InspectionResult;

struct ReadCommandOptions {
    ReadOptions read;
    std::string directory;
    bool json = false;
};

constexpr std::string_view fileExtension = ".bin";
constexpr std::string_view documentSignerFile = "document-signer.cer";
constexpr std::string_view reportFile = "read.json";

// Whether a reading leaves a file of this name.
bool isOfReading(const std::filesystem::path& name) {
    const std::string stem = name.stem().string();
    return name == documentSignerFile || name == reportFile || inspection::isImageFile(name) ||
           (name.extension() == fileExtension && (stem.starts_with("EF.") || stem.starts_with("DG")));
}

// A folder for the files of one reading, which are personal data. Those of an earlier one do not stay beside
// them: another person may have been read then.
void prepareDirectory(const std::filesystem::path& directory) {
    namespace fs = std::filesystem;
    try {
        if (fs::create_directories(directory)) {
            fs::permissions(directory, fs::perms::owner_all);
        }
        for (const auto& entry : fs::directory_iterator(directory)) {
            if (entry.is_regular_file() && isOfReading(entry.path().filename())) {
                fs::remove(entry.path());
            }
        }
    } catch (const fs::filesystem_error& failure) {
        throw Error(
            fmt::format("Cannot prepare the folder {}: {}.", directory.string(), failure.code().message()));
    }
}

// Writes every file as read, the document signer's certificate, the images and the report.
Json writeOutput(const InspectionResult& result, const std::filesystem::path& directory) {
    prepareDirectory(directory);
    for (const auto& [file, content] : result.files) {
        writePrivateFile(directory / (lds::fileName(file) + std::string(fileExtension)), content);
    }
    if (!result.documentSigner.empty()) {
        writePrivateFile(directory / documentSignerFile, result.documentSigner);
    }
    auto json = inspection::toJson(result, inspection::storeImages(result, directory));
    writePrivateFile(directory / reportFile, viewOf(formatJson(json)));
    return json;
}

ExitStatus runRead(const ReadCommandOptions& options) {
    const auto result = readCard(options.read);
    const auto json =
        options.directory.empty() ? inspection::toJson(result) : writeOutput(result, options.directory);
    return printReport(result, json, options.json);
}

} // namespace

void addReadCommand(CLI::App& application, ExitStatus& status) {
    auto* command = application.add_subcommand("read", "Read a card and say whether it is genuine");
    const auto options = std::make_shared<ReadCommandOptions>();
    addCardOptions(*command, options->read, /*keyRequired*/ true);
    addJudgingOptions(*command, options->read);
    command->add_option("--out", options->directory,
                        "folder for the files as read, the face and other images, and read.json");
    command->add_flag("--lds2", options->read.lds2,
                      "read travel records, visas and additional biometrics too, if the card has them");
    command->add_option("--evidence", options->read.evidenceFile,
                        "file for what others need to verify this reading again ('cancuoc evidence verify')");
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer("Exit status 0 means genuine, 3 means not genuine or incomplete.\n\n"
                    "Example:\n  cancuoc read --number 001299000001 --trust store --out card\n"
                    "  cancuoc read --number 001299000001 --trust store --evidence card.evidence");
    command->callback([options, &status] {
        options->read.decodePixels = !options->directory.empty();
        status = runRead(*options);
    });
}

} // namespace cancuoc::tools
