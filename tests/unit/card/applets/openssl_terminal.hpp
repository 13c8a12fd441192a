// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/key_derivation.hpp"
#include "card/core/command.hpp"
#include "card/core/response.hpp"
#include "tests/unit/card/crypto/openssl_curve.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

/// A terminal on OpenSSL's primitives, written apart from the chip: the oracle of the chip's protocols. It
/// can deviate where a well-behaved terminal would not.
namespace cancuoc::card::test {

using emrtd::SymmetricCipher;

constexpr SymmetricCipher allCiphers[] = {SymmetricCipher::TripleDes, SymmetricCipher::Aes128,
                                          SymmetricCipher::Aes192, SymmetricCipher::Aes256};

/// A command with the bytes it views.
class OwnedCommand {
public:
    /// Takes a short command APDU apart: header, then nothing, Le, Lc data, or Lc data Le.
    explicit OwnedCommand(const Bytes& apdu);
    OwnedCommand(const Bytes& header, Bytes data, std::optional<std::size_t> expectedLength, bool extended);

    [[nodiscard]] Command get() const;
    /// The data bytes, as the chip's command buffer would lend them.
    Bytes& data() { return data_; }

private:
    Command command_;
    Bytes data_;
};

/// KDF(K, c) (Doc 9303-11, 9.7.1).
[[nodiscard]] Bytes kdf(SymmetricCipher cipher, const Bytes& secret, std::uint8_t counter);
[[nodiscard]] Bytes cbcEncrypted(SymmetricCipher cipher, const Bytes& key, const Bytes& vector,
                                 const Bytes& data);
[[nodiscard]] Bytes cbcDecrypted(SymmetricCipher cipher, const Bytes& key, const Bytes& vector,
                                 const Bytes& data);
/// The 8-byte MAC of a message; with 3DES it fills whole blocks already.
[[nodiscard]] Bytes macOf(SymmetricCipher cipher, const Bytes& key, const Bytes& message);
/// ISO/IEC 9797-1 padding method 2.
[[nodiscard]] Bytes padded(SymmetricCipher cipher, Bytes data);
/// A data object in DER.
[[nodiscard]] Bytes tlv(std::uint16_t tag, const Bytes& value);
[[nodiscard]] Bytes sha1(const Bytes& data);

/// Session keys for the chip from known bytes.
[[nodiscard]] emrtd::SessionKeys sessionKeys(SymmetricCipher cipher, const Bytes& encryption,
                                             const Bytes& authentication, const Bytes& counter = {});
[[nodiscard]] Bytes encryptionKeyOf(const emrtd::SessionKeys& keys);
[[nodiscard]] Bytes authenticationKeyOf(const emrtd::SessionKeys& keys);

/// Ways to deviate from a proper protected command, applied before the checksum is computed.
struct Deviation {
    std::optional<Bytes> paddedData;
    std::optional<Bytes> dataObjects;
    bool omitChecksum = false;
};

/// The terminal's end of secure messaging.
class TerminalSecureMessaging {
public:
    TerminalSecureMessaging(SymmetricCipher cipher, Bytes encryption, Bytes authentication,
                            Bytes counter = {});

    /// The data field of the protected command; counts on.
    [[nodiscard]] Bytes protect(const Bytes& header, const Bytes& data,
                                std::optional<std::size_t> expectedLength = std::nullopt,
                                const Deviation& deviation = {});

    struct PlainResponse {
        Bytes data;
        std::uint16_t status = 0;
    };
    /// Checks and opens a protected response data field; throws when it is not proper. Counts on.
    [[nodiscard]] PlainResponse open(const Bytes& protectedData, bool oddInstruction = false);

    /// The encrypted form of data padded already, under the present counter.
    [[nodiscard]] Bytes encrypt(const Bytes& paddedData) const;
    [[nodiscard]] Bytes macWithCounter(const Bytes& message) const;
    void countOn();

private:
    [[nodiscard]] Bytes vector() const;

    SymmetricCipher cipher_;
    Bytes encryption_;
    Bytes authentication_;
    Bytes counter_;
};

} // namespace cancuoc::card::test
