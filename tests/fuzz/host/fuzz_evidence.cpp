// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/evidence_verification.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

// Evidence is refused, or written back as it was understood; and whatever it holds, it is judged.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input(data, size);
    fuzz::decodeAndWriteBack<inspection::Evidence>(input);
    fuzz::mayRefuse([input] {
        const auto evidence = inspection::Evidence::decode(input);
        try {
            const auto result = inspection::verifyEvidence(evidence, inspection::Policy::standard(), nullptr);
            if (result.judgement.verdict == inspection::Verdict::Genuine) {
                std::abort(); // without a trust store nothing is
            }
        } catch (const MalformedData&) {
            std::abort(); // it is not the evidence that is malformed, but what it is evidence of
        }
    });
    return 0;
}
