// SPDX-License-Identifier: Apache-2.0
// For each rule a file that breaks it and one that does not, which differ in one thing.
#pragma once

#include "host/base/bytes.hpp"
#include "personalization/lint/rule.hpp"

#include <string>
#include <vector>

namespace cancuoc::test {

struct Fixture {
    std::string rule;
    Bytes passing;                       ///< breaks no rule at all
    Bytes failing;                       ///< breaks `rule` and `companions`, and no other
    std::vector<std::string> companions; ///< rules that cannot stand when this one falls
    personalization::lint::Profile profile = personalization::lint::Profile::EighthEdition;
};

[[nodiscard]] std::vector<Fixture> certificateFixtures();
[[nodiscard]] std::vector<Fixture> certificateExtensionFixtures();
[[nodiscard]] std::vector<Fixture> revocationListFixtures();
[[nodiscard]] std::vector<Fixture> signedDataFixtures();
[[nodiscard]] std::vector<Fixture> cvCertificateFixtures();
[[nodiscard]] std::vector<Fixture> sealFixtures();

} // namespace cancuoc::test
