// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/store.hpp"

#include <algorithm>

#include "host/base/clock.hpp"
#include "host/base/json_text.hpp"
#include "host/sdk/buffers.hpp"
#include "host/sdk/handles.hpp"
#include "host/trust/store_import.hpp"
#include "host/trust/trust_store_json.hpp"

namespace cancuoc::sdk {

namespace {

template <class Lock>
Lock held(Lock lock) {
    if (!lock.owns_lock()) {
        throw Refusal(CANCUOC_BUSY,
                      "The trust store is in use, by another thread or by the call whose callback this is.");
    }
    return lock;
}

} // namespace

Store::Looked::Looked(const Store& store)
    : lock_(held(std::shared_lock(store.occupancy_, std::try_to_lock))), store_(store.store_) {}

std::unique_lock<Occupancy> Store::lockToChange() const {
    return held(std::unique_lock(occupancy_, std::try_to_lock));
}

} // namespace cancuoc::sdk

using namespace cancuoc;
using namespace cancuoc::sdk;

namespace {

constexpr std::size_t longestImport = std::size_t{256} << 20U;

cancuoc_import toC(const trust::ImportReport& report) {
    return {static_cast<std::uint32_t>(report.offered), static_cast<std::uint32_t>(report.added),
            static_cast<std::uint32_t>(report.alreadyThere),
            static_cast<std::uint32_t>(report.refused.size())};
}

} // namespace

cancuoc_status cancuoc_trust_store_open(const char* directory, cancuoc_trust_store** store,
                                        cancuoc_error* error) {
    return guarded(error, [&] {
        requireArgument(store != nullptr, "There is no place for the trust store.");
        *store = stores().open(
            std::make_shared<Store>(trust::TrustStore::open(takeText(directory), systemClock())));
    });
}

cancuoc_status cancuoc_trust_store_create(const char* directory, cancuoc_trust_store** store,
                                          cancuoc_error* error) {
    return guarded(error, [&] {
        requireArgument(store != nullptr, "There is no place for the trust store.");
        *store = stores().open(
            std::make_shared<Store>(directory != nullptr ? trust::TrustStore::create(directory, systemClock())
                                                         : trust::TrustStore::inMemory()));
    });
}

cancuoc_status cancuoc_trust_store_close(cancuoc_trust_store* store, cancuoc_error* error) {
    return guarded(error, [&] {
        if (store != nullptr) {
            stores().close(store);
        }
    });
}

cancuoc_status cancuoc_trust_store_import(cancuoc_trust_store* store, const uint8_t* content, size_t length,
                                          cancuoc_import* report, char* reason, size_t reason_capacity,
                                          cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = stores().find(store);
        requireArgument(reason != nullptr || reason_capacity == 0,
                        "The buffer is NULL, and its capacity is not 0.");
        const auto file = takeBytes(content, length, 1, longestImport);
        const auto lock = found->lockToChange();
        const auto imported = trust::importFile(found->toBeChanged(), file, systemClock()());
        if (report != nullptr) {
            *report = toC(imported);
        }
        giveCut(imported.refused.empty() ? "" : imported.refused.front(), reason, reason_capacity);
    });
}

cancuoc_status cancuoc_trust_store_summary(cancuoc_trust_store* store, cancuoc_trust_summary* summary,
                                           cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = stores().find(store);
        requireArgument(summary != nullptr, "There is no place for the summary.");
        const Store::Looked looked(*found);
        const auto& held = *looked;
        const auto& all = held.certificates();
        const auto anchors = std::count_if(all.begin(), all.end(), [](const trust::Certificate& certificate) {
            return certificate.certificationAuthority();
        });
        *summary = {static_cast<std::uint32_t>(all.size()), static_cast<std::uint32_t>(anchors),
                    static_cast<std::uint32_t>(held.crls().size()),
                    static_cast<std::uint32_t>(held.deviationLists().size()),
                    held.snapshotTime() ? held.snapshotTime()->time_since_epoch().count() : 0};
    });
}

cancuoc_status cancuoc_trust_store_json(cancuoc_trust_store* store, char* buffer, size_t capacity,
                                        size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = stores().find(store);
        const Store::Looked looked(*found);
        give(jsonText(trust::toJson(*looked, systemClock()())), buffer, capacity, length);
    });
}
