// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trust/terminal_keys.hpp"

#include <string_view>

namespace cancuoc::trust {

/// Signs with a private key that stays in a token: a smart card, an HSM. `uri` says where it is (RFC 7512):
/// "pkcs11:token=inspection;object=UTIS00001?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-value=1234".
/// The session with the token stays open as long as the signer or a copy of it lives; one thread signs at a
/// time. Throws BadConfiguration for a URI that is malformed or names no module, and ReaderUnavailable when
/// module, token or key are not there or the PIN is refused; signing throws ReaderUnavailable when the token
/// refuses. Messages never repeat the PIN.
[[nodiscard]] TerminalSigner pkcs11Signer(std::string_view uri, const SignatureScheme& scheme);

} // namespace cancuoc::trust
