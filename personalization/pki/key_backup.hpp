// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"
#include "personalization/pki/key_store.hpp"

#include <filesystem>
#include <vector>

namespace cancuoc::personalization {

/// A backup of a private key in a file, for the case that the file is lost: so many custodians each get a
/// share, and so many of them together restore the key, while fewer learn nothing of it (Shamir's secret
/// sharing, by libgfshare). A share is a text file that can be printed and typed in again; each of its lines
/// is checked.
inline constexpr unsigned mostCustodians = 16;

/// The shares of the key in `keyFile`, one file's content a custodian.
/// @param custodians 2 to 16
/// @param needed to restore it: 2 to `custodians`
/// @throws BadConfiguration for other numbers, for a key in a token, which its own means back up, and what
/// KeyStore::read throws
[[nodiscard]] std::vector<SecretBytes> makeKeyShares(const std::filesystem::path& keyFile,
                                                     unsigned custodians, unsigned needed,
                                                     RandomSource& random, const KeyStore& keys);

/// The key that the shares in `files` are of.
/// @throws BadConfiguration naming the file that is no share, was changed, is of another backup or comes
/// twice; when there are too few; and when what comes out is not the key that was backed up
[[nodiscard]] EvpKey restoreKey(const std::vector<std::filesystem::path>& files);

} // namespace cancuoc::personalization
