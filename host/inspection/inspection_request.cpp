// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/inspection_request.hpp"

namespace cancuoc::inspection {

bool InspectionRequest::wants(int number) const {
    if (dataGroups) {
        return dataGroups->count(number) != 0;
    }
    return policy.performCloneProofs || (number != 14 && number != 15);
}

} // namespace cancuoc::inspection
