// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"

#include <filesystem>

namespace cancuoc::personalization {

/// What was published.
struct Publication {
    std::size_t authorities = 0; ///< CSCA certificates, links among them
    std::size_t signers = 0; ///< certificates of signers, former ones and the next document signer among them
};

/// Writes what others need of the PKI in `directory` (Doc 9303-12, 5) to `folder`, as the ICAO PKD and a web
/// server give it out, in the place of what was published there before:
///
///     csca/*.cer            CSCA certificates and link certificates, DER
///     document-signers/*.cer, list-signers/*.cer, seal-signers/*.cer
///     crl/XX.crl            the CRL
///     ml/XX.ml, dl/XX.dl    the master list and the deviation list, where there are any
///     icaopkd-001-complete.ldif   document and seal signers and the CRL, as the PKD's first collection
///     icaopkd-002-complete.ldif   the master list, as its second
///     SHA256SUMS            of all of them, as `sha256sum --check` reads it
///
/// Each certificate is verified up to the CSCA's key that issued it, and the CRL too: what leaves is what
/// others will take.
/// @throws BadConfiguration for a directory without a PKI, naming the file that does not verify, and for a
/// CRL that is overdue
Publication publish(const std::filesystem::path& directory, const std::filesystem::path& folder,
                    const Clock& clock);

} // namespace cancuoc::personalization
