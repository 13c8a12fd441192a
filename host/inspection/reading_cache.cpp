// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/reading_cache.hpp"

namespace cancuoc::inspection {

void ReadingCache::recognise(BytesView securityObject) {
    if (securityObject.empty() || !equal(securityObject_, securityObject)) {
        dataGroups_.clear();
        securityObject_ = toBytes(securityObject);
    }
}

} // namespace cancuoc::inspection
