// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/unit/card/applets/openssl_terminal.hpp"

namespace cancuoc::card::test {

/// The terminal's part of PACE with ECDH and Generic Mapping, on OpenSSL.
class OpensslPaceTerminal {
public:
    OpensslPaceTerminal(SymmetricCipher cipher, crypto::StandardizedDomainParameters curve, Bytes passwordKey,
                        Bytes mappingPrivateKey, Bytes privateKey);

    [[nodiscard]] Bytes protocol() const;
    /// The command data fields of the four GENERAL AUTHENTICATE commands.
    [[nodiscard]] static Bytes nonceRequest();
    [[nodiscard]] Bytes mappingData() const;
    [[nodiscard]] Bytes ephemeralPublicKey() const;
    [[nodiscard]] Bytes authenticationToken() const;

    /// Take the chip's response data fields; they throw on what is not proper.
    void receiveNonce(const Bytes& response);
    void receiveMappingData(const Bytes& response);
    void receivePublicKey(const Bytes& response);
    void receiveToken(const Bytes& response) const;

    [[nodiscard]] const Bytes& sharedSecret() const { return sharedSecret_; }
    [[nodiscard]] Bytes encryptionKey() const { return kdf(cipher_, sharedSecret_, 1); }
    [[nodiscard]] Bytes authenticationKey() const { return kdf(cipher_, sharedSecret_, 2); }
    [[nodiscard]] const Bytes& chipPublicKey() const { return chipPublicKey_; }
    [[nodiscard]] const Bytes& mappedGenerator() const { return mappedGenerator_; }

private:
    [[nodiscard]] Bytes tokenOver(const Bytes& publicKey) const;

    SymmetricCipher cipher_;
    OpensslCurve curve_;
    Bytes passwordKey_;
    Bytes mappingPrivateKey_;
    Bytes privateKey_;
    Bytes nonce_;
    Bytes mappedGenerator_;
    Bytes publicKey_;
    Bytes chipPublicKey_;
    Bytes sharedSecret_;
};

/// The content of DO'7C' { `tag` content }; throws when `data` is anything else.
[[nodiscard]] Bytes dynamicAuthenticationData(const Bytes& data, std::uint8_t tag);

} // namespace cancuoc::card::test
