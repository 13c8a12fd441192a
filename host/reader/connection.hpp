// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/interruption.hpp"

namespace cancuoc {

class PaceReader;

/// A powered card in a reader, held by nobody else while the connection lives. Commands go one at a time,
/// from one thread at a time.
class Connection {
public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection() = default;

    /// Sends an encoded command APDU and returns the encoded response, at least 2 bytes.
    /// Throws CardReset, after which reset() makes the connection usable again; CardRemoved, NoCard,
    /// ReaderUnavailable, and Cancelled or DeadlineExceeded as interruptBy says, after which it is of no more
    /// use.
    [[nodiscard]] virtual Bytes transmit(BytesView command) = 0;
    /// Takes the card's power away and gives it back: every selection and every secure channel ends.
    /// Throws like transmit.
    virtual void reset() = 0;
    /// From now on, no answer is waited for once the caller asked to stop or the deadline has passed. A
    /// connection that always answers at once need not look at it.
    virtual void interruptBy(const Interruption& /*interruption*/) {}

    /// The answer to reset, at most 33 bytes; valid until the next reset.
    [[nodiscard]] virtual BytesView atr() const = 0;
    [[nodiscard]] virtual std::string readerName() const = 0;

    /// The longest encoded command that reader and card take: 261 with short lengths only.
    [[nodiscard]] virtual std::size_t maximumCommandLength() const = 0;
    /// The longest response data, without status word, that reader and card give: 256 with short lengths
    /// only.
    [[nodiscard]] virtual std::size_t maximumResponseLength() const = 0;
    /// The longest response data that the reader carries, whatever the ATR says: for cards that state their
    /// lengths in a file. At least maximumResponseLength().
    [[nodiscard]] virtual std::size_t readerMaximumLength() const { return maximumResponseLength(); }
    /// The reader, where it runs PACE with the card itself; null otherwise. Lives as long as the connection.
    [[nodiscard]] virtual PaceReader* paceReader() { return nullptr; }
    /// Whether reader and card take extended length fields.
    [[nodiscard]] bool supportsExtendedLength() const;
};

/// Whether the card capabilities in the historical bytes of `atr` say that it takes extended length fields
/// (ISO/IEC 7816-4, 8.1.1.2.7, third software function table). False when the ATR says nothing.
[[nodiscard]] bool statesExtendedLength(BytesView atr);

/// The longest encoded command and the longest response data of short and of extended length fields.
inline constexpr std::size_t shortCommandLength = 4 + 1 + 255 + 1;
inline constexpr std::size_t shortResponseLength = 256;
inline constexpr std::size_t extendedCommandLength = 4 + 3 + 65535 + 2;
inline constexpr std::size_t extendedResponseLength = 65536;

/// Connection::maximumCommandLength and maximumResponseLength where the ATR alone decides.
[[nodiscard]] std::size_t commandLengthStatedBy(BytesView atr);
[[nodiscard]] std::size_t responseLengthStatedBy(BytesView atr);

} // namespace cancuoc
