// SPDX-License-Identifier: Apache-2.0
#include "tools/inspection_report.hpp"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include "host/inspection/check_name.hpp"

namespace cancuoc::tools {

namespace {

using inspection::InspectionResult;
using inspection::Verdict;

std::string verdictInWords(Verdict verdict, const std::string& policy, bool withoutCard) {
    switch (verdict) {
    case Verdict::Genuine:
        if (withoutCard) {
            return fmt::format(
                "GENUINE: what the policy {} demands is proven as far as that goes without the card; "
                "the rest is what the reading says.",
                policy);
        }
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
            printText(std::cout, "  {:<24} {}\n", name, value.get_ref<const std::string&>());
        }
    }
}

void printImage(std::string_view title, const Json& image) {
    printText(std::cout, "\n{}: {}, {} x {} pixels\n", title, image["format"].get<std::string>(),
              image["width"].get<std::uint32_t>(), image["height"].get<std::uint32_t>());
    for (const auto* file : {"file", "displayableFile"}) {
        if (image.contains(file)) {
            printText(std::cout, "  in {}\n", image[file].get<std::string>());
        }
    }
    if (image.contains("defect")) {
        printText(std::cout, "  not shown: {}\n", image["defect"].get<std::string>());
    }
}

void printImages(const Json& json) {
    if (json.contains("face")) {
        printImage("DG2, face", json["face"]);
    }
    for (const auto& image : json.value("images", Json::array())) {
        printImage(fmt::format("DG{}, {}", image["dataGroup"].get<int>(), image["shows"].get<std::string>()),
                   image);
    }
}

void printLds2(const Json& lds2) {
    std::cout << "\nTravel records, visas and additional biometrics (signatures not verified)\n";
    for (const auto& application : lds2["applications"]) {
        const auto& reason = application["reason"].get_ref<const std::string&>();
        printText(std::cout, "  {:<24} {}\n", application["name"].get<std::string>(),
                  reason.empty() ? "read" : reason);
    }
    for (const auto* kind : {"entries", "exits", "visas", "biometrics"}) {
        for (const auto& record : lds2[kind]) {
            printText(std::cout, "  {}:\n", kind);
            printMembers(record);
        }
    }
}

// Whether the policy did not ask for the proofs that the chip is no copy.
bool leavesOutCloneProofs(const InspectionResult& result) {
    return std::any_of(result.checks.begin(), result.checks.end(), [](const trust::Check& check) {
        return (check.name == inspection::check_name::chipAuthentication ||
                check.name == inspection::check_name::activeAuthentication) &&
               check.reason.starts_with(inspection::leftOutByPolicy);
    });
}

void printForPeople(const InspectionResult& result, const Json& json) {
    printText(std::cout, "{}{}\n",
              verdictInWords(result.judgement.verdict, result.policy, json.contains("evidence")),
              leavesOutCloneProofs(result) ? " Whether the chip is a copy was not asked." : "");
    for (const auto& reason : result.judgement.reasons) {
        printText(std::cout, "  - {}\n", reason);
    }
    for (const auto& remark : result.remarks) {
        printText(std::cout, "Remark: {}\n", remark);
    }
    constexpr std::pair<const char*, std::string_view> parts[] = {
        {"citizen", "Citizen (DG13)"},
        {"document", "Document (DG1)"},
        {"personalDetails", "Personal details (DG11)"},
        {"documentDetails", "Document details (DG12)"}};
    for (const auto& [part, title] : parts) {
        if (json.contains(part)) {
            printText(std::cout, "\n{}\n", title);
            printMembers(json[part]);
        }
    }
    for (const auto& person : json.value("personsToNotify", Json::array())) {
        std::cout << "\nPerson to notify (DG16)\n";
        printMembers(person);
    }
    std::cout << "\nChecks\n";
    for (const auto& check : result.checks) {
        printText(std::cout, "  {:<34} {:<13} {}\n", check.name, trust::nameOf(check.result), check.reason);
    }
    std::cout << "\nFiles\n";
    for (const auto& [file, content] : result.files) {
        printText(std::cout, "  {:<14} {:>6} bytes\n", lds::fileName(file), content.size());
    }
    for (const auto& [file, reason] : result.notRead) {
        printText(std::cout, "  {:<14} not read: {}\n", lds::fileName(file), reason);
    }
    printImages(json);
    if (result.lds2) {
        printLds2(json["lds2"]);
    }
    if (result.total.commands == 0) {
        return; // no card was there
    }
    printText(std::cout, "\n{} APDUs, {} bytes sent, {} received, {} ms in {}\n", result.total.commands,
              result.total.bytesSent, result.total.bytesReceived, json["apdu"]["milliseconds"].get<long>(),
              result.reader);
}

} // namespace

ExitStatus printReport(const InspectionResult& result, const Json& json, bool asJson) {
    if (asJson) {
        printJson(std::cout, json);
    } else {
        printForPeople(result, json);
    }
    return result.judgement.verdict == Verdict::Genuine ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

} // namespace cancuoc::tools
