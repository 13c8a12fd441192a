// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"
#include "host/base/random.hpp"
#include "host/crypto/digest.hpp"

namespace cancuoc {

/// What a run of Active Authentication leaves behind; enough to verify it again elsewhere.
struct ActiveAuthenticationEvidence {
    /// RND.IFD, 8 bytes.
    Bytes challenge;
    /// The signature as the chip sent it.
    Bytes signature;

    friend bool operator==(const ActiveAuthenticationEvidence&,
                           const ActiveAuthenticationEvidence&) = default;
};

/// Active Authentication, the terminal's side (Doc 9303-11, 6.1).
class ActiveAuthentication {
public:
    /// Bytes of RND.IFD (6.1.2.1).
    static constexpr std::size_t challengeSize = 8;

    /// Both must outlive the object.
    /// @param extendedLength whether extended lengths may be used; without them a long signature comes as the
    /// card likes
    ActiveAuthentication(CardSession& session, RandomSource& random, bool extendedLength = true);

    /// Has the chip sign a fresh challenge. `publicKey`, from DG15, tells how long the signature will be:
    /// extended lengths are used only where it does not fit into a short response (6.1.4). Throws CardError
    /// when the chip refuses.
    [[nodiscard]] ActiveAuthenticationEvidence perform(const EVP_PKEY& publicKey);
    /// The same with a challenge of the caller's, who drew it elsewhere and will verify the signature there.
    /// It must never be used twice. Throws BadConfiguration unless it has 8 bytes.
    [[nodiscard]] ActiveAuthenticationEvidence perform(const EVP_PKEY& publicKey, BytesView challenge);

private:
    [[nodiscard]] ResponseApdu internalAuthenticate(BytesView challenge, std::size_t expectedLength);

    CardSession& session_;
    RandomSource& random_;
    bool extendedLength_;
};

/// Whether verifyActiveAuthentication knows this kind of key: RSA and elliptic curve keys.
[[nodiscard]] bool supportsActiveAuthentication(const EVP_PKEY& publicKey);

/// Whether the evidence holds a signature over its challenge by the private key of `publicKey`, from DG15.
/// RSA signatures are those of ISO/IEC 9796-2, whose trailer names the hash algorithm. ECDSA signatures are
/// taken in plain form (r || s, as Doc 9303-11, 6.1.2.3 says) and in DER form (as some chips send them), over
/// any one of `ecdsaHashes`: the one that the ActiveAuthenticationInfo of DG14 names, or all in question.
/// Throws BadConfiguration for keys that are not supported.
[[nodiscard]] bool verifyActiveAuthentication(const ActiveAuthenticationEvidence& evidence,
                                              EVP_PKEY& publicKey,
                                              std::span<const HashAlgorithm> ecdsaHashes);

} // namespace cancuoc
