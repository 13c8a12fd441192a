// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/personalizable.hpp"
#include "card/storage/object_store.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {

/// Fills the eMRTD application before it is issued. Data groupings: 01xx the file with that identifier;
/// encrypted, 8001 the CAN, 8002 the MRZ information, 8003 and 8004 the keys of Chip and Active
/// Authentication (see persistent_objects.hpp for their forms).
class EmrtdPersonalization final : public manager::Personalizable {
public:
    /// The store outlives the object.
    explicit EmrtdPersonalization(const ObjectStore& store) : store_(&store) {}

    [[nodiscard]] std::span<const std::uint8_t> identifier() const override;
    [[nodiscard]] bool personalized() const override;
    [[nodiscard]] StatusWord beginFile(std::uint16_t grouping, std::size_t length,
                                       Transaction& transaction) override;
    [[nodiscard]] StatusWord continueFile(std::span<const std::uint8_t> content,
                                          Transaction& transaction) override;
    [[nodiscard]] StatusWord storeSecret(std::uint16_t grouping, std::span<const std::uint8_t> value,
                                         Transaction& transaction) override;

    /// 6985 unless EF.COM, EF.SOD, EF.CardAccess, every data group that EF.COM lists, both passwords and both
    /// keys are there.
    [[nodiscard]] StatusWord activate(Transaction& transaction) override;

private:
    [[nodiscard]] bool listedDataGroupsPresent() const;

    const ObjectStore* store_;
};

} // namespace cancuoc::card::emrtd
