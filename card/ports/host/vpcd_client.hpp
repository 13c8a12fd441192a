// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/ports/host/virtual_chip.hpp"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace cancuoc::card::host {

/// Where vpcd, the virtual reader of vsmartcard, listens.
struct VpcdAddress {
    std::string host = "127.0.0.1";
    std::uint16_t port = 35963;

    /// From "HOST:PORT", "HOST" or ":PORT". Throws std::runtime_error when the text is no address.
    [[nodiscard]] static VpcdAddress parse(const std::string& text);
};

/// What happened at the reader, for a program that tells its user.
enum class VpcdEvent { Waiting, Inserted, Removed };

/// Puts `chip` into the virtual reader at `address` and serves it until `stop` is requested. While no reader
/// listens it tries again about twice a second, so the reader may start later or come back. `notify` may be
/// empty. Throws std::runtime_error when the address cannot be resolved.
void serveVpcd(VirtualChip& chip, const VpcdAddress& address, std::stop_token stop,
               const std::function<void(VpcdEvent)>& notify = {});

} // namespace cancuoc::card::host
