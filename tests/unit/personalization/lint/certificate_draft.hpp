// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/tlv.hpp"
#include "host/base/object_identifier.hpp"
#include "host/crypto/openssl.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::test {

/// A certificate before it is signed, field by field as it will be written: each can be put wrong without any
/// library minding.
struct CertificateDraft {
    struct Extension {
        std::string identifier; ///< dotted
        Bytes criticality;      ///< the BOOLEAN as written, or nothing
        Bytes value;
    };

    Bytes version = fromHex("A003020102"); // v3
    Bytes serialNumber = fromHex("020107");
    Bytes signature;      ///< AlgorithmIdentifier
    Bytes outerSignature; ///< the same; empty: as `signature`
    Bytes issuer;
    Bytes notBefore;
    Bytes notAfter;
    Bytes subject;
    Bytes publicKeyInfo;
    Bytes uniqueIdentifiers;
    std::vector<Extension> extensions;
    EVP_PKEY* signer = nullptr; ///< signs with SHA-256

    CertificateDraft& set(const std::string& identifier, const Bytes& value, bool isCritical = false);
    CertificateDraft& remove(const std::string& identifier);
    CertificateDraft& makeCritical(const std::string& identifier, const Bytes& criticality);
    [[nodiscard]] Bytes encode() const;
};

using DraftChange = std::function<void(CertificateDraft&)>;

/// Drafts that break no rule.
[[nodiscard]] CertificateDraft goodRoot();
[[nodiscard]] CertificateDraft goodLink(); ///< changes the CSCA's name as well
[[nodiscard]] CertificateDraft goodDocumentSigner();
[[nodiscard]] CertificateDraft goodMasterListSigner();
[[nodiscard]] CertificateDraft goodDeviationListSigner();
[[nodiscard]] CertificateDraft goodCommunication();
[[nodiscard]] CertificateDraft goodSpocClient();
[[nodiscard]] CertificateDraft goodSpocServer();
[[nodiscard]] CertificateDraft goodLds2Signer();
[[nodiscard]] CertificateDraft goodBarCodeSigner();
/// A root as the older checks of uploads want it: without alternative names.
[[nodiscard]] CertificateDraft goodUploadedRoot();

/// The keys of the root and of everyone below it.
[[nodiscard]] EVP_PKEY& authorityKey();
[[nodiscard]] EVP_PKEY& signerKey();

[[nodiscard]] Bytes publicKeyInfoOf(const EVP_PKEY& key);
/// ECDSA with SHA-256 over it, DER.
[[nodiscard]] Bytes signatureOver(EVP_PKEY& key, BytesView message);

/// An attribute of a name; `type` is the last byte of 2.5.4.n.
struct DraftAttribute {
    std::uint8_t type;
    std::string_view text;
    std::uint32_t stringTag = 0x13;
};
[[nodiscard]] Bytes nameOf(const std::vector<DraftAttribute>& attributes);
inline constexpr std::uint8_t commonName = 3, serialNumberName = 5, countryName = 6, localityName = 7,
                              stateName = 8;

/// SEQUENCE of general names: e-mail address and directory name.
[[nodiscard]] Bytes alternativeName(const std::vector<DraftAttribute>& directoryName,
                                    std::string_view email = "csca@csca.example");

[[nodiscard]] Bytes algorithmIdentifier(const std::string& identifier, const Bytes& parameters = {});

/// SEQUENCE of OBJECT IDENTIFIERs.
[[nodiscard]] Bytes purposes(const std::vector<std::string>& identifiers);

/// One distribution point with that address, and what follows it inside.
[[nodiscard]] Bytes distributionPoint(std::string_view address, const Bytes& rest = {});

} // namespace cancuoc::test
