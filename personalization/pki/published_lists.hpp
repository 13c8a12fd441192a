// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/pki/public_key_infrastructure.hpp"

#include <vector>

namespace cancuoc::personalization {

/// What became of a CRL.
struct RenewedCrl {
    long number = 0;
    std::size_t entries = 0;
};

/// The next CRL of the PKI in `directory`, with one more number and all entries of the former one, by the
/// CSCA's key of today. Due for renewal after the policy's period; a revocation is to be published within 48
/// hours (Doc 9303-12, 4.1.5).
/// @param revoked files with certificates that the CSCA has issued, with this key or an earlier one, and that
/// are revoked now
/// @throws BadConfiguration for a directory without a PKI and a certificate that is not the CSCA's
RenewedCrl renewCrl(const std::filesystem::path& directory, const std::vector<std::filesystem::path>& revoked,
                    const Clock& clock, const KeyStore& keys = KeyStore::unencrypted());

/// A master list with every certificate of the PKI's CSCA in `directory`, link certificates among them, and
/// those of other States, signed by its master list signer, which is made when there is none yet by the
/// CSCA's key of today (Doc 9303-12, 9).
/// @param others files with CSCA certificates of other States, one in each
/// @returns how many certificates are on the list
/// @throws BadConfiguration for a directory without a PKI, a file without a CSCA certificate, and outside the
/// usage period of the CSCA's key when a signer has to be made
std::size_t publishMasterList(const std::filesystem::path& directory,
                              const std::vector<std::filesystem::path>& others, const Clock& clock,
                              RandomSource& random, const KeyStore& keys = KeyStore::unencrypted());

/// A deviation list with what `statement` says is wrong with some of the State's documents, signed by its
/// deviation list signer, which is made when there is none yet by the CSCA's key of today (Doc 9303-12, 10).
/// @param statement as deviationListOf() reads it
/// @returns how many deviations are on the list
/// @throws as publishMasterList(), and BadConfiguration for a statement that is none
std::size_t publishDeviationList(const std::filesystem::path& directory,
                                 const std::filesystem::path& statement, const Clock& clock,
                                 RandomSource& random, const KeyStore& keys = KeyStore::unencrypted());

} // namespace cancuoc::personalization
