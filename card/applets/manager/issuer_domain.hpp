// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/data_grouping_reader.hpp"
#include "card/applets/manager/personalizable.hpp"
#include "card/applets/manager/secure_channel_protocol_03.hpp"
#include "card/core/application.hpp"
#include "card/core/random.hpp"
#include "card/storage/object_store.hpp"

#include <cstdint>
#include <span>

namespace cancuoc::card::manager {

/// The issuer security domain (GlobalPlatform Card Specification 2.3): opens SCP03, takes the personalization
/// of the card's application, and carries the card from blank to personalized and to locked. Locked, it
/// answers 6985 to everything.
class IssuerDomain final : public Application {
public:
    /// All three outlive the domain.
    IssuerDomain(ObjectStore& store, RandomSource& random, Personalizable& application)
        : store_(&store), random_(&random), application_(&application) {}

    /// Gives a new chip its serial number; called at every power-up, after the store was opened. False when
    /// the memory or the randomness fails.
    [[nodiscard]] bool initialize();

    [[nodiscard]] std::span<const std::uint8_t> identifier() const override;
    [[nodiscard]] StatusWord select(const Command& command, Response& response) override;
    [[nodiscard]] StatusWord process(const Command& command, Response& response) override;
    [[nodiscard]] bool linksSteps(const Command&) const override { return false; }
    void reset() override;
    [[nodiscard]] StatusWord unprotect(Command& command, std::span<std::uint8_t> data) override;
    [[nodiscard]] StatusWord protect(StatusWord status, Response& response) override;

private:
    [[nodiscard]] bool locked() const;
    [[nodiscard]] StatusWord processPlain(const Command& command, Response& response);
    [[nodiscard]] StatusWord processProtected(const Command& command, Response& response);

    [[nodiscard]] StatusWord getData(const Command& command, Response& response) const;
    [[nodiscard]] StatusWord initializeUpdate(const Command& command, Response& response);
    [[nodiscard]] StatusWord install(const Command& command, Response& response);
    [[nodiscard]] StatusWord storeData(const Command& command);
    [[nodiscard]] StatusWord storeGroupings(std::span<const std::uint8_t> data, Transaction& transaction);
    [[nodiscard]] StatusWord storeEncryptedGrouping(std::span<const std::uint8_t> data,
                                                    Transaction& transaction);
    void endSequence();
    [[nodiscard]] StatusWord setStatus(const Command& command);
    [[nodiscard]] StatusWord getStatus(const Command& command, Response& response) const;

    ObjectStore* store_;
    RandomSource* random_;
    Personalizable* application_;
    SecureChannelProtocol03 channel_;
    /// Whether the command at work came protected by the channel.
    bool protected_ = false;
    /// INSTALL [for personalization] chose the application in this session.
    bool personalizing_ = false;
    std::uint8_t nextBlock_ = 0;
    DataGroupingReader groupings_;
};

} // namespace cancuoc::card::manager
