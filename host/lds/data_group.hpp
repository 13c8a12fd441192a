// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace cancuoc::lds {

/// The elementary files of an eMRTD (Doc 9303-10, 4.7, table 38). Those of its application are named by their
/// file identifier; those of the master file by their path from it (3F00 and the file identifier), because
/// one identifier can name a file in either.
enum class FileId : std::uint32_t {
    DataGroup1 = 0x0101,
    DataGroup2 = 0x0102,
    DataGroup3 = 0x0103,
    DataGroup4 = 0x0104,
    DataGroup5 = 0x0105,
    DataGroup6 = 0x0106,
    DataGroup7 = 0x0107,
    DataGroup8 = 0x0108,
    DataGroup9 = 0x0109,
    DataGroup10 = 0x010A,
    DataGroup11 = 0x010B,
    DataGroup12 = 0x010C,
    DataGroup13 = 0x010D,
    DataGroup14 = 0x010E,
    DataGroup15 = 0x010F,
    DataGroup16 = 0x0110,
    Sod = 0x011D,
    Com = 0x011E,
    Dir = 0x3F002F00,
    AtrInfo = 0x3F002F01,
    CardAccess = 0x3F00011C,
    CardSecurity = 0x3F00011D,
};

/// The file of data group `number`. Throws MalformedData unless 1 <= number <= 16.
[[nodiscard]] FileId dataGroupFile(int number);

/// The number (1 to 16) of a data group's file; nothing for the other files.
[[nodiscard]] std::optional<int> dataGroupNumber(FileId file);

/// Whether the file is in the master file rather than in the eMRTD application.
[[nodiscard]] bool isInMasterFile(FileId file);

/// The two bytes by which SELECT names the file in its directory.
[[nodiscard]] std::uint16_t fileIdentifier(FileId file);

/// The short EF identifier, 1 to 30, by which READ BINARY names the file in its directory (Doc 9303-10, 3.11
/// and table 38).
[[nodiscard]] std::uint8_t shortFileId(FileId file);

/// The tag of the one data object that is the content of the file: 60 for EF.COM, 77 for EF.SOD, 61 to 75 for
/// data groups, 31 (the SET itself) for EF.CardAccess, 30 for EF.CardSecurity (Doc 9303-10, table 38). 0 for
/// EF.DIR and EF.ATR/INFO, which are several data objects.
[[nodiscard]] std::uint8_t fileTag(FileId file);

/// The data group number for the tag under which EF.COM lists it; nothing for any other tag.
[[nodiscard]] std::optional<int> dataGroupNumberForTag(std::uint8_t tag);

/// The name that people and reports use: "DG13", "EF.COM", "EF.CardAccess".
[[nodiscard]] std::string fileName(FileId file);

} // namespace cancuoc::lds
