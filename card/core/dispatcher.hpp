// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/application.hpp"
#include "card/core/application_gate.hpp"
#include "card/core/command.hpp"
#include "card/core/command_chain.hpp"
#include "card/core/configuration.hpp"
#include "card/core/response.hpp"
#include "card/core/status_word.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card {

/// Takes command APDUs to the selected application and its answers back (ISO/IEC 7816-4, 5 and 11.1.1).
class Dispatcher {
public:
    /// The applications in the order in which a partial identifier finds them, at most
    /// `configuration::maximumApplications`; one of them, `implicit`, is selected after a reset. `gate` says
    /// which of them serve. All outlive the dispatcher.
    Dispatcher(std::span<Application* const> applications, Application& implicit, ApplicationGate& gate);
    Dispatcher(const Dispatcher&) = delete;
    Dispatcher& operator=(const Dispatcher&) = delete;

    /// Power-up or reset: every application forgets its session, and the implicit one is selected.
    void reset();

    /// Answers one command APDU. The response APDU, at least the two status bytes, lives in the dispatcher
    /// until the next call.
    [[nodiscard]] std::span<const std::uint8_t> transmit(std::span<const std::uint8_t> apdu);

private:
    [[nodiscard]] std::span<const std::uint8_t> answer(Command command, std::span<std::uint8_t> data);
    [[nodiscard]] StatusWord joinChain(Command command);
    [[nodiscard]] StatusWord route(const Command& command);
    [[nodiscard]] StatusWord selectByIdentifier(const Command& command);
    [[nodiscard]] std::size_t firstCandidate(std::uint8_t occurrence) const;
    [[nodiscard]] std::span<const std::uint8_t> getResponse(const Command& command);
    [[nodiscard]] std::span<const std::uint8_t> refuse(StatusWord status);
    [[nodiscard]] std::span<const std::uint8_t> sendPart(std::size_t limit);

    std::array<Application*, configuration::maximumApplications> applications_{};
    std::size_t applicationCount_ = 0;
    Application* implicit_;
    ApplicationGate* gate_;
    Application* selected_;
    std::array<std::uint8_t, configuration::maximumCommand> commandBuffer_{};
    CommandChain chain_;
    Response response_;
    /// What the peer has not asked for yet begins here.
    std::size_t sent_ = 0;
    StatusWord status_ = StatusWord::Success;
    std::array<std::uint8_t, configuration::maximumResponse> output_{};
};

} // namespace cancuoc::card
