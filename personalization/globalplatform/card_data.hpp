// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <vector>

namespace cancuoc::personalization {

/// One key of a security domain as its key information template tells (GlobalPlatform Card Specification
/// 2.3.1, 11.3.3.1).
struct KeyInformation {
    std::uint8_t identifier = 0;
    std::uint8_t version = 0;
    std::uint8_t type = 0; ///< Table 11-16: 80 3DES, 88 AES
    std::uint8_t size = 0; ///< bytes
};

/// A secure channel protocol that a card names in its recognition data (H.2).
struct OfferedProtocol {
    std::uint8_t identifier = 0; ///< 02 or 03
    std::uint8_t option = 0;     ///< "i"
};

/// Card production life cycle data (CPLC), GET DATA 9F7F: what the makers of chip and operating system wrote
/// into it. Two bytes each where nothing else is said; dates are YDDD in binary-coded decimals.
struct ProductionLifeCycleData {
    static constexpr std::size_t size = 42;

    Bytes fabricator;
    Bytes type;
    Bytes operatingSystem;
    Bytes operatingSystemReleaseDate;
    Bytes operatingSystemReleaseLevel;
    Bytes fabricationDate;
    Bytes serialNumber; ///< 4 bytes
    Bytes batch;
    Bytes rest; ///< who packaged and personalized it, 24 bytes
};

/// DO'E0' of GET DATA 00E0. Keys of several components are passed over. Throws MalformedData.
[[nodiscard]] std::vector<KeyInformation> decodeKeyInformation(BytesView data);

/// The protocols in the card recognition data, DO'66' of GET DATA 0066. Throws MalformedData.
[[nodiscard]] std::vector<OfferedProtocol> decodeOfferedProtocols(BytesView data);

/// DO'9F7F' of GET DATA 9F7F, or its value alone, as some cards answer. Throws MalformedData.
[[nodiscard]] ProductionLifeCycleData decodeProductionLifeCycleData(BytesView data);

} // namespace cancuoc::personalization
