// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/configuration.hpp"
#include "card/crypto/secret_array.hpp"
#include "card/storage/object_store.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {

/// A secret object of the store in memory, as long as a command needs it; empty when there is none.
class StoredSecret {
public:
    StoredSecret(const ObjectStore& store, ObjectIdentifier id) {
        const std::size_t length = store.length(id).value_or(0);
        if (!value_.resize(length) || !store.read(id, 0, value_.bytes())) {
            value_.clear();
        }
    }

    [[nodiscard]] std::span<const std::uint8_t> view() const { return value_.view(); }

private:
    crypto::SecretBuffer<configuration::maximumSecretLength> value_;
};

} // namespace cancuoc::card::emrtd
