// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/trust/cv_certificate.hpp"
#include "personalization/lint/rule.hpp"

namespace cancuoc::personalization::lint {

/// What Doc 9303-12, tables 2 and 11, and BSI TR-03110-3 ask of card verifiable certificates.
[[nodiscard]] const std::vector<Rule>& cvCertificateRules();

/// The rules that `certificate` breaks, as the role that it states. Its signature is verified where it is its
/// own authority; no clock is asked.
[[nodiscard]] std::vector<const Rule*> checkCvCertificate(const trust::CvCertificate& certificate);

} // namespace cancuoc::personalization::lint
