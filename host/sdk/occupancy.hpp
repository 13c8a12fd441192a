// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace cancuoc::sdk {

/// Who uses a handle: many who look at it, or one who changes it; nobody waits. Where a std::shared_mutex
/// must not be asked twice by one thread, this refuses: an application's callback may call back with the
/// handle that is in use. Meets what std::unique_lock and std::shared_lock need to try.
class Occupancy {
public:
    [[nodiscard]] bool try_lock() {
        int nobody = 0;
        return users_.compare_exchange_strong(nobody, changing, std::memory_order_acquire);
    }
    void unlock() { users_.store(0, std::memory_order_release); }

    [[nodiscard]] bool try_lock_shared() {
        int looking = users_.load(std::memory_order_relaxed);
        while (looking != changing) {
            if (users_.compare_exchange_weak(looking, looking + 1, std::memory_order_acquire)) {
                return true;
            }
        }
        return false;
    }
    void unlock_shared() { users_.fetch_sub(1, std::memory_order_release); }

private:
    static constexpr int changing = -1;

    std::atomic<int> users_{0}; ///< how many look; `changing` for the one who changes
};

} // namespace cancuoc::sdk
