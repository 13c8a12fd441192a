// SPDX-License-Identifier: Apache-2.0
#include "qr/qr_json.hpp"

#include <utility>

#include "qr/health_insurance_card.hpp"
#include "qr/payload.hpp"

namespace cancuoc::qr {

namespace {

using Json = nlohmann::ordered_json;

Json fieldsOf(const HealthInsuranceCard& card) {
    return {{"number", card.number}, {"fullName", card.fullName},   {"birthDate", card.birthDate},
            {"sex", card.sex},       {"residence", card.residence}, {"other", card.other}};
}

} // namespace

Json fieldsOf(const Payload& payload, std::optional<Profile> profile) {
    Json fields{{"number", payload.number},
                {"oldNumber", payload.oldNumber},
                {"fullName", payload.fullName},
                {"birthDate", payload.birthDate},
                {"sex", payload.sex},
                {"residence", payload.residence},
                {"issueDate", payload.issueDate}};
    if (profile != Profile::Cccd2021) {
        fields["additional"] = payload.additional;
    }
    return fields;
}

Json describeSymbol(const std::string& text) {
    const auto kind = classify(text);
    Json symbol{{"kind", kindName(kind)}, {"text", text}};
    if (kind == PayloadKind::HealthInsuranceCard && text.size() <= maximumPayloadLength) {
        const auto parsed = parseHealthInsuranceCard(text);
        symbol["payload"] = fieldsOf(parsed.card);
        addOddities(symbol, parsed.oddities);
        return symbol;
    }
    try {
        const auto parsed = parsePayload(text);
        symbol["profile"] = parsed.profile ? Json(profileName(*parsed.profile)) : Json();
        symbol["payload"] = fieldsOf(parsed.payload, parsed.profile);
        addOddities(symbol, parsed.oddities);
    } catch (const PayloadRefused& refused) {
        symbol["refusal"] = {{"reason", refusalName(refused.reason())},
                             {"position", refused.position()},
                             {"message", refused.what()}};
    }
    return symbol;
}

void addOddities(Json& json, const std::vector<Oddity>& oddities) {
    json["remarks"] = remarksOn(oddities);
    auto list = Json::array();
    for (const auto& oddity : oddities) {
        Json entry{{"kind", oddityName(oddity.kind)}, {"undone", isUndone(oddity.kind)}};
        if (oddity.position) {
            entry["position"] = *oddity.position;
        }
        if (oddity.field) {
            entry["field"] = *oddity.field;
        }
        list.push_back(std::move(entry));
    }
    json["oddities"] = std::move(list);
}

Json describeComparison(const std::vector<FieldComparison>& comparisons, std::string_view chipVerdict) {
    auto fields = Json::array();
    auto mismatches = Json::array();
    for (const auto& comparison : comparisons) {
        fields.push_back({{"name", comparison.name},
                          {"qr", comparison.onQr},
                          {"chip", comparison.onChip},
                          {"result", fieldResultName(comparison.result)}});
        if (comparison.result == FieldResult::Differs) {
            mismatches.push_back(comparison.name);
        }
    }
    const auto outcome = outcomeOf(comparisons);
    const bool matches = outcome == ComparisonOutcome::Matches && chipVerdict != "not-genuine";
    return {{"matches", matches},
            {"mismatches", std::move(mismatches)},
            {"chipVerdict", chipVerdict},
            {"fields", std::move(fields)}};
}

} // namespace cancuoc::qr
