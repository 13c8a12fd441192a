// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/signer_profile.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "host/base/error.hpp"

namespace cancuoc::personalization {

namespace {

constexpr std::array<std::pair<SignerKind, std::string_view>, 4> stems{{
    {SignerKind::DocumentSigner, "document-signer"},
    {SignerKind::MasterListSigner, "master-list-signer"},
    {SignerKind::DeviationListSigner, "deviation-list-signer"},
    {SignerKind::SealSigner, "seal-signer"},
}};

bool isSealIdentifier(std::string_view text) {
    return text.size() == 2 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Seals have room for a plain signature on a curve of up to 512 bits (Doc 9303-12, 4.1.8; Doc 9303-13, 2.4).
void checkSealKey(const std::string& kind) {
    constexpr std::size_t longestOrder = 64; // bytes
    const auto curve = KeyKind::named(kind).curve;
    if (!curve || curve->orderSize() > longestOrder) {
        throw BadConfiguration(
            "\"" + kind +
            "\" is no kind of key for seals: they are signed on elliptic curves of up to 512 "
            "bits (Doc 9303-12, 4.1.8).");
    }
}

void checkKind(const SignerName& name, const std::string& kind) {
    static_cast<void>(KeyKind::strong(kind));
    if (name.kind == SignerKind::SealSigner) {
        checkSealKey(kind);
    }
}

} // namespace

std::string SignerName::fileStem() const {
    const auto* const stem =
        std::find_if(stems.begin(), stems.end(), [this](const auto& known) { return known.first == kind; });
    return std::string(stem->second) + (identifier.empty() ? "" : "-" + identifier);
}

SignerName SignerName::fromStem(std::string_view stem) {
    for (const auto& [kind, text] : stems) {
        const bool isSeal = kind == SignerKind::SealSigner;
        if (!isSeal && stem == text) {
            return {kind, ""};
        }
        if (isSeal && stem.size() == text.size() + 3 && stem.starts_with(text) && stem[text.size()] == '-' &&
            isSealIdentifier(stem.substr(text.size() + 1))) {
            return {kind, std::string(stem.substr(text.size() + 1))};
        }
    }
    throw BadConfiguration("\"" + std::string(stem) +
                           "\" is no signer; there are document-signer, master-list-signer, "
                           "deviation-list-signer and seal-signer-XX with two capitals.");
}

EvpKey makeSignerKey(const SignerName& name, const SignerKeyOptions& options, RandomSource& random,
                     const KeyStore& keys) {
    const std::string kind = options.kind.empty() ? "P-256" : options.kind;
    checkKind(name, kind);
    return keys.generate(KeyKind::named(kind),
                         options.namedCurves ? CurveEncoding::Named : CurveEncoding::Explicit, options.token,
                         name.fileStem(), random, options.announce);
}

void checkGrant(const SignerGrant& grant, const EVP_PKEY& key) {
    constexpr int mostSealSigners = 0xFFFFF;
    const bool isSeal = grant.name.kind == SignerKind::SealSigner;
    if (isSeal && !isSealIdentifier(grant.name.identifier)) {
        throw BadConfiguration("A seal signer is named by two capitals (Doc 9303-12, 7.1.3).");
    }
    if (grant.number < 1 || (isSeal && grant.number > mostSealSigners)) {
        throw BadConfiguration("There is no number left for another signer.");
    }
    checkKind(grant.name, KeyKind::nameOf(key));
}

} // namespace cancuoc::personalization
