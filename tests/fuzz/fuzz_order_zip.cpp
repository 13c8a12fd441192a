// SPDX-License-Identifier: Apache-2.0
// Any bytes as an order in a ZIP.
#include "personalization/intake/order_refused.hpp"
#include "personalization/intake/zip_files.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc::personalization;
    constexpr std::size_t maximumSize = 1 << 20;
    try {
        const ZipFiles files({data, data + size});
        for (const char* path : {"records.csv", "records.jsonl", "a", "../a"}) {
            const OrderFile file = files.read(path, maximumSize);
            if (file.content && file.content->size() > maximumSize) {
                std::abort();
            }
        }
    } catch (const OrderRefused&) {
    }
    return 0;
}
