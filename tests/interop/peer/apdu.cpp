// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/peer/apdu.hpp"

#include <algorithm>

namespace peer {

namespace {

constexpr std::size_t shortLengthLimit = 256;
constexpr std::size_t extendedLengthLimit = 65536;

std::size_t unsignedNumber(View bytes) {
    std::size_t number = 0;
    for (const std::uint8_t byte : bytes) {
        number = number << 8 | byte;
    }
    return number;
}

std::uint8_t byteOf(std::size_t number, unsigned position) {
    return static_cast<std::uint8_t>(number >> (8 * position) & 0xFF);
}

struct Header {
    std::uint32_t tag = 0;
    std::size_t headerLength = 0;
    std::size_t valueLength = 0;
};

Header readHeader(View bytes) {
    Header header;
    const auto next = [&]() -> std::uint8_t {
        require(header.headerLength < bytes.size(), "a data object ends too early");
        return bytes[header.headerLength++];
    };
    header.tag = next();
    if ((header.tag & 0x1F) == 0x1F) {
        std::uint8_t byte = 0;
        do {
            byte = next();
            header.tag = header.tag << 8 | byte;
        } while ((byte & 0x80) != 0);
    }
    const std::uint8_t first = next();
    header.valueLength = first;
    if (first > 0x80) {
        header.valueLength = 0;
        for (unsigned left = first & 0x7FU; left > 0; --left) {
            header.valueLength = header.valueLength << 8 | next();
        }
    }
    return header;
}

} // namespace

void require(bool condition, const std::string& what) {
    if (!condition) {
        throw Failure(what);
    }
}

std::string toHex(View bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 0x0FU];
    }
    return text;
}

Bytes fromHex(std::string_view text) {
    require(text.size() % 2 == 0, "hexadecimal text has an odd number of digits");
    Bytes bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(std::string(text.substr(i, 2)), nullptr, 16)));
    }
    return bytes;
}

Bytes concat(std::initializer_list<View> parts) {
    Bytes whole;
    for (const View part : parts) {
        whole.insert(whole.end(), part.begin(), part.end());
    }
    return whole;
}

Bytes Command::encode() const {
    Bytes bytes{cla, ins, p1, p2};
    const bool extended = data.size() >= shortLengthLimit || expectedLength.value_or(0) > shortLengthLimit;
    if (extended) {
        bytes.push_back(0);
    }
    if (!data.empty()) {
        if (extended) {
            bytes.push_back(byteOf(data.size(), 1));
        }
        bytes.push_back(byteOf(data.size(), 0));
        bytes.insert(bytes.end(), data.begin(), data.end());
    }
    if (expectedLength) {
        if (extended) {
            bytes.push_back(byteOf(*expectedLength, 1));
        }
        bytes.push_back(byteOf(*expectedLength, 0));
    }
    return bytes;
}

Command Command::decode(View bytes) {
    require(bytes.size() >= 4, "a command is shorter than its header");
    Command command{bytes[0], bytes[1], bytes[2], bytes[3]};
    View body = bytes.subspan(4);
    if (body.empty()) {
        return command;
    }
    const bool extended = body.size() >= 3 && body[0] == 0;
    const std::size_t fieldLength = extended ? 2 : 1;
    const std::size_t limit = extended ? extendedLengthLimit : shortLengthLimit;
    body = body.subspan(extended ? 1 : 0);
    if (body.size() > fieldLength) {
        const std::size_t length = unsignedNumber(body.first(fieldLength));
        body = body.subspan(fieldLength);
        require(length > 0 && length <= body.size(), "a command is shorter than its Lc says");
        command.data.assign(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(length));
        body = body.subspan(length);
    }
    if (!body.empty()) {
        require(body.size() == fieldLength, "a command is longer than its Lc says");
        const std::size_t length = unsignedNumber(body);
        command.expectedLength = length == 0 ? limit : length;
    }
    return command;
}

Bytes Response::encode() const {
    Bytes bytes = data;
    bytes.push_back(byteOf(statusWord, 1));
    bytes.push_back(byteOf(statusWord, 0));
    return bytes;
}

Response Response::decode(View bytes) {
    require(bytes.size() >= 2, "a response has no status word");
    const View data = bytes.first(bytes.size() - 2);
    return {Bytes(data.begin(), data.end()), static_cast<std::uint16_t>(unsignedNumber(bytes.last(2)))};
}

std::vector<DataObject> dataObjects(View bytes) {
    std::vector<DataObject> objects;
    while (!bytes.empty()) {
        const Header header = readHeader(bytes);
        require(header.valueLength <= bytes.size() - header.headerLength, "a data object ends too early");
        const View whole = bytes.first(header.headerLength + header.valueLength);
        objects.push_back({header.tag, whole.subspan(header.headerLength), whole});
        bytes = bytes.subspan(whole.size());
    }
    return objects;
}

std::optional<DataObject> find(View bytes, std::uint32_t tag) {
    const auto objects = dataObjects(bytes);
    const auto found = std::find_if(objects.begin(), objects.end(),
                                    [tag](const DataObject& object) { return object.tag == tag; });
    return found == objects.end() ? std::nullopt : std::optional(*found);
}

Bytes dataObject(std::uint32_t tag, View value) {
    Bytes bytes;
    for (unsigned position = 4; position-- > 0;) {
        if (tag >> (8 * position) != 0) {
            bytes.push_back(byteOf(tag, position));
        }
    }
    if (value.size() > 0xFF) {
        bytes.push_back(0x82);
        bytes.push_back(byteOf(value.size(), 1));
    } else if (value.size() > 0x7F) {
        bytes.push_back(0x81);
    }
    bytes.push_back(byteOf(value.size(), 0));
    bytes.insert(bytes.end(), value.begin(), value.end());
    return bytes;
}

std::size_t fileLength(View head) {
    const Header header = readHeader(head);
    return header.headerLength + header.valueLength;
}

} // namespace peer
