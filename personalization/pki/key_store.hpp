// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/secret_bytes.hpp"
#include "host/crypto/openssl.hpp"

#include <filesystem>
#include <map>
#include <mutex>
#include <string>

namespace cancuoc::personalization {

/// How the private keys of a PKI are kept: each in a file of its own, PKCS #8 in PEM, readable by its owner
/// only. With a passphrase every key that is written is encrypted (PBES2 of RFC 8018 with scrypt of RFC 7914,
/// N = 16,384, r = 8, p = 1, and AES-256-CBC); without one it stands there as it is, which is for tests.
/// A key that was opened or written stays open until its file holds another, so that the passphrase works
/// once for each. Any number of threads may use one store.
class KeyStore {
public:
    static constexpr std::size_t shortestPassphrase = 12; ///< bytes
    static constexpr std::size_t longestPassphrase = 1000;

    /// Keys are not encrypted.
    KeyStore() = default;
    /// Keys are encrypted under `passphrase`.
    /// @throws BadConfiguration unless it has shortestPassphrase to longestPassphrase bytes
    explicit KeyStore(SecretBytes passphrase);
    KeyStore(const KeyStore&) = delete;
    KeyStore& operator=(const KeyStore&) = delete;
    ~KeyStore() = default;

    /// The store without a passphrase.
    [[nodiscard]] static const KeyStore& unencrypted();

    /// The key in `file`, encrypted or not.
    /// @throws BadConfiguration naming the file when it is missing or holds no private key, when it is
    /// encrypted and there is no passphrase, and when the passphrase is not its own
    [[nodiscard]] EvpKey read(const std::filesystem::path& file) const;

    /// Writes `key` to `file`, over the former content. Throws Error when the disk refuses.
    void write(const std::filesystem::path& file, EVP_PKEY& key) const;

    /// Refuses to let a first key of its kind lie open beside encrypted ones.
    /// @throws BadConfiguration when there is no passphrase and a key in `directory` is encrypted
    void requireLikeOthersIn(const std::filesystem::path& directory) const;

private:
    struct Opened {
        Bytes content; ///< its SHA-256
        EvpKey key;
    };

    [[nodiscard]] EvpKey open(const std::filesystem::path& file, BytesView content) const;
    void remember(const std::filesystem::path& file, BytesView content, EVP_PKEY& key) const;

    SecretBytes passphrase_; ///< empty: none
    mutable std::mutex mutex_;
    mutable std::map<std::string, Opened> opened_; ///< by the file's name
};

} // namespace cancuoc::personalization
