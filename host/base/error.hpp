// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

namespace cancuoc {

/// The root of all exceptions of the host library. what() is one sentence, or two, that a person can act on;
/// it holds no secret and no personal data. The subclasses are divided by what the caller can do.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// No reader is there to work with: none attached, unplugged, no smart card service. Fix the reader, try
/// again.
class ReaderUnavailable : public Error {
public:
    using Error::Error;
};

/// Another program holds the reader or the card. Close it or wait, try again.
class ReaderBusy : public ReaderUnavailable {
public:
    using ReaderUnavailable::ReaderUnavailable;
};

/// The reader holds no card, or one that does not answer. Put the card on the reader.
class NoCard : public Error {
public:
    using Error::Error;
};

/// The card left the reader, or lost its power, while it was at work. Put it back and start again.
class CardRemoved : public Error {
public:
    using Error::Error;
};

/// The card is on the reader still, but was reset or lost its power while it was at work: nobody need touch
/// it. Reset or connect anew and start again.
class CardReset : public CardRemoved {
public:
    using CardRemoved::CardRemoved;
};

/// The card answered a step with a status word that the step does not allow.
class CardError : public Error {
public:
    /// `statusWord` is SW1-SW2 as received.
    CardError(const std::string& message, std::uint16_t statusWord);

    [[nodiscard]] std::uint16_t statusWord() const { return statusWord_; }

private:
    std::uint16_t statusWord_;
};

/// The card did not accept the CAN, MRZ, PIN or PUK. Check what was typed.
class WrongAccessKey : public Error {
public:
    using Error::Error;
};

/// Secure messaging ended: a response was not protected, or not with the session's keys. Access must be
/// opened anew.
class SecureMessagingError : public Error {
public:
    using Error::Error;
    /// For a response that consists of an unprotected status word.
    SecureMessagingError(const std::string& message, std::uint16_t statusWord);

    /// The unprotected status word that ended the session, if one did.
    [[nodiscard]] std::optional<std::uint16_t> statusWord() const { return statusWord_; }

private:
    std::optional<std::uint16_t> statusWord_;
};

/// Bytes or text from outside do not follow their format.
class MalformedData : public Error {
public:
    using Error::Error;
};

/// An option, a file of the configuration or an argument is wrong or missing.
class BadConfiguration : public Error {
public:
    using Error::Error;
};

/// The cryptographic library refused an operation.
class CryptographyError : public Error {
public:
    using Error::Error;
};

/// The caller asked to stop.
class Cancelled : public Error {
public:
    using Error::Error;
};

/// The time that the caller gave is over.
class DeadlineExceeded : public Cancelled {
public:
    using Cancelled::Cancelled;
};

} // namespace cancuoc
