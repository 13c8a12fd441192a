// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/inspection_json.hpp"

#include "host/biometric/image.hpp"
#include "host/crypto/digest.hpp"
#include "host/inspection/lds2_json.hpp"

namespace cancuoc::inspection {

namespace {

using Json = nlohmann::ordered_json;

std::int64_t milliseconds(std::chrono::nanoseconds duration) {
    return std::chrono::round<std::chrono::milliseconds>(duration).count();
}

Json isoOrNull(std::optional<Date> date) {
    return date ? Json(toIso(*date)) : Json();
}

// What DG13 writes as no date stays as it stands on the card.
std::string isoDate(const std::string& text) {
    const auto date = lds::dateFromDataGroup13(text);
    return date ? toIso(*date) : text;
}

std::string_view sexName(lds::Sex sex) {
    switch (sex) {
    case lds::Sex::Male:
        return "M";
    case lds::Sex::Female:
        return "F";
    case lds::Sex::Unspecified:
        break;
    }
    return "X";
}

Json accessJson(const AccessUsed& access) {
    Json json{{"protocol", access.protocol}};
    if (access.protocol == "PACE") {
        json["mapping"] = access.mapping;
        json["oid"] = access.oid;
        json["curve"] = access.curve;
        json["executedBy"] = access.byReader ? "reader" : "terminal";
    }
    json["password"] = access.password;
    return json;
}

Json documentJson(const lds::DataGroup1& dataGroup1, const InspectionResult& result) {
    const auto& zone = dataGroup1.machineReadableZone;
    const Date day = dateOf(result.time);
    return {{"type", lds::nameOf(zone.format)},
            {"issuer", zone.issuingState},
            {"documentNumber", zone.documentNumber},
            {"personalNumber", zone.vietnameseNumber().value_or(zone.optionalData)},
            {"name", zone.name()},
            {"birthDate", isoOrNull(zone.fullBirthDate(day, result.birthDate))},
            {"sex", sexName(zone.sex)},
            {"nationality", zone.nationality},
            {"expiryDate", isoOrNull(zone.fullExpiryDate(day, result.issueDate))},
            {"mrz", dataGroup1.lines}};
}

Json citizenJson(const lds::VietnameseDataGroup13& dataGroup13) {
    const auto& citizen = dataGroup13.citizen;
    Json json{{"number", citizen.number},
              {"fullName", citizen.fullName},
              {"birthDate", isoDate(citizen.birthDate)},
              {"sex", citizen.sex},
              {"nationality", citizen.nationality},
              {"ethnicity", citizen.ethnicity},
              {"religion", citizen.religion},
              {"placeOfOrigin", citizen.placeOfOrigin},
              {"residence", citizen.residence},
              {"distinguishingFeatures", citizen.distinguishingFeatures},
              {"issueDate", isoDate(citizen.issueDate)},
              {"expiryDate", isoDate(citizen.expiryDate)},
              {"fatherName", citizen.fatherName},
              {"motherName", citizen.motherName},
              {"spouseName", citizen.spouseName},
              {"oldNumber", citizen.oldNumber},
              {"chipCode", citizen.chipCode}};
    auto other = Json::object();
    for (const auto& item : dataGroup13.other) {
        other[std::to_string(item.number)] = item.text();
    }
    json["other"] = std::move(other);
    return json;
}

// A detail that is absent has no member.
void put(Json& json, const char* name, const std::string& text) {
    if (!text.empty()) {
        json[name] = text;
    }
}

std::string isoDetail(const std::string& text) {
    const auto date = lds::dateFromDetail(text);
    return date ? toIso(*date) : text;
}

Json personalDetailsJson(const lds::DataGroup11& details) {
    auto json = Json::object();
    put(json, "fullName", details.fullName);
    if (!details.otherNames.empty()) {
        json["otherNames"] = details.otherNames;
    }
    put(json, "personalNumber", details.personalNumber);
    put(json, "birthDate", isoDetail(details.birthDate));
    put(json, "placeOfBirth", details.placeOfBirth);
    put(json, "address", details.address);
    put(json, "telephone", details.telephone);
    put(json, "profession", details.profession);
    put(json, "title", details.title);
    put(json, "personalSummary", details.personalSummary);
    put(json, "otherDocumentNumbers", details.otherDocumentNumbers);
    put(json, "custodyInformation", details.custodyInformation);
    return json;
}

Json documentDetailsJson(const lds::DataGroup12& details) {
    auto json = Json::object();
    put(json, "issuingAuthority", details.issuingAuthority);
    put(json, "issueDate", isoDetail(details.issueDate));
    if (!details.otherPersons.empty()) {
        json["otherPersons"] = details.otherPersons;
    }
    put(json, "endorsements", details.endorsements);
    put(json, "taxOrExitRequirements", details.taxOrExitRequirements);
    put(json, "personalizationTime", details.personalizationTime);
    put(json, "personalizationSystem", details.personalizationSystem);
    return json;
}

Json personsToNotifyJson(const lds::DataGroup16& dataGroup16) {
    auto json = Json::array();
    for (const auto& person : dataGroup16.persons) {
        auto entry = Json::object();
        put(entry, "name", person.name);
        put(entry, "telephone", person.telephone);
        put(entry, "address", person.address);
        put(entry, "dateRecorded", isoDetail(person.dateRecorded));
        json.push_back(std::move(entry));
    }
    return json;
}

Json imageJson(const biometric::EncodedImage& image, const ImageFiles& files) {
    Json json{{"format", biometric::nameOf(image.format)}, {"width", image.width}, {"height", image.height}};
    put(json, "file", files.encoded);
    put(json, "displayableFile", files.displayable);
    put(json, "defect", files.defect);
    return json;
}

Json imagesJson(const std::vector<DocumentImage>& images, const std::vector<ImageFiles>& files) {
    auto json = Json::array();
    for (std::size_t index = 0; index < images.size(); ++index) {
        Json entry{{"dataGroup", lds::dataGroupNumber(images[index].file).value_or(0)},
                   {"shows", images[index].shows}};
        entry.update(imageJson(images[index].encoded, index < files.size() ? files[index] : ImageFiles()));
        json.push_back(std::move(entry));
    }
    return json;
}

Json checksJson(const std::vector<trust::Check>& checks) {
    auto json = Json::array();
    for (const auto& check : checks) {
        json.push_back(
            {{"name", check.name}, {"result", trust::nameOf(check.result)}, {"reason", check.reason}});
    }
    return json;
}

Json filesJson(const std::map<lds::FileId, Bytes>& files) {
    auto json = Json::object();
    for (const auto& [file, content] : files) {
        json[lds::fileName(file)] = {{"bytes", content.size()},
                                     {"sha256", toLowerCaseHex(digest(HashAlgorithm::Sha256, content))}};
    }
    return json;
}

Json apduJson(const InspectionResult& result) {
    auto steps = Json::array();
    for (const auto& step : result.steps) {
        steps.push_back({{"name", step.name},
                         {"count", step.commands},
                         {"sent", step.bytesSent},
                         {"received", step.bytesReceived},
                         {"milliseconds", milliseconds(step.duration)}});
    }
    return {{"count", result.total.commands},
            {"sent", result.total.bytesSent},
            {"received", result.total.bytesReceived},
            {"milliseconds", milliseconds(result.total.duration)},
            {"steps", std::move(steps)}};
}

} // namespace

Json toJson(const InspectionResult& result, const StoredImages& stored) {
    Json json{{"reader", result.reader},
              {"verdict", nameOf(result.judgement.verdict)},
              {"reasons", result.judgement.reasons},
              {"remarks", result.remarks},
              {"policy", result.policy}};
    if (result.access) {
        json["access"] = accessJson(*result.access);
    }
    json["checks"] = checksJson(result.checks);
    if (result.dataGroup1) {
        json["document"] = documentJson(*result.dataGroup1, result);
    }
    if (result.dataGroup13) {
        json["citizen"] = citizenJson(*result.dataGroup13);
    }
    if (result.dataGroup11) {
        json["personalDetails"] = personalDetailsJson(*result.dataGroup11);
    }
    if (result.dataGroup12) {
        json["documentDetails"] = documentDetailsJson(*result.dataGroup12);
    }
    if (result.dataGroup16) {
        json["personsToNotify"] = personsToNotifyJson(*result.dataGroup16);
    }
    json["files"] = filesJson(result.files);
    auto notRead = Json::object();
    for (const auto& [file, reason] : result.notRead) {
        notRead[lds::fileName(file)] = reason;
    }
    json["notRead"] = std::move(notRead);
    if (result.face) {
        json["face"] = imageJson(*result.face, stored.face);
    }
    if (!result.images.empty()) {
        json["images"] = imagesJson(result.images, stored.others);
    }
    if (result.lds2) {
        json["lds2"] = toJson(*result.lds2);
    }
    json["apdu"] = apduJson(result);
    return json;
}

} // namespace cancuoc::inspection
