// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/openssl.hpp"

#include <chrono>
#include <vector>

namespace cancuoc::personalization {

/// One certificate that a CRL lists.
struct Revocation {
    Bytes serialNumber; ///< magnitude
    std::chrono::sys_seconds time;

    friend bool operator==(const Revocation&, const Revocation&) = default;
};

/// The certificates that `crl` lists.
[[nodiscard]] std::vector<Revocation> entriesOf(X509_CRL& crl);

/// The cRLNumber of `crl`; 0 without one.
[[nodiscard]] long crlNumberOf(const X509_CRL& crl);

} // namespace cancuoc::personalization
