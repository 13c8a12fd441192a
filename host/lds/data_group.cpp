// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group.hpp"

#include "host/base/error.hpp"

#include <array>

namespace cancuoc::lds {

namespace {

// Doc 9303-10, table 38: the tag of data group n stands at n - 1.
constexpr std::array<std::uint8_t, 16> dataGroupTags = {0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68,
                                                        0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70};
constexpr int lastDataGroup = 16;
constexpr std::uint16_t dataGroupFileBase = 0x0100;

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

std::uint8_t shortFileId(FileId file) {
    return static_cast<std::uint8_t>(static_cast<std::uint16_t>(file) & 0x1F);
}

std::uint8_t fileTag(FileId file) {
    if (const auto number = dataGroupNumber(file)) {
        return dataGroupTags.at(static_cast<std::size_t>(*number - 1));
    }
    switch (file) {
    case FileId::Com:
        return 0x60;
    case FileId::Sod:
        return 0x77;
    default:
        return 0x31;
    }
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
    if (const auto number = dataGroupNumber(file)) {
        return "DG" + std::to_string(*number);
    }
    switch (file) {
    case FileId::Com:
        return "EF.COM";
    case FileId::Sod:
        return "EF.SOD";
    default:
        return "EF.CardAccess";
    }
}

} // namespace cancuoc::lds
