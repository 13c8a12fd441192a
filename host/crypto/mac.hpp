// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/cipher.hpp"

#include <array>
#include <variant>

namespace cancuoc {

/// AES-CMAC (NIST SP 800-38B) under one key, ready for any number of messages.
class AesCmac {
public:
    static constexpr std::size_t size = 16;
    using Value = std::array<std::uint8_t, size>;

    /// `key` has 16, 24 or 32 bytes; throws BadConfiguration otherwise.
    explicit AesCmac(BytesView key);

    [[nodiscard]] Value compute(BytesView message);

private:
    MacContextPtr context_;
};

/// MAC algorithm 3 of ISO/IEC 9797-1 with DES ("retail MAC") under one 16-byte key.
class RetailMac {
public:
    static constexpr std::size_t size = 8;
    using Value = std::array<std::uint8_t, size>;

    /// Throws BadConfiguration unless `key` has 16 bytes.
    explicit RetailMac(BytesView key);

    /// `message` is padded already: one block of 8 bytes or more. Throws CryptographyError otherwise.
    [[nodiscard]] Value compute(BytesView message);

private:
    CbcCipher chain_;
    CbcCipher last_;
};

/// The message authentication code that goes with a block cipher in Doc 9303-11, 9.8.7: retail MAC with 3DES,
/// CMAC cut to 8 bytes with AES.
class MessageAuthenticationCode {
public:
    static constexpr std::size_t size = 8;
    using Value = std::array<std::uint8_t, size>;

    /// `key` has keySizeOf(cipher) bytes; throws BadConfiguration otherwise.
    MessageAuthenticationCode(BlockCipher cipher, BytesView key);

    /// With 3DES, `message` must be padded already.
    [[nodiscard]] Value compute(BytesView message);

private:
    std::variant<RetailMac, AesCmac> algorithm_;
};

[[nodiscard]] Bytes aesCmac(BytesView key, BytesView message);
/// `message` is padded already.
[[nodiscard]] Bytes retailMac(BytesView key, BytesView message);

} // namespace cancuoc
