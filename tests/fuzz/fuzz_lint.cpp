// SPDX-License-Identifier: Apache-2.0
// The linter says something of any file, and never anything but findings.
#include "personalization/lint/linter.hpp"

#include <cstdlib>

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const auto profile :
         {personalization::lint::Profile::EighthEdition, personalization::lint::Profile::PkdUpload}) {
        for (const auto& finding : personalization::lint::examine({data, size}, profile).findings) {
            if (finding.rule == nullptr || !finding.rule->profiles.contains(profile)) {
                std::abort();
            }
        }
    }
    return 0;
}
