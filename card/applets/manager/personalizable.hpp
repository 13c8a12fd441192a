// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/status_word.hpp"
#include "card/storage/object_store.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::manager {

/// An application that the issuer domain personalizes: it takes data groupings (DGI) and says when it is
/// complete (GlobalPlatform Card Specification, 7.3). Whatever it changes becomes durable when the command's
/// transaction commits.
class Personalizable {
public:
    /// The application identifier, 5 to 16 bytes.
    [[nodiscard]] virtual std::span<const std::uint8_t> identifier() const = 0;

    /// Whether it has been activated.
    [[nodiscard]] virtual bool personalized() const = 0;

    /// The data grouping that brings the file whose content is a data object with `tag`; nothing for none.
    [[nodiscard]] virtual std::optional<std::uint16_t> groupingOfTag(std::uint8_t tag) const = 0;

    /// A plain data grouping of `length` bytes begins; `continueFile` brings them. 6A88 for a grouping it
    /// does not know or does not take in plain, 6A84 when there is no room.
    [[nodiscard]] virtual StatusWord beginFile(std::uint16_t grouping, std::size_t length,
                                               Transaction& transaction) = 0;

    /// The next bytes of the grouping begun last.
    [[nodiscard]] virtual StatusWord continueFile(std::span<const std::uint8_t> content,
                                                  Transaction& transaction) = 0;

    /// A data grouping that came encrypted, now decrypted and whole. 6A88 for one it does not know, 6A80 for
    /// a value that is not of its form.
    [[nodiscard]] virtual StatusWord storeSecret(std::uint16_t grouping, std::span<const std::uint8_t> value,
                                                 Transaction& transaction) = 0;

    /// Ends the personalization; 6985 when something is missing.
    [[nodiscard]] virtual StatusWord activate(Transaction& transaction) = 0;

protected:
    ~Personalizable() = default;
};

} // namespace cancuoc::card::manager
