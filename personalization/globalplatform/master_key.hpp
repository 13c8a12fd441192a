// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/secret_bytes.hpp"

namespace cancuoc::personalization {

/// A key from which the keys of chips are derived. It may stay in a token: all that is asked of it are the
/// two operations that derivations are made of.
class MasterKey {
public:
    MasterKey() = default;
    MasterKey(const MasterKey&) = delete;
    MasterKey& operator=(const MasterKey&) = delete;
    virtual ~MasterKey() = default;

    /// `blocks`, a multiple of 8 bytes, encrypted in ECB mode with two-key 3DES. Throws BadConfiguration for
    /// a key of another size, ReaderUnavailable when a token refuses.
    [[nodiscard]] virtual SecretBytes encryptTripleDes(BytesView blocks) const = 0;

    /// AES-CMAC over `message`: 16 bytes. Throws like encryptTripleDes.
    [[nodiscard]] virtual SecretBytes cmac(BytesView message) const = 0;
};

/// A master key in memory: 16, 24 or 32 bytes.
class MasterKeyInMemory final : public MasterKey {
public:
    explicit MasterKeyInMemory(SecretBytes key) : key_(std::move(key)) {}

    [[nodiscard]] SecretBytes encryptTripleDes(BytesView blocks) const override;
    [[nodiscard]] SecretBytes cmac(BytesView message) const override;

private:
    SecretBytes key_;
};

} // namespace cancuoc::personalization
