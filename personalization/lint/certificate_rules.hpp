// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "host/trust/certificate.hpp"
#include "personalization/lint/certificate_parts.hpp"
#include "personalization/lint/rule.hpp"

namespace cancuoc::personalization::lint {

/// What Doc 9303-12, 4.1.6 to 4.1.8 and 7.1 ask of the certificates of the eMRTD PKI, and what the checks of
/// uploads to the ICAO PKD ask.
[[nodiscard]] std::vector<const Rule*> certificateRules();

/// The rules that `certificate` breaks, as what it is meant to be or, where nobody knows, as what it says of
/// itself that it is. No clock is asked, and no signature is verified.
[[nodiscard]] std::vector<const Rule*> checkCertificate(const trust::Certificate& certificate,
                                                        Profile profile = Profile::EighthEdition,
                                                        std::optional<CertificateRole> meant = std::nullopt);

/// Those of its rules that bytes break which cannot be read as a certificate.
[[nodiscard]] std::vector<const Rule*> checkCertificateEncoding(BytesView certificate, Profile profile);

/// The rule that a self-signed certificate breaks whose own key does not verify its signature; nothing for
/// any other certificate.
[[nodiscard]] std::vector<const Rule*> checkOwnSignature(const trust::Certificate& certificate);

} // namespace cancuoc::personalization::lint
