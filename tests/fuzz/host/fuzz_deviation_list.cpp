// SPDX-License-Identifier: Apache-2.0
#include "host/trust/deviation_list.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

// A list that cannot be verified is refused, so that the content is fed to the reader of deviations itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::mayRefuse([=] { (void)trust::DeviationList::decode({data, size}); });
    fuzz::mayRefuse([=] {
        for (const auto& deviation : trust::readDeviations({data, size})) {
            (void)deviation.concerns({nullptr, "ID", "299000001", {}});
            for (const auto& description : deviation.descriptions) {
                (void)description.text();
            }
        }
    });
    return 0;
}
