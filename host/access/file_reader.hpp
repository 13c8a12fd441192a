// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"

namespace cancuoc {

/// How an elementary file is addressed.
struct ElementaryFile {
    std::uint16_t identifier = 0;
    /// 1 to 30; with it, the first READ BINARY selects the file as well.
    std::optional<std::uint8_t> shortIdentifier;
    /// For messages: "EF.COM".
    std::string name;
};

/// Reads whole elementary files whose content is one data object, as all files of the LDS are: the length of
/// the file comes from its first bytes, and nothing behind it is asked for.
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

    /// Reads a file under the current directory. Throws CardError when the card refuses, MalformedData when
    /// the content is no data object or ends early, and what CardSession::transmit throws. Secure messaging
    /// that breaks over a read makes the reader ask for less afterwards.
    [[nodiscard]] Bytes read(const ElementaryFile& file, const Progress& progress = {});

    /// Never asks for more than `bytes` (at least 1) of a file in one command.
    void limitReadSize(std::size_t bytes);

private:
    /// Builds the READ BINARY that asks for so many bytes.
    using ReadCommand = std::function<CommandApdu(std::size_t size)>;

    [[nodiscard]] std::size_t readSize() const;
    [[nodiscard]] bool stepDown(std::size_t refused);
    [[nodiscard]] Bytes readFirst(const ElementaryFile& file);
    [[nodiscard]] Bytes readAt(const ElementaryFile& file, std::size_t offset, std::size_t wanted);
    [[nodiscard]] ResponseApdu readSteppingDown(const ReadCommand& command, std::size_t wanted);
    [[nodiscard]] ResponseApdu transmitRead(CommandApdu command);

    CardSession& session_;
    std::size_t limit_ = CommandApdu::maximumExtendedLe;
};

} // namespace cancuoc
