// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/certificate_revocation_list.hpp"

#include <string>

namespace cancuoc::personalization {

/// A file of entries of a directory (RFC 2849), in the form in which the ICAO PKD gives out its own: entries
/// below c=XX,dc=data,dc=download,dc=pkd,dc=icao,dc=int, binary values in Base64, lines of at most 76
/// characters.
class LdifFile {
public:
    /// The certificate of a signer, below o=dsc.
    void addCertificate(const trust::Certificate& certificate);

    /// The CRL of a CSCA, below o=crl.
    /// @param country two capitals
    void addCrl(const std::string& country, BytesView crl);

    /// A master list, below o=ml.
    /// @param country likewise
    void addMasterList(const std::string& country, BytesView list);

    /// What has been added, as a whole file.
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    void begin(const std::string& name, const std::string& organization, const std::string& country);
    void put(const std::string& attribute, const std::string& value);
    void put(const std::string& attribute, BytesView value);

    std::string text_ = "version: 1\n";
};

} // namespace cancuoc::personalization
