// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"

#include <filesystem>

namespace cancuoc::personalization {

/// The serialNumber in the name of a signer, which counts the signers of its kind.
/// @param file that holds the certificate, for messages
/// @throws BadConfiguration for a certificate without such a number
[[nodiscard]] int signerNumberOf(const X509& signer, const std::filesystem::path& file);

} // namespace cancuoc::personalization
