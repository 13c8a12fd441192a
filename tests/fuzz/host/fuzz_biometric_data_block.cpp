// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/face_image_data_block.hpp"
#include "host/biometric/finger_image_data_block.hpp"
#include "host/biometric/iris_image_data_block.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input(data, size);
    fuzz::decodeAndWriteBack<biometric::FaceImageDataBlock>(input);
    fuzz::decodeAndWriteBack<biometric::FingerImageDataBlock>(input);
    fuzz::decodeAndWriteBack<biometric::IrisImageDataBlock>(input);
    return 0;
}
