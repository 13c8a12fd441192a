// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "host/base/bytes.hpp"
#include "personalization/lint/rule.hpp"

namespace cancuoc::personalization::lint {

/// A rule that something breaks.
struct Finding {
    std::string where; ///< what of the file, where it holds several: "certificate 3 (C=DE, CN=csca-germany)"
    std::string country; ///< of the certificate, two capitals; empty: unknown or no certificate
    const Rule* rule = nullptr;
};

/// What became of one file.
struct Report {
    /// "certificate", "CRL", "EF.SOD", "master list", "deviation list", "CV certificate", "digital seal",
    /// "unknown"
    std::string kind;
    std::size_t certificates = 0; ///< that were checked
    std::vector<Finding> findings;

    /// Whether no MUST is broken.
    [[nodiscard]] bool isConformant() const;
};

/// Every rule there is, in a fixed order: what `cancuoc pki lint --rules` prints.
[[nodiscard]] std::vector<const Rule*> everyRule();

/// Holds a file against the rules of what it is: a certificate or CRL in DER or PEM, a CV certificate, an
/// EF.SOD, a master list with every certificate on it, a deviation list, or the bytes of a digital seal. What
/// is none of them, or cannot be read as what it is, breaks `file.malformed`. Never throws for what the file
/// says.
[[nodiscard]] Report examine(BytesView file, Profile profile = Profile::EighthEdition);

} // namespace cancuoc::personalization::lint
