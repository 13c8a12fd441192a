// SPDX-License-Identifier: Apache-2.0
#include "host/base/error.hpp"
#include "host/base/object_identifier.hpp"
#include "host/crypto/ecdsa.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/reader/connection.hpp"

namespace {

template <class Decode>
void tryTo(Decode decode) {
    try {
        decode();
    } catch (const cancuoc::MalformedData&) {
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    const BytesView input(data, size);
    tryTo([input] { static_cast<void>(decodeSubjectPublicKeyInfo(input)); });
    tryTo([input] { static_cast<void>(decodeEllipticCurvePublicKey(input)); });
    tryTo([input] { static_cast<void>(decodeDiffieHellmanPublicKey(input)); });
    tryTo([input] { static_cast<void>(plainFromDerSignature(input, 32)); });
    tryTo([input] {
        static_cast<void>(ObjectIdentifier::fromText(ObjectIdentifier::fromContent(input).toText()));
    });
    static_cast<void>(statesExtendedLength(input));
    return 0;
}
