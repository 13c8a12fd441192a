// SPDX-License-Identifier: Apache-2.0
#include "qr/seal_verification.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <openssl/bn.h>
#include <openssl/x509.h>

#include "host/base/error.hpp"
#include "host/trust/certificate_chain.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/revocation.hpp"
#include "host/trust/signing_role.hpp"

namespace cancuoc::qr {

namespace {

using trust::Check;
using trust::CheckResult;

std::string commonName(const trust::Certificate& certificate) {
    std::array<char, 64> text{};
    const auto length = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.x509()), NID_commonName,
                                                  text.data(), static_cast<int>(text.size()));
    return length > 0 ? std::string(text.data(), static_cast<std::size_t>(length)) : std::string();
}

// In hexadecimal capitals, without leading zeros.
std::string serialNumber(const trust::Certificate& certificate) {
    const BignumPtr number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate.x509()), nullptr));
    const std::unique_ptr<char, decltype([](char* text) { OPENSSL_free(text); })> text(
        number ? BN_bn2hex(number.get()) : nullptr);
    if (!text) {
        return {};
    }
    const std::string hex(text.get());
    return hex.substr(std::min(hex.find_first_not_of('0'), hex.size() - 1));
}

bool hasReference(const trust::Certificate& certificate, const SealHeader& header) {
    const auto& reference = header.certificateReference;
    return !certificate.certificationAuthority() &&
           certificate.country() + commonName(certificate) == header.signerIdentifier &&
           serialNumber(certificate) ==
               reference.substr(std::min(reference.find_first_not_of('0'), reference.size() - 1));
}

Check passed(std::string name, bool holds, std::string reason) {
    return {std::move(name), holds ? CheckResult::Passed : CheckResult::Failed,
            holds ? std::string() : std::move(reason)};
}

Check checkSignature(const DigitalSeal& seal, const trust::Certificate& certificate) {
    try {
        const auto key = certificate.publicKey();
        return passed("seal.signature",
                      verify(sealSignatureScheme(*key), *key, seal.signedBytes, seal.signature),
                      "the signature is not that of the seal: something in it was changed or made up");
    } catch (const Error& error) {
        return {"seal.signature", CheckResult::Failed, error.what()};
    }
}

// Doc 9303-12, 7.1.1, table 6
std::optional<trust::PrivateKeyUsagePeriod> usagePeriodOf(const trust::Certificate& certificate) {
    try {
        return trust::privateKeyUsagePeriodOf(*certificate.x509());
    } catch (const MalformedData&) {
        return std::nullopt; // a defect, told where certificates are listed
    }
}

Check checkDates(const DigitalSeal& seal, const trust::Certificate& certificate) {
    // The seal has a day, and a certificate or its key's use may begin or end within it.
    const auto day = std::chrono::sys_days(seal.content.header.signatureDate);
    const auto nextDay = day + std::chrono::days(1);
    const auto usage = usagePeriodOf(certificate).value_or(trust::PrivateKeyUsagePeriod{});
    if (nextDay <= certificate.notBefore() || day > certificate.notAfter()) {
        return passed("seal.dates", false, "the certificate was not valid on the day of the signature");
    }
    return passed("seal.dates",
                  nextDay > usage.notBefore.value_or(day) && day <= usage.notAfter.value_or(day),
                  "the signer signed outside the usage period of its private key");
}

Check checkRevocation(const trust::Certificate& certificate, const trust::CertificateChain& chain,
                      const trust::TrustStore& store, std::chrono::sys_seconds time) {
    Check check{"seal.revocation", CheckResult::NotPerformed, "the chain does not hold"};
    if (chain.anchor != nullptr) {
        check = trust::verifyRevocation(certificate, *chain.anchor, store, time, trust::barCodeSignerRole);
        check.name = "seal.revocation";
    }
    return check;
}

SealVerdict verifyWith(const trust::Certificate& certificate, const DigitalSeal& seal,
                       const trust::TrustStore& store, std::chrono::sys_seconds time) {
    const auto chain = trust::verifyChain(certificate, trust::barCodeSignerRole, store, time);
    SealVerdict verdict;
    verdict.checks = {passed("seal.certificate", true, ""),
                      {"seal.chain", chain.result, chain.reason},
                      checkRevocation(certificate, chain, store, time),
                      checkDates(seal, certificate),
                      checkSignature(seal, certificate)};
    verdict.genuine = std::all_of(verdict.checks.begin(), verdict.checks.end(), [](const Check& check) {
        return check.result == CheckResult::Passed ||
               (check.name == "seal.revocation" && check.result == CheckResult::NotPerformed);
    });
    return verdict;
}

} // namespace

SealVerdict verifySeal(const DigitalSeal& seal, const trust::TrustStore& store,
                       std::chrono::sys_seconds time) {
    SealVerdict verdict;
    verdict.checks = {{"seal.certificate", CheckResult::NotPerformed,
                       "the trust store has no certificate of the signer that the seal names; import it"}};
    for (const auto& certificate : store.certificates()) {
        if (!hasReference(certificate, seal.content.header)) {
            continue;
        }
        verdict = verifyWith(certificate, seal, store, time);
        if (verdict.genuine) {
            return verdict;
        }
    }
    return verdict;
}

SignatureScheme sealSignatureScheme(const EVP_PKEY& key) {
    const int bits = EVP_PKEY_get_base_id(&key) == EVP_PKEY_EC ? EVP_PKEY_get_bits(&key) : 0;
    if (bits == 0 || bits > 512) {
        throw BadConfiguration("Seals are signed with keys on elliptic curves of up to 512 bits.");
    }
    const auto hash = bits <= 224   ? HashAlgorithm::Sha224
                      : bits <= 256 ? HashAlgorithm::Sha256
                      : bits <= 384 ? HashAlgorithm::Sha384
                                    : HashAlgorithm::Sha512;
    return {SignatureScheme::Kind::EcdsaPlain, hash};
}

SealHeader sealHeaderFor(const trust::Certificate& certificate, int version) {
    constexpr std::size_t referenceLengthOfVersion3 = 5;
    SealHeader header;
    header.version = version;
    header.signerIdentifier = certificate.country() + commonName(certificate);
    header.certificateReference = serialNumber(certificate);
    auto& reference = header.certificateReference;
    if (version == 3 && reference.size() < referenceLengthOfVersion3) {
        reference.insert(0, referenceLengthOfVersion3 - reference.size(), '0');
    }
    if (certificate.country().size() != 2 || header.signerIdentifier.size() != 4) {
        throw BadConfiguration("A bar code signer's certificate has a country and a common name of two "
                               "capitals each, and nothing else in its name (Doc 9303-12, 7.1.3).");
    }
    if (version == 3 && reference.size() > referenceLengthOfVersion3) {
        throw BadConfiguration(
            "The certificate's serial number is too long for a seal of version 3, which has "
            "five hexadecimal digits for it; take version 4.");
    }
    return header;
}

} // namespace cancuoc::qr
