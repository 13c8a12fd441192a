// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/security_object_file.hpp"
#include "host/trust/certificate.hpp"

#include <optional>
#include <string>

namespace cancuoc::trust {

/// What the signature in EF.SOD is worth by itself, before anyone asks whose it is.
struct DocumentSignature {
    std::string failure;                       ///< why it is not valid; empty when it is
    std::optional<Certificate> documentSigner; ///< the certificate that the signer names, if it is inside
};

/// Verifies the one signature over the content of EF.SOD with the Document Signer certificate inside it
/// (Doc 9303-10, 4.6.2.2; RFC 5652, 5.4 and 5.6). The signed attributes must be there, name the content's
/// type and hold its hash.
[[nodiscard]] DocumentSignature verifyDocumentSignature(const lds::SecurityObjectFile& file);

} // namespace cancuoc::trust
