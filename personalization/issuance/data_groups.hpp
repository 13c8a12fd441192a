// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/card_access.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/lds/data_group_2.hpp"
#include "host/lds/data_group_3.hpp"
#include "host/lds/machine_readable_zone.hpp"
#include "host/lds/vietnamese_data_group_13.hpp"
#include "personalization/intake/validation.hpp"
#include "personalization/issuance/chip_keys.hpp"

namespace cancuoc::personalization {

/// What a record becomes on the chip, one function a data group. Each throws MalformedData naming the field
/// of the record that does not fit.

/// The MRZ of the card: DG1, the access keys and the back of the card are made of it.
[[nodiscard]] lds::MachineReadableZone machineReadableZoneOf(const CitizenRecord& record);

/// The portrait, as its file stands.
[[nodiscard]] lds::DataGroup2 dataGroup2Of(const Pictures& pictures);

/// The left and then the right index finger, as their files stand.
[[nodiscard]] lds::DataGroup3 dataGroup3Of(const Pictures& pictures);

/// The record in the layout of the card of 2021. What that has no item for stays in the register: place of
/// birth registration, other name and blood group. `chipSerial` as for buildCard.
[[nodiscard]] lds::VietnameseDataGroup13 dataGroup13Of(const CitizenRecord& record, BytesView chipSerial);

/// All that `cardAccess` announces, so that a reader can prove it afterwards (Doc 9303-11, 9.2.11), the key
/// of Chip Authentication and the signature format of Active Authentication. The curves are written out as
/// explicit parameters, as the certificates of the same country are.
[[nodiscard]] lds::DataGroup14 dataGroup14Of(const lds::CardAccess& cardAccess, const ChipKeys& keys);

/// The key of Active Authentication.
[[nodiscard]] lds::DataGroup15 dataGroup15Of(const ChipKeys& keys);

} // namespace cancuoc::personalization
