// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "host/sdk/status.hpp"

namespace cancuoc::sdk {

/// A number that no handle of any kind had before; odd, as no address of an object is.
[[nodiscard]] std::uintptr_t nextHandleNumber();

/// The open handles of one kind and what they name. A handle is a number and never an address: one that was
/// closed, made up or of another kind is found out. An object lives until the last call that uses it returns.
template <class Handle, class Object>
class HandleTable {
public:
    [[nodiscard]] Handle* open(std::shared_ptr<Object> object) {
        const auto number = nextHandleNumber();
        const std::scoped_lock lock(mutex_);
        objects_.emplace(number, std::move(object));
        return reinterpret_cast<Handle*>(number); // NOLINT(performance-no-int-to-ptr)
    }

    /// Throws Refusal with CANCUOC_INVALID_HANDLE.
    [[nodiscard]] std::shared_ptr<Object> find(const Handle* handle) const {
        const std::scoped_lock lock(mutex_);
        const auto found = objects_.find(reinterpret_cast<std::uintptr_t>(handle));
        if (found == objects_.end()) {
            refuse();
        }
        return found->second;
    }

    /// Takes the handle away and gives what it named. Throws Refusal with CANCUOC_INVALID_HANDLE.
    std::shared_ptr<Object> close(const Handle* handle) {
        const std::scoped_lock lock(mutex_);
        auto node = objects_.extract(reinterpret_cast<std::uintptr_t>(handle));
        if (node.empty()) {
            refuse();
        }
        return std::move(node.mapped());
    }

    /// Takes the handle away if it is there.
    void drop(const Handle* handle) {
        const std::scoped_lock lock(mutex_);
        objects_.erase(reinterpret_cast<std::uintptr_t>(handle));
    }

private:
    [[noreturn]] static void refuse() {
        throw Refusal(CANCUOC_INVALID_HANDLE, "The handle is NULL, was closed, or is one of another kind.");
    }

    mutable std::mutex mutex_;
    std::unordered_map<std::uintptr_t, std::shared_ptr<Object>> objects_;
};

} // namespace cancuoc::sdk
