// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/globalplatform/key_source.hpp"
#include "personalization/loading/load_profile.hpp"

#include <filesystem>
#include <memory>

namespace cancuoc::personalization {

/// The keys of chips from a file in JSON: {"master": KEY}, or {"encryption": KEY, "mac": KEY,
/// "dataEncryption": KEY}. A KEY is hexadecimal digits, or, where the scheme diversifies keys, the PKCS#11
/// URI of a master key that stays in a token (see pkcs11MasterKey). Throws BadConfiguration, naming the
/// element and the rule that it breaks, and what pkcs11MasterKey throws. Messages never repeat a key or a
/// PIN.
[[nodiscard]] std::unique_ptr<KeySource> readKeyFile(const std::filesystem::path& file,
                                                     const KeyScheme& scheme);

/// The published test keys under the scheme's version. Throws BadConfiguration for a scheme that they do not
/// serve: diversified keys, or keys of another size.
[[nodiscard]] std::unique_ptr<KeySource> publishedTransportKeys(const KeyScheme& scheme);

} // namespace cancuoc::personalization
