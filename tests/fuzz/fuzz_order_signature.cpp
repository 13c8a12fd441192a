// SPDX-License-Identifier: Apache-2.0
// Any bytes as a signature on an order: nobody's counts, so none may pass.
#include "personalization/intake/order_refused.hpp"
#include "personalization/intake/order_signature.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    using namespace cancuoc::personalization;
    static const SignaturePolicy policy{
        std::make_shared<OrderSigners>(std::vector<trust::Certificate>()), true, {}};
    const BytesView file(data, size);
    try {
        static_cast<void>(contentWithoutVerification(file));
    } catch (const OrderRefused&) {
    }
    try {
        static_cast<void>(verifyEnveloping(file, policy));
        std::abort();
    } catch (const OrderRefused&) {
    }
    try {
        static_cast<void>(verifyDetached(file, file, policy));
        std::abort();
    } catch (const OrderRefused&) {
    }
    return 0;
}
