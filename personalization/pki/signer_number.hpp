// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"
#include "personalization/pki/signer_profile.hpp"

#include <filesystem>

namespace cancuoc::personalization {

/// The serialNumber in the name of a signer, which counts the signers of its kind.
/// @param file that holds the certificate, for messages
/// @throws BadConfiguration for a certificate without such a number
[[nodiscard]] int signerNumberOf(const X509& signer, const std::filesystem::path& file);

/// The number of a signer of `name`: as above, or a seal signer's, the serial number of its certificate.
[[nodiscard]] int signerNumberIn(const X509& signer, const SignerName& name,
                                 const std::filesystem::path& file);

} // namespace cancuoc::personalization
