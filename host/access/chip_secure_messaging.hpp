// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/command.hpp"
#include "host/apdu/response.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/crypto/cipher.hpp"

#include <optional>

namespace cancuoc {

/// The chip's side of secure messaging (Doc 9303-11, 9.8): what a stand-in for a chip, in a replay or in a
/// test, answers the terminal's SecureMessaging with. Commands and responses alternate strictly.
class ChipSecureMessaging {
public:
    /// With session keys as they are; `sendSequenceCounter` has blockSizeOf(cipher) bytes and the value
    /// before the first command.
    ChipSecureMessaging(BlockCipher cipher, SecretBytes encryptionKey, SecretBytes macKey,
                        BytesView sendSequenceCounter);
    /// With the keys of `sharedSecret` and a counter of zero, as SecureMessaging::fromSharedSecret.
    ChipSecureMessaging(BlockCipher cipher, BytesView sharedSecret);

    /// The command inside; nothing when it is not protected as it should be.
    [[nodiscard]] std::optional<CommandApdu> unprotect(BytesView encoded);
    /// The encoded, protected response to a command with an odd or even instruction.
    [[nodiscard]] Bytes protect(const ResponseApdu& response, bool oddInstruction);

private:
    void increment();
    [[nodiscard]] Bytes vector() const;
    [[nodiscard]] Bytes macOver(BytesView input) const;

    BlockCipher cipher_;
    SecretBytes encryptionKey_;
    SecretBytes macKey_;
    Bytes counter_;
};

} // namespace cancuoc
