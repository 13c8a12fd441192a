// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/crypto/secret_array.hpp"
#include "card/storage/object_store.hpp"

namespace cancuoc::card::emrtd {

/// Document number, date of birth and date of expiry with their check digits, in ASCII.
using MrzInformation = crypto::SecretBuffer<maximumMrzInformationLength>;

/// Takes the MRZ information, the password of Basic Access Control and PACE, from the machine readable zone
/// in EF.DG1: of two or three lines (TD1, TD2, TD3), the end of a long document number in the optional data
/// (Doc 9303-5, 4.2.2 note j, 9303-6, 4.2.2 and 9303-11, 9.7.3). False when EF.DG1 holds no such zone.
[[nodiscard]] bool readPrintedMrzInformation(const ObjectStore& store, MrzInformation& information);

} // namespace cancuoc::card::emrtd
