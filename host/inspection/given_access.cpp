// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/given_access.hpp"

#include <utility>

#include "host/base/error.hpp"
#include "host/lds/machine_readable_zone.hpp"

namespace cancuoc::inspection {

namespace {

// The zone is compared with the chip's: a typing error must not make the card look forged.
void requireRightCheckDigits(const std::string& mrz) {
    for (const auto& field : lds::MachineReadableZone::parse(mrz).wrongCheckDigits) {
        throw BadConfiguration("The check digit of the " + field +
                               " in the MRZ is wrong: compare it with the card.");
    }
}

} // namespace

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
    request.expectedZone = {mrz, documentNumber, birthDate, expiryDate};
    request.expectedNumber = number;
}

} // namespace cancuoc::inspection
