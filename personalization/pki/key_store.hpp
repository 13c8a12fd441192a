// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/crypto/openssl.hpp"
#include "personalization/pki/key_kind.hpp"
#include "personalization/pki/token_key.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace cancuoc::personalization {

/// How the private keys of a PKI are kept: each in a file of its own, readable by its owner only. Either the
/// key is there, PKCS #8 in PEM; or it stays in a token, and its PKCS#11 URI (RFC 7512) is the file's one
/// line. With a passphrase every key that is written is encrypted (PBES2 of RFC 8018 with scrypt of RFC 7914,
/// N = 16,384, r = 8, p = 1, and AES-256-CBC); without one it stands there as it is, which is for tests.
/// With a passphrase, a key that was opened or written stays open until its file holds another, so that the
/// passphrase works once for each, also where a file is brought to another place. Any number of threads may
/// use one store.
class KeyStore {
public:
    static constexpr std::size_t shortestPassphrase = 12; ///< bytes
    static constexpr std::size_t longestPassphrase = 1000;

    /// Keys are not encrypted.
    KeyStore() = default;
    /// Keys are encrypted under `passphrase`, which is also the PIN of tokens.
    /// @throws BadConfiguration when it is empty or longer than longestPassphrase
    explicit KeyStore(SecretBytes passphrase);
    KeyStore(const KeyStore&) = delete;
    KeyStore& operator=(const KeyStore&) = delete;
    ~KeyStore() = default;

    /// The store without a passphrase.
    [[nodiscard]] static const KeyStore& unencrypted();

    /// The key in `file`, encrypted or not.
    /// @throws BadConfiguration naming the file when it is missing or holds no private key, when it is
    /// encrypted and there is no passphrase, and when the passphrase is not its own; TokenUnavailable and
    /// WrongTokenPin for a key in a token
    [[nodiscard]] EvpKey read(const std::filesystem::path& file) const;

    /// Writes `key`, or the place of one in a token, to `file`, over the former content.
    /// @throws BadConfiguration for a passphrase shorter than shortestPassphrase, Error when the disk refuses
    void write(const std::filesystem::path& file, EVP_PKEY& key) const;

    /// Told where a key will be in its token, before it is made there.
    using Announce = std::function<void(const std::string& uri)>;

    /// A fresh key of `kind`; `encoding` is that of its curve in certificates.
    /// @param token its PKCS#11 URI, in which the key is made and stays; empty: none
    /// @param label of the key in the token, for people
    /// @throws BadConfiguration for an RSA key in a token, TokenUnavailable and WrongTokenPin
    [[nodiscard]] EvpKey generate(const KeyKind& kind, CurveEncoding encoding, const std::string& token,
                                  const std::string& label, RandomSource& random,
                                  const Announce& announce) const;

    /// The PKCS#11 URI of the key in `file`, which names its token too; empty when it is in no token.
    [[nodiscard]] static std::string tokenOf(const std::filesystem::path& file);

    /// Destroys the key that `uri` names in its token. Throws trust::KeyNotInToken and TokenUnavailable.
    void destroy(const std::string& uri) const;

    /// Refuses to let a first key of its kind lie open beside encrypted ones.
    /// @throws BadConfiguration when there is no passphrase and a key in `directory` is encrypted
    void requireLikeOthersIn(const std::filesystem::path& directory) const;

private:
    struct Opened {
        Bytes content; ///< its SHA-256
        EvpKey key;
    };

    /// The key with this content of its file, if it is open; otherwise null.
    [[nodiscard]] EvpKey opened(BytesView content) const;
    [[nodiscard]] EvpKey open(const std::filesystem::path& file, BytesView content) const;
    [[nodiscard]] EvpKey openInToken(const std::filesystem::path& file, const std::string& uri) const;
    [[nodiscard]] trust::Pkcs11Token tokenAt(const std::string& uri) const;
    void remember(const std::filesystem::path& file, BytesView content, EVP_PKEY& key) const;

    SecretBytes passphrase_; ///< empty: none
    mutable std::mutex mutex_;
    mutable std::map<std::string, Opened> opened_; ///< by the file's name
    mutable std::map<std::string, trust::Pkcs11Token> tokens_;
};

} // namespace cancuoc::personalization
