// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group.hpp"

#include "host/base/bytes.hpp"
#include "host/base/error.hpp"

#include <array>
#include <string_view>

namespace cancuoc::lds {

namespace {

// Doc 9303-10, table 38: the tag of data group n stands at n - 1.
constexpr std::array<std::uint8_t, 16> dataGroupTags = {0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68,
                                                        0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70};
constexpr int lastDataGroup = 16;
constexpr int dataGroupFileBase = 0x0100;
constexpr std::uint32_t masterFile = 0x3F00;

/// A file that is no data group.
struct NamedFile {
    FileId file;
    std::string_view name;
    std::uint8_t shortIdentifier;
    std::uint8_t tag;
};

// Doc 9303-10, 3.11 and table 38
constexpr std::array namedFiles = {
    NamedFile{FileId::Com, "EF.COM", 0x1E, 0x60},
    NamedFile{FileId::Sod, "EF.SOD", 0x1D, 0x77},
    NamedFile{FileId::Dir, "EF.DIR", 0x1E, 0},
    NamedFile{FileId::AtrInfo, "EF.ATR/INFO", 0x01, 0},
    NamedFile{FileId::CardAccess, "EF.CardAccess", 0x1C, 0x31},
    NamedFile{FileId::CardSecurity, "EF.CardSecurity", 0x1D, 0x30},
};

const NamedFile& namedFile(FileId file) {
    for (const NamedFile& candidate : namedFiles) {
        if (candidate.file == file) {
            return candidate;
        }
    }
    throw MalformedData("There is no file " + toHex(toBigEndian(static_cast<std::uint32_t>(file), 4)) +
                        " in an eMRTD.");
}

} // namespace

FileId dataGroupFile(int number) {
    if (number < 1 || number > lastDataGroup) {
        throw MalformedData("There is no data group " + std::to_string(number) + ", only 1 to 16.");
    }
    return static_cast<FileId>(dataGroupFileBase + number);
}

std::optional<int> dataGroupNumber(FileId file) {
    const int number = static_cast<int>(file) - dataGroupFileBase;
    if (number < 1 || number > lastDataGroup) {
        return std::nullopt;
    }
    return number;
}

bool isInMasterFile(FileId file) {
    return static_cast<std::uint32_t>(file) >> 16U == masterFile;
}

std::uint16_t fileIdentifier(FileId file) {
    return static_cast<std::uint16_t>(static_cast<std::uint32_t>(file) & 0xFFFF);
}

std::uint8_t shortFileId(FileId file) {
    const auto number = dataGroupNumber(file);
    return number ? static_cast<std::uint8_t>(*number) : namedFile(file).shortIdentifier;
}

std::uint8_t fileTag(FileId file) {
    const auto number = dataGroupNumber(file);
    return number ? dataGroupTags.at(static_cast<std::size_t>(*number - 1)) : namedFile(file).tag;
}

std::optional<int> dataGroupNumberForTag(std::uint8_t tag) {
    for (std::size_t index = 0; index < dataGroupTags.size(); ++index) {
        if (dataGroupTags.at(index) == tag) {
            return static_cast<int>(index) + 1;
        }
    }
    return std::nullopt;
}

std::string fileName(FileId file) {
    const auto number = dataGroupNumber(file);
    return number ? "DG" + std::to_string(*number) : std::string(namedFile(file).name);
}

} // namespace cancuoc::lds
