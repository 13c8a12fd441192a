// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/tlv.hpp"
#include "host/base/bytes.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

/// The blocks of ISO/IEC 39794 in their tagged binary encoding: DER of an ASN.1 schema with IMPLICIT TAGS.
///
/// A block names its elements once, in the order of the schema, in a static member
/// `describe(Self& self, Fields& fields)`. BlockReader and BlockWriter are the two kinds of `Fields`, so that
/// what is read and what is written cannot differ. Elements that the schema makes OPTIONAL are std::optional,
/// or a vector that is empty when they are absent. A CHOICE is a block whose elements are its alternatives;
/// it has `static constexpr bool isChoice = true`.
namespace cancuoc::biometric {

/// The values that the schema allows an INTEGER or ENUMERATED, both included.
struct Range {
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
};

/// INTEGER (0..MAX): anything that the element's type holds.
inline constexpr Range anyNumber{0, INT32_MAX};
inline constexpr Range anyTwoBytes{0, UINT16_MAX};

/// A block to which later editions may add elements ("..." in the schema).
struct ExtensibleBlock {
    Bytes later; ///< the elements that this edition does not know, as written

    friend bool operator==(const ExtensibleBlock&, const ExtensibleBlock&) = default;
};

/// An extension block that has no element yet.
struct ExtensionBlock : ExtensibleBlock {
    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.later(self.later);
    }

    friend bool operator==(const ExtensionBlock&, const ExtensionBlock&) = default;
};

/// Context-specific tag `number` of a primitive or a constructed element.
[[nodiscard]] constexpr std::uint32_t primitiveTag(unsigned number) {
    return 0x80U | number;
}
[[nodiscard]] constexpr std::uint32_t constructedTag(unsigned number) {
    return 0xA0U | number;
}
inline constexpr std::uint32_t sequenceTag = 0x30;

template <class Block>
concept Choice = Block::isChoice;

/// Reads the elements of one block. Throws MalformedData where they do not follow the schema.
class BlockReader {
public:
    explicit BlockReader(TlvReader elements) : elements_(elements) {}

    template <class Number>
    void integer(unsigned tag, Number& value, Range range) {
        value = static_cast<Number>(readInteger(require(primitiveTag(tag)), range));
    }
    template <class Number>
    void integer(unsigned tag, std::optional<Number>& value, Range range) {
        if (const auto element = take(primitiveTag(tag))) {
            value = static_cast<Number>(readInteger(*element, range));
        }
    }
    void boolean(unsigned tag, std::optional<bool>& value);
    void octets(unsigned tag, Bytes& value) { value = toBytes(require(primitiveTag(tag)).value); }
    void octets(unsigned tag, std::optional<Bytes>& value);

    template <class Block>
    void block(unsigned tag, Block& value) {
        value = readBlock<Block>(require(constructedTag(tag)));
    }
    template <class Block>
    void block(unsigned tag, std::optional<Block>& value) {
        if (const auto element = take(constructedTag(tag))) {
            value = readBlock<Block>(*element);
        }
    }
    /// A block inside alternatives of CHOICEs of which this program takes no other: `path` holds their tags.
    template <class Block>
    void block(std::initializer_list<unsigned> path, Block& value) {
        value = readBlock<Block>(follow(path));
    }
    /// SEQUENCE OF blocks.
    template <class Block>
    void blocks(unsigned tag, std::vector<Block>& values) {
        if (const auto element = take(constructedTag(tag))) {
            TlvReader reader = element->children();
            while (!reader.atEnd()) {
                values.push_back(readBlock<Block>(reader.expect(sequenceTag, "A block")));
            }
        }
    }
    /// SEQUENCE OF a string type with the universal tag `itemTag`.
    void strings(unsigned tag, std::uint32_t itemTag, std::vector<Bytes>& values);

    /// Comes last in an extensible block.
    void later(Bytes& elements);

    template <class Block>
    [[nodiscard]] static Block readBlock(const Tlv& element) {
        Block block;
        BlockReader reader(element.children());
        Block::describe(block, reader);
        reader.finish();
        if constexpr (Choice<Block>) {
            reader.requireOneElement();
        }
        return block;
    }

    static void requireRepresentations(std::size_t count);

private:
    [[nodiscard]] static std::int64_t readInteger(const Tlv& element, Range range);
    [[nodiscard]] std::optional<Tlv> take(std::uint32_t tag);
    [[nodiscard]] Tlv require(std::uint32_t tag);
    [[nodiscard]] Tlv follow(std::initializer_list<unsigned> path);
    void finish() const;
    void requireOneElement() const;

    TlvReader elements_;
    unsigned taken_ = 0;         ///< elements
    unsigned highestNumber_ = 0; ///< of the tags asked for
};

