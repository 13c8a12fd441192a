// SPDX-License-Identifier: Apache-2.0
#include "host/lds/vietnamese_data_group_13.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/base/utf8.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/data_group.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cancuoc::lds {

namespace {

constexpr int layoutVersion = 1;
constexpr std::string_view layoutIdentifier = "1.0.10646.1.0.8"; // UTF-8, in the arcs of ISO/IEC 10646
constexpr int parentsItem = 13;
constexpr int spouseItem = 14;
constexpr int lastNamedItem = 16;
constexpr int largestItem = 255;

/// A named item that is one string: its number, its place in CitizenData and how it is written.
struct TextItem {
    int number;
    std::string CitizenData::*text;
    std::uint32_t stringTag;
};

constexpr std::array textItems = {
    TextItem{1, &CitizenData::number, asn1::printableString},
    TextItem{2, &CitizenData::fullName, asn1::utf8String},
    TextItem{3, &CitizenData::birthDate, asn1::printableString},
    TextItem{4, &CitizenData::sex, asn1::utf8String},
    TextItem{5, &CitizenData::nationality, asn1::utf8String},
    TextItem{6, &CitizenData::ethnicity, asn1::utf8String},
    TextItem{7, &CitizenData::religion, asn1::utf8String},
    TextItem{8, &CitizenData::placeOfOrigin, asn1::utf8String},
    TextItem{9, &CitizenData::residence, asn1::utf8String},
    TextItem{10, &CitizenData::distinguishingFeatures, asn1::utf8String},
    TextItem{11, &CitizenData::issueDate, asn1::printableString},
    TextItem{12, &CitizenData::expiryDate, asn1::utf8String},
    TextItem{15, &CitizenData::oldNumber, asn1::printableString},
    TextItem{16, &CitizenData::chipCode, asn1::printableString},
};

std::string itemName(int number) {
    return "Item " + std::to_string(number);
}

bool isString(std::uint32_t tag) {
    return tag == asn1::utf8String || tag == asn1::printableString || tag == asn1::numericString ||
           tag == asn1::ia5String;
}

/// Gathers the strings of `reader` and of the SEQUENCEs in it, in their order.
void collectTexts(TlvReader reader, std::vector<std::string>& texts) {
    while (const auto value = reader.next()) {
        if (value->tag == asn1::sequence) {
            collectTexts(value->children(), texts);
        } else if (isString(value->tag)) {
            texts.push_back(toText(value->value));
        } else {
            throw MalformedData("There is a value that is no string.");
        }
    }
}

std::vector<std::string> readTexts(BytesView value, int number, std::size_t most) {
    std::vector<std::string> texts;
    try {
        collectTexts(TlvReader(value), texts);
    } catch (const MalformedData& error) {
        throw MalformedData(itemName(number) + ": " + error.what());
    }
    if (texts.size() > most) {
        throw MalformedData(itemName(number) + " has more values than it can have.");
    }
    for (const std::string& text : texts) {
        if (!isUtf8(text)) {
            throw MalformedData(itemName(number) + " is not UTF-8.");
        }
    }
    texts.resize(most);
    return texts;
}

/// Father and mother stand in two SEQUENCEs, or in one around both.
void readItem(VietnameseDataGroup13& dataGroup, int number, BytesView value) {
    CitizenData& citizen = dataGroup.citizen;
    if (number > lastNamedItem) {
        dataGroup.other.push_back({number, toBytes(value)});
    } else if (number == parentsItem) {
        const auto names = readTexts(value, number, 2);
        citizen.fatherName = names[0];
        citizen.motherName = names[1];
    } else if (number == spouseItem) {
        citizen.spouseName = readTexts(value, number, 1)[0];
    } else {
        const auto item =
            std::find_if(textItems.begin(), textItems.end(),
                         [number](const TextItem& candidate) { return candidate.number == number; });
        citizen.*(item->text) = readTexts(value, number, 1)[0];
    }
}

Bytes encodeItem(int number, BytesView value) {
    return encodeTlv(asn1::sequence, encodeInteger(number), value);
}

Bytes encodeText(std::uint32_t stringTag, std::string_view text) {
    return text.empty() ? Bytes() : encodeTlv(stringTag, viewOf(text));
}

Bytes encodePerson(std::string_view name) {
    return encodeTlv(asn1::sequence, encodeTlv(asn1::utf8String, viewOf(name)));
}

Bytes encodeParents(const CitizenData& citizen) {
    Bytes value;
    if (!citizen.fatherName.empty() || !citizen.motherName.empty()) {
        value = encodePerson(citizen.fatherName);
    }
    if (!citizen.motherName.empty()) {
        append(value, encodePerson(citizen.motherName));
    }
    return value;
}

} // namespace

