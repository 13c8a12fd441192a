// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/evidence.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "host/base/base64.hpp"
#include "host/base/error.hpp"
#include "host/base/moment.hpp"
#include "host/inspection/check_name.hpp"

namespace cancuoc::inspection {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* format = "cancuoc-evidence";
constexpr int version = 1;

// --- writing

Json accessJson(const AccessUsed& access) {
    return {{"protocol", access.protocol}, {"mapping", access.mapping},   {"oid", access.oid},
            {"curve", access.curve},       {"password", access.password}, {"byReader", access.byReader}};
}

Json checksJson(const std::vector<trust::Check>& checks) {
    auto json = Json::array();
    for (const auto& check : checks) {
        json.push_back(
            {{"name", check.name}, {"result", trust::nameOf(check.result)}, {"reason", check.reason}});
    }
    return json;
}

Json expectedJson(const Evidence& evidence) {
    Json json{{"number", evidence.expectedNumber}, {"mrz", evidence.expectedZone.text}};
    if (!evidence.expectedZone.documentNumber.empty()) {
        json["documentNumber"] = evidence.expectedZone.documentNumber;
    }
    if (evidence.expectedZone.birthDate) {
        json["birthDate"] = toIso(*evidence.expectedZone.birthDate);
    }
    if (evidence.expectedZone.expiryDate) {
        json["expiryDate"] = toIso(*evidence.expectedZone.expiryDate);
    }
    return json;
}

Json filesJson(const std::map<lds::FileId, Bytes>& files) {
    auto json = Json::object();
    for (const auto& [file, content] : files) {
        json[lds::fileName(file)] = toBase64(content);
    }
    return json;
}

Json notReadJson(const std::vector<FileNotRead>& notRead) {
    auto json = Json::object();
    for (const auto& [file, reason] : notRead) {
        json[lds::fileName(file)] = reason;
    }
    return json;
}

Json mappingJson(const ChipAuthenticationData& data) {
    Json json{{"parameterId", data.curve.parameterId()},
              {"mappingKey", toBase64(data.mappingKey)},
              {"chipAuthenticationData", toBase64(data.chipAuthenticationData)}};
    if (data.keyId) {
        json["keyId"] = *data.keyId;
    }
    return json;
}

// --- reading

[[noreturn]] void refuse(std::string_view name, std::string_view whatItShouldBe) {
    throw MalformedData(
        fmt::format("The evidence cannot be read: its member \"{}\" is not {}.", name, whatItShouldBe));
}

const Json* find(const Json& object, const char* name) {
    const auto member = object.find(name);
    return member != object.end() ? &*member : nullptr;
}

const Json& member(const Json& object, const char* name) {
    const auto* found = find(object, name);
    if (found == nullptr) {
        throw MalformedData(fmt::format("The evidence cannot be read: it has no member \"{}\".", name));
    }
    return *found;
}

const Json& objectIn(const Json& object, const char* name) {
    const auto& found = member(object, name);
    if (!found.is_object()) {
        refuse(name, "an object");
    }
    return found;
}

const Json& arrayIn(const Json& object, const char* name) {
    const auto& found = member(object, name);
    if (!found.is_array()) {
        refuse(name, "an array");
    }
    return found;
}

const std::string& textOf(const Json& value, std::string_view name) {
    if (!value.is_string()) {
        refuse(name, "text");
    }
    return value.get_ref<const std::string&>();
}

const std::string& textIn(const Json& object, const char* name) {
    return textOf(member(object, name), name);
}

unsigned numberOf(const Json& value, std::string_view name, unsigned maximum) {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > maximum) {
        refuse(name, fmt::format("a number from 0 to {}", maximum));
    }
    return value.get<unsigned>();
}

Bytes bytesOf(const Json& value, std::string_view name) {
    try {
        return fromBase64(textOf(value, name));
    } catch (const MalformedData&) {
        refuse(name, "base64");
    }
}

Bytes bytesIn(const Json& object, const char* name) {
    return bytesOf(member(object, name), name);
}

std::optional<Date> dateIn(const Json& object, const char* name) {
    const auto* found = find(object, name);
    if (found == nullptr) {
        return std::nullopt;
    }
    try {
        return dateFromIso(textOf(*found, name));
    } catch (const MalformedData&) {
        refuse(name, "a date, YYYY-MM-DD");
    }
}

