// SPDX-License-Identifier: Apache-2.0
#include "host/trace/selected_file.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/lds/data_group.hpp"

#include <array>

namespace cancuoc::trace {

namespace {

using lds::FileId;

constexpr std::uint8_t selectInstruction = 0xA4;
constexpr std::uint8_t readBinary = 0xB0;
constexpr std::uint8_t readBinaryOdd = 0xB1;
constexpr std::uint8_t byApplicationIdentifier = 0x04;
constexpr std::uint8_t shortIdentifierFlag = 0x80;
constexpr std::uint16_t masterFile = 0x3F00;
constexpr std::uint16_t cvcaIdentifier = 0x011C; // in the application (Doc 9303-10, 4.6.3)

constexpr std::array<FileId, 4> inMasterFile{FileId::CardAccess, FileId::CardSecurity, FileId::Dir,
                                             FileId::AtrInfo};

// Doc 9303-10, table 38: in the application the low byte of the identifier, which is kept for other files.
std::uint16_t identifierOf(bool inApplication, std::uint8_t shortIdentifier) {
    if (!inApplication) {
        for (const auto file : inMasterFile) {
            if (lds::shortFileId(file) == shortIdentifier) {
                return lds::fileIdentifier(file);
            }
        }
    }
    return static_cast<std::uint16_t>(0x0100U | shortIdentifier);
}

std::optional<std::string> nameInMasterFile(std::uint16_t identifier) {
    for (const auto file : inMasterFile) {
        if (lds::fileIdentifier(file) == identifier) {
            return lds::fileName(file);
        }
    }
    return std::nullopt;
}

std::optional<std::string> nameInApplication(std::uint16_t identifier) {
    if (identifier == cvcaIdentifier) {
        return "EF.CVCA";
    }
    if (identifier > 0x0100 && identifier <= 0x0110) {
        return lds::fileName(lds::dataGroupFile(identifier & 0xFF));
    }
    for (const auto file : {FileId::Sod, FileId::Com}) {
        if (lds::fileIdentifier(file) == identifier) {
            return lds::fileName(file);
        }
    }
    return std::nullopt;
}

} // namespace

void SelectedFile::reset() {
    inApplication_ = false;
    identifier_.reset();
}

std::optional<ReadPart> SelectedFile::follow(const CommandApdu& command, const ResponseApdu& response) try {
    if (command.ins == selectInstruction && response.sw.isSuccessOrWarning()) {
        select(command);
        return std::nullopt;
    }
    if ((command.ins != readBinary && command.ins != readBinaryOdd) || response.data.empty()) {
        return std::nullopt;
    }
    ReadPart part{{}, std::size_t{command.p1} << 8U | command.p2, response.data};
    if (command.ins == readBinaryOdd) {
        part.offset =
            static_cast<std::size_t>(fromBigEndian(TlvReader(command.data).require(0x54, "offset").value));
        part.content = readTlv(response.data, 0x53, "data").value;
        part.inDataObject = true;
    } else if ((command.p1 & shortIdentifierFlag) != 0) {
        identifier_ = identifierOf(inApplication_, command.p1 & 0x1FU);
        part.offset = command.p2;
    }
    part.file = name();
    return part;
} catch (const MalformedData&) {
    return std::nullopt;
}

void SelectedFile::select(const CommandApdu& command) {
    if (command.p1 == byApplicationIdentifier) {
        inApplication_ = true;
        identifier_.reset();
        return;
    }
    const auto identifier =
        command.data.size() == 2 ? static_cast<std::uint16_t>(fromBigEndian(command.data)) : masterFile;
    if (identifier == masterFile) {
        reset();
    } else {
        identifier_ = identifier;
    }
}

std::string SelectedFile::name() const {
    const std::uint16_t identifier = identifier_.value_or(0);
    const auto known = inApplication_ ? nameInApplication(identifier) : nameInMasterFile(identifier);
    return known ? *known
                 : std::string(inApplication_ ? "application " : "master file ") +
                       toHex(toBigEndian(identifier, 2));
}

} // namespace cancuoc::trace
