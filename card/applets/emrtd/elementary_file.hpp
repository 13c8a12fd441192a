// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/access_condition.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace cancuoc::card::emrtd {

/// The two directories of the chip (Doc 9303-10, 3.10).
enum class Directory : std::uint8_t { MasterFile, LdsApplication };

/// Where the content of a file comes from.
enum class FileSource : std::uint8_t {
    /// Its object in the store.
    Store,
    /// The chip's own list of applications: EF.DIR.
    ApplicationDirectory,
    /// The chip's capabilities: EF.ATR/INFO.
    AnswerToResetInformation,
};

/// An elementary file that the chip may hold.
struct ElementaryFile {
    std::uint16_t identifier;
    /// Short EF identifier, 1 to 30.
    std::uint8_t shortIdentifier;
    Directory directory;
    AccessCondition readCondition;
    /// Identifier of its object in the store and of the data grouping that brings it: the file identifier,
    /// unless a file of the other directory has that one.
    std::uint16_t object;
    FileSource source = FileSource::Store;
};

inline constexpr std::uint16_t masterFileIdentifier = 0x3F00;
inline constexpr std::uint16_t cardAccessIdentifier = 0x011C;
inline constexpr std::uint16_t cardSecurityIdentifier = 0x011D;
inline constexpr std::uint16_t directoryIdentifier = 0x2F00;
inline constexpr std::uint16_t answerToResetInformationIdentifier = 0x2F01;
inline constexpr std::uint16_t trustPointReferencesIdentifier = 0x011C;
inline constexpr std::uint16_t documentSecurityObjectIdentifier = 0x011D;
inline constexpr std::uint16_t commonDataIdentifier = 0x011E;

/// The objects of EF.CardSecurity, and of EF.CVCA in the LDS application.
inline constexpr std::uint16_t cardSecurityObject = 0x021D;
inline constexpr std::uint16_t trustPointReferencesObject = 0x021C;

/// The file identifier of data group `number`, 1 to 16 (Doc 9303-10, 4.7).
[[nodiscard]] constexpr std::uint16_t dataGroupIdentifier(std::uint8_t number) {
    return static_cast<std::uint16_t>(0x0100 | number);
}

/// Every file with its conditions (Doc 9303-10, 3.11.1 and 4.7).
inline constexpr std::size_t dataGroupCount = 16;
inline constexpr std::array<ElementaryFile, dataGroupCount + 7> elementaryFiles = [] {
    std::array<ElementaryFile, dataGroupCount + 7> files{};
    files[0] = {cardAccessIdentifier, 0x1C, Directory::MasterFile, AccessCondition::Always,
                cardAccessIdentifier};
    files[1] = {cardSecurityIdentifier, 0x1D, Directory::MasterFile, AccessCondition::DocumentAccess,
                cardSecurityObject};
    files[2] = {directoryIdentifier,   0x1E,
                Directory::MasterFile, AccessCondition::Always,
                directoryIdentifier,   FileSource::ApplicationDirectory};
    files[3] = {answerToResetInformationIdentifier,
                0x01,
                Directory::MasterFile,
                AccessCondition::Always,
                answerToResetInformationIdentifier,
                FileSource::AnswerToResetInformation};
    files[4] = {commonDataIdentifier, 0x1E, Directory::LdsApplication, AccessCondition::DocumentAccess,
                commonDataIdentifier};
    files[5] = {documentSecurityObjectIdentifier, 0x1D, Directory::LdsApplication,
                AccessCondition::DocumentAccess, documentSecurityObjectIdentifier};
    files[6] = {trustPointReferencesIdentifier, 0x1C, Directory::LdsApplication,
                AccessCondition::DocumentAccess, trustPointReferencesObject};
    for (std::uint8_t number = 1; number <= dataGroupCount; ++number) {
        const AccessCondition condition = number == 3   ? AccessCondition::FingerprintAccess
                                          : number == 4 ? AccessCondition::IrisAccess
                                                        : AccessCondition::DocumentAccess;
        files[6U + number] = {dataGroupIdentifier(number), number, Directory::LdsApplication, condition,
                              dataGroupIdentifier(number)};
    }
    return files;
}();

/// The file in `directory` with that file identifier; null when there is none.
[[nodiscard]] const ElementaryFile* findFile(Directory directory, std::uint16_t identifier);

/// The file in `directory` with that short EF identifier; null when there is none.
[[nodiscard]] const ElementaryFile* findFileByShortIdentifier(Directory directory,
                                                              std::uint8_t shortIdentifier);

/// The file that the data grouping `identifier` brings; null when there is none. EF.DIR and EF.ATR/INFO are
/// the chip's own, and EF.CVCA is written by the chip alone (Doc 9303-11, K.2).
[[nodiscard]] const ElementaryFile* findPersonalizedFile(std::uint16_t identifier);

/// The file identifier of the data group whose template has `tag` (Doc 9303-10, 4.7); nothing for another
/// tag.
[[nodiscard]] std::optional<std::uint16_t> dataGroupOfTag(std::uint8_t tag);

} // namespace cancuoc::card::emrtd
