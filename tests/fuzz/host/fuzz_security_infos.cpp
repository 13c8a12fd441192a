// SPDX-License-Identifier: Apache-2.0
#include "host/lds/card_access.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::decodeAndWriteBack<lds::CardAccess>({data, size});
    fuzz::decodeAndWriteBack<lds::DataGroup14>({data, size});
    fuzz::decodeAndWriteBack<lds::DataGroup15>({data, size});
    return 0;
}
