// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_16.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::decodeAndWriteBack<lds::DataGroup16>({data, size});
    return 0;
}
