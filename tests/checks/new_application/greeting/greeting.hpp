// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/personalizable.hpp"
#include "card/core/application.hpp"
#include "card/core/application_table.hpp"

namespace cancuoc::card::greeting {

/// An application in one class: GET DATA `00 CA 00 01` answers with the text that the issuer loaded as data
/// grouping A001. It has no sessions, and its text is free to read once the application was activated.
class Greeting final : public Application, public manager::Personalizable {
public:
    explicit Greeting(const ApplicationServices& services) : store_(&services.store) {}

    [[nodiscard]] Application& application() { return *this; }
    [[nodiscard]] manager::Personalizable& personalization() { return *this; }

    [[nodiscard]] std::span<const std::uint8_t> identifier() const override;

    [[nodiscard]] StatusWord select(const Command& command, Response& response) override;
    [[nodiscard]] StatusWord process(const Command& command, Response& response) override;
    [[nodiscard]] bool linksSteps(const Command& command) const override;
    void reset() override {}
    void endSession() override {}
    [[nodiscard]] StatusWord unprotect(Command& command, std::span<std::uint8_t> data) override;
    [[nodiscard]] StatusWord protect(StatusWord status, Response& response) override;

    [[nodiscard]] bool personalized() const override;
    [[nodiscard]] std::optional<std::uint16_t> groupingOfTag(std::uint8_t tag) const override;
    [[nodiscard]] StatusWord beginFile(std::uint16_t grouping, std::size_t length,
                                       Transaction& transaction) override;
    [[nodiscard]] StatusWord continueFile(std::span<const std::uint8_t> content,
                                          Transaction& transaction) override;
    [[nodiscard]] StatusWord storeSecret(std::uint16_t grouping, std::span<const std::uint8_t> value,
                                         Transaction& transaction) override;
    [[nodiscard]] StatusWord activate(Transaction& transaction) override;

private:
    ObjectStore* store_;
};

} // namespace cancuoc::card::greeting
