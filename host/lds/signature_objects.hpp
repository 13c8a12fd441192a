// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/tlv.hpp"

namespace cancuoc::lds {

/// The end of everything that is signed in LDS2 (Doc 9303-10, tables 86, 90 and 93): data object 5F37 with
/// the signature, 5F38 with the number of the signer's certificate in EF.Certificates.
struct SignatureObjects {
    Bytes signature;
    std::uint8_t certificateReference = 0;

    /// Reads both, the next data objects. Throws MalformedData.
    [[nodiscard]] static SignatureObjects read(TlvReader& reader);
    [[nodiscard]] Bytes encode() const;
};

} // namespace cancuoc::lds
