// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/trust_points.hpp"

#include "card/applets/emrtd/elementary_file.hpp"
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/applets/emrtd/stored_secret.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint8_t authorityReferenceTag = 0x42;
/// Bytes of EF.CVCA, padded with zeros (K.2).
constexpr std::size_t referencesFileLength = 36;
static_assert(referencesFileLength == 2 * (2 + maximumReferenceLength));
static_assert(maximumStoredKeySize <= configuration::maximumSecretLength, "a trust point can be read");
static_assert(referencesFileLength <= configuration::maximumValueLength,
              "EF.CVCA changes in the log, beside the trust point in the heap");

/// CAR_i || CAR_i-1 || 00..00
class ReferencesFile {
public:
    void append(Bytes reference) {
        bytes_[size_] = authorityReferenceTag;
        bytes_[size_ + 1] = static_cast<std::uint8_t>(reference.size());
        std::ranges::copy(reference, std::span(bytes_).subspan(size_ + 2).begin());
        size_ += 2 + reference.size();
    }
    [[nodiscard]] Bytes view() const { return bytes_; }

private:
    std::array<std::uint8_t, referencesFileLength> bytes_{};
    std::size_t size_ = 0;
};

bool loadFrom(const ObjectStore& store, ObjectIdentifier id, CertifiedKey& trustPoint) {
    const StoredSecret stored(store, id);
    return decode(stored.view(), trustPoint);
}

} // namespace

bool TrustPoints::present() const {
    return store_->length(firstTrustPointObject).has_value();
}

bool TrustPoints::recentIsSecond() const {
    return store_->length(recentTrustPointObject).has_value();
}

bool TrustPoints::load(bool recent, CertifiedKey& trustPoint) const {
    return loadFrom(*store_, recent == recentIsSecond() ? secondTrustPointObject : firstTrustPointObject,
                    trustPoint);
}

bool TrustPoints::find(Bytes reference, CertifiedKey& trustPoint) const {
    return (load(true, trustPoint) && std::ranges::equal(trustPoint.holderReference.view(), reference)) ||
           (load(false, trustPoint) && std::ranges::equal(trustPoint.holderReference.view(), reference));
}

std::optional<CvDate> TrustPoints::currentDate() const {
    CvDate date{};
    return store_->length(currentDateObject) == date.size() && store_->read(currentDateObject, 0, date)
               ? std::optional(date)
               : std::nullopt;
}

bool TrustPoints::stageDate(const CvDate& effectiveDate, Transaction& transaction) const {
    const auto date = currentDate();
    return date && (*date >= effectiveDate || transaction.put(currentDateObject, effectiveDate));
}

bool TrustPoints::advanceDate(const CvDate& effectiveDate) {
    const auto date = currentDate();
    if (date && *date >= effectiveDate) {
        return true;
    }
    Transaction transaction(*store_);
    return stageDate(effectiveDate, transaction) && transaction.commit();
}

// 7.1.4.3.4: of three trust points the one with the least recent effective date goes.
bool TrustPoints::enable(const CertifiedKey& trustPoint) {
    CertifiedKey recent;
    StoredCertifiedKey stored;
    if (!load(true, recent) || !encode(trustPoint, stored)) {
        return false;
    }
    const bool intoSecond = !recentIsSecond();
    ReferencesFile references;
    references.append(trustPoint.holderReference.view());
    references.append(recent.holderReference.view());
    Transaction transaction(*store_);
    return transaction.beginFile(intoSecond ? secondTrustPointObject : firstTrustPointObject,
                                 stored.size()) &&
           transaction.appendToFile(stored.view()) &&
           (intoSecond ? transaction.put(recentTrustPointObject, {})
                       : transaction.remove(recentTrustPointObject)) &&
           transaction.put(trustPointReferencesObject, references.view()) &&
           stageDate(trustPoint.effectiveDate, transaction) && transaction.commit();
}

bool TrustPoints::writeReferences(Transaction& transaction) const {
    ReferencesFile references;
    CertifiedKey trustPoint;
    for (const bool recent : {true, false}) {
        if (load(recent, trustPoint)) {
            references.append(trustPoint.holderReference.view());
        }
    }
    return transaction.put(trustPointReferencesObject, references.view());
}

} // namespace cancuoc::card::emrtd
