// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/command.hpp"
#include "host/apdu/response.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/crypto/mac.hpp"

namespace cancuoc {

/// The terminal's side of secure messaging: session keys and send sequence counter (Doc 9303-11, 9.8).
/// Commands and responses alternate strictly; after any exception the session is over and the object useless.
class SecureMessaging {
public:
    /// With session keys as they are; `sendSequenceCounter` has blockSizeOf(cipher) bytes and the value
    /// before the first command. Throws BadConfiguration for wrong sizes.
    SecureMessaging(BlockCipher cipher, BytesView encryptionKey, BytesView macKey,
                    BytesView sendSequenceCounter);
    /// With KSenc and KSmac derived from `sharedSecret` (9.7.4) and a counter of zero: after PACE and Chip
    /// Authentication.
    [[nodiscard]] static SecureMessaging fromSharedSecret(BlockCipher cipher, BytesView sharedSecret);
    SecureMessaging(const SecureMessaging&) = delete;
    SecureMessaging& operator=(const SecureMessaging&) = delete;
    SecureMessaging(SecureMessaging&&) = default;
    SecureMessaging& operator=(SecureMessaging&&) = default;
    ~SecureMessaging();

    /// The encoded, protected command. The view is valid until the next call.
    /// Throws BadConfiguration when the protected data outgrow an APDU.
    [[nodiscard]] BytesView protect(const CommandApdu& command);
    /// Checks and decrypts a response. Throws SecureMessagingError unless it consists of [DO 85 or 87] DO 99
    /// DO 8E in this order, the MAC verifies, DO 99 repeats the status word outside and the padding is right.
    /// The plaintext takes the memory of `response`.
    [[nodiscard]] ResponseApdu unprotect(ResponseApdu response);

    [[nodiscard]] BlockCipher cipher() const { return cipher_; }
    /// The most plaintext that fits into a response of `responseLength` bytes of protected data: 223 of 256
    /// with AES, 231 with 3DES.
    [[nodiscard]] static std::size_t maximumResponseData(BlockCipher cipher, std::size_t responseLength);
    /// The most plaintext that fits, together with DO 97, into `commandData` bytes of protected data.
    [[nodiscard]] static std::size_t maximumCommandData(BlockCipher cipher, std::size_t commandData);

private:
    void incrementCounter();
    void startMacInput();
    void appendCryptogram(const CommandApdu& command);
    void appendExpectedLength(const CommandApdu& command);
    [[nodiscard]] MessageAuthenticationCode::Value macOfInput();
    [[nodiscard]] BytesView initializationVector();
    void encodeProtected(const CommandApdu& command, BytesView dataObjects, BytesView mac);
    void decryptInPlace(Bytes& data, BytesView ciphertext);

    BlockCipher cipher_;
    CbcCipher encryption_;
    BlockEncryption vectorEncryption_;
    MessageAuthenticationCode authentication_;
    Bytes counter_;
    // Kept between messages, so that their memory is asked for once.
    Bytes initializationVector_;
    Bytes macInput_;
    Bytes plaintext_;
    Bytes encoded_;
};

} // namespace cancuoc
