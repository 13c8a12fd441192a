// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/pki/public_key_infrastructure.hpp"

#include <vector>

namespace cancuoc::personalization {

/// The next document signer of the PKI in `directory` takes the place of the former one, whose certificate is
/// kept beside it as `document-signer-NNN.pem` and whose private key is destroyed. Cards that it has signed
/// stay as they are. Curves are named or written out as in the CSCA's certificate.
/// @param options the document type and the longest validity of documents
/// @returns the number of the new document signer
/// @throws BadConfiguration for a directory without a PKI, options that cannot serve, and outside the usage
/// period of the CSCA's key
int renewDocumentSigner(const std::filesystem::path& directory, PkiOptions options, const Clock& clock,
                        RandomSource& random);

/// Whether the document signer's key in `directory` belongs to its certificate. It does not where a renewal
/// was interrupted between the two.
/// @throws BadConfiguration for files that are missing or hold something else
[[nodiscard]] bool documentSignerIsWhole(const std::filesystem::path& directory);

/// What became of a CRL.
struct RenewedCrl {
    long number = 0;
    std::size_t entries = 0;
};

/// The next CRL of the PKI in `directory`, with one more number and all entries of the former one. Due for
/// renewal after 90 days; a revocation is to be published within 48 hours (Doc 9303-12, 4.1.5).
/// @param revoked files with certificates that the CSCA has issued, and that are revoked now
/// @throws BadConfiguration for a directory without a PKI and a certificate that is not the CSCA's
RenewedCrl renewCrl(const std::filesystem::path& directory, const std::vector<std::filesystem::path>& revoked,
                    const Clock& clock);

/// A master list with the CSCA of the PKI in `directory` and further ones, signed by its master list signer,
/// which is made when there is none yet (Doc 9303-12, 9).
/// @param others files with CSCA certificates of other States, one in each
/// @returns how many certificates are on the list
/// @throws BadConfiguration for a directory without a PKI, a file without a CSCA certificate, and outside the
/// usage period of the CSCA's key when a signer has to be made
std::size_t publishMasterList(const std::filesystem::path& directory,
                              const std::vector<std::filesystem::path>& others, const Clock& clock,
                              RandomSource& random);

} // namespace cancuoc::personalization
