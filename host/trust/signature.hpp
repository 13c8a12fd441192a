// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/signed_data.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/signing_role.hpp"

#include <optional>
#include <string>

namespace cancuoc::trust {

/// What the signature over a content is worth by itself, before anyone asks whose it is.
struct Signature {
    std::string failure;               ///< why it is not valid; empty when it is
    std::optional<Certificate> signer; ///< the certificate that the signer names, if it is inside
};

/// Verifies the one signature of `data` with the signer's certificate inside it (Doc 9303-10, 4.6.2.2;
/// Doc 9303-12, 9; RFC 5652, 5.4 and 5.6). The content must be of the role's type; the signed attributes must
/// be there, name that type and hold the content's hash.
[[nodiscard]] Signature verifySignature(const lds::SignedData& data, const SigningRole& role);

} // namespace cancuoc::trust
