// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/pace_configuration.hpp"
#include "tests/unit/card/applets/openssl_terminal.hpp"
#include "tests/unit/card/crypto/openssl_group.hpp"

namespace cancuoc::card::test {

/// The terminal's part of PACE, on OpenSSL.
class OpensslPaceTerminal {
public:
    /// `mappingSecret` is the private key of Generic Mapping, or the nonce t of Integrated Mapping.
    OpensslPaceTerminal(const emrtd::PaceConfiguration& configuration, Bytes passwordKey, Bytes mappingSecret,
                        Bytes privateKey);

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
    void receiveToken(const Bytes& response);

    [[nodiscard]] const Bytes& sharedSecret() const { return sharedSecret_; }
    [[nodiscard]] Bytes encryptionKey() const { return kdf(configuration_.cipher, sharedSecret_, 1); }
    [[nodiscard]] Bytes authenticationKey() const { return kdf(configuration_.cipher, sharedSecret_, 2); }
    [[nodiscard]] const Bytes& chipPublicKey() const { return chipPublicKey_; }
    [[nodiscard]] const Bytes& mappedGenerator() const { return mappedGenerator_; }
    [[nodiscard]] const Bytes& publicKey() const { return publicKey_; }
    /// Whether the Chip Authentication Data of the last step prove the key pair of `staticPublicKey`
    /// (Doc 9303-11, 4.4.3.5.2).
    [[nodiscard]] bool chipProves(const Bytes& staticPublicKey) const;
    /// The data objects after the token in the last response.
    [[nodiscard]] const Bytes& additions() const { return additions_; }

private:
    [[nodiscard]] Bytes tokenOver(const Bytes& publicKey) const;

    emrtd::PaceConfiguration configuration_;
    OpensslGroup group_;
    Bytes passwordKey_;
    Bytes mappingSecret_;
    Bytes privateKey_;
    Bytes nonce_;
    Bytes mappedGenerator_;
    Bytes publicKey_;
    Bytes chipPublicKey_;
    Bytes sharedSecret_;
    Bytes chipMappingKey_;
    Bytes additions_;
};

/// The content of DO'7C' { `tag` content }; throws when `data` is anything else.
[[nodiscard]] Bytes dynamicAuthenticationData(const Bytes& data, std::uint8_t tag);

/// R(s,t) of Integrated Mapping (Doc 9303-11, figure 2) for a prime of `primeBits` bits.
[[nodiscard]] Bytes integratedMappingNumber(SymmetricCipher cipher, const Bytes& s, const Bytes& t,
                                            std::size_t primeBits);

} // namespace cancuoc::card::test
