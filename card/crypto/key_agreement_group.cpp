// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/key_agreement_group.hpp"

namespace cancuoc::card::crypto {
namespace {

/// Tries before a source of randomness counts as broken; a working one fails them all with less than 2^-90.
constexpr int maximumKeyGenerationTries = 128;

} // namespace

bool KeyAgreementGroup::generatePrivateKey(RandomSource& random, PrivateKey& key) const {
    if (!supported() || !key.resize(orderSize())) {
        return false;
    }
    const auto excessBits = key.size() * 8 - orderBits();
    for (int tries = 0; tries < maximumKeyGenerationTries; ++tries) {
        if (!random.fill(key.bytes())) {
            break;
        }
        key.bytes().front() = static_cast<std::uint8_t>(key.bytes().front() & (0xFFU >> excessBits));
        if (isValidPrivateKey(key.view())) {
            return true;
        }
    }
    key.clear();
    return false;
}

} // namespace cancuoc::card::crypto
