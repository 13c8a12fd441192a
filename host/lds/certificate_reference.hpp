// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/tlv.hpp"

#include <string>
#include <string_view>

namespace cancuoc::lds {

/// Reads the reference of a public key of Terminal Authentication, a data object with `tag`: 1 to 16
/// characters of ISO/IEC 8859-1, kept as bytes (BSI TR-03110-3, A.7.1 and D.2.1.4); `what` names it in the
/// error. Throws MalformedData.
[[nodiscard]] std::string readCertificateReference(TlvReader& reader, std::uint32_t tag,
                                                   std::string_view what);

/// Whether `reference` is a country code of two capitals, a mnemonic of 1 to 9 characters and a sequence
/// number of 5 letters or digits (Doc 9303-12, table 11).
[[nodiscard]] bool isCertificateReference(std::string_view reference);

} // namespace cancuoc::lds
