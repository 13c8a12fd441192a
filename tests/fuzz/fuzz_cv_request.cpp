// SPDX-License-Identifier: Apache-2.0
// A certificate request is refused as malformed, or its own key has signed it and it comes out as it went in.
#include "host/base/error.hpp"
#include "personalization/pki/cv_request.hpp"

#include <algorithm>
#include <cstdlib>

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto request = personalization::CvRequest::decode({data, size});
        if (!std::equal(request.encoded().begin(), request.encoded().end(), data, data + size)) {
            std::abort();
        }
    } catch (const MalformedData&) {
    }
    return 0;
}
