// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/given_access.hpp"

#include <string_view>
#include <utility>

#include "host/base/error.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/lds/machine_readable_zone.hpp"
#include "host/lds/mrz_correction.hpp"

namespace cancuoc::inspection {

namespace {

constexpr std::string_view corrected = "Letters and digits of the MRZ as it was given were taken for one "
                                       "another; its check digits say which they are.";

// The zone is compared with the chip's: a typing error must not make the card look forged.
void requireRightCheckDigits(const std::string& mrz) {
    for (const auto& field : lds::MachineReadableZone::parse(mrz).wrongCheckDigits) {
        throw BadConfiguration("The check digit of the " + field +
                               " in the MRZ is wrong: compare it with the card.");
    }
}

// What was there before is personal too, and is not left behind in memory that is given back.
void replaceText(std::string& text, const std::string& with) {
    wipe(text);
    text = with;
}

} // namespace

void GivenAccess::correctMrz() {
    correctedCharacters = 0;
    auto zone = lds::correctZone(mrz);
    if (zone && zone->corrected != 0) {
        replaceText(mrz, zone->text);
        correctedCharacters = zone->corrected;
    }
    if (zone) {
        wipe(zone->text);
    }
}

void GivenAccess::applyTo(InspectionRequest& request) const {
    if (!can.empty()) {
        request.keys.can = AccessKey::fromCan(can);
    }
    if (!mrz.empty()) {
        auto key = AccessKey::fromMrz(mrz);
        requireRightCheckDigits(mrz);
        request.keys.mrz = std::move(key);
    }
    if (!number.empty()) {
        request.keys.can = AccessKey::fromNumber(number);
    }
    if (!documentNumber.empty() && !(birthDate && expiryDate)) {
        throw BadConfiguration("The document number opens a card together with birth and expiry dates.");
    }
    if (birthDate && expiryDate) {
        request.keys.mrz = documentNumber.empty()
                               ? AccessKey::fromNumber(number, *birthDate, *expiryDate)
                               : AccessKey::fromMrzInformation(documentNumber, *birthDate, *expiryDate);
    }
    if (!pin.empty()) {
        request.keys.pin = AccessKey::fromPin(pin);
    }
    if (!puk.empty()) {
        request.keys.puk = AccessKey::fromPuk(puk);
    }
    replaceText(request.expectedZone.text, mrz);
    replaceText(request.expectedZone.documentNumber, documentNumber);
    request.expectedZone.birthDate = birthDate;
    request.expectedZone.expiryDate = expiryDate;
    replaceText(request.expectedNumber, number);
    std::erase(request.remarks, corrected);
    if (correctedCharacters != 0) {
        request.remarks.emplace_back(corrected);
    }
}

} // namespace cancuoc::inspection
