// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/given_access.hpp"

namespace cancuoc::inspection {

void GivenAccess::applyTo(InspectionRequest& request) const {
    if (!can.empty()) {
        request.keys.can = AccessKey::fromCan(can);
    }
    if (!mrz.empty()) {
        request.keys.mrz = AccessKey::fromMrz(mrz);
    }
    if (!number.empty()) {
        request.keys.can = AccessKey::fromNumber(number);
    }
    if (birthDate && expiryDate) {
        request.keys.mrz = AccessKey::fromNumber(number, *birthDate, *expiryDate);
    }
    request.expectedZone.text = mrz;
    request.expectedZone.birthDate = birthDate;
    request.expectedZone.expiryDate = expiryDate;
    request.expectedNumber = number;
}

} // namespace cancuoc::inspection
