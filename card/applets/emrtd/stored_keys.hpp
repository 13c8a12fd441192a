// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/active_authentication.hpp"
#include "card/applets/emrtd/chip_authentication.hpp"
#include "card/storage/object_store.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// The static private keys of Chip Authentication in the store.
class StoredChipAuthenticationKeys final : public ChipAuthenticationKeys {
public:
    /// The store outlives the object.
    explicit StoredChipAuthenticationKeys(const ObjectStore& store) : store_(&store) {}

    [[nodiscard]] bool load(std::optional<std::uint8_t> keyId, ChipAuthenticationKey& key) const override;

private:
    const ObjectStore* store_;
};

/// Takes the stored private key of Active Authentication with RSA apart (see persistent_objects.hpp); nothing
/// when it does not have its form.
[[nodiscard]] std::optional<RsaActiveAuthenticationKey>
decodeRsaActiveAuthenticationKey(std::span<const std::uint8_t> stored);

} // namespace cancuoc::card::emrtd
