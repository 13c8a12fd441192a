// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"

namespace cancuoc::personalization {

/// Whether `certificate` names `issuer` as its issuer and is signed with its key. Periods and extensions are
/// not looked at; OpenSSL's own chain building refuses the explicit curve parameters that Doc 9303-12
/// demands.
[[nodiscard]] bool isIssuedBy(X509& certificate, X509& issuer);

} // namespace cancuoc::personalization
