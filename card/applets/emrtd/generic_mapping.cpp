// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/generic_mapping.hpp"

namespace cancuoc::card::emrtd {

StatusWord GenericMapping::map(crypto::KeyAgreementGroup& group, std::span<const std::uint8_t> nonce,
                               std::span<const std::uint8_t> terminalPublicKey, RandomSource& random,
                               crypto::GroupElement& publicKey, crypto::GroupElement& mappedGenerator) {
    if (!group.isValidPublicKey(terminalPublicKey)) {
        return StatusWord::WrongData;
    }
    // H = KA(SK_Map,IC, PK_Map,IFD, D), then Ĝ = s × G + H
    crypto::GroupElement generator;
    crypto::GroupElement shared;
    return group.generatePrivateKey(random, privateKey_) && group.generator(generator) &&
                   group.multiply(privateKey_.view(), generator.view(), nullptr, publicKey) &&
                   group.multiply(privateKey_.view(), terminalPublicKey, nullptr, shared) &&
                   group.multiplyGeneratorAndAdd(nonce, shared.view(), mappedGenerator)
               ? StatusWord::Success
               : StatusWord::InternalError;
}

} // namespace cancuoc::card::emrtd
