// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"
#include "host/base/random.hpp"
#include "host/crypto/digest.hpp"

namespace cancuoc {

/// What a run of Active Authentication leaves behind; enough to verify it again elsewhere.
struct ActiveAuthenticationEvidence {
    /// RND.IFD, 8 bytes drawn afresh for each run.
    Bytes challenge;
    /// The signature as the chip sent it.
    Bytes signature;
};

/// Active Authentication, the terminal's side (Doc 9303-11, 6.1).
class ActiveAuthentication {
public:
    /// Both must outlive the object.
    ActiveAuthentication(CardSession& session, RandomSource& random);

    /// Has the chip sign a fresh challenge. Throws CardError when it refuses.
    [[nodiscard]] ActiveAuthenticationEvidence perform();

private:
    CardSession& session_;
    RandomSource& random_;
};

/// Whether verifyActiveAuthentication knows this kind of key: elliptic curve keys.
[[nodiscard]] bool supportsActiveAuthentication(const EVP_PKEY& publicKey);

/// Whether the evidence holds a signature over its challenge by the private key of `publicKey`, from DG15.
/// ECDSA signatures are taken in plain form (r || s, as Doc 9303-11, 6.1.2.3 says) and in DER form (as some
/// chips send them). `algorithm` comes from the ActiveAuthenticationInfo of DG14. Throws BadConfiguration for
/// keys that are not supported.
[[nodiscard]] bool verifyActiveAuthentication(const ActiveAuthenticationEvidence& evidence,
                                              EVP_PKEY& publicKey, HashAlgorithm algorithm);

} // namespace cancuoc
