// SPDX-License-Identifier: Apache-2.0
#include "host/lds/atr_info.hpp"

#include "host/lds/asn1.hpp"
#include "host/lds/padding.hpp"

#include <algorithm>
#include <limits>

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t cardCapabilitiesTag = 0x47;
constexpr std::uint32_t extendedLengthsTag = 0x7F66;

CardCapabilities readCardCapabilities(const Tlv& dataObject) {
    CardCapabilities capabilities;
    if (dataObject.value.empty() || dataObject.value.size() > capabilities.softwareFunctions.size()) {
        throw MalformedData("The card capabilities do not have 1 to 3 bytes.");
    }
    std::copy(dataObject.value.begin(), dataObject.value.end(), capabilities.softwareFunctions.begin());
    return capabilities;
}

/// Cards write the number with and without a zero byte in front of a first byte from 80 on.
std::size_t readLength(TlvReader& reader, std::string_view what) {
    const BytesView number = reader.expect(asn1::integer, what).value;
    constexpr std::size_t longest = 4;
    if (number.empty() || number.size() > longest ||
        fromBigEndian(number) > static_cast<std::uint64_t>(std::numeric_limits<int>::max())) {
        throw MalformedData(std::string(what) + " is no number of bytes.");
    }
    return static_cast<std::size_t>(fromBigEndian(number));
}

ExtendedLengthInformation readExtendedLengths(const Tlv& dataObject) {
    TlvReader reader = dataObject.children();
    ExtendedLengthInformation lengths;
    lengths.maximumCommandLength = readLength(reader, "The length of the longest command");
    lengths.maximumResponseLength = readLength(reader, "The length of the longest response");
    return lengths;
}

/// Whether `rest` ends before the data object at its start does.
bool isCutOff(BytesView rest) {
    const auto header = readTlvHeader(rest);
    return !header || rest.size() - header->headerSize < header->valueSize;
}

} // namespace

AtrInfo AtrInfo::decode(BytesView file) {
    return decodeFile("EF.ATR/INFO", file, maximumLength, [file] {
        AtrInfo atrInfo;
        for (BytesView rest = withoutPadding(file); !rest.empty() && !isCutOff(rest);) {
            TlvReader reader(rest);
            const Tlv dataObject = *reader.next();
            if (dataObject.tag == cardCapabilitiesTag && !atrInfo.cardCapabilities) {
                atrInfo.cardCapabilities = readCardCapabilities(dataObject);
            } else if (dataObject.tag == extendedLengthsTag && !atrInfo.extendedLengths) {
                atrInfo.extendedLengths = readExtendedLengths(dataObject);
            } else {
                atrInfo.others.push_back(toBytes(dataObject.encoded));
            }
            rest = withoutPadding(reader.remaining());
        }
        return atrInfo;
    });
}

Bytes AtrInfo::encode() const {
    Bytes file;
    if (cardCapabilities) {
        appendTlv(file, cardCapabilitiesTag, cardCapabilities->softwareFunctions);
    }
    if (extendedLengths) {
        appendTlv(file, extendedLengthsTag,
                  concat(encodeInteger(static_cast<int>(extendedLengths->maximumCommandLength)),
                         encodeInteger(static_cast<int>(extendedLengths->maximumResponseLength))));
    }
    for (const Bytes& dataObject : others) {
        append(file, dataObject);
    }
    return file;
}

} // namespace cancuoc::lds
