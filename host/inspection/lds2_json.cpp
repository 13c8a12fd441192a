// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/lds2_json.hpp"

#include <iterator>

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"

namespace cancuoc::inspection {

namespace {

using Json = nlohmann::ordered_json;

Json describe(const lds::TravelDetails& details) {
    Json json{{"state", details.state},
              {"date", details.date},
              {"inspectionAuthority", details.inspectionAuthority},
              {"inspectionLocation", details.inspectionLocation},
              {"inspectorReference", details.inspectorReference},
              {"inspectionResult", details.inspectionResult},
              {"modeOfTravel", details.modeOfTravel},
              {"visaStatus", details.visaStatus},
              {"conditions", details.conditions}};
    if (const auto days = details.daysOfStay()) {
        json["daysOfStay"] = *days;
    }
    return json;
}

Json describe(const lds::VisaDetails& details) {
    Json json{{"issuingState", details.issuingState},
              {"documentType", details.documentType},
              {"documentNumber", details.documentNumber},
              {"passportNumber", details.passportNumber},
              {"placeOfIssuance", details.placeOfIssuance},
              {"effectiveDate", details.effectiveDate},
              {"expirationDate", details.expirationDate},
              {"fullName", details.fullName},
              {"birthDate", details.birthDate},
              {"sex", details.sex},
              {"nationality", details.nationality},
              {"additionalInformation", details.additionalInformation}};
    if (const auto entries = details.entries()) {
        json["entries"] = *entries;
    }
    return json;
}

// A member that says nothing is left out.
void removeEmptyTexts(Json& object) {
    for (auto member = object.begin(); member != object.end();) {
        const bool isEmpty = member->is_string() && member->get_ref<const std::string&>().empty();
        member = isEmpty ? object.erase(member) : std::next(member);
    }
}

void addSigner(Json& json, int reference, const Lds2Certificates& certificates) {
    const auto found = certificates.find(reference);
    if (found != certificates.end()) {
        json["signer"] = found->second.country + " " + toHex(found->second.serialNumber);
    }
}

template <class Record>
Json recordsJson(const std::vector<Record>& records, const Lds2Certificates& certificates) {
    auto json = Json::array();
    for (const auto& record : records) {
        Json entry;
        try {
            entry = describe(record.details());
            removeEmptyTexts(entry);
        } catch (const MalformedData& malformed) {
            entry = {{"defect", malformed.what()}};
        }
        addSigner(entry, record.certificateReference, certificates);
        json.push_back(std::move(entry));
    }
    return json;
}

Json biometricsJson(const Lds2Content& content) {
    auto json = Json::array();
    for (const auto& [number, file] : content.biometrics) {
        const Bytes data = file.biometricData();
        Json entry{{"file", "EF.Biometrics" + std::to_string(number)},
                   {"bytes", data.size()},
                   {"sha256", toLowerCaseHex(digest(HashAlgorithm::Sha256, data))}};
        addSigner(entry, file.certificateReference, content.biometricsCertificates);
        json.push_back(std::move(entry));
    }
    return json;
}

} // namespace

Json toJson(const Lds2Content& content) {
    auto applications = Json::array();
    for (const auto& [name, reason] : content.applications) {
        applications.push_back({{"name", name}, {"reason", reason}});
    }
    return {{"applications", std::move(applications)},
            {"entries", recordsJson(content.entries, content.travelCertificates)},
            {"exits", recordsJson(content.exits, content.travelCertificates)},
            {"visas", recordsJson(content.visas, content.visaCertificates)},
            {"biometrics", biometricsJson(content)}};
}

} // namespace cancuoc::inspection
