// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <string>

namespace cancuoc::lds {

/// A record of EF.Certificates in one of the applications of LDS2: the certificate of one who has signed
/// records there (Doc 9303-10, table 83).
struct CertificateRecord {
    static constexpr std::size_t maximumLength = 4096;

    std::string country; ///< two letters, as in the certificate
    Bytes serialNumber;  ///< of the certificate
    Bytes certificate;   ///< X.509, DER, as written

    /// Throws MalformedData. The certificate is not looked at.
    [[nodiscard]] static CertificateRecord decode(BytesView record);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const CertificateRecord&, const CertificateRecord&) = default;
};

} // namespace cancuoc::lds
