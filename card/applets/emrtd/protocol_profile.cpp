// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/protocol_profile.hpp"

#include "card/applets/emrtd/persistent_objects.hpp"

#include <array>

namespace cancuoc::card::emrtd {
namespace {

constexpr std::uint8_t basicAccessControlBit = 0x01;
constexpr std::uint8_t paceBit = 0x02;
constexpr std::uint8_t refusesMasterFileBit = 0x01;

} // namespace

std::optional<ProtocolProfile> decodeProtocolProfile(std::span<const std::uint8_t> stored) {
    if (stored.size() != protocolProfileSize || (stored[0] & ~(basicAccessControlBit | paceBit)) != 0 ||
        (stored[1] & ~refusesMasterFileBit) != 0) {
        return std::nullopt;
    }
    return ProtocolProfile{(stored[0] & basicAccessControlBit) != 0, (stored[0] & paceBit) != 0,
                           (stored[1] & refusesMasterFileBit) != 0};
}

ProtocolProfile readProtocolProfile(const ObjectStore& store) {
    std::array<std::uint8_t, protocolProfileSize> stored{};
    if (!store.read(protocolProfileObject, 0, stored)) {
        return {};
    }
    return decodeProtocolProfile(stored).value_or(ProtocolProfile{});
}

} // namespace cancuoc::card::emrtd
