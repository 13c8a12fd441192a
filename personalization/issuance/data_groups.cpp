// SPDX-License-Identifier: Apache-2.0
#include "personalization/issuance/data_groups.hpp"

#include "host/base/error.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/lds/vietnamese_machine_readable_zone.hpp"

#include <cstdio>

namespace cancuoc::personalization {

namespace {

constexpr std::size_t chipCodeBytes = 8; // 16 hexadecimal characters

// Runs `make` and puts the name of the record's field in front of what it complains of.
template <class Make>
auto inField(const char* field, const Make& make) {
    try {
        return make();
    } catch (const MalformedData& malformed) {
        throw MalformedData(std::string(field) + ": " + malformed.what());
    }
}

// dd/mm/yyyy
std::string dayMonthYear(Date date) {
    char text[32];
    std::snprintf(text, sizeof text, "%02u/%02u/%04d", static_cast<unsigned>(date.day()),
                  static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
    return text;
}

std::string chipCodeOf(BytesView chipSerial) {
    if (chipSerial.empty()) {
        return "";
    }
    if (chipSerial.size() < chipCodeBytes) {
        throw BadConfiguration("A chip serial must have at least 8 bytes to be named in DG13.");
    }
    return toHex(chipSerial.last(chipCodeBytes));
}

Bytes publicKeyInfo(const ChipKeyPair& pair) {
    return encodeSubjectPublicKeyInfo(EllipticCurve::standardized(pair.standardizedDomainParameters),
                                      pair.publicKey, CurveEncoding::Explicit);
}

ObjectIdentifier identifier(std::string_view text) {
    return ObjectIdentifier::fromText(text);
}

} // namespace

lds::MachineReadableZone machineReadableZoneOf(const CitizenRecord& record) {
    lds::VietnameseMrzFields fields;
    fields.number = record.number;
    fields.fullName = record.fullName;
    fields.birthDate = record.birthDate;
    fields.sex = record.sex == Sex::Male ? lds::Sex::Male : lds::Sex::Female;
    fields.expiryDate = record.expiryDate;
    return inField("number or full_name", [&] { return lds::vietnameseMachineReadableZone(fields); });
}

lds::DataGroup2 dataGroup2Of(const Pictures& pictures) {
    return inField("portrait", [&] {
        return lds::DataGroup2::of(biometric::FacialRecord::fullFrontal(pictures.portrait));
    });
}

lds::DataGroup3 dataGroup3Of(const Pictures& pictures) {
    using biometric::FingerPosition;
    using biometric::FingerRecord;
    auto left = inField("left_index", [&] {
        return FingerRecord::plainImpression(FingerPosition::LeftIndex, pictures.leftIndex);
    });
    auto right = inField("right_index", [&] {
        return FingerRecord::plainImpression(FingerPosition::RightIndex, pictures.rightIndex);
    });
    return lds::DataGroup3::of({std::move(left), std::move(right)});
}

lds::VietnameseDataGroup13 dataGroup13Of(const CitizenRecord& record, BytesView chipSerial) {
    lds::VietnameseDataGroup13 dataGroup;
    lds::CitizenData& citizen = dataGroup.citizen;
    citizen.number = record.number;
    citizen.fullName = record.fullName;
    citizen.birthDate = dayMonthYear(record.birthDate);
    citizen.sex = record.sex == Sex::Male ? "Nam" : "Nữ";
    citizen.nationality = record.nationality;
    citizen.ethnicity = record.ethnicity;
    citizen.religion = record.religion;
    citizen.placeOfOrigin = record.placeOfOrigin;
    citizen.residence = record.residence;
    citizen.distinguishingFeatures = record.distinguishingFeatures;
    citizen.issueDate = dayMonthYear(record.issueDate);
    citizen.expiryDate = record.expiryDate ? dayMonthYear(*record.expiryDate) : "Không thời hạn";
    citizen.fatherName = record.fatherName;
    citizen.motherName = record.motherName;
    citizen.spouseName = record.spouseName;
    citizen.oldNumber = record.oldNumber;
    citizen.chipCode = chipCodeOf(chipSerial);
    return dataGroup;
}

lds::DataGroup14 dataGroup14Of(const lds::CardAccess& cardAccess, const ChipKeys& keys) {
    lds::DataGroup14 dataGroup;
    dataGroup.securityInfos = cardAccess.securityInfos;
    auto& infos = dataGroup.securityInfos.infos;
    infos.emplace_back(
        lds::ChipAuthenticationPublicKeyInfo{identifier(lds::oid::chipAuthenticationPublicKeyEcdh),
                                             publicKeyInfo(keys.chipAuthentication), std::nullopt});
    // Doc 9303-11, 9.2.4: an ECDSA key in DG15 needs its signature format here.
    infos.emplace_back(lds::ActiveAuthenticationInfo{identifier(lds::oid::activeAuthentication), 1,
                                                     identifier(lds::oid::ecdsaPlainSha256)});
    return dataGroup;
}

lds::DataGroup15 dataGroup15Of(const ChipKeys& keys) {
    return {publicKeyInfo(keys.activeAuthentication)};
}

} // namespace cancuoc::personalization
