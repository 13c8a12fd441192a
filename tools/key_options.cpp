// SPDX-License-Identifier: Apache-2.0
#include "tools/key_options.hpp"

#include <algorithm>
#include <cstring>

#include <CLI/CLI.hpp>
#include <openssl/evp.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"

namespace cancuoc::tools {

namespace {

using personalization::KeyStore;

} // namespace

SecretBytes firstLineOf(const std::string& file) {
    constexpr std::size_t maximumSize = std::size_t{1} << 16;
    const SecretBytes content(readFile(file, maximumSize));
    const auto all = content.view();
    const auto end =
        std::find_if(all.begin(), all.end(), [](std::uint8_t c) { return c == '\n' || c == '\r'; });
    return SecretBytes(all.first(static_cast<std::size_t>(end - all.begin())));
}

SecretBytes askSecret(const std::string& prompt, bool twice) {
    SecretBytes buffer(KeyStore::longestPassphrase + 1);
    auto* const text = reinterpret_cast<char*>(buffer.span().data());
    if (EVP_read_pw_string(text, static_cast<int>(buffer.size()), prompt.c_str(), twice ? 1 : 0) != 0) {
        throw Error("Nothing was typed, or not twice the same; without a terminal, name a file with "
                    "--passphrase-file or --password-file.");
    }
    return SecretBytes(buffer.view().first(strnlen(text, buffer.size())));
}

std::shared_ptr<KeyOptions> addKeyOptions(CLI::App& command) {
    auto options = std::make_shared<KeyOptions>();
    auto* file =
        command.add_option("--passphrase-file", options->passphraseFile,
                           "file whose first line is the passphrase of the private keys, or the PIN of "
                           "their token");
    command
        .add_flag("--ask-passphrase", options->ask,
                  "type the passphrase of the private keys, or the PIN of their token")
        ->excludes(file);
    return options;
}

std::unique_ptr<KeyStore> keyStoreOf(const KeyOptions& options, PassphraseUse use) {
    if (options.ask) {
        return std::make_unique<KeyStore>(
            askSecret("Passphrase of the keys, or PIN of their token: ", use == PassphraseUse::New));
    }
    if (!options.passphraseFile.empty()) {
        return std::make_unique<KeyStore>(firstLineOf(options.passphraseFile));
    }
    return std::make_unique<KeyStore>();
}

} // namespace cancuoc::tools
