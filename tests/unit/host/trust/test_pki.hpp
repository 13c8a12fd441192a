// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/openssl.hpp"
#include "host/lds/document_security_object.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cancuoc::test {

/// The moment at which the certificates made here are valid, when a test says nothing else.
inline constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'800'000'000)}; // 15 January 2027
inline constexpr std::chrono::hours aYear{24 * 365};

enum class CurveParameters { Explicit, Named };

[[nodiscard]] EvpKey makeEcKey(const char* curve, CurveParameters parameters = CurveParameters::Explicit);
[[nodiscard]] EvpKey makeRsaKey(unsigned bits = 2048);

/// A P-256 key whose explicit parameters carry another base point: twice the standard one.
[[nodiscard]] EvpKey makeKeyWithForeignBasePoint();

struct CertificateOptions {
    std::string commonName = "CSCA Test";
    std::string country = "VN";
    long serial = 1;
    std::chrono::sys_seconds notBefore = now - aYear;
    std::chrono::sys_seconds notAfter = now + aYear;
    std::string basicConstraints = "critical,CA:TRUE,pathlen:0"; ///< empty: the extension is left out
    std::string keyUsage = "critical,keyCertSign,cRLSign";       ///< empty: the extension is left out
    std::string extendedKeyUsage;
    bool unknownCriticalExtension = false;
    bool keyIdentifiers = true;
    bool pss = false; ///< sign with RSASSA-PSS
    /// Further extensions, as OpenSSL's configuration files name them and their values.
    std::vector<std::pair<std::string, std::string>> extensions;
    std::function<void(X509&)> change; ///< the last thing that is done before the signature
    const EVP_MD* digest = EVP_sha256();
};

/// What a Document Signer certificate has instead.
[[nodiscard]] CertificateOptions documentSignerOptions();

/// A certificate and its private key.
struct Identity {
    X509Ptr certificate;
    EvpKey key;

    [[nodiscard]] Bytes der() const;
};

[[nodiscard]] Identity makeSelfSigned(EvpKey key, const CertificateOptions& options = {});
[[nodiscard]] Identity issue(const Identity& issuer, EvpKey key, const CertificateOptions& options);

/// A CRL of `issuer` with these serial numbers.
/// @param partial marks it as a part of the whole (an issuing distribution point)
[[nodiscard]] Bytes makeCrl(const Identity& issuer, const std::vector<long>& serials,
                            std::chrono::sys_seconds thisUpdate = now - std::chrono::hours(24),
                            std::chrono::sys_seconds nextUpdate = now + std::chrono::hours(24 * 89),
                            bool partial = false);

struct SignatureOptions {
    const EVP_MD* digest = EVP_sha256();
    std::string contentType{lds::DocumentSecurityObject::contentType};
    unsigned flags = 0; ///< further CMS_ flags of the signer: CMS_NOATTR, CMS_NOCERTS, CMS_USE_KEYID
    bool pss = false;   ///< RSASSA-PSS
    std::chrono::sys_seconds signingTime = now;
    const Identity* embedded = nullptr; ///< whose certificate is put inside as well
};

/// EF.SOD with `content` signed by each of `signers`.
[[nodiscard]] Bytes makeSod(BytesView content, const std::vector<const Identity*>& signers,
                            const SignatureOptions& options = {});

} // namespace cancuoc::test
