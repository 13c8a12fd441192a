// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/command.hpp"
#include "card/core/response.hpp"
#include "card/core/status_word.hpp"

#include <cstdint>
#include <span>

namespace cancuoc::card {

/// One application of the chip, as the dispatcher drives it: select, then for every command unprotect,
/// process and protect; reset on power-up and on deselection.
class Application {
public:
    /// The application identifier (AID), 5 to 16 bytes (ISO/IEC 7816-4, 12.2.3).
    [[nodiscard]] virtual std::span<const std::uint8_t> identifier() const = 0;

    /// Answers SELECT by this application's identifier; it may come again while the application is selected.
    /// Any status but 9000 leaves the previous application selected.
    [[nodiscard]] virtual StatusWord select(const Command& command, Response& response) = 0;

    /// Answers every other command while the application is selected. On an error status the dispatcher drops
    /// what `response` holds.
    [[nodiscard]] virtual StatusWord process(const Command& command, Response& response) = 0;

    /// Whether the commands of a chain that begins with `command` are steps of a protocol, each answered for
    /// itself (ISO/IEC 7816-4, 5.3.3): they then come with the chaining bit in their class byte. The data of
    /// any other chain are brought in one command by the dispatcher.
    [[nodiscard]] virtual bool linksSteps(const Command& command) const = 0;

    /// Forgets everything since it was selected, the session included.
    virtual void reset() = 0;

    /// Ends the session and every protocol at work: wipes keys, challenges and access rights. So it goes with
    /// every command that is answered without `process`, before or by `unprotect`: a session does not outlive
    /// an error in plain.
    virtual void endSession() = 0;

    /// Removes the secure messaging of `command`, which then holds the plain command with its data inside
    /// `data`; `data` is the command data field as received, writable. A command that came plain ends a
    /// session that demands protection. Any status but 9000 is answered at once and without protection, and
    /// the session ends.
    [[nodiscard]] virtual StatusWord unprotect(Command& command, std::span<std::uint8_t> data) = 0;

    /// Protects the response to the command last given to `unprotect`, if that one was protected, and then
    /// makes session keys effective that the response announced. `response` becomes the protected data field
    /// and the returned status word the one to send.
    [[nodiscard]] virtual StatusWord protect(StatusWord status, Response& response) = 0;

protected:
    ~Application() = default;
};

} // namespace cancuoc::card
