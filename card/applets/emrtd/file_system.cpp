// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/file_system.hpp"

#include "card/core/answer_to_reset.hpp"
#include "card/core/configuration.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {
namespace {

// SELECT, P1 (ISO/IEC 7816-4, table 62)
constexpr std::uint8_t selectByFileIdentifier = 0x00;
constexpr std::uint8_t selectElementaryFile = 0x02;
// SELECT, P2 (table 63): first occurrence; what the response describes
constexpr std::uint8_t returnFileControlInformation = 0x00;
constexpr std::uint8_t returnFileControlParameters = 0x04;
constexpr std::uint8_t returnNothing = 0x0C;
constexpr std::uint8_t fileControlInformationTag = 0x6F;
constexpr std::uint8_t fileControlParametersTag = 0x62;

constexpr std::uint8_t offsetTag = 0x54;
constexpr std::uint8_t discretionaryDataTag = 0x53;
constexpr std::size_t maximumOffsetLength = 4;

std::uint16_t bigEndian16(std::uint8_t high, std::uint8_t low) {
    return static_cast<std::uint16_t>(high << 8 | low);
}

// The value of the command's only data object, DO'54'; nothing when the data field is anything else.
std::optional<std::size_t> offsetFrom(std::span<const std::uint8_t> data) {
    if (data.size() < 3 || data[0] != offsetTag || data[1] != data.size() - 2 ||
        data[1] > maximumOffsetLength) {
        return std::nullopt;
    }
    std::size_t offset = 0;
    for (const std::uint8_t byte : data.subspan(2)) {
        offset = offset << 8 | byte;
    }
    return offset;
}

// Tag and length of DO'53' before `length` bytes.
std::size_t discretionaryDataHeader(std::size_t length, std::array<std::uint8_t, 4>& header) {
    header = {discretionaryDataTag};
    if (length < 0x80) {
        header[1] = static_cast<std::uint8_t>(length);
        return 2;
    }
    if (length < 0x100) {
        header[1] = 0x81;
        header[2] = static_cast<std::uint8_t>(length);
        return 3;
    }
    header[1] = 0x82;
    header[2] = static_cast<std::uint8_t>(length >> 8);
    header[3] = static_cast<std::uint8_t>(length);
    return 4;
}

// The longest content whose DO'53' does not exceed `room`.
std::size_t contentFitting(std::size_t room) {
    std::array<std::uint8_t, 4> header{};
    std::size_t content = room;
    while (content > 0 && content + discretionaryDataHeader(content, header) > room) {
        --content;
    }
    return content;
}

} // namespace

void FileSystem::enter(Directory directory) {
    directory_ = directory;
    file_ = nullptr;
}

StatusWord FileSystem::checkAccess(const ElementaryFile* file, const AccessRights& rights,
                                   StatusWord whenMissing) {
    // Before access is granted the LDS application does not even tell which files it has.
    if (directory_ == Directory::LdsApplication &&
        !accessControl_.grants(rights, AccessCondition::DocumentAccess)) {
        return StatusWord::SecurityStatusNotSatisfied;
    }
    if (file == nullptr || !isPresent(*file)) {
        return whenMissing;
    }
    return accessControl_.grants(rights, file->readCondition) ? StatusWord::Success
                                                              : StatusWord::SecurityStatusNotSatisfied;
}

bool FileSystem::isPresent(const ElementaryFile& file) const {
    return file.source != FileSource::Store || store_->length(file.object);
}

// The content of a file that the chip builds and does not store.
std::span<const std::uint8_t> FileSystem::builtContent(const ElementaryFile& file) const {
    return file.source == FileSource::ApplicationDirectory
               ? applicationDirectory_->content()
               : std::span<const std::uint8_t>(answerToResetInformation);
}

std::size_t FileSystem::lengthOf(const ElementaryFile& file) const {
    return file.source == FileSource::Store ? store_->length(file.object).value_or(0)
                                            : builtContent(file).size();
}

bool FileSystem::readContent(const ElementaryFile& file, std::size_t offset,
                             std::span<std::uint8_t> output) const {
    if (file.source == FileSource::Store) {
        return store_->read(file.object, offset, output);
    }
    const std::span<const std::uint8_t> content = builtContent(file).subspan(offset, output.size());
    std::copy(content.begin(), content.end(), output.begin());
    return true;
}

StatusWord FileSystem::select(const Command& command, const AccessRights& rights, Response& response) {
    if (command.p1 != selectByFileIdentifier && command.p1 != selectElementaryFile) {
        return StatusWord::IncorrectParameters;
    }
    if (command.p2 != returnFileControlInformation && command.p2 != returnFileControlParameters &&
        command.p2 != returnNothing) {
        return StatusWord::IncorrectParameters;
    }
    if (command.data.empty() && command.p1 == selectByFileIdentifier) {
        enter(Directory::MasterFile);
        return StatusWord::Success;
    }
    if (command.data.size() != 2) {
        return StatusWord::WrongLength;
    }
    const std::uint16_t identifier = bigEndian16(command.data[0], command.data[1]);
    if (identifier == masterFileIdentifier && command.p1 == selectByFileIdentifier) {
        enter(Directory::MasterFile);
        return StatusWord::Success;
    }
    const StatusWord status = selectFile(identifier, rights);
    if (status != StatusWord::Success || command.p2 == returnNothing || !command.expectedLength) {
        return status;
    }
    return describeCurrentFile(command.p2 == returnFileControlParameters ? fileControlParametersTag
                                                                         : fileControlInformationTag,
                               response);
}

