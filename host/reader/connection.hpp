// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

namespace cancuoc {

/// A powered card in a reader, held by nobody else while the connection lives. Commands go one at a time,
/// from one thread at a time.
class Connection {
public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection() = default;

    /// Sends an encoded command APDU and returns the encoded response, at least 2 bytes.
    /// Throws CardRemoved, NoCard or ReaderUnavailable; after that the connection is of no more use.
    [[nodiscard]] virtual Bytes transmit(BytesView command) = 0;
    /// Takes the card's power away and gives it back: every selection and every secure channel ends.
    /// Throws like transmit.
    virtual void reset() = 0;

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
    /// Whether reader and card take extended length fields.
    [[nodiscard]] bool supportsExtendedLength() const;
};

/// Whether the card capabilities in the historical bytes of `atr` say that it takes extended length fields
/// (ISO/IEC 7816-4, 8.1.1.2.7, third software function table). False when the ATR says nothing.
[[nodiscard]] bool statesExtendedLength(BytesView atr);

} // namespace cancuoc
