// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/reader/connection.hpp"
#include "personalization/issuance/card_image.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace cancuoc::test {

/// What a blank chip is personalized with: the values of its data groupings by their identifiers.
struct ChipDocument {
    /// Files, which come in plain.
    std::map<std::uint16_t, Bytes> files;
    /// Passwords, keys and the profile, which come encrypted.
    std::map<std::uint16_t, Bytes> secrets;
};

/// What the issuer would load of `image`.
[[nodiscard]] ChipDocument documentOf(const personalization::CardImage& image);

/// One STORE DATA: P1 without the last-block bit, and its data.
struct StoreData {
    std::uint8_t p1;
    Bytes data;
};

/// A data grouping with its value in plain.
[[nodiscard]] Bytes grouping(std::uint16_t identifier, const Bytes& value);

/// A data grouping with its value padded and encrypted under the transport DEK.
[[nodiscard]] Bytes encryptedGrouping(std::uint16_t identifier, const Bytes& value);

/// The data groupings of `document`: files joined and cut into commands of `commandData` bytes at most, each
/// secret encrypted in a command of its own.
[[nodiscard]] std::vector<StoreData> groupingsOf(const ChipDocument& document,
                                                 std::size_t commandData = 2000);

/// Personalizes the blank chip behind `connection` with the transport keys, up to activation: SCP03, INSTALL
/// [for personalization], STORE DATA, SET STATUS. Throws CardError at the first status that is not 9000.
void personalize(Connection& connection, const ChipDocument& document);

} // namespace cancuoc::test
