// SPDX-License-Identifier: Apache-2.0
#include "host/lds/issuer_data_group.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::decodeAndWriteBack<lds::IssuerDataGroup>({data, size});
    return 0;
}
