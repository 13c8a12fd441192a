// SPDX-License-Identifier: Apache-2.0
#include "host/lds/details.hpp"

#include "host/base/error.hpp"
#include "host/lds/asn1.hpp"

#include <algorithm>
#include <optional>

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t tagListTag = 0x5C;
constexpr std::uint32_t namesTag = 0xA0;
constexpr std::uint32_t countTag = 0x02;
constexpr char filler = '<';

/// Tags of former editions: a second byte from 80 on means a third, which is not there.
struct FormerTag {
    std::uint8_t secondByte;
    std::uint32_t today;
};
constexpr FormerTag formerTags[] = {{0x85, 0x5F55}, {0x86, 0x5F56}};

/// The detail at the start of `rest` that has a former tag; moves `rest` behind it.
std::optional<Tlv> nextWithFormerTag(BytesView& rest) {
    if (rest.size() < 2 || rest[0] != 0x5F) {
        return std::nullopt;
    }
    for (const FormerTag& former : formerTags) {
        if (rest[1] == former.secondByte) {
            // The length and the value are read as those of any one-byte tag, here the second byte.
            TlvReader reader(rest.subspan(1));
            Tlv detail = *reader.next();
            detail.tag = former.today;
            rest = reader.remaining();
            return detail;
        }
    }
    return std::nullopt;
}

Tlv nextDetail(BytesView& rest) {
    if (const auto detail = nextWithFormerTag(rest)) {
        return *detail;
    }
    TlvReader reader(rest);
    const Tlv detail = *reader.next();
    rest = reader.remaining();
    return detail;
}

[[noreturn]] void refuseTooMany(std::string_view what) {
    throw MalformedData("There are more than " + std::to_string(Details::maximumCount) + " " +
                        std::string(what) + ".");
}

void addName(Details& details, const Tlv& name) {
    if (details.names.size() == Details::maximumCount) {
        refuseTooMany("names");
    }
    if (!name.value.empty()) {
        details.names.push_back(toText(name.value));
    }
}

void addNames(Details& details, const Tlv& names, std::uint32_t nameTag) {
    TlvReader reader = names.children();
    while (const auto dataObject = reader.next()) {
        if (dataObject->tag == nameTag) {
            addName(details, *dataObject);
        }
    }
}

/// The tags of the details, each with all its bytes.
Bytes listTags(const std::vector<std::uint32_t>& tags) {
    Bytes list;
    for (const std::uint32_t tag : tags) {
        append(list, toBigEndian(tag, tag > 0xFFFF ? 3 : tag > 0xFF ? 2 : 1));
    }
    return list;
}

Bytes encodeNames(const std::vector<std::string>& names, std::uint32_t nameTag) {
    Bytes content = encodeTlv(countTag, toBigEndian(names.size(), 1));
    for (const std::string& name : names) {
        appendTlv(content, nameTag, viewOf(name));
    }
    return encodeTlv(namesTag, content);
}

/// Two digits to a byte. The first byte tells them from characters: no year begins with 30 to 39.
bool isPackedDecimal(BytesView value) {
    return value[0] < '0' && std::all_of(value.begin(), value.end(), [](std::uint8_t byte) {
               return (byte >> 4) <= 9 && (byte & 0x0F) <= 9;
           });
}

} // namespace

std::optional<Date> dateFromDetail(std::string_view text) {
    constexpr std::size_t length = 8; // YYYYMMDD
    if (text.size() != length) {
        return std::nullopt;
    }
    const auto part = [&](std::size_t at, std::size_t size) { return std::string(text.substr(at, size)); };
    try {
        return dateFromIso(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2));
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

Details Details::decode(BytesView content, FileId file, std::uint32_t nameTag) {
    const std::string name = fileName(file);
    return decodeFile(name, content, maximumLength, [&] {
        Details details;
        BytesView rest = readTlv(content, fileTag(file), name).value;
        while (!rest.empty()) {
            const Tlv detail = nextDetail(rest);
            if (details.others.size() == maximumCount) {
                refuseTooMany("details");
            }
            if (detail.tag == namesTag) {
                addNames(details, detail, nameTag);
            } else if (detail.tag == nameTag) {
                addName(details, detail);
            } else if (detail.tag != tagListTag && !detail.value.empty()) {
                details.others.push_back({detail.tag, toBytes(detail.value)});
            }
        }
        return details;
    });
}

Bytes Details::encode(FileId file, std::uint32_t nameTag, std::size_t before) const {
    std::vector<std::uint32_t> tags;
    Bytes content;
    const auto appendNames = [&] {
        if (!names.empty()) {
            tags.push_back(nameTag);
            append(content, encodeNames(names, nameTag));
        }
    };
    for (std::size_t index = 0; index < others.size(); ++index) {
        if (index == before) {
            appendNames();
        }
        tags.push_back(others[index].tag);
        appendTlv(content, others[index].tag, others[index].value);
    }
    if (before >= others.size()) {
        appendNames();
    }
    return encodeTlv(fileTag(file), encodeTlv(tagListTag, listTags(tags)), content);
}

std::vector<Detail> readDetailTemplate(const Tlv& detailTemplate) {
    std::vector<Detail> details;
    TlvReader reader = detailTemplate.children();
    while (const auto dataObject = reader.next()) {
        if (details.size() == Details::maximumCount) {
            refuseTooMany("details");
        }
        if (!dataObject->value.empty()) {
            details.push_back({dataObject->tag, toBytes(dataObject->value)});
        }
    }
    return details;
}

Bytes encodeDetails(const std::vector<Detail>& details) {
    Bytes encoded;
    for (const Detail& detail : details) {
        appendTlv(encoded, detail.tag, detail.value);
    }
    return encoded;
}

std::string readDetailDate(BytesView value) {
    constexpr std::size_t packedDate = 4;
    constexpr std::size_t packedDateAndTime = 7;
    const bool packed =
        (value.size() == packedDate || value.size() == packedDateAndTime) && isPackedDecimal(value);
    return packed ? toHex(value) : toText(value);
}

std::vector<std::string> splitAtFillers(std::string_view text) {
    std::vector<std::string> fields;
    while (!text.empty()) {
        const std::string_view field = text.substr(0, text.find(filler));
        if (!field.empty()) {
            fields.emplace_back(field);
        }
        text.remove_prefix(std::min(text.size(), field.size() + 1));
    }
    return fields;
}

std::string nameWithoutFillers(std::string_view name) {
    std::string text;
    for (std::size_t position = 0; position < name.size(); ++position) {
        if (name[position] != filler) {
            text += name[position];
        } else if (name.substr(position).starts_with("<<")) {
            text += ", ";
            ++position;
        } else {
            text += ' ';
        }
    }
    text.erase(text.find_last_not_of(", ") + 1);
    return text;
}

} // namespace cancuoc::lds
