// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/personalizable.hpp"
#include "card/storage/object_store.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// Fills the eMRTD application before it is issued. Data groupings in plain bring files:
/// 0101 to 0110 EF.DG1 to EF.DG16, 011C EF.CardAccess, 011D EF.SOD, 011E EF.COM, 021D EF.CardSecurity.
/// Encrypted ones bring what persistent_objects.hpp gives the form of:
/// 8001 the CAN, 8002 the MRZ information, 8003 and 83xx the keys of Chip Authentication without an id and
/// with the keyId xx (00 to 7F), 8004 and 8005 the key of Active Authentication with ECDSA and with RSA, 8006
/// the protocol profile, 8007 and 8008 the most recent trust point of Terminal Authentication and the one
/// before, 8009 the current date.
class EmrtdPersonalization final : public manager::Personalizable {
public:
    /// The store outlives the object.
    explicit EmrtdPersonalization(ObjectStore& store) : store_(&store) {}

    [[nodiscard]] std::span<const std::uint8_t> identifier() const override;
    [[nodiscard]] bool personalized() const override;
    /// A data group, EF.COM and EF.SOD by the tags of Doc 9303-10, 4.7; EF.CardAccess is the SET and
    /// EF.CardSecurity the SEQUENCE.
    [[nodiscard]] std::optional<std::uint16_t> groupingOfTag(std::uint8_t tag) const override;
    [[nodiscard]] StatusWord beginFile(std::uint16_t grouping, std::size_t length,
                                       Transaction& transaction) override;
    [[nodiscard]] StatusWord continueFile(std::span<const std::uint8_t> content,
                                          Transaction& transaction) override;
    [[nodiscard]] StatusWord storeSecret(std::uint16_t grouping, std::span<const std::uint8_t> value,
                                         Transaction& transaction) override;

    /// 6985 unless the files, keys and lists fit together; see DocumentCheck.
    [[nodiscard]] StatusWord activate(Transaction& transaction) override;

private:
    ObjectStore* store_;
};

} // namespace cancuoc::card::emrtd
