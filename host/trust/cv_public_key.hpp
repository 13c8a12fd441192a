// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/object_identifier.hpp"
#include "host/crypto/elliptic_curve.hpp"
#include "host/crypto/signature_scheme.hpp"

#include <optional>
#include <variant>

namespace cancuoc::trust {

/// The signature scheme that an object identifier of Terminal Authentication names, id-TA-RSA-... or
/// id-TA-ECDSA-... (BSI TR-03110-3, A.1.1.3 and tables 17, 18); nothing for any other.
[[nodiscard]] std::optional<SignatureScheme> terminalAuthenticationScheme(const ObjectIdentifier& algorithm);

/// The object identifier of a scheme. Throws BadConfiguration for the hash algorithms that there is none for.
[[nodiscard]] ObjectIdentifier terminalAuthenticationIdentifier(const SignatureScheme& scheme);

/// The public key data object of a CV certificate, 7F49 (BSI TR-03110-3, D.3).
struct CvPublicKey {
    /// D.3.1; both numbers with the fewest bytes.
    struct Rsa {
        Bytes modulus;
        Bytes exponent;

        friend bool operator==(const Rsa&, const Rsa&) = default;
    };

    /// D.3.3.
    struct EllipticCurvePoint {
        /// Named by its domain parameters in CVCA certificates; missing where the key inherits them.
        std::optional<EllipticCurve> curve;
        Bytes point; ///< uncompressed

        friend bool operator==(const EllipticCurvePoint&, const EllipticCurvePoint&) = default;
    };

    ObjectIdentifier algorithm;
    std::variant<Rsa, EllipticCurvePoint> key;

    /// The key `publicKey` in the form of a certificate; `withDomainParameters` matters to elliptic curves
    /// only. Throws BadConfiguration when it does not fit the scheme, or its curve is not known.
    [[nodiscard]] static CvPublicKey of(const SignatureScheme& scheme, const EVP_PKEY& publicKey,
                                        bool withDomainParameters);

    /// Throws BadConfiguration for an algorithm that is not of Terminal Authentication; decode lets none in.
    [[nodiscard]] SignatureScheme scheme() const;
    /// The curve that the domain parameters name; nothing for RSA and where they are inherited.
    [[nodiscard]] std::optional<EllipticCurve> curve() const;
    /// As an OpenSSL key. `inherited` is the curve of the CVCA, for keys without domain parameters. Throws
    /// MalformedData when there is no curve or the point is not on it.
    [[nodiscard]] EvpKey toEvpKey(const std::optional<EllipticCurve>& inherited) const;
    /// Whether `privateKey` belongs to it. The curve is compared only if it is named here.
    [[nodiscard]] bool belongsTo(const EVP_PKEY& privateKey) const;

    /// Reads the whole data object. Domain parameters must be those of a known curve. Throws MalformedData.
    [[nodiscard]] static CvPublicKey decode(BytesView dataObject);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const CvPublicKey&, const CvPublicKey&) = default;
};

} // namespace cancuoc::trust
