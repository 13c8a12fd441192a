// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/storage/object_store.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// How a document lets terminals in, chosen when it is personalized. Without Basic Access Control and without
/// PACE it is plain: its files are free to read (Doc 9303-11, 4.1).
struct ProtocolProfile {
    bool basicAccessControl = true;
    bool pace = true;
    /// Answers SELECT of the master file with 6D00, as Vietnamese cards in the field do.
    bool refusesMasterFile = false;

    [[nodiscard]] bool isPlain() const { return !basicAccessControl && !pace; }
};

/// Bytes of a stored profile: the protocols (bit 1 Basic Access Control, bit 2 PACE), then the quirks (bit 1
/// SELECT of the master file refused); all other bits are zero.
inline constexpr std::size_t protocolProfileSize = 2;

/// Decodes a stored profile; nothing when it is not one.
[[nodiscard]] std::optional<ProtocolProfile> decodeProtocolProfile(std::span<const std::uint8_t> stored);

/// The document's profile; the default one when it has none.
[[nodiscard]] ProtocolProfile readProtocolProfile(const ObjectStore& store);

} // namespace cancuoc::card::emrtd
