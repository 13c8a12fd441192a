// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_2.hpp"

#include "host/biometric/image.hpp"
#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

namespace {

void readRecords(BytesView file) {
    try {
        for (const auto& record : lds::DataGroup2::decode(file).records()) {
            for (const auto& image : record.images) {
                (void)biometric::readImageHeader(image.image);
            }
            if (record.decode(record.encode()) != record) {
                std::abort();
            }
        }
    } catch (const MalformedData&) {
        return;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::decodeAndWriteBack<lds::DataGroup2>({data, size});
    readRecords({data, size});
    return 0;
}
