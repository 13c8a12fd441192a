// SPDX-License-Identifier: Apache-2.0
// The linter says something of any file, and never anything but findings.
#include "personalization/lint/linter.hpp"

#include <cstdlib>

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto report = personalization::lint::examine({data, size});
    for (const auto& finding : report.findings) {
        if (finding.rule == nullptr || finding.rule->id.empty()) {
            std::abort();
        }
    }
    return 0;
}
