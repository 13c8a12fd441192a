// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/crypto/elliptic_curve.hpp"
#include "host/crypto/signature_scheme.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace cancuoc::trust {

/// The token, its module or the key in it is not there, or stopped to work. Look after it, try again.
class TokenUnavailable : public ReaderUnavailable {
public:
    using ReaderUnavailable::ReaderUnavailable;
};

/// The token refused the PIN. Not to be tried again as it is: tokens lock themselves after a few times.
class WrongTokenPin : public TokenUnavailable {
public:
    using TokenUnavailable::TokenUnavailable;
};

/// The token is there, and the key is not in it.
class KeyNotInToken : public TokenUnavailable {
public:
    using TokenUnavailable::TokenUnavailable;
};

class Pkcs11Token;

/// A private key that stays in its token. Its handle is looked for once. Any number of threads may sign with
/// it, each over a session of its own.
class Pkcs11Key {
public:
    /// The signature over `message`, in the form of the scheme.
    /// @throws TokenUnavailable when the token refuses or was pulled
    [[nodiscard]] Bytes sign(const SignatureScheme& scheme, BytesView message) const;

    /// ECDSA over a hash, r || s (BSI TR-03111, 5.2.1). Throws as sign().
    [[nodiscard]] Bytes signHash(BytesView hash) const;

    /// The public key on its curve.
    struct PublicKey {
        EllipticCurve curve;
        Bytes point; ///< uncompressed
    };
    /// @throws TokenUnavailable when the token holds no public key beside it, or one that is on no curve that
    /// Doc 9303 knows
    [[nodiscard]] PublicKey publicKey() const;

    /// Where the key is: a PKCS#11 URI (RFC 7512) without the PIN.
    [[nodiscard]] const std::string& uri() const;

private:
    friend class Pkcs11Token;
    friend class Pkcs11SecretKey;
    struct Place;
    explicit Pkcs11Key(std::shared_ptr<Place> place) : place_(std::move(place)) {}

    std::shared_ptr<Place> place_;
};

/// A secret key that stays in its token; otherwise as Pkcs11Key.
class Pkcs11SecretKey {
public:
    /// AES-CMAC over `message`: 16 bytes. Throws TokenUnavailable when the token refuses or was pulled.
    [[nodiscard]] Bytes cmac(BytesView message) const;

    /// `blocks`, a multiple of 8 bytes, encrypted with 3DES in ECB mode. Throws as cmac().
    [[nodiscard]] Bytes encryptTripleDes(BytesView blocks) const;

private:
    friend class Pkcs11Token;
    explicit Pkcs11SecretKey(std::shared_ptr<Pkcs11Key::Place> place) : place_(std::move(place)) {}

    std::shared_ptr<Pkcs11Key::Place> place_;
};

/// A token reached through its PKCS#11 module: one login, sessions that are kept for the next signature. A
/// token that was pulled and put back, or reset, is logged in again when the next signature needs it. Cheap
/// to copy; the login ends with the last copy and the last key. Tokens of SoftHSM 2 do not take two processes
/// that start at the same time: one process a host signs.
class Pkcs11Token {
public:
    /// @param uri names module-path and the token (RFC 7512):
    /// "pkcs11:token=csca?module-path=/usr/lib/softhsm/libsofthsm2.so"
    /// @param pin of the user; empty: that of the URI's pin-value, or no login without one. Messages never
    /// repeat it
    /// @throws BadConfiguration for a URI that is malformed or names no module, TokenUnavailable when module
    /// or token are not there, WrongTokenPin
    Pkcs11Token(std::string_view uri, SecretBytes pin);

    /// The private key that `uri` names in this token. Throws KeyNotInToken when it is not there.
    [[nodiscard]] Pkcs11Key find(std::string_view uri) const;

    /// The secret key that `uri` names in this token. Throws TokenUnavailable when it is not there.
    [[nodiscard]] Pkcs11SecretKey findSecret(std::string_view uri) const;

    /// A fresh key pair, made in the token, whose private key never leaves it.
    /// @param label for people
    /// @param identifier CKA_ID, which no other key of the token has
    /// @throws TokenUnavailable when the token refuses
    [[nodiscard]] Pkcs11Key generate(const EllipticCurve& curve, const std::string& label,
                                     BytesView identifier) const;

    /// Where generate() puts the key with this identifier: a PKCS#11 URI without the PIN.
    [[nodiscard]] std::string uriOf(BytesView identifier) const;

    /// Destroys the key pair that `uri` names, or what is left of it. Throws KeyNotInToken when nothing is.
    void destroy(std::string_view uri) const;

    /// Module and token of a URI, which name one token whatever else the URI says.
    /// @throws BadConfiguration as the constructor
    [[nodiscard]] static std::string placeOf(std::string_view uri);

private:
    friend class Pkcs11Key;
    class Sessions;
    [[nodiscard]] std::shared_ptr<Pkcs11Key::Place> place(std::string_view uri,
                                                          unsigned long objectClass) const;

    std::shared_ptr<Sessions> sessions_;
};

} // namespace cancuoc::trust
