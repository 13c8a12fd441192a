// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/system_entropy.hpp"

#include <cerrno>
#include <sys/random.h>

namespace cancuoc::card::host {

bool SystemEntropy::fill(std::span<std::uint8_t> output) {
    while (!output.empty()) {
        const ssize_t count = ::getrandom(output.data(), output.size(), 0);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        if (count > 0) {
            output = output.subspan(static_cast<std::size_t>(count));
        }
    }
    return true;
}

} // namespace cancuoc::card::host
