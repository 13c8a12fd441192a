// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_3.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input(data, size);
    fuzz::decodeAndWriteBack<lds::DataGroup3>(input);
    fuzz::mayRefuse([input] { (void)lds::DataGroup3::decode(input).fingers(); });
    return 0;
}
