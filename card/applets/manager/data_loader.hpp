// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/data_grouping_reader.hpp"
#include "card/applets/manager/data_object_header.hpp"
#include "card/applets/manager/personalizable.hpp"
#include "card/applets/manager/secure_channel.hpp"
#include "card/core/command.hpp"
#include "card/core/fault_guard.hpp"
#include "card/core/status_word.hpp"
#include "card/storage/object_store.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::manager {

/// Brings data to the application that INSTALL [for personalization] chose: STORE DATA with data groupings or
/// with BER-TLV data objects (GlobalPlatform Card Specification, 11.11), or CREATE FILE and UPDATE BINARY
/// (ISO/IEC 7816-9, 7816-4). The issuer domain allows it inside its secure channel only.
class DataLoader {
public:
    /// `guard` decides whether the application still takes data.
    explicit DataLoader(FaultGuard guard) : guard_(guard) {}

    /// The application at which data arrive; null for none.
    [[nodiscard]] Personalizable* application() const { return application_; }

    /// Begins anew with `application`, which outlives the personalization; null ends it.
    void choose(Personalizable* application) {
        application_ = application;
        endSequence();
    }

    /// STORE DATA for the chosen application. The first block has number 0. An error forgets the block
    /// sequence, and nothing of the command is kept.
    [[nodiscard]] StatusWord storeData(const Command& command, const SecureChannel& channel,
                                       ObjectStore& store);

    /// CREATE FILE: DO'62' { DO'80' length, DO'83' file identifier }. The file, which the data grouping of
    /// the same number would bring, becomes the current one.
    [[nodiscard]] StatusWord createFile(const Command& command, ObjectStore& store);

    /// UPDATE BINARY of the current file: D6 with the offset in P1-P2, or D7 with it in DO'54' and the data
    /// in DO'53'. Offsets go on where the command before ended; the last byte completes the file.
    [[nodiscard]] StatusWord updateBinary(const Command& command, ObjectStore& store);

private:
    enum class Structure : std::uint8_t { DataGroupings, DataObjects };

    [[nodiscard]] bool mayLoad() const;
    void endSequence();
    [[nodiscard]] StatusWord store(const Command& command, const SecureChannel& channel,
                                   Transaction& transaction);
    [[nodiscard]] StatusWord storeGroupings(std::span<const std::uint8_t> data, Transaction& transaction);
    [[nodiscard]] StatusWord storeEncryptedGrouping(std::span<const std::uint8_t> data,
                                                    const SecureChannel& channel, Transaction& transaction);
    [[nodiscard]] StatusWord storeDataObjects(std::span<const std::uint8_t> data, Transaction& transaction);
    [[nodiscard]] StatusWord beginDataObject(Transaction& transaction);
    [[nodiscard]] StatusWord beginFile(std::uint16_t grouping, std::size_t length, Transaction& transaction);
    [[nodiscard]] StatusWord continueFile(std::span<const std::uint8_t> content, Transaction& transaction);

    FaultGuard guard_;
    Personalizable* application_ = nullptr;
    std::uint8_t nextBlock_ = 0;
    Structure structure_ = Structure::DataGroupings;
    DataGroupingReader groupings_;
    DataObjectHeader header_;
    /// Bytes of the file at work that are still to come.
    std::size_t remaining_ = 0;
    std::size_t received_ = 0;
};

} // namespace cancuoc::card::manager
