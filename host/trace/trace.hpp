// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <variant>

#include "host/apdu/status_word.hpp"
#include "host/inspection/given_access.hpp"

/// Recording an inspection, taking what is secret and personal out of the record, and replaying it: the
/// session as a file that can be shown to somebody else and run as a test.
namespace cancuoc::trace {

/// Where an inspection was recorded and how it was asked for.
struct Header {
    /// Whether secrets and personal data have been replaced (redact()).
    bool redacted = false;
    std::chrono::sys_seconds time;
    inspection::GivenAccess given;
    std::optional<std::set<int>> dataGroups; ///< as in InspectionRequest
    inspection::Policy policy = inspection::Policy::standard();
    bool withTrustStore = false;
    bool withTerminalKeys = false;

    /// Of a session that is about to begin.
    /// @param time at which it begins
    [[nodiscard]] static Header of(const inspection::GivenAccess& given,
                                   const inspection::InspectionRequest& request,
                                   std::chrono::sys_seconds time);

    friend bool operator==(const Header&, const Header&) = default;
};

/// The reader gave a card.
struct Connected {
    std::string reader;
    Bytes answerToReset;
    std::size_t maximumCommandLength = 0;
    std::size_t maximumResponseLength = 0;
    std::size_t readerMaximumLength = 0;

    friend bool operator==(const Connected&, const Connected&) = default;
};

/// The card's power was taken and given back.
struct Reset {
    friend bool operator==(const Reset&, const Reset&) = default;
};

/// How the answer to a command came to be known.
enum class Ending {
    Answered,       ///< through secure messaging, if the command went through it
    EndedInPlain,   ///< the card left secure messaging with a bare status word
    Unintelligible, ///< what came does not follow the protocol, or not under these keys
    CardGone,       ///< the card or the reader went away
};

/// A command and a response on the wire, as secure messaging and GET RESPONSE make them.
struct WireExchange {
    std::size_t sent = 0;     ///< bytes of the encoded command
    std::size_t received = 0; ///< bytes of the encoded response
    StatusWord statusWord;
    std::chrono::microseconds duration{};

    friend bool operator==(const WireExchange&, const WireExchange&) = default;
};

/// A part of a file of the trace.
struct FileSlice {
    std::string file;
    std::size_t offset = 0;
    std::size_t length = 0;
    bool inDataObject = false; ///< wrapped in DO 53, as READ BINARY with an odd instruction gives it

    friend bool operator==(const FileSlice&, const FileSlice&) = default;
};

/// A command above secure messaging and its answer.
struct Exchange {
    std::string step;     ///< of the plan; empty outside of any
    Bytes command;        ///< encoded, unprotected
    bool secured = false; ///< went through secure messaging
    Ending ending = Ending::Answered;
    StatusWord statusWord;          ///< 0000 where none is known
    Bytes data;                     ///< of the answer; empty where `slice` is given
    std::optional<FileSlice> slice; ///< where the data are
    std::vector<WireExchange> wire; ///< in order; empty when the card went away at once

    friend bool operator==(const Exchange&, const Exchange&) = default;
};

/// An event of the inspection, in words (nameOf in event_words.hpp).
struct Event {
    std::string name;    ///< "file-read"
    std::string subject; ///< "DG1", the name of a check; may be empty
    std::string result;  ///< "95", "passed"; may be empty

    friend bool operator==(const Event&, const Event&) = default;
};

/// How the inspection ended.
struct Outcome {
    std::string verdict;      ///< empty when an error ended it
    std::string error;        ///< the sentence; empty when there is a verdict
    bool interrupted = false; ///< the caller stopped it, or its time was over

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// Something that happened, and the line of the trace's file that tells it; 0 when it has none yet.
struct Entry {
    std::variant<Connected, Reset, Exchange, Event, Outcome> what;
    std::size_t line = 0;

    friend bool operator==(const Entry& left, const Entry& right) { return left.what == right.what; }
};

/// A whole session.
struct Trace {
    static constexpr std::size_t maximumFileSize = std::size_t{64} << 20;
    static constexpr std::size_t maximumEntries = 100000;

    Header header;
    std::map<std::string, Bytes> files; ///< as far as they were read, by name: "DG1", "EF.CardAccess", and
                                        ///< "DG1 (2)" where a second card gave another one
    std::vector<Entry> entries;         ///< in the order in which things happened

    friend bool operator==(const Trace&, const Trace&) = default;
};

/// One JSON object a line: the header, the files, the entries. The header says in words what has been
/// replaced, what a replay repeats and what it cannot.
[[nodiscard]] std::string write(const Trace& trace);

/// Reads what write() wrote. Throws MalformedData, which names the line and what is wrong with it.
[[nodiscard]] Trace read(std::string_view text);

} // namespace cancuoc::trace