std::optional<Date> dateFromDataGroup13(std::string_view text) {
    if (text.size() != 10 || text[2] != '/' || text[5] != '/') {
        return std::nullopt;
    }
    const auto part = [&](std::size_t at, std::size_t size) { return std::string(text.substr(at, size)); };
    try {
        return dateFromIso(part(6, 4) + "-" + part(3, 2) + "-" + part(0, 2));
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

VietnameseDataGroup13::OtherItem VietnameseDataGroup13::OtherItem::ofText(int number, std::string_view text) {
    return {number, encodeText(asn1::utf8String, text)};
}

std::string VietnameseDataGroup13::OtherItem::text() const {
    try {
        std::vector<std::string> texts;
        collectTexts(TlvReader(value), texts);
        if (texts.size() == 1 && isUtf8(texts.front())) {
            return texts.front();
        }
    } catch (const MalformedData&) {
        // not the form of a text: shown in hexadecimal
    }
    return toHex(value);
}

VietnameseDataGroup13 VietnameseDataGroup13::decode(BytesView file) {
    return decodeFile("DG13", file, maximumLength, [file] {
        TlvReader outer = readTlv(file, fileTag(FileId::DataGroup13), "DG13").children();
        TlvReader content = outer.expect(asn1::sequence, "The content").children();
        outer.expectEnd("DG13");
        if (readInteger(content, "The layout's version") != layoutVersion ||
            readObjectIdentifier(content, "The layout's identifier") !=
                ObjectIdentifier::fromText(layoutIdentifier)) {
            throw MalformedData("This is not the layout of the Vietnamese citizen card.");
        }
        TlvReader items = content.expect(asn1::set, "The set of items").children();
        content.expectEnd("The content");

        VietnameseDataGroup13 dataGroup;
        std::set<int> seen;
        while (!items.atEnd()) {
            TlvReader item = items.expect(asn1::sequence, "An item").children();
            const int number = readInteger(item, "The number of an item");
            if (number < 1 || number > largestItem || !seen.insert(number).second) {
                throw MalformedData(itemName(number) + " is there twice or has no such number.");
            }
            if (seen.size() > maximumItems) {
                throw MalformedData("There are more than " + std::to_string(maximumItems) + " items.");
            }
            readItem(dataGroup, number, item.remaining());
        }
        return dataGroup;
    });
}

Bytes VietnameseDataGroup13::encode() const {
    std::map<int, Bytes> items;
    for (const TextItem& item : textItems) {
        items[item.number] = encodeItem(item.number, encodeText(item.stringTag, citizen.*(item.text)));
    }
    items[parentsItem] = encodeItem(parentsItem, encodeParents(citizen));
    items[spouseItem] =
        encodeItem(spouseItem, citizen.spouseName.empty() ? Bytes() : encodePerson(citizen.spouseName));

    Bytes set;
    for (const auto& [number, item] : items) {
        append(set, item);
    }
    for (const OtherItem& item : other) {
        append(set, encodeItem(item.number, item.value));
    }
    return encodeTlv(fileTag(FileId::DataGroup13),
                     encodeTlv(asn1::sequence, encodeInteger(layoutVersion),
                               ObjectIdentifier::fromText(layoutIdentifier).encode(),
                               encodeTlv(asn1::set, set)));
}

} // namespace cancuoc::lds
