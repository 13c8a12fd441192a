// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "host/trust/certificate.hpp"
#include "qr/card_identity.hpp"
#include "qr/digital_seal.hpp"
#include "tools/key_options.hpp"

namespace CLI {
class App;
} // namespace CLI

namespace cancuoc::tools {

/// Who signs digital seals: a PKI's seal signer, or a key with its certificate.
struct SealSignerOptions {
    std::string pki;
    std::string signer = "SS"; ///< which of the PKI's seal signers
    std::shared_ptr<KeyOptions> keys;
    std::string key; ///< a PEM file, or a PKCS#11 URI
    std::string certificateFile;
    std::string country = "VNM";
    int version = 4;

    /// Whether anybody was named.
    [[nodiscard]] bool isGiven() const { return !pki.empty() || !key.empty(); }
};

/// Adds the options of a seal signer to `command`. `isNeeded`: one must be named.
[[nodiscard]] std::shared_ptr<SealSignerOptions> addSealSignerOptions(CLI::App& command, bool isNeeded);

/// Signs the seals of cards with one signer.
class CardSealer {
public:
    /// Throws BadConfiguration when key or certificate is none, and what reading them throws.
    explicit CardSealer(const SealSignerOptions& options);

    /// The card's seal, signed today. Each signature is verified before it is given out.
    /// Throws MalformedData naming the field that no seal can hold, BadConfiguration when the key is not that
    /// of the certificate.
    [[nodiscard]] Bytes seal(const qr::CardIdentity& identity) const;

private:
    std::string country_;
    int version_;
    trust::Certificate certificate_;
    qr::SealSigner sign_;
};

} // namespace cancuoc::tools
