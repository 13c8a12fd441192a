// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/certified_key.hpp"
#include "card/storage/object_store.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// The chip's trust points, at most two public keys of its CVCA, and its current date (Doc 9303-11, 7.1.4.3),
/// all of it persistent. EF.CVCA names the trust points (K.2).
class TrustPoints {
public:
    /// The store outlives the object.
    explicit TrustPoints(ObjectStore& store) : store_(&store) {}

    /// Whether the document has any.
    [[nodiscard]] bool present() const;

    /// Reads the trust point whose holder has that reference; false when there is none.
    [[nodiscard]] bool find(std::span<const std::uint8_t> reference, CertifiedKey& trustPoint) const;

    /// Reads the trust point with the most recent effective date, or the other one; false when there is none.
    [[nodiscard]] bool load(bool recent, CertifiedKey& trustPoint) const;

    /// The current date; nothing when the document has none.
    [[nodiscard]] std::optional<CvDate> currentDate() const;

    /// Takes over the effective date of an accurate certificate when it is after the current one. False when
    /// the memory fails.
    [[nodiscard]] bool advanceDate(const CvDate& effectiveDate);

    /// Enables a new trust point, in place of the less recent one where there are two, names it in EF.CVCA
    /// and advances the date: all of it or nothing. False when the memory fails.
    [[nodiscard]] bool enable(const CertifiedKey& trustPoint);

    /// Writes EF.CVCA for the trust points that were loaded, when the document is activated.
    [[nodiscard]] bool writeReferences(Transaction& transaction) const;

private:
    [[nodiscard]] bool recentIsSecond() const;
    [[nodiscard]] bool stageDate(const CvDate& effectiveDate, Transaction& transaction) const;

    ObjectStore* store_;
};

} // namespace cancuoc::card::emrtd