StatusWord FileSystem::selectFile(std::uint16_t identifier, const AccessRights& rights) {
    const ElementaryFile* file = findFile(directory_, identifier);
    const StatusWord status = checkAccess(file, rights, StatusWord::FileNotFound);
    if (status == StatusWord::Success) {
        file_ = file;
    }
    return status;
}

// ISO/IEC 7816-4, table 12: number of bytes, descriptor (transparent working EF), file and short EF
// identifier.
StatusWord FileSystem::describeCurrentFile(std::uint8_t templateTag, Response& response) const {
    static_assert(configuration::maximumFileLength <= 0xFFFF, "DO'80' has two bytes");
    const std::size_t length = lengthOf(*file_);
    const std::array<std::uint8_t, 16> parameters{templateTag,
                                                  14,
                                                  0x80,
                                                  2,
                                                  static_cast<std::uint8_t>(length >> 8),
                                                  static_cast<std::uint8_t>(length),
                                                  0x82,
                                                  1,
                                                  0x01,
                                                  0x83,
                                                  2,
                                                  static_cast<std::uint8_t>(file_->identifier >> 8),
                                                  static_cast<std::uint8_t>(file_->identifier),
                                                  0x88,
                                                  1,
                                                  static_cast<std::uint8_t>(file_->shortIdentifier << 3)};
    return response.append(parameters) ? StatusWord::Success : StatusWord::InternalError;
}

StatusWord FileSystem::readBinary(const Command& command, const AccessRights& rights, Response& response) {
    if (!command.data.empty() || !command.expectedLength) {
        return StatusWord::WrongLength;
    }
    const bool byShortIdentifier = (command.p1 & 0x80) != 0;
    const ElementaryFile* file = file_;
    std::size_t offset = bigEndian16(command.p1, command.p2);
    if (byShortIdentifier) {
        if ((command.p1 & 0x60) != 0) {
            return StatusWord::IncorrectParameters;
        }
        file = findFileByShortIdentifier(directory_, command.p1 & 0x1F);
        offset = command.p2;
    }
    const StatusWord status = checkAccess(
        file, rights, byShortIdentifier ? StatusWord::FileNotFound : StatusWord::CommandNotAllowed);
    if (status != StatusWord::Success) {
        return status;
    }
    const std::size_t length = lengthOf(*file);
    if (offset >= length) {
        return StatusWord::WrongOffset;
    }
    const std::size_t count =
        std::min({length - offset, *command.expectedLength, configuration::maximumResponseData});
    const StatusWord result = read(*file, offset, count, response);
    if (result != StatusWord::Success) {
        return result;
    }
    const bool endReached = length - offset < *command.expectedLength && !command.expectsAll;
    return endReached ? StatusWord::EndOfFileReached : StatusWord::Success;
}

StatusWord FileSystem::readBinaryOdd(const Command& command, const AccessRights& rights, Response& response) {
    if (command.data.empty() || !command.expectedLength) {
        return StatusWord::WrongLength;
    }
    const std::uint16_t reference = bigEndian16(command.p1, command.p2);
    const ElementaryFile* file = file_;
    if (reference != 0) {
        file = reference < 0x1F ? findFileByShortIdentifier(directory_, command.p2)
                                : findFile(directory_, reference);
    }
    const StatusWord status =
        checkAccess(file, rights, reference != 0 ? StatusWord::FileNotFound : StatusWord::CommandNotAllowed);
    if (status != StatusWord::Success) {
        return status;
    }
    const std::optional<std::size_t> offset = offsetFrom(command.data);
    if (!offset) {
        return StatusWord::WrongData;
    }
    const std::size_t length = lengthOf(*file);
    if (*offset >= length) {
        return StatusWord::WrongOffset;
    }
    const std::size_t room = std::min(*command.expectedLength, configuration::maximumResponseData);
    const std::size_t count = std::min(length - *offset, contentFitting(room));
    std::array<std::uint8_t, 4> header{};
    const std::size_t headerLength = discretionaryDataHeader(count, header);
    if (!response.append(std::span(header).first(headerLength))) {
        return StatusWord::InternalError;
    }
    const StatusWord result = read(*file, *offset, count, response);
    if (result != StatusWord::Success) {
        return result;
    }
    const bool endReached = headerLength + count < room && !command.expectsAll;
    return endReached ? StatusWord::EndOfFileReached : StatusWord::Success;
}

// A file read by its short EF identifier or file identifier becomes the current one.
StatusWord FileSystem::read(const ElementaryFile& file, std::size_t offset, std::size_t count,
                            Response& response) {
    const std::span<std::uint8_t> place = response.extend(count);
    if (place.size() != count || !readContent(file, offset, place)) {
        return StatusWord::MemoryFailure;
    }
    file_ = &file;
    return StatusWord::Success;
}

} // namespace cancuoc::card::emrtd
