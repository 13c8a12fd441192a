// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/clock.hpp"
#include "personalization/pki/key_store.hpp"
#include "personalization/pki/security_object_signer.hpp"

#include <filesystem>
#include <memory>

namespace cancuoc::personalization {

/// Signs the Document Security Objects of cards (Doc 9303-12, 3.1.2). Signing changes nothing in it, so any
/// number of threads may use one signer.
class DocumentSigner final : public SecurityObjectSigner {
public:
    /// Loads document signer and CSCA from a directory that createPki wrote, and checks them against each
    /// other: the private key belongs to the certificate, the CSCA signed the certificate, and its CRL does
    /// not list it. `clock` gives the signing times. Throws BadConfiguration naming the file that is missing
    /// or wrong.
    [[nodiscard]] static DocumentSigner load(const std::filesystem::path& directory,
                                             Clock clock = systemClock(),
                                             const KeyStore& keys = KeyStore::unencrypted());

    DocumentSigner(DocumentSigner&&) noexcept;
    DocumentSigner& operator=(DocumentSigner&&) noexcept;
    ~DocumentSigner() override;

    /// The whole EF.SOD over `securityObject`: a CMS SignedData in DER within tag 77 (Doc 9303-10, 4.6.2),
    /// with the document signer's certificate and the signing time. Before it leaves, its signature is
    /// verified from the finished bytes with the certificate that load() verified up to the CSCA, and the
    /// periods of both certificates and of the key are checked against the clock. Throws BadConfiguration
    /// outside one of the periods, CryptographyError when the signature does not verify.
    [[nodiscard]] Bytes sign(const lds::DocumentSecurityObject& securityObject) const override;

    /// The document signer's certificate in DER.
    [[nodiscard]] const Bytes& certificate() const;

    /// The CSCA's certificate in DER: the anchor of every signature made here.
    [[nodiscard]] const Bytes& cscaCertificate() const;

private:
    struct Parts;
    explicit DocumentSigner(std::unique_ptr<const Parts> parts);

    std::unique_ptr<const Parts> parts_;
};

} // namespace cancuoc::personalization
