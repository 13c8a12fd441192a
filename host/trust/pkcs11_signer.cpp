// SPDX-License-Identifier: Apache-2.0
#include "host/trust/pkcs11_signer.hpp"

#include "host/trust/pkcs11_token.hpp"

namespace cancuoc::trust {

TerminalSigner pkcs11Signer(std::string_view uri, const SignatureScheme& scheme) {
    const Pkcs11Key key = Pkcs11Token(uri, {}).find(uri);
    return [key, scheme](BytesView toBeSigned) { return key.sign(scheme, toBeSigned); };
}

} // namespace cancuoc::trust
