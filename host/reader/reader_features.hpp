// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/pace_channel.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cancuoc {

/// What a reader can do besides carrying APDUs (PC/SC part 10).
struct ReaderFeatures {
    bool verifyPin = false; ///< a PIN typed at the reader goes to the card in a VERIFY command
    bool modifyPin = false; ///< a new PIN likewise
    bool display = false;
    PaceCapabilities pace;
    /// The most data bytes of an APDU that the reader carries: 0 for short lengths only; nothing when it does
    /// not say.
    std::optional<std::size_t> maximumApduDataSize;
    std::optional<std::size_t> minimumPinSize; ///< digits
    std::optional<std::size_t> maximumPinSize; ///< digits
    std::optional<std::uint16_t> vendor;       ///< of the USB device
    std::optional<std::uint16_t> product;      ///< of the USB device
    std::string firmware;

    friend bool operator==(const ReaderFeatures&, const ReaderFeatures&) = default;
};

/// Control codes by the tags FEATURE_... (2.2), as CM_IOCTL_GET_FEATURE_REQUEST answers them; what follows a
/// malformed one is left out.
using FeatureCodes = std::map<std::uint8_t, std::uint32_t>;
[[nodiscard]] FeatureCodes decodeFeatureCodes(BytesView answer);

/// Takes what FEATURE_GET_TLV_PROPERTIES answers (2.6.14) into `features`; what follows a malformed property,
/// and properties of a wrong size, are left out.
void takeProperties(BytesView answer, ReaderFeatures& features);

/// Whether the reader of this USB vendor and product names a PIN pad that it does not have.
[[nodiscard]] bool pretendsPinPad(const ReaderFeatures& features);

/// maximumApduDataSize of readers that carry less than they should and do not say so, by their name.
[[nodiscard]] std::optional<std::size_t> knownApduDataSize(std::string_view readerName);

} // namespace cancuoc