/// Writes the elements of one block.
class BlockWriter {
public:
    template <class Number>
    void integer(unsigned tag, const Number& value, Range range) {
        appendInteger(tag, static_cast<std::int64_t>(value), range);
    }
    template <class Number>
    void integer(unsigned tag, const std::optional<Number>& value, Range range) {
        if (value) {
            integer(tag, *value, range);
        }
    }
    void boolean(unsigned tag, const std::optional<bool>& value);
    void octets(unsigned tag, const Bytes& value) { appendTlv(content_, primitiveTag(tag), value); }
    void octets(unsigned tag, const std::optional<Bytes>& value);

    template <class Block>
    void block(unsigned tag, const Block& value) {
        appendTlv(content_, constructedTag(tag), contentOf(value));
    }
    template <class Block>
    void block(unsigned tag, const std::optional<Block>& value) {
        if (value) {
            block(tag, *value);
        }
    }
    template <class Block>
    void block(std::initializer_list<unsigned> path, const Block& value) {
        Bytes content = contentOf(value);
        for (auto tag = std::rbegin(path); tag != std::rend(path); ++tag) {
            content = encodeTlv(constructedTag(*tag), content);
        }
        append(content_, content);
    }
    template <class Block>
    void blocks(unsigned tag, const std::vector<Block>& values) {
        Bytes items;
        for (const Block& value : values) {
            append(items, encodeTlv(sequenceTag, contentOf(value)));
        }
        if (!items.empty()) {
            appendTlv(content_, constructedTag(tag), items);
        }
    }
    void strings(unsigned tag, std::uint32_t itemTag, const std::vector<Bytes>& values);
    void later(const Bytes& elements) { append(content_, elements); }

    /// The elements of a block, one after another. Throws MalformedData when a number is outside its range.
    template <class Block>
    [[nodiscard]] static Bytes contentOf(const Block& block) {
        BlockWriter writer;
        Block::describe(block, writer);
        return std::move(writer.content_);
    }

private:
    void appendInteger(unsigned tag, std::int64_t value, Range range);

    Bytes content_;
};

/// A code of an enumeration that later editions may extend: CHOICE { code [0], extensionBlock [1] }, and in
/// the extension block the code that older programs may take instead. The application profile of ICAO uses
/// only the latter for most codes.
template <class Code = std::uint16_t>
struct Coded {
    static constexpr bool isChoice = true;

    struct Extension : ExtensibleBlock {
        std::optional<Code> fallback;

        template <class Self, class Fields>
        static void describe(Self& self, Fields& fields) {
            fields.integer(0, self.fallback, anyTwoBytes);
            fields.later(self.later);
        }

        friend bool operator==(const Extension&, const Extension&) = default;
    };

    std::optional<Code> code;
    std::optional<Extension> extension;

    /// The code itself.
    [[nodiscard]] static Coded of(Code code) { return {code, std::nullopt}; }
    /// The code as the profile of ICAO writes it: as fallback of an extension.
    [[nodiscard]] static Coded fallback(Code code) {
        Extension extension;
        extension.fallback = code;
        return {std::nullopt, std::move(extension)};
    }
    /// What to take it for; nothing when it is an extension without fallback.
    [[nodiscard]] std::optional<Code> value() const {
        return code || !extension ? code : extension->fallback;
    }

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.code, anyTwoBytes);
        fields.block(1, self.extension);
    }

    friend bool operator==(const Coded&, const Coded&) = default;
};

/// CHOICE { base [0], extensionBlock [1] }.
template <class Base>
struct BaseOrExtension {
    static constexpr bool isChoice = true;

    std::optional<Base> base;
    std::optional<ExtensionBlock> extension;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.base);
        fields.block(1, self.extension);
    }

    friend bool operator==(const BaseOrExtension&, const BaseOrExtension&) = default;
};

/// A block of `Count` optional truth values with the tags 0 to Count - 1.
template <std::size_t Count>
struct FlagsBlock : ExtensibleBlock {
    std::array<std::optional<bool>, Count> flags;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        for (unsigned tag = 0; tag < Count; ++tag) {
            fields.boolean(tag, self.flags[tag]);
        }
        fields.later(self.later);
    }

    friend bool operator==(const FlagsBlock&, const FlagsBlock&) = default;
};

/// Reads a whole data block, which has the tag [APPLICATION n] and at least one representation.
template <class Block>
[[nodiscard]] Block decodeDataBlock(BytesView encoded) {
    auto block = BlockReader::readBlock<Block>(readTlv(encoded, Block::tag, "The biometric data block"));
    BlockReader::requireRepresentations(block.representations.size());
    return block;
}

template <class Block>
[[nodiscard]] Bytes encodeDataBlock(const Block& block) {
    return encodeTlv(Block::tag, BlockWriter::contentOf(block));
}

} // namespace cancuoc::biometric
