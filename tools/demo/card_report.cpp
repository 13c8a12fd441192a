// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/card_report.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace cancuoc::demo {

namespace {

using Json = nlohmann::ordered_json;

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw std::runtime_error(path.string() + " cannot be read; run the demonstration again");
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string describeAccess(const Json& access) {
    std::string text = access.at("protocol").get<std::string>();
    for (const char* detail : {"mapping", "password", "curve"}) {
        const std::string value = access.value(detail, "");
        if (!value.empty()) {
            text += " · " + value;
        }
    }
    return text;
}

// The members that are text and not empty.
std::vector<std::pair<std::string, std::string>> textsOf(const Json& object) {
    std::vector<std::pair<std::string, std::string>> items;
    for (const auto& [name, value] : object.items()) {
        if (value.is_string() && !value.get_ref<const std::string&>().empty()) {
            items.emplace_back(name, value.get<std::string>());
        }
    }
    return items;
}

CardReport fromJson(const Json& json) {
    CardReport report;
    report.verdict = json.at("verdict").get<std::string>();
    report.access = describeAccess(json.at("access"));
    const Json& document = json.at("document");
    report.number = document.at("personalNumber").get<std::string>();
    report.machineReadableZone = document.at("mrz").get<std::vector<std::string>>();
    report.fullName = json.at("citizen").at("fullName").get<std::string>();
    report.citizen = textsOf(json.at("citizen"));
    for (const Json& check : json.at("checks")) {
        report.checks.push_back({check.at("name"), check.at("result"), check.value("reason", "")});
    }
    for (const auto& [name, file] : json.at("files").items()) {
        report.fileBytes += file.value("bytes", std::size_t{0});
    }
    report.notRead = textsOf(json.value("notRead", Json::object()));
    const Json& apdu = json.at("apdu");
    report.commands = apdu.at("count");
    report.bytesSent = apdu.at("sent");
    report.bytesReceived = apdu.at("received");
    report.milliseconds = apdu.at("milliseconds");
    for (const Json& step : apdu.at("steps")) {
        report.steps.push_back(
            {step.at("name"), step.value("count", std::size_t{0}), step.at("milliseconds")});
    }
    return report;
}

} // namespace

CardReport CardReport::load(const std::filesystem::path& folder) {
    const std::filesystem::path jsonPath = folder / "read.json";
    try {
        const Json json = Json::parse(content(jsonPath));
        CardReport report = fromJson(json);
        report.portrait = content(folder / json.at("face").at("file").get<std::string>());
        report.qrCode = content(folder / "qr.svg");
        report.qrMatches = std::stoi(content(folder / "qr-verify.status")) == 0;
        return report;
    } catch (const Json::exception& error) {
        throw std::runtime_error(jsonPath.string() +
                                 " is not what `cancuoc read --json` writes: " + error.what());
    }
}

} // namespace cancuoc::demo
