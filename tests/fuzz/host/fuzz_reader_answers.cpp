// SPDX-License-Identifier: Apache-2.0
// What a reader says about itself and about the PACE that it ran.
#include "host/base/error.hpp"
#include "host/reader/reader_features.hpp"

#include <cstdlib>

namespace {

using namespace cancuoc;

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input(data, size);
    require(decodeFeatureCodes(input).size() <= size / 6);
    ReaderFeatures features;
    takeProperties(input, features);
    require(features.firmware.size() <= size);
    static_cast<void>(pretendsPinPad(features));
    static_cast<void>(decodeReaderPaceCapabilities(input));
    try {
        const auto output = EstablishPaceChannelOutput::decode(input);
        // Every field has come out of the answer, and no byte twice.
        require(output.cardAccess.size() + output.currentAuthority.size() + output.previousAuthority.size() +
                    output.chipIdentifier.size() <=
                size);
        require(output.result == 0 || output.cardAccess.empty());
    } catch (const MalformedData&) {
    }
    return 0;
}
