// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/validation.hpp"
#include "personalization/issuance/card_image.hpp"
#include "personalization/pki/document_signer.hpp"

#include <cstddef>

namespace cancuoc::personalization {

/// What an issuing programme allows.
struct IssuingPolicy {
    std::size_t maximumFileSize = std::size_t{64} * 1024 - 1; ///< of any file on the chip, in bytes
    /// Version 1 of the Document Security Object, which signs the LDS version too (Doc 9303-10, 4.6.2.3):
    /// EF.COM and EF.SOD say LDS 1.8 then, and 1.7 otherwise.
    bool signLdsVersion = false;
};

/// Builds the whole content of the card of `record`: DG1, DG2, DG3, DG13, DG14, DG15, EF.COM, EF.SOD over
/// their exact bytes and EF.CardAccess. `pictures` are stored as they stand, without a second loss. `keys`
/// end in the image. `chipSerial` (at least 8 bytes) names the chip in DG13, item 16; when it is empty the
/// item has no value. Throws MalformedData naming the field that does not fit its data group, and what
/// SecurityObjectSigner::sign throws.
[[nodiscard]] CardImage buildCard(const CitizenRecord& record, const Pictures& pictures, ChipKeys keys,
                                  const SecurityObjectSigner& signer, BytesView chipSerial = {},
                                  const IssuingPolicy& policy = {});

} // namespace cancuoc::personalization
