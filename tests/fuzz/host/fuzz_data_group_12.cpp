// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_12.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::decodeAndWriteBack<lds::DataGroup12>({data, size});
    return 0;
}
