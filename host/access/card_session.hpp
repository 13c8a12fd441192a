// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/secure_messaging.hpp"
#include "host/access/step_clock.hpp"
#include "host/reader/connection.hpp"

#include <functional>

namespace cancuoc {

/// One exchange on the wire as an observer may see it: never data, so that a trace holds nothing personal.
struct ApduEvent {
    /// The running step; empty when none runs.
    std::string_view step;
    /// CLA INS P1 P2 as sent.
    BytesView commandHeader;
    std::size_t commandLength = 0;
    /// With status word.
    std::size_t responseLength = 0;
    StatusWord statusWord;
    std::chrono::nanoseconds duration{};
};

/// One command above secure messaging and what the card answered: everything, secrets among it. Only for
/// recorders, which decide what of it may stay (host/trace).
struct PlainExchange {
    /// The running step; empty when none runs.
    std::string_view step;
    const CommandApdu& command;
    /// Whether both went through secure messaging.
    bool secured = false;
    /// Null when nothing came, or nothing that can be understood.
    const ResponseApdu* response = nullptr;
};

/// The longest APDUs that a card states it takes and gives (ISO/IEC 7816-4, extended length information);
/// those with short lengths from the start.
struct ApduLengths {
    std::size_t command = CommandApdu::maximumShortSize; ///< bytes of an encoded command
    std::size_t response =
        CommandApdu::maximumShortLe + 2; ///< bytes of an encoded response, with status word
};

/// Commands and responses with one card: transport details (GET RESPONSE, wrong Le, command chaining), secure
/// messaging, statistics.
///
/// Once secure messaging has broken, nothing is sent any more until it is started anew or given up on
/// purpose: a card that lost its keys would answer in plain, and neither side may slip into that unnoticed.
class CardSession {
public:
    using Observer = std::function<void(const ApduEvent&)>;
    using Tap = std::function<void(const PlainExchange&)>;

    /// `connection` must outlive the session.
    explicit CardSession(Connection& connection);
    CardSession(const CardSession&) = delete;
    CardSession& operator=(const CardSession&) = delete;
    ~CardSession() = default;

    /// Sends a command, through secure messaging when active, and returns whatever the card answers. Data
    /// that outgrow one command go in a chain; the answer is then that to the last command, or to the first
    /// one refused. Repeats the command once with the right Le after 6Cxx, and collects data with GET
    /// RESPONSE after 61xx. Throws SecureMessagingError when a response is not protected as agreed (secure
    /// messaging is broken then), Cancelled and DeadlineExceeded as interruptBy says, and what
    /// Connection::transmit throws.
    [[nodiscard]] ResponseApdu transmit(const CommandApdu& command);
    /// The same for commands that must succeed: returns the data. Throws CardError for any status word but
    /// 9000; `action` says what was tried: "Selecting the application".
    Bytes transmitExpectingSuccess(const CommandApdu& command, std::string_view action);

    /// From now on everything goes through `secureMessaging`, which replaces keys in use.
    void startSecureMessaging(SecureMessaging secureMessaging);
    /// From now on the reader protects what goes in plain to it, until secure messaging is started here,
    /// ended or broken: where the card leaves it, SecureMessagingError is thrown.
    void startReaderChannel();
    /// Forgets the keys; commands go in plain again. For use before a fresh access procedure.
    void endSecureMessaging();
    /// Powers the card off and on, and forgets the keys.
    void reset();
    [[nodiscard]] bool secureMessagingActive() const { return secureMessaging_ || readerChannel_; }
    /// Whether the card has proven to know the keys in use: at least one response verified under them.
    [[nodiscard]] bool secureMessagingProven() const { return provenResponses_ > 0; }
    /// The cipher in use; nothing without secure messaging.
    [[nodiscard]] std::optional<BlockCipher> secureMessagingCipher() const;

    /// From now on, lengths are what the card states and the reader carries, whatever the ATR says; nothing
    /// makes the ATR count again.
    void setApduLengths(std::optional<ApduLengths> stated) { statedLengths_ = stated; }
    /// From now on, no command is sent once the caller asked to stop or the deadline has passed, and none is
    /// waited for where the connection can give up.
    void interruptBy(Interruption interruption);

    /// The most response data that one command can bring through the channel as it is now.
    [[nodiscard]] std::size_t maximumResponseData() const;
    /// The same when the card takes short lengths only: 256, or 223 or 231 under secure messaging.
    [[nodiscard]] std::size_t maximumShortResponseData() const;
    /// The most data that one command can carry through the channel as it is now.
    [[nodiscard]] std::size_t maximumCommandData() const;

    [[nodiscard]] Connection& connection() { return connection_; }
    [[nodiscard]] const StepClock& statistics() const { return stepClock_; }
    /// `observer` sees every exchange from now on; an empty one ends that.
    void observe(Observer observer);
    /// `tap` is given every command and response from now on; an empty one ends that.
    void record(Tap tap) { tap_ = std::move(tap); }

    /// Names what happens while it lives, for statistics: `const CardSession::Step step(session, "pace");`
    class Step {
    public:
        Step(CardSession& session, std::string_view name);
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;
        ~Step();

    private:
        StepClock& clock_;
        std::size_t previous_;
    };

private:
    [[nodiscard]] ResponseApdu transmitChain(const CommandApdu& command);
    [[nodiscard]] ResponseApdu transmitCorrecting(const CommandApdu& command);
    [[nodiscard]] ResponseApdu transmitOnce(const CommandApdu& command);
    [[nodiscard]] ResponseApdu transmitSecured(const CommandApdu& command);
    void tellTap(const CommandApdu& command, bool secured, const ResponseApdu* response) const;
    [[nodiscard]] ResponseApdu exchange(BytesView command);
    [[nodiscard]] ResponseApdu exchangeCollecting(BytesView command);
    [[nodiscard]] ResponseApdu throughReader(const CommandApdu& command);
    [[nodiscard]] std::optional<BlockCipher> cipherOnTheWay() const;
    [[nodiscard]] std::size_t throughChannel(std::size_t responseLength) const;
    [[nodiscard]] std::size_t maximumResponseLength() const;
    [[nodiscard]] std::size_t maximumCommandLength() const;

    Connection& connection_;
    std::optional<SecureMessaging> secureMessaging_;
    bool readerChannel_ = false;
    bool broken_ = false;
    std::size_t provenResponses_ = 0;
    StepClock stepClock_;
    Observer observer_;
    Tap tap_;
    std::optional<ApduLengths> statedLengths_;
    Interruption interruption_;
};

} // namespace cancuoc