lds::FileId fileNamed(const std::string& name) {
    for (const auto file : {lds::FileId::Com, lds::FileId::Sod, lds::FileId::Dir, lds::FileId::AtrInfo,
                            lds::FileId::CardAccess, lds::FileId::CardSecurity}) {
        if (lds::fileName(file) == name) {
            return file;
        }
    }
    for (int number = 1; number <= 16; ++number) {
        if (lds::fileName(lds::dataGroupFile(number)) == name) {
            return lds::dataGroupFile(number);
        }
    }
    throw MalformedData("The evidence cannot be read: it names a file that no eMRTD has.");
}

trust::CheckResult resultNamed(const std::string& name) {
    for (const auto result : {trust::CheckResult::Passed, trust::CheckResult::Failed,
                              trust::CheckResult::NotSupported, trust::CheckResult::NotPerformed}) {
        if (trust::nameOf(result) == name) {
            return result;
        }
    }
    refuse("result", "passed, failed, not-supported or not-performed");
}

std::optional<AccessUsed> accessIn(const Json& evidence) {
    if (find(evidence, "access") == nullptr) {
        return std::nullopt;
    }
    const auto& access = objectIn(evidence, "access");
    const auto& byReader = member(access, "byReader");
    if (!byReader.is_boolean()) {
        refuse("byReader", "true or false");
    }
    return AccessUsed{textIn(access, "protocol"), textIn(access, "mapping"),  textIn(access, "oid"),
                      textIn(access, "curve"),    textIn(access, "password"), byReader.get<bool>()};
}

std::vector<trust::Check> checksIn(const Json& evidence) {
    std::vector<trust::Check> checks;
    for (const auto& entry : arrayIn(evidence, "checks")) {
        if (!entry.is_object()) {
            refuse("checks", "an array of objects");
        }
        const auto& name = textIn(entry, "name");
        const auto result = resultNamed(textIn(entry, "result"));
        const bool isKnown =
            std::find(check_name::all.begin(), check_name::all.end(), name) != check_name::all.end();
        const bool isThere = std::any_of(checks.begin(), checks.end(),
                                         [&](const trust::Check& check) { return check.name == name; });
        if (!isKnown || isThere) {
            refuse("checks", "a list of different checks with their results");
        }
        checks.push_back({name, result, textIn(entry, "reason")});
    }
    return checks;
}

std::set<int> dataGroupsIn(const Json& evidence) {
    std::set<int> dataGroups;
    for (const auto& entry : arrayIn(evidence, "dataGroups")) {
        const auto number = static_cast<int>(numberOf(entry, "dataGroups", 16));
        if (number == 0) {
            refuse("dataGroups", "an array of numbers from 1 to 16");
        }
        dataGroups.insert(number);
    }
    return dataGroups;
}

std::map<lds::FileId, Bytes> filesIn(const Json& evidence) {
    std::map<lds::FileId, Bytes> files;
    for (const auto& [name, content] : objectIn(evidence, "files").items()) {
        files[fileNamed(name)] = bytesOf(content, name);
    }
    return files;
}

std::vector<FileNotRead> notReadIn(const Json& evidence) {
    std::vector<FileNotRead> notRead;
    for (const auto& [name, reason] : objectIn(evidence, "notRead").items()) {
        notRead.push_back({fileNamed(name), textOf(reason, name)});
    }
    return notRead;
}

std::optional<ActiveAuthenticationEvidence> activeAuthenticationIn(const Json& evidence) {
    if (find(evidence, "activeAuthentication") == nullptr) {
        return std::nullopt;
    }
    const auto& object = objectIn(evidence, "activeAuthentication");
    ActiveAuthenticationEvidence found{bytesIn(object, "challenge"), bytesIn(object, "signature")};
    if (found.challenge.size() != ActiveAuthentication::challengeSize) {
        refuse("challenge", "8 bytes long");
    }
    return found;
}

