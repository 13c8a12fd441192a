// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/openssl.hpp"

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>

namespace cancuoc::trust {

/// The DER inside `file`: the file itself, or the first PEM block of it that carries one of `labels`.
/// Throws MalformedData for PEM without such a block.
[[nodiscard]] Bytes derOf(BytesView file, std::initializer_list<std::string_view> labels);

/// The name as RFC 2253 text in UTF-8.
[[nodiscard]] std::string textOf(const X509_NAME& name);

/// countryName as written; empty when the name has none.
[[nodiscard]] std::string countryOf(const X509_NAME& name);

/// ASCII letters as capitals.
[[nodiscard]] std::string toUpper(std::string_view text);

/// The bytes of an OpenSSL string, valid as long as it.
[[nodiscard]] BytesView bytesOf(const ASN1_STRING& string);

/// Throws MalformedData for a time that no calendar has.
[[nodiscard]] std::chrono::sys_seconds timeOf(const ASN1_TIME& time);

/// The DER SubjectPublicKeyInfo. Throws CryptographyError.
[[nodiscard]] Bytes subjectPublicKeyInfoOf(const X509& certificate);

/// The public key, on a known curve also where the certificate writes the parameters out.
/// Throws MalformedData when it has no usable key.
[[nodiscard]] EvpKey publicKeyOf(const X509& certificate);

} // namespace cancuoc::trust
