// SPDX-License-Identifier: Apache-2.0
// The chip's reader of CV certificates, and the form in which it keeps their keys.
#include "card/applets/emrtd/certified_key.hpp"

#include <algorithm>
#include <cstdlib>

using namespace cancuoc::card;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    emrtd::CertifiedKey issuer;
    issuer.algorithm = {2, 3};
    issuer.domainParameters = crypto::StandardizedDomainParameters::BrainpoolP512r1;
    static_cast<void>(emrtd::decode({data, size}, issuer));

    const auto certificate = emrtd::readCvCertificate({data, size});
    emrtd::CertifiedKey key;
    if (!certificate || !key.assign(*certificate, &issuer)) {
        return 0;
    }
    // What was read is kept, and the signature of a key that signed nothing is wrong.
    emrtd::StoredCertifiedKey stored;
    emrtd::CertifiedKey again;
    if (!emrtd::encode(key, stored) || !emrtd::decode(stored.view(), again) ||
        !std::ranges::equal(again.key.view(), key.key.view()) ||
        !std::ranges::equal(again.holderReference.view(), key.holderReference.view()) ||
        key.verifies({certificate->body}, {})) {
        std::abort();
    }
    return 0;
}
