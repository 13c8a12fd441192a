// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/facial_record.hpp"
#include "host/biometric/finger_record.hpp"
#include "host/biometric/iris_record.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input(data, size);
    fuzz::decodeAndWriteBack<biometric::FacialRecord>(input);
    fuzz::decodeAndWriteBack<biometric::FingerRecord>(input);
    fuzz::decodeAndWriteBack<biometric::IrisRecord>(input);
    return 0;
}
