// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "personalization/pki/key_store.hpp"

namespace CLI {
class App;
} // namespace CLI

namespace cancuoc::tools {

/// The first line of a file with a secret. Throws Error when it cannot be read.
[[nodiscard]] SecretBytes firstLineOf(const std::string& file);

/// A secret that a person types on the terminal, once or twice. Throws Error when there is no terminal.
[[nodiscard]] SecretBytes askSecret(const std::string& prompt, bool twice);

/// Where the passphrase of a PKI's private keys comes from. It is never an argument or a variable of the
/// environment, which other processes can see.
struct KeyOptions {
    std::string passphraseFile; ///< its first line
    bool ask = false;           ///< on the terminal
};

/// Adds --passphrase-file and --ask-passphrase to `command`.
[[nodiscard]] std::shared_ptr<KeyOptions> addKeyOptions(CLI::App& command);

/// Whether keys are made with the passphrase, so that it is typed twice.
enum class PassphraseUse { Known, New };

/// The key store that the options ask for; without them keys are not encrypted.
/// @throws Error when the file cannot be read or there is no terminal, BadConfiguration for a passphrase that
/// is empty or too long
[[nodiscard]] std::unique_ptr<personalization::KeyStore> keyStoreOf(const KeyOptions& options,
                                                                    PassphraseUse use = PassphraseUse::Known);

} // namespace cancuoc::tools
