// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/outcome.hpp"

#include <algorithm>

namespace cancuoc::teller {

bool Outcome::qrDiffers() const {
    return std::any_of(comparisons.begin(), comparisons.end(), [](const qr::FieldComparison& comparison) {
        return comparison.result == qr::FieldResult::Differs;
    });
}

} // namespace cancuoc::teller
