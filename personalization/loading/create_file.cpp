// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/create_file.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

constexpr std::size_t longestFile = 0xFFFF;
/// The first offset that P1-P2 of UPDATE BINARY D6 cannot say: bit 8 of P1 is taken.
constexpr std::size_t firstLongOffset = 0x8000;

CommandApdu createFile(std::uint16_t identifier, std::size_t size) {
    return {
        0x80, 0xE0, 0x00, 0x00,
        encodeTlv(0x62, encodeTlv(0x80, toBigEndian(size, 2)), encodeTlv(0x83, toBigEndian(identifier, 2)))};
}

// ISO/IEC 7816-4, 11.3.4: the offset in P1-P2, or in DO'54' with the data in DO'53'.
CommandApdu updateBinary(std::size_t offset, BytesView part) {
    if (offset < firstLongOffset) {
        return {0x80, 0xD6, static_cast<std::uint8_t>(offset >> 8U), static_cast<std::uint8_t>(offset),
                toBytes(part)};
    }
    return {0x80, 0xD7, 0x00, 0x00, concat(encodeTlv(0x54, toBigEndian(offset, 2)), encodeTlv(0x53, part))};
}

void addFile(std::vector<CommandApdu>& commands, std::uint16_t identifier, BytesView content,
             std::size_t maximumCommandData) {
    constexpr std::size_t dataObjects = 4 + 4; // DO'54', tag and length of DO'53'
    if (content.empty() || content.size() > longestFile) {
        throw BadConfiguration("The file " + toHex(toBigEndian(identifier, 2)) + " has " +
                               std::to_string(content.size()) + " bytes; a chip takes 1 to 65535.");
    }
    commands.push_back(createFile(identifier, content.size()));
    for (std::size_t offset = 0; offset < content.size();) {
        const std::size_t room =
            offset < firstLongOffset ? maximumCommandData : maximumCommandData - dataObjects;
        const BytesView part = content.subspan(offset, std::min(room, content.size() - offset));
        commands.push_back(updateBinary(offset, part));
        offset += part.size();
    }
}

} // namespace

std::vector<CommandApdu> createFileCommands(const CardImage& image, std::uint16_t cardAccess,
                                            std::size_t maximumCommandData) {
    std::vector<CommandApdu> commands;
    if (!image.cardAccess.empty()) {
        addFile(commands, cardAccess, image.cardAccess, maximumCommandData);
    }
    for (const auto& file : image.files) {
        addFile(commands, file.fileIdentifier, file.content, maximumCommandData);
    }
    return commands;
}

} // namespace cancuoc::personalization
