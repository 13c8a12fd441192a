// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/stored_keys.hpp"

#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/applets/emrtd/stored_secret.hpp"

namespace cancuoc::card::emrtd {

bool StoredChipAuthenticationKeys::load(std::optional<std::uint8_t> keyId, ChipAuthenticationKey& key) const {
    const StoredSecret stored(*store_,
                              keyId ? chipAuthenticationKeyObjectOf(*keyId) : chipAuthenticationKeyObject);
    if (stored.view().empty()) {
        return false;
    }
    key.domainParameters = static_cast<crypto::StandardizedDomainParameters>(stored.view().front());
    return key.privateKey.assign(stored.view().subspan(1));
}

std::optional<RsaActiveAuthenticationKey>
decodeRsaActiveAuthenticationKey(std::span<const std::uint8_t> stored) {
    constexpr std::size_t headerLength = 1 + rsaPublicExponentLength;
    if (stored.size() <= headerLength || (stored.size() - headerLength) % 2 != 0) {
        return std::nullopt;
    }
    const auto hash = hashAlgorithmOf(stored.front());
    const std::size_t primeLength = (stored.size() - headerLength) / 2;
    return hash ? std::optional(RsaActiveAuthenticationKey{*hash, stored.subspan(headerLength, primeLength),
                                                           stored.last(primeLength),
                                                           stored.subspan(1, rsaPublicExponentLength)})
                : std::nullopt;
}

} // namespace cancuoc::card::emrtd
