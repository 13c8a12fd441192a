// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/access_attempts.hpp"

#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/core/configuration.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::emrtd {

bool AccessAttempts::begin() {
    std::array<std::uint8_t, 1> failed{};
    if (store_->length(failedAttemptsObject) && !store_->read(failedAttemptsObject, 0, failed)) {
        return false;
    }
    if (failed[0] > 0) {
        delay_->wait(delayAfter(failed[0]));
    }
    if (failed[0] < 0xFF) {
        ++failed[0];
    }
    Transaction transaction(*store_);
    return transaction.put(failedAttemptsObject, failed) && transaction.commit();
}

bool AccessAttempts::succeed() {
    Transaction transaction(*store_);
    return transaction.remove(failedAttemptsObject) && transaction.commit();
}

std::uint32_t AccessAttempts::delayAfter(std::uint8_t failedAttempts) {
    if (failedAttempts == 0) {
        return 0;
    }
    constexpr std::uint8_t maximumDoublings = 16;
    const auto doublings = std::min(static_cast<std::uint8_t>(failedAttempts - 1), maximumDoublings);
    return std::min(configuration::firstAttemptDelay << doublings, configuration::maximumAttemptDelay);
}

} // namespace cancuoc::card::emrtd
