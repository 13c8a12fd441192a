// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/crypto/digest.hpp"
#include "card/storage/object_store.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// The LDS Security Object that EF.SOD signs (Doc 9303-10, 4.6.2.3): a hash function, and a hash for each
/// data group. It is read in the store, a few bytes at a time; its signature is the business of terminals.
class DocumentSecurityObject {
public:
    /// Finds it in EF.SOD: DO'77' from the file's first byte to its last around a CMS SignedData, DER with
    /// lengths of at most two bytes. The store outlives the object.
    explicit DocumentSecurityObject(const ObjectStore& store);

    /// Whether EF.SOD has that form, up to the hashes.
    [[nodiscard]] bool wellFormed() const { return hashAlgorithm_.has_value(); }

    /// Whether it has exactly one hash of data group `number`, 1 to 16, and this is the hash of the file as
    /// it is in the store. False when the memory fails.
    [[nodiscard]] bool holdsHashOf(std::uint8_t number) const;

    /// How many hashes it has, those counted twice that come twice.
    [[nodiscard]] std::size_t countHashes() const;

private:
    using Hash = std::array<std::uint8_t, crypto::maximumDigestSize>;

    /// Part of EF.SOD, by offsets.
    struct Range {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    [[nodiscard]] std::optional<Range> take(std::uint8_t tag, Range& rest) const;
    [[nodiscard]] bool descend(std::uint8_t tag, Range& range) const;
    [[nodiscard]] std::optional<Range> findContent(Range file) const;
    [[nodiscard]] std::span<const std::uint8_t> read(Range range, std::span<std::uint8_t> room) const;
    [[nodiscard]] std::optional<Range> findHash(std::uint8_t number) const;
    [[nodiscard]] bool hashFile(std::uint8_t number, std::span<std::uint8_t> hash) const;

    const ObjectStore* store_;
    std::optional<crypto::HashAlgorithm> hashAlgorithm_;
    /// The DataGroupHash structures.
    Range hashes_;
};

} // namespace cancuoc::card::emrtd
