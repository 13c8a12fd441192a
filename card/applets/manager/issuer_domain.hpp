// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/card_life_cycle.hpp"
#include "card/applets/manager/data_loader.hpp"
#include "card/applets/manager/issuer_objects.hpp"
#include "card/applets/manager/key_set.hpp"
#include "card/applets/manager/personalizable.hpp"
#include "card/applets/manager/secure_channel_protocol_02.hpp"
#include "card/applets/manager/secure_channel_protocol_03.hpp"
#include "card/core/application.hpp"
#include "card/core/application_gate.hpp"
#include "card/core/delay.hpp"
#include "card/core/fault_guard.hpp"
#include "card/core/random.hpp"
#include "card/storage/object_store.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::manager {

/// The issuer security domain (GlobalPlatform Card Specification 2.3): opens SCP03 or SCP02, takes the
/// personalization of the card's applications and the issuer's keys, and carries the card through its life
/// cycle. Once the card is SECURED it takes nothing but life cycle changes, tells no one what names the chip
/// or stays the same from one power-up to the next, and answers 6985 to everything when the transport keys,
/// which everybody knows, still hold or the channel is SCP02, which tells its sequence counter.
class IssuerDomain final : public Application, public ApplicationGate {
public:
    /// The store, the randomness, the timer and what `applications` views outlive the domain.
    IssuerDomain(ObjectStore& store, RandomSource& random, Delay& delay,
                 std::span<Personalizable* const> applications)
        : store_(&store), random_(&random), guard_(delay), lifeCycle_(store, guard_), keys_(store),
          applications_(applications), scp02_(guard_), scp03_(guard_), loader_(guard_) {}

    /// Gives a new chip its serial number; called at every power-up, after the store was opened. False when
    /// the memory or the randomness fails.
    [[nodiscard]] bool initialize();

    [[nodiscard]] std::span<const std::uint8_t> identifier() const override;
    [[nodiscard]] StatusWord select(const Command& command, Response& response) override;
    [[nodiscard]] StatusWord process(const Command& command, Response& response) override;
    [[nodiscard]] bool linksSteps(const Command&) const override { return false; }
    void reset() override { endSession(); }
    void endSession() override;
    [[nodiscard]] StatusWord unprotect(Command& command, std::span<std::uint8_t> data) override;
    [[nodiscard]] StatusWord protect(StatusWord status, Response& response) override;

    /// The other applications serve until the card is locked or terminated.
    [[nodiscard]] bool admits(const Application& application) override;

private:
    [[nodiscard]] bool closed();
    [[nodiscard]] bool cameProtected() const;
    [[nodiscard]] ChannelOption channelOption();
    [[nodiscard]] StatusWord processInterindustry(const Command& command, Response& response);
    [[nodiscard]] StatusWord processPlain(const Command& command, Response& response);
    [[nodiscard]] StatusWord processProtected(const Command& command, Response& response);

    [[nodiscard]] StatusWord getData(const Command& command, Response& response);
    [[nodiscard]] bool appendCardData(std::uint16_t tag, Response& response);
    [[nodiscard]] bool appendNamingData(std::uint16_t tag, Response& response) const;
    [[nodiscard]] StatusWord initializeUpdate(const Command& command, Response& response);
    [[nodiscard]] bool initializeScp02(const Command& command, const StaticKeys& keys, std::uint8_t option,
                                       Response& response);
    [[nodiscard]] bool initializeScp03(const Command& command, const StaticKeys& keys, std::uint8_t option,
                                       Response& response);
    [[nodiscard]] StatusWord externalAuthenticate(const Command& command);
    [[nodiscard]] StatusWord install(const Command& command, Response& response);
    [[nodiscard]] StatusWord storeData(const Command& command);
    [[nodiscard]] StatusWord storeIssuerData(const Command& command);
    [[nodiscard]] StatusWord putIssuerData(std::uint16_t identifier, std::span<const std::uint8_t> value,
                                           Transaction& transaction) const;
    [[nodiscard]] StatusWord putKey(const Command& command, Response& response);
    [[nodiscard]] StatusWord setStatus(const Command& command);
    [[nodiscard]] StatusWord activate(const Command& command);
    [[nodiscard]] StatusWord changeCardState(std::uint8_t state);
    [[nodiscard]] StatusWord getStatus(const Command& command, Response& response) const;
    [[nodiscard]] Personalizable* find(std::span<const std::uint8_t> identifier) const;

    ObjectStore* store_;
    RandomSource* random_;
    FaultGuard guard_;
    CardLifeCycle lifeCycle_;
    KeySet keys_;
    std::span<Personalizable* const> applications_;
    SecureChannelProtocol02 scp02_;
    SecureChannelProtocol03 scp03_;
    /// The one that the last INITIALIZE UPDATE began.
    SecureChannel* channel_ = &scp03_;
    /// Whether the command at work came protected by the channel.
    SecureBool protected_;
    DataLoader loader_;
    /// Stands for the serial number once the card is secured; drawn anew at every power-up.
    std::array<std::uint8_t, serialNumberSize> passingIdentifier_{};
};

} // namespace cancuoc::card::manager
