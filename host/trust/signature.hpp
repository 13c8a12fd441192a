// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/signed_data.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/signing_role.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace cancuoc::trust {

/// What the signature over a content is worth by itself, before anyone asks whose it is.
struct Signature {
    std::string failure;               ///< why it is not valid; empty when it is
    std::optional<Certificate> signer; ///< the signer's certificate, if it is inside
    /// What the signed attributes say about when; nothing when they do not.
    std::optional<std::chrono::sys_seconds> signingTime;
    std::vector<std::string> notes; ///< what a valid signature has against it
};

/// Verifies the one signature of `data` with the signer's certificate inside it (Doc 9303-10, 4.6.2.2;
/// Doc 9303-12, 9; RFC 5652, 5.4 and 5.6). The content must be of the role's type, or of one that States have
/// used for it; the signed attributes must be there, name that type and hold the content's hash. Some
/// Ukrainian documents write their signer's name otherwise than its certificate does: a certificate that is
/// alone inside is tried all the same, for the signature tells whose it is.
[[nodiscard]] Signature verifySignature(const lds::SignedData& data, const SigningRole& role);

} // namespace cancuoc::trust
