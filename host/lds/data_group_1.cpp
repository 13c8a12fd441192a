// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_1.hpp"

#include "host/apdu/tlv.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/data_group.hpp"

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t mrzTag = 0x5F1F;

} // namespace

DataGroup1 DataGroup1::of(const MachineReadableZone& zone) {
    return DataGroup1{zone, zone.lines()};
}

// Doc 9303-10, 4.7.1
DataGroup1 DataGroup1::decode(BytesView file) {
    return decodeFile("DG1", file, maximumLength, [file] {
        TlvReader reader = readTlv(file, fileTag(FileId::DataGroup1), "DG1").children();
        const std::string text = toText(reader.expect(mrzTag, "The MRZ").value);
        reader.expectEnd("DG1");
        DataGroup1 dataGroup{MachineReadableZone::parse(text), {}};
        const std::size_t length = lineLength(dataGroup.machineReadableZone.format);
        if (text.size() % length != 0) {
            throw MalformedData("The MRZ has characters that belong to no line.");
        }
        for (std::size_t start = 0; start < text.size(); start += length) {
            dataGroup.lines.push_back(text.substr(start, length));
        }
        return dataGroup;
    });
}

Bytes DataGroup1::encode() const {
    Bytes characters;
    for (const std::string& line : lines) {
        append(characters, viewOf(line));
    }
    return encodeTlv(fileTag(FileId::DataGroup1), encodeTlv(mrzTag, characters));
}

} // namespace cancuoc::lds
