// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <shared_mutex>

#include "host/sdk/occupancy.hpp"
#include "host/trust/trust_store.hpp"

namespace cancuoc::sdk {

/// What a cancuoc_trust_store names: many may look at it at a time, or one may change it.
class Store {
public:
    explicit Store(trust::TrustStore store) : store_(std::move(store)) {}

    /// The store, unchanged while the lock is held.
    class Looked {
    public:
        /// Throws Refusal with CANCUOC_BUSY while it is changed.
        explicit Looked(const Store& store);
        [[nodiscard]] const trust::TrustStore& operator*() const { return store_; }

    private:
        std::shared_lock<Occupancy> lock_;
        const trust::TrustStore& store_;
    };

    /// Throws Refusal with CANCUOC_BUSY while anybody looks at it.
    [[nodiscard]] std::unique_lock<Occupancy> lockToChange() const;
    /// To be called with lockToChange() held.
    [[nodiscard]] trust::TrustStore& toBeChanged() { return store_; }

private:
    mutable Occupancy occupancy_;
    trust::TrustStore store_;
};

} // namespace cancuoc::sdk
