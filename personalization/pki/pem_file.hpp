// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/openssl.hpp"

#include <filesystem>

namespace cancuoc::personalization {

/// The certificate in PEM.
[[nodiscard]] Bytes encodePem(const X509& certificate);

/// The object in DER.
[[nodiscard]] Bytes encodeDer(const X509& certificate);
[[nodiscard]] Bytes encodeDer(const X509_CRL& crl);
[[nodiscard]] Bytes encodeDer(const CMS_ContentInfo& contentInfo);

/// Read the one object that a file holds, in the forms above. Throw BadConfiguration naming the file when it
/// is missing or holds something else.
[[nodiscard]] X509Ptr readCertificate(const std::filesystem::path& file);
[[nodiscard]] X509CrlPtr readCrl(const std::filesystem::path& file);

} // namespace cancuoc::personalization
