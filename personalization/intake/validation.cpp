// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/validation.hpp"

#include "personalization/intake/picture_rules.hpp"
#include "personalization/intake/text_rules.hpp"

namespace cancuoc::personalization {

std::vector<Finding> validate(const CitizenRecord& record, const Pictures& pictures,
                              const IntakePolicy& policy) {
    std::vector<Finding> findings;
    checkTexts(record, policy, findings);
    checkPictures(pictures, policy, record.line, findings);
    return findings;
}

} // namespace cancuoc::personalization
