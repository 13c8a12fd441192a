// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/biometric_information.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

namespace cancuoc::biometric {

namespace {

constexpr std::uint32_t groupTag = 0x7F61;
constexpr std::uint32_t countTag = 0x02;
constexpr std::uint32_t templateTag = 0x7F60;
constexpr std::uint32_t headerTag = 0xA1;
constexpr std::uint32_t primitiveBlockTag = 0x5F2E;
constexpr std::uint32_t constructedBlockTag = 0x7F2E;
constexpr std::uint8_t wrappedBlockTag = 0xA1; // Doc 9303-10, 4.5.6, table 2

enum HeaderTag : std::uint32_t {
    patronHeaderVersionTag = 0x80,
    biometricTypeTag = 0x81,
    biometricSubtypeTag = 0x82,
    creationDateTag = 0x83,
    validityPeriodTag = 0x85,
    creatorTag = 0x86,
    formatOwnerTag = 0x87,
    formatTypeTag = 0x88,
};

std::uint64_t readNumber(const Tlv& field, std::size_t smallest, std::size_t largest) {
    if (field.value.size() < smallest || field.value.size() > largest) {
        throw MalformedData("A field of the biometric header has a wrong length.");
    }
    return fromBigEndian(field.value);
}

std::uint16_t readRequiredFormat(const TlvReader& reader, std::uint32_t tag, std::string_view what) {
    return static_cast<std::uint16_t>(readNumber(reader.require(tag, what), 2, 2));
}

// Doc 9303-10, 4.7.2.1, table 44. Fields that the table does not list are passed over.
BiometricHeader readHeader(const Tlv& headerTemplate) {
    const TlvReader reader = headerTemplate.children();
    BiometricHeader header;
    if (const auto field = reader.find(patronHeaderVersionTag)) {
        header.patronHeaderVersion = static_cast<std::uint16_t>(readNumber(*field, 2, 2));
    }
    if (const auto field = reader.find(biometricTypeTag)) {
        header.biometricType = static_cast<std::uint32_t>(readNumber(*field, 1, 3));
    }
    if (const auto field = reader.find(biometricSubtypeTag)) {
        header.biometricSubtype = static_cast<std::uint8_t>(readNumber(*field, 1, 1));
    }
    if (const auto field = reader.find(creationDateTag)) {
        header.creationDate = toBytes(field->value);
    }
    if (const auto field = reader.find(validityPeriodTag)) {
        header.validityPeriod = toBytes(field->value);
    }
    if (const auto field = reader.find(creatorTag)) {
        header.creator = toBytes(field->value);
    }
    header.formatOwner = readRequiredFormat(reader, formatOwnerTag, "The format owner");
    header.formatType = readRequiredFormat(reader, formatTypeTag, "The format type");
    return header;
}

void appendNotEmpty(Bytes& bytes, std::uint32_t tag, BytesView value) {
    if (!value.empty()) {
        appendTlv(bytes, tag, value);
    }
}

Bytes encodeHeader(const BiometricHeader& header) {
    Bytes fields;
    if (header.patronHeaderVersion) {
        appendTlv(fields, patronHeaderVersionTag, toBigEndian(*header.patronHeaderVersion, 2));
    }
    if (header.biometricType) {
        const std::uint32_t type = *header.biometricType;
        appendTlv(fields, biometricTypeTag, toBigEndian(type, type > 0xFFFF ? 3 : type > 0xFF ? 2 : 1));
    }
    if (header.biometricSubtype) {
        appendTlv(fields, biometricSubtypeTag, toBigEndian(*header.biometricSubtype, 1));
    }
    appendNotEmpty(fields, creationDateTag, header.creationDate);
    appendNotEmpty(fields, validityPeriodTag, header.validityPeriod);
    appendNotEmpty(fields, creatorTag, header.creator);
    appendTlv(fields, formatOwnerTag, toBigEndian(header.formatOwner, 2));
    appendTlv(fields, formatTypeTag, toBigEndian(header.formatType, 2));
    return encodeTlv(headerTag, fields);
}

BiometricInformation readTemplate(const Tlv& informationTemplate) {
    TlvReader reader = informationTemplate.children();
    BiometricInformation information;
    information.header = readHeader(reader.expect(headerTag, "The biometric header"));
    const auto block = reader.next();
    if (!block || (block->tag != primitiveBlockTag && block->tag != constructedBlockTag)) {
        throw MalformedData("The biometric data block (data object 5F2E or 7F2E) is missing.");
    }
    information.constructedBlock = block->tag == constructedBlockTag;
    information.dataBlock = toBytes(block->value);
    reader.expectEnd("A biometric information template");
    return information;
}

} // namespace

BiometricInformation BiometricInformation::ofRecord(std::uint32_t biometricType,
                                                    std::uint8_t biometricSubtype, std::uint16_t formatType,
                                                    Bytes record) {
    BiometricInformation information;
    information.header.biometricType = biometricType;
    information.header.biometricSubtype = biometricSubtype;
    information.header.formatType = formatType;
    information.dataBlock = std::move(record);
    return information;
}

BiometricInformation BiometricInformation::ofDataBlock(std::uint32_t biometricType,
                                                       std::uint8_t biometricSubtype,
                                                       std::uint16_t formatType, BytesView block) {
    auto information =
        ofRecord(biometricType, biometricSubtype, formatType, encodeTlv(wrappedBlockTag, block));
    information.constructedBlock = true;
    return information;
}

std::optional<BytesView> BiometricInformation::wrappedDataBlock() const {
    if (dataBlock.empty() || dataBlock.front() != wrappedBlockTag) {
        return std::nullopt;
    }
    return readTlv(dataBlock, wrappedBlockTag, "The biometric data block").value;
}

BiometricInformationGroup BiometricInformationGroup::decode(BytesView group) {
    TlvReader reader = readTlv(group, groupTag, "The biometric information group").children();
    const std::uint64_t count = readNumber(reader.expect(countTag, "The number of templates"), 1, 1);
    if (count > maximumTemplates) {
        throw MalformedData("There are more than " + std::to_string(maximumTemplates) +
                            " biometric templates.");
    }
    BiometricInformationGroup decoded;
    for (std::uint64_t index = 0; index < count; ++index) {
        decoded.templates.push_back(
            readTemplate(reader.expect(templateTag, "A biometric information template")));
    }
    reader.expectEnd("The biometric information group");
    return decoded;
}

Bytes BiometricInformationGroup::encode() const {
    if (templates.size() > maximumTemplates) {
        throw MalformedData("There are more than " + std::to_string(maximumTemplates) +
                            " biometric templates.");
    }
    Bytes content = encodeTlv(countTag, toBigEndian(templates.size(), 1));
    for (const BiometricInformation& information : templates) {
        const std::uint32_t blockTag = information.constructedBlock ? constructedBlockTag : primitiveBlockTag;
        append(content, encodeTlv(templateTag, encodeHeader(information.header),
                                  encodeTlv(blockTag, information.dataBlock)));
    }
    return encodeTlv(groupTag, content);
}

} // namespace cancuoc::biometric
