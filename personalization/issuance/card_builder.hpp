// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"
#include "personalization/issuance/card_image.hpp"
#include "personalization/pki/document_signer.hpp"

#include <cstddef>

namespace cancuoc::personalization {

/// What an issuing programme allows. Sizes are in bytes.
struct IssuingPolicy {
    std::size_t maximumPortraitSize = 28 * 1024; ///< the JPEG file
    std::size_t maximumFingerSize = 28 * 1024;   ///< each PNG file
    std::size_t maximumFileSize = 64 * 1024 - 1; ///< any file on the chip
};

/// Builds the whole content of the card of `record`: DG1, DG2, DG3, DG13, DG14, DG15, EF.COM, EF.SOD over
/// their exact bytes and EF.CardAccess. The pictures are read from the paths in `record` and stored as they
/// stand, without a second loss. `keys` end in the image. `chipSerial` (at least 8 bytes) names the chip in
/// DG13, item 16; when it is empty the item has no value. Throws BadConfiguration naming the file when a
/// picture cannot be read, MalformedData naming the field when one does not fit its data group, and what
/// DocumentSigner::sign throws.
[[nodiscard]] CardImage buildCard(const CitizenRecord& record, ChipKeys keys, const DocumentSigner& signer,
                                  const IssuingPolicy& policy = {}, BytesView chipSerial = {});

} // namespace cancuoc::personalization
