// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/storage/flash.hpp"
#include "host/lds/data_group.hpp"
#include "host/trust/trust_store.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/unit/host/trust/test_pki.hpp"

#include <chrono>
#include <string_view>

namespace cancuoc::test {

/// A country that signs the documents of chip_profiles.hpp: a CSCA and a document signer.
class DocumentIssuer {
public:
    /// @param time of every signature; the certificates are valid for a year before and after it
    explicit DocumentIssuer(std::chrono::sys_seconds time);

    /// A document of the profile with a face and the data that belong to its MRZ, signed.
    [[nodiscard]] ChipDocument issue(DocumentProfile profile) const;

    /// Signs `document` as it is, and gives it a face, and the data that belong to its MRZ.
    void finish(ChipDocument& document) const;

    /// The CSCA certificate, DER.
    [[nodiscard]] Bytes countrySigningCertificate() const { return csca_.der(); }
    /// A store that knows it.
    [[nodiscard]] const trust::TrustStore& trustStore() const { return trustStore_; }

private:
    [[nodiscard]] Bytes sign(const Bytes& content, std::string_view contentType) const;

    std::chrono::sys_seconds time_;
    Identity csca_;
    Identity signer_;
    trust::TrustStore trustStore_ = trust::TrustStore::inMemory();
};

/// EF.CardSecurity in the files of a ChipDocument.
inline constexpr std::uint16_t cardSecurityIdentifier = 0x021D;

/// Puts another content in the place of a file in the memory of an activated chip without power, as only a
/// chip of the forger's own allows.
void forgeFile(card::Flash& memory, lds::FileId file, const Bytes& content);

} // namespace cancuoc::test
