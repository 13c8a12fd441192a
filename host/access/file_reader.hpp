// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"

namespace cancuoc {

class SecureMessagingError;

/// How an elementary file is addressed.
struct ElementaryFile {
    std::uint16_t identifier = 0;
    /// 1 to 30; with it, the first READ BINARY selects the file as well.
    std::optional<std::uint8_t> shortIdentifier;
    /// For messages: "EF.COM".
    std::string name;
};

/// Reads whole elementary files whose content is one data object, as the files of the LDS are: the length of
/// the file comes from its first bytes, which come with as much of the rest as the channel allows.
///
/// One reader serves a whole session: what the card refused once, it is not asked again.
class FileReader {
public:
    /// Called after every command with the bytes read and the length of the file. May throw, Cancelled for
    /// example.
    using Progress = std::function<void(std::size_t read, std::size_t total)>;

    /// The longest file taken, in bytes.
    static constexpr std::size_t maximumFileSize = 1U << 20U;

    /// `session` must outlive the reader.
    explicit FileReader(CardSession& session);

    /// Reads a file under the current directory. A file that ends before its length field says is returned
    /// as far as it goes: whether it is as it should be, the signed hash decides. Throws CardError when the
    /// card refuses, MalformedData when the content is no data object, and what CardSession::transmit throws.
    /// Secure messaging that breaks over a read makes the reader ask for less afterwards.
    [[nodiscard]] Bytes read(const ElementaryFile& file, const Progress& progress = {});

    /// Goes on with a file whose first bytes are in `content` already, if any, and leaves there what it has
    /// read, also when it throws. Starts anew when the file does not begin with `content`.
    void readRest(const ElementaryFile& file, Bytes& content, const Progress& progress = {});

    /// Reads a file that need not be one data object, as far as one command brings it, and by its short
    /// identifier only; nothing when the card does not give it. Throws what CardSession::transmit throws.
    [[nodiscard]] std::optional<Bytes> readAtOnce(std::uint8_t shortIdentifier);

    /// Whether a card that left secure messaging over a read may have done so for the length asked for, so
    /// that the reader asks for less afterwards.
    [[nodiscard]] static bool mayRefuseLength(const SecureMessagingError& refusal);

    /// Another directory was selected: short identifiers may work there.
    void enterDirectory() { shortIdentifiersRefused_ = false; }

    /// Never asks for more than `bytes` (at least 1) of a file in one command.
    void limitReadSize(std::size_t bytes);

private:
    /// Builds the READ BINARY that asks for so many bytes.
    using ReadCommand = std::function<CommandApdu(std::size_t size)>;
    /// Whether as many bytes as are asked for are known to be there.
    enum class KnownLength { No, Yes };

    [[nodiscard]] std::size_t readSize() const;
    [[nodiscard]] std::size_t sizeBelow(std::size_t refused) const;
    [[nodiscard]] Bytes readBeginning(const ElementaryFile& file);
    [[nodiscard]] ResponseApdu readBeginningBy(const ReadCommand& command);
    [[nodiscard]] Bytes readAt(const ElementaryFile& file, std::size_t offset, std::size_t wanted);
    [[nodiscard]] ResponseApdu readSteppingDown(const ReadCommand& command, std::size_t wanted,
                                                KnownLength knownLength);
    [[nodiscard]] ResponseApdu transmitRead(CommandApdu command);
    void learnFrom(const SecureMessagingError& refusal, std::size_t smaller);

    CardSession& session_;
    std::size_t limit_ = CommandApdu::maximumExtendedLe;
    std::size_t largestGiven_ = 0;
    /// The card has refused to be asked for more than a file holds.
    bool exactLengths_ = false;
    /// The card gave a file of this directory only after a SELECT.
    bool shortIdentifiersRefused_ = false;
};

} // namespace cancuoc