std::optional<ChipAuthenticationData> mappingIn(const Json& evidence) {
    if (find(evidence, "chipAuthenticationMapping") == nullptr) {
        return std::nullopt;
    }
    const auto& object = objectIn(evidence, "chipAuthenticationMapping");
    const auto parameterId = numberOf(member(object, "parameterId"), "parameterId", 18);
    if (parameterId < 8) {
        refuse("parameterId", "the number of a curve, 8 to 18");
    }
    const auto curve = EllipticCurve::standardized(parameterId);
    ChipAuthenticationData data{
        curve, bytesIn(object, "mappingKey"), bytesIn(object, "chipAuthenticationData"), {}};
    if (data.chipAuthenticationData.size() != curve.orderSize()) {
        refuse("chipAuthenticationData", "a number of the curve's width");
    }
    if (const auto* keyId = find(object, "keyId")) {
        data.keyId = numberOf(*keyId, "keyId", 0xFFFF);
    }
    return data;
}

Json parse(BytesView file) {
    auto json = file.size() <= Evidence::maximumSize
                    ? Json::parse(file.begin(), file.end(), nullptr, /*allow_exceptions*/ false)
                    : Json();
    const auto* found = json.is_object() ? find(json, "format") : nullptr;
    if (found == nullptr || *found != format) {
        throw MalformedData("This is no evidence of a reading, as 'cancuoc read --evidence' writes it.");
    }
    if (member(json, "version") != version) {
        throw MalformedData(
            "This evidence is of a version that is not known here; a newer cancuoc reads it.");
    }
    return json;
}

} // namespace

Evidence Evidence::of(const InspectionRequest& request, const InspectionResult& result) {
    Evidence evidence;
    evidence.time = result.time;
    evidence.reader = result.reader;
    evidence.policy = result.policy;
    evidence.verdict = result.judgement.verdict;
    evidence.access = result.access;
    evidence.checks = result.checks;
    for (int number = 1; number <= 16; ++number) {
        if (request.wants(number)) {
            evidence.dataGroups.insert(number);
        }
    }
    evidence.expectedZone = request.expectedZone;
    evidence.expectedNumber = request.expectedNumber;
    evidence.files = result.files;
    evidence.notRead = result.notRead;
    evidence.activeAuthentication = result.activeAuthentication;
    evidence.chipAuthenticationMapping = result.chipAuthenticationMapping;
    return evidence;
}

Bytes Evidence::encode() const {
    Json json{{"format", format}, {"version", version}, {"readAt", toIso(time)},
              {"reader", reader}, {"policy", policy},   {"verdict", nameOf(verdict)}};
    if (access) {
        json["access"] = accessJson(*access);
    }
    json["checks"] = checksJson(checks);
    json["dataGroups"] = dataGroups;
    json["expected"] = expectedJson(*this);
    json["files"] = filesJson(files);
    json["notRead"] = notReadJson(notRead);
    if (activeAuthentication) {
        json["activeAuthentication"] = {{"challenge", toBase64(activeAuthentication->challenge)},
                                        {"signature", toBase64(activeAuthentication->signature)}};
    }
    if (chipAuthenticationMapping) {
        json["chipAuthenticationMapping"] = mappingJson(*chipAuthenticationMapping);
    }
    return toBytes(viewOf(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"));
}

Evidence Evidence::decode(BytesView file) {
    const auto json = parse(file);
    Evidence evidence;
    try {
        evidence.time = momentFromIso(textIn(json, "readAt"));
    } catch (const MalformedData&) {
        refuse("readAt", "a time, YYYY-MM-DDThh:mm:ssZ");
    }
    evidence.reader = textIn(json, "reader");
    evidence.policy = textIn(json, "policy");
    const auto verdict = verdictNamed(textIn(json, "verdict"));
    if (!verdict) {
        refuse("verdict", "genuine, not-genuine or incomplete");
    }
    evidence.verdict = *verdict;
    evidence.access = accessIn(json);
    evidence.checks = checksIn(json);
    evidence.dataGroups = dataGroupsIn(json);
    const auto& expected = objectIn(json, "expected");
    evidence.expectedNumber = textIn(expected, "number");
    evidence.expectedZone = {textIn(expected, "mrz"),
                             expected.contains("documentNumber") ? textIn(expected, "documentNumber") : "",
                             dateIn(expected, "birthDate"), dateIn(expected, "expiryDate")};
    evidence.files = filesIn(json);
    evidence.notRead = notReadIn(json);
    evidence.activeAuthentication = activeAuthenticationIn(json);
    evidence.chipAuthenticationMapping = mappingIn(json);
    return evidence;
}

} // namespace cancuoc::inspection
