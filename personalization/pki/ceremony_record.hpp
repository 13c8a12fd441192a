// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// What a key ceremony was about.
struct Ceremony {
    std::string purpose;             ///< "Making of the CSCA's first key"
    std::vector<std::string> people; ///< present, with their roles; each signs
};

/// The record of a ceremony, to be printed and signed.
struct CeremonyRecord {
    std::string text;  ///< UTF-8, lines of at most 80 characters where names allow it
    bool holds = true; ///< every check has passed
};

/// Writes down what the PKI in `directory` holds at the end of a ceremony: who, what, when and where; each
/// certificate with its names, its periods and its fingerprints; where each key is; the policy; the checks,
/// and their results: the chain of each certificate, key and certificate belong together, the CRL, and that
/// the audit log holds together, with its last hash. Keys in files that need another passphrase than that of
/// `keys` are checks that have failed.
/// @throws BadConfiguration for a directory without a PKI
[[nodiscard]] CeremonyRecord recordCeremony(const std::filesystem::path& directory, const Ceremony& ceremony,
                                            const Clock& clock,
                                            const KeyStore& keys = KeyStore::unencrypted());

} // namespace cancuoc::personalization
