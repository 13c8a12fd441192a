// SPDX-License-Identifier: Apache-2.0
#include "host/lds/common_data.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/ascii.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/data_group.hpp"

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t ldsVersionTag = 0x5F01;
constexpr std::uint32_t unicodeVersionTag = 0x5F36;
constexpr std::uint32_t tagListTag = 0x5C;

std::string readVersion(TlvReader& reader, std::uint32_t tag, std::size_t length, std::string_view what) {
    std::string version = toText(reader.expect(tag, what).value);
    if (version.size() != length || !isDigits(version)) {
        throw MalformedData(std::string(what) + " does not have its " + std::to_string(length) + " digits.");
    }
    return version;
}

} // namespace

CommonData CommonData::forDataGroups(const std::vector<int>& numbers) {
    CommonData commonData;
    for (const int number : numbers) {
        commonData.tagList.push_back(fileTag(dataGroupFile(number)));
    }
    return commonData;
}

// Doc 9303-10, 4.6.1, table 35
CommonData CommonData::decode(BytesView file) {
    return decodeFile("EF.COM", file, maximumLength, [file] {
        TlvReader reader = readTlv(file, fileTag(FileId::Com), "EF.COM").children();
        CommonData commonData;
        commonData.ldsVersion = readVersion(reader, ldsVersionTag, 4, "The LDS version");
        commonData.unicodeVersion = readVersion(reader, unicodeVersionTag, 6, "The Unicode version");
        commonData.tagList = toBytes(reader.expect(tagListTag, "The list of data groups").value);
        reader.expectEnd("EF.COM");
        return commonData;
    });
}

Bytes CommonData::encode() const {
    return encodeTlv(fileTag(FileId::Com), encodeTlv(ldsVersionTag, viewOf(ldsVersion)),
                     encodeTlv(unicodeVersionTag, viewOf(unicodeVersion)), encodeTlv(tagListTag, tagList));
}

std::vector<int> CommonData::dataGroups() const {
    std::vector<int> numbers;
    for (const std::uint8_t tag : tagList) {
        if (const auto number = dataGroupNumberForTag(tag)) {
            numbers.push_back(*number);
        }
    }
    return numbers;
}

} // namespace cancuoc::lds
