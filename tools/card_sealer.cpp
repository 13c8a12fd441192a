// SPDX-License-Identifier: Apache-2.0
#include "tools/card_sealer.hpp"

#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <openssl/pem.h>

#include "host/base/clock.hpp"
#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/trust/pkcs11_signer.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/seal_signer.hpp"
#include "qr/card_seal.hpp"
#include "qr/payload.hpp"
#include "qr/seal_verification.hpp"

namespace cancuoc::tools {

namespace {

EvpKey readSealKey(const std::string& file) {
    // OpenSSL reads the file itself, so that the key lies in no buffer that stays; without a callback it
    // would ask for a password on the terminal.
    const BioPtr bio(BIO_new_file(file.c_str(), "rb"));
    const auto noPassword = [](char*, int, int, void*) { return -1; };
    EvpKey key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassword, nullptr) : nullptr);
    if (!key) {
        throw BadConfiguration(fmt::format("\"{}\" is no private key in PEM without a password.", file));
    }
    return key;
}

qr::SealSigner signingWith(std::shared_ptr<EVP_PKEY> key, const SignatureScheme& scheme) {
    return [key = std::move(key), scheme](BytesView bytes) { return cancuoc::sign(scheme, *key, bytes); };
}

// A key of another certificate shows at once.
qr::SealSigner verified(qr::SealSigner sign, const trust::Certificate& certificate) {
    const std::shared_ptr<EVP_PKEY> publicKey = certificate.publicKey();
    const auto scheme = qr::sealSignatureScheme(*publicKey);
    return [sign = std::move(sign), publicKey, scheme](BytesView bytes) {
        auto signature = sign(bytes);
        if (!verify(scheme, *publicKey, bytes, signature)) {
            throw BadConfiguration("The key is not that of the certificate.");
        }
        return signature;
    };
}

personalization::SealSigner signerOfPki(const SealSignerOptions& options) {
    return personalization::SealSigner::load(options.pki, options.signer, systemClock(),
                                             *keyStoreOf(*options.keys));
}

trust::Certificate certificateOf(const SealSignerOptions& options) {
    return trust::Certificate::decode(
        options.pki.empty() ? readFile(options.certificateFile, trust::Certificate::maximumLength)
                            : personalization::encodeDer(*signerOfPki(options).certificate));
}

qr::SealSigner signerOf(const SealSignerOptions& options, const trust::Certificate& certificate) {
    const auto scheme = qr::sealSignatureScheme(*certificate.publicKey());
    if (options.key.starts_with("pkcs11:")) {
        return verified(trust::pkcs11Signer(options.key, scheme), certificate);
    }
    EvpKey key = options.pki.empty() ? readSealKey(options.key) : std::move(signerOfPki(options).key);
    return verified(signingWith(std::move(key), scheme), certificate);
}

} // namespace

std::shared_ptr<SealSignerOptions> addSealSignerOptions(CLI::App& command, bool isNeeded) {
    auto options = std::make_shared<SealSignerOptions>();
    auto* signer = command.add_option_group("signer");
    auto* pki = signer->add_option("--pki", options->pki, "the PKI whose seal signer signs digital seals");
    auto* key = signer->add_option("--key", options->key,
                                   "the signer's private key: a PEM file, or a PKCS#11 URI (RFC 7512)");
    signer->require_option(isNeeded ? 1 : 0, 1);
    auto* certificate =
        command.add_option("--certificate", options->certificateFile,
                           "the bar code signer's certificate (Doc 9303-12, 7.1.3), PEM or DER");
    certificate->needs(key);
    key->needs(certificate);
    command.add_option("--signer", options->signer, "which of the PKI's seal signers")
        ->needs(pki)
        ->capture_default_str();
    options->keys = addKeyOptions(command);
    command.add_option("--country", options->country, "issuing country, as in the MRZ")
        ->capture_default_str();
    command.add_option("--seal-version", options->version, "version of the seal")
        ->check(CLI::IsMember({3, 4}))
        ->capture_default_str();
    return options;
}

CardSealer::CardSealer(const SealSignerOptions& options)
    : country_(options.country), version_(options.version), certificate_(certificateOf(options)),
      sign_(signerOf(options, certificate_)) {}

Bytes CardSealer::seal(const qr::CardIdentity& identity) const {
    auto header = qr::sealHeaderFor(certificate_, version_);
    header.issuingCountry = country_;
    header.signatureDate = dateOf(systemClock()());
    return qr::signSeal(qr::sealContentOf(qr::toPayload(identity), std::move(header)), sign_);
}

} // namespace cancuoc::tools
