// SPDX-License-Identifier: Apache-2.0
#include "qr/card_seal.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/unicode/normalization_form.hpp"
#include "qr/c40.hpp"
#include "qr/payload_date.hpp"

namespace cancuoc::qr {

namespace {

enum Tag : std::uint8_t { Number = 1, FullName, BirthDate, Sex, Residence, OldNumber };

Date requireDate(std::string_view text, std::string_view name) {
    const auto date = dateOfPayload(text);
    if (!date) {
        throw MalformedData(fmt::format("The {} is no day of the form ddmmyyyy.", name));
    }
    return *date;
}

Bytes inUtf8(std::string_view text) {
    return toBytes(viewOf(toNormalizationFormC(text)));
}

const SealFeature* find(const SealContent& content, Tag tag) {
    const auto hasTag = [&](const SealFeature& feature) { return feature.tag == tag; };
    const auto found = std::find_if(content.features.begin(), content.features.end(), hasTag);
    if (found == content.features.end()) {
        return nullptr;
    }
    if (std::count_if(content.features.begin(), content.features.end(), hasTag) != 1) {
        throw MalformedData(fmt::format("The seal has the feature {} twice.", tag));
    }
    return &*found;
}

const Bytes& require(const SealContent& content, Tag tag) {
    const auto* feature = find(content, tag);
    if (feature == nullptr) {
        throw MalformedData(fmt::format("The seal lacks the feature {}.", tag));
    }
    return feature->value;
}

} // namespace

SealContent sealContentOf(const Payload& payload, SealHeader header) {
    if (payload.number.size() != 12 || !isDigits(payload.number)) {
        throw MalformedData("The seal needs a personal identification number of 12 digits.");
    }
    if (payload.sex != "Nam" && payload.sex != "Nữ") {
        throw MalformedData("The sex is neither Nam nor Nữ.");
    }
    if (std::any_of(payload.additional.begin(), payload.additional.end(),
                    [](const std::string& field) { return !field.empty(); })) {
        throw MalformedData(
            "The seal has no place for the four additional fields of 2024; leave them empty.");
    }
    header.documentIssueDate = requireDate(payload.issueDate, "issue date");
    header.documentType = cardSealDocumentType;
    header.featureDefinition = cardSealFeatureDefinition;
    SealContent content{std::move(header),
                        {{Number, encodeC40(payload.number)},
                         {FullName, inUtf8(payload.fullName)},
                         {BirthDate, encodeSealDate(requireDate(payload.birthDate, "birth date"))},
                         {Sex, encodeC40(payload.sex == "Nam" ? "M" : "F")},
                         {Residence, inUtf8(payload.residence)}}};
    if (!payload.oldNumber.empty()) {
        content.features.push_back({OldNumber, encodeC40(payload.oldNumber)});
    }
    return content;
}

Payload payloadOf(const SealContent& content) {
    if (content.header.documentType != cardSealDocumentType ||
        content.header.featureDefinition != cardSealFeatureDefinition) {
        throw MalformedData("The seal belongs to another kind of document.");
    }
    const auto sex = decodeC40(require(content, Sex));
    if (sex != "M" && sex != "F") {
        throw MalformedData("The sex in the seal is neither M nor F.");
    }
    Payload payload;
    payload.number = decodeC40(require(content, Number));
    payload.fullName = toNormalizationFormC(toText(require(content, FullName)));
    payload.birthDate = toPayloadDate(decodeSealDate(require(content, BirthDate)));
    payload.sex = sex == "M" ? "Nam" : "Nữ";
    payload.residence = toNormalizationFormC(toText(require(content, Residence)));
    payload.issueDate = toPayloadDate(content.header.documentIssueDate);
    if (const auto* oldNumber = find(content, OldNumber)) {
        payload.oldNumber = decodeC40(oldNumber->value);
    }
    return payload;
}

} // namespace cancuoc::qr
