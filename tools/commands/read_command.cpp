// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/read_command.hpp"

#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/inspection/face_files.hpp"
#include "host/inspection/inspection_json.hpp"
#include "tools/output.hpp"
#include "tools/reading.hpp"

namespace cancuoc::tools {

namespace {

using inspection::InspectionResult;
using inspection::Verdict;

struct Options {
    ReadOptions read;
    std::string directory;
    bool json = false;
};

// Writes every file as read, the document signer's certificate, the face and the report.
Json writeOutput(const InspectionResult& result, const std::filesystem::path& directory) {
    std::error_code failure;
    if (std::filesystem::create_directories(directory, failure)) {
        // The files are personal data.
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all, failure);
    }
    if (failure) {
        throw Error(fmt::format("Cannot make the folder {}: {}.", directory.string(), failure.message()));
    }
    for (const auto& [file, content] : result.files) {
        writeFile(directory / (lds::fileName(file) + ".bin"), content);
    }
    if (!result.documentSigner.empty()) {
        writeFile(directory / "document-signer.cer", result.documentSigner);
    }
    inspection::FaceFiles faceFiles;
    if (result.face) {
        faceFiles = inspection::storeFace(*result.face, directory);
    }
    auto json = inspection::toJson(result, faceFiles);
    writeFile(directory / "read.json", viewOf(formatJson(json)));
    return json;
}

std::string verdictInWords(Verdict verdict, const std::string& policy) {
    switch (verdict) {
    case Verdict::Genuine:
        return fmt::format("GENUINE: everything that the policy {} demands is proven.", policy);
    case Verdict::NotGenuine:
        return "NOT GENUINE: do not accept this card.";
    case Verdict::Incomplete:
        break;
    }
    return fmt::format("INCOMPLETE: nothing is wrong, but the policy {} demands more than could be proven.",
                       policy);
}

void printMembers(const Json& object) {
    for (const auto& [name, value] : object.items()) {
        if (value.is_string() && !value.get_ref<const std::string&>().empty()) {
            std::cout << fmt::format("  {:<24} {}\n", name, value.get_ref<const std::string&>());
        }
    }
}

void printFace(const Json& json) {
    if (!json.contains("face")) {
        return;
    }
    const auto& face = json["face"];
    std::cout << fmt::format("\nFace: {}, {} x {} pixels\n", face["format"].get<std::string>(),
                             face["width"].get<std::uint32_t>(), face["height"].get<std::uint32_t>());
    for (const auto* file : {"file", "displayableFile"}) {
        if (face.contains(file)) {
            std::cout << fmt::format("  in {}\n", face[file].get<std::string>());
        }
    }
    if (face.contains("defect")) {
        std::cout << fmt::format("  not shown: {}\n", face["defect"].get<std::string>());
    }
}

void printForPeople(const InspectionResult& result, const Json& json) {
    std::cout << verdictInWords(result.judgement.verdict, result.policy) << '\n';
    for (const auto& reason : result.judgement.reasons) {
        std::cout << "  - " << reason << '\n';
    }
    for (const auto& remark : result.remarks) {
        std::cout << "Remark: " << remark << '\n';
    }
    for (const auto* part : {"citizen", "document"}) {
        if (json.contains(part)) {
            std::cout << '\n'
                      << (part == std::string_view("citizen") ? "Citizen (DG13)" : "Document (DG1)") << '\n';
            printMembers(json[part]);
        }
    }
    std::cout << "\nChecks\n";
    for (const auto& check : result.checks) {
        std::cout << fmt::format("  {:<34} {:<13} {}\n", check.name, trust::nameOf(check.result),
                                 check.reason);
    }
    std::cout << "\nFiles\n";
    for (const auto& [file, content] : result.files) {
        std::cout << fmt::format("  {:<14} {:>6} bytes\n", lds::fileName(file), content.size());
    }
    for (const auto& [file, reason] : result.notRead) {
        std::cout << fmt::format("  {:<14} not read: {}\n", lds::fileName(file), reason);
    }
    printFace(json);
    std::cout << fmt::format("\n{} APDUs, {} bytes sent, {} received, {} ms in {}\n", result.total.commands,
                             result.total.bytesSent, result.total.bytesReceived,
                             json["apdu"]["milliseconds"].get<long>(), result.reader);
}

ExitStatus runRead(const Options& options) {
    const auto result = readCard(options.read);
    const auto json =
        options.directory.empty() ? inspection::toJson(result) : writeOutput(result, options.directory);
    if (options.json) {
        printJson(std::cout, json);
    } else {
        printForPeople(result, json);
    }
    return result.judgement.verdict == Verdict::Genuine ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

} // namespace

void addReadCommand(CLI::App& application, ExitStatus& status) {
    auto* command = application.add_subcommand("read", "Read a card and say whether it is genuine");
    const auto options = std::make_shared<Options>();
    addCardOptions(*command, options->read, /*keyRequired*/ true);
    addJudgingOptions(*command, options->read);
    command->add_option("--out", options->directory, "folder for the files as read, the face and read.json");
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer("Exit status 0 means genuine, 3 means not genuine or incomplete.\n\n"
                    "Example:\n  cancuoc read --number 001299000001 --trust store --out card");
    command->callback([options, &status] { status = runRead(*options); });
}

} // namespace cancuoc::tools
