// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <optional>
#include <vector>

namespace cancuoc::personalization {

/// What GET STATUS lists (GlobalPlatform Card Specification 2.3.1, 11.4.2.1).
enum class RegistryScope : std::uint8_t {
    IssuerSecurityDomain = 0x80,
    Applications = 0x40, ///< and other security domains
    LoadFiles = 0x20,
    LoadFilesAndModules = 0x10,
};

/// What a card's registry holds of one object (11.4.3.1, Table 11-36).
struct RegistryEntry {
    Bytes identifier;                      ///< 4F
    std::uint8_t lifeCycleState = 0;       ///< 9F70; whose states they are, the scope says
    Bytes privileges{};                    ///< C5, 1 or 3 bytes; of applications
    std::optional<Bytes> loadFile{};       ///< C4: what an application was made from
    std::optional<Bytes> version{};        ///< CE: major and minor version of a load file
    std::vector<Bytes> modules{};          ///< 84: what applications can be made from
    std::optional<Bytes> securityDomain{}; ///< CC: whom the object is associated with
};

/// The entries in one answer to GET STATUS in its TLV form. Data objects that are not known are passed over.
/// Throws MalformedData for anything but E3 objects, and for one without identifier or state.
[[nodiscard]] std::vector<RegistryEntry> decodeRegistry(BytesView data);

} // namespace cancuoc::personalization
