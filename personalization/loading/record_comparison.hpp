// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"
#include "personalization/intake/citizen_record.hpp"
#include "personalization/intake/pictures.hpp"
#include "personalization/loading/chip_files.hpp"

namespace cancuoc::personalization {

/// A card is not what its record asks for, or does not behave as it must. The message names what is wrong
/// and repeats no value.
class ReadBackFailed : public Error {
public:
    using Error::Error;
};

/// Compares what the files of a card say, decoded anew, with the record and the pictures that were handed
/// in: with the source, and not with what an encoder made of it. Throws ReadBackFailed for the first
/// difference, and MalformedData for a file that cannot be decoded.
void compareWithRecord(const ChipFiles& files, const CitizenRecord& record, const Pictures& pictures);

} // namespace cancuoc::personalization
