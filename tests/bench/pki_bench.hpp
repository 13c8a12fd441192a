// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>

namespace cancuoc::bench {

/// Microseconds for one EF.SOD over data groups of 42 kB.
struct SecurityObjectTimes {
    double issue =
        0; ///< hashes, LDSSecurityObject, signature by the document signer, verified before it leaves
    double rawCryptography = 0; ///< OpenSSL alone: the same hashes, one signature and its verification
};

/// Both sides by turns in batches; the median of the batches.
/// @param pki the folder of a PKI
[[nodiscard]] SecurityObjectTimes measureSecurityObject(const std::filesystem::path& pki, std::size_t rounds);

/// Microseconds for one certificate of a master list.
struct LintTimes {
    double lint = 0;  ///< read and held against every rule
    double parse = 0; ///< OpenSSL alone: d2i_X509
};

/// The same for the certificates of `masterList`, each `rounds` times.
[[nodiscard]] LintTimes measureLint(const std::filesystem::path& masterList, std::size_t rounds);

} // namespace cancuoc::bench
