// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
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

/// Signing over the ends of document signers.
struct RotationTimes {
    std::size_t signers = 0;      ///< used up
    double signaturesASecond = 0; ///< by all threads together
    double longestPause = 0;      ///< milliseconds of the slowest signature
    double longestWithout = 0; ///< the same without a change of signers: what the machine itself makes wait
};

/// Two threads sign with keys encrypted under a passphrase until five document signers of `signatures` each
/// are used up. Makes its PKI in `folder`.
[[nodiscard]] RotationTimes measureRotation(const std::filesystem::path& folder, std::uint64_t signatures);

/// Microseconds for one EF.SOD as in SecurityObjectTimes, with the key in SoftHSM2.
struct TokenTimes {
    double issue = 0;
    double tokenAlone = 0;      ///< the token's own signature over a hash, its handle cached
    double rawCryptography = 0; ///< that, and OpenSSL's hashes and verification
};

/// Makes a token and a PKI in it, in `folder`. Throws std::runtime_error without SoftHSM2.
[[nodiscard]] TokenTimes measureToken(const std::filesystem::path& folder, std::size_t rounds);

} // namespace cancuoc::bench
