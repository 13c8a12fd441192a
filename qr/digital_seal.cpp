// SPDX-License-Identifier: Apache-2.0
#include "qr/digital_seal.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "qr/c40.hpp"

namespace cancuoc::qr {

namespace {

constexpr std::uint8_t magicConstant = 0xDC;
constexpr std::uint8_t signatureMarker = 0xFF;
constexpr std::size_t countryLength = 3;
constexpr std::size_t identifierLength = 4;
constexpr std::size_t referenceLengthOfVersion3 = 5;
constexpr std::size_t dateLength = 3;

[[noreturn]] void refuse(std::string_view what) {
    throw MalformedData(fmt::format("This is no digital seal of Doc 9303-13: {}.", what));
}

void require(bool condition, std::string_view what) {
    if (!condition) {
        throw MalformedData(fmt::format("A digital seal needs {}.", what));
    }
}

bool isCapitals(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char character) { return character >= 'A' && character <= 'Z'; });
}

bool isHexCapitals(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char character) {
        return isDigit(character) || (character >= 'A' && character <= 'F');
    });
}

// Doc 9303-13, 2.3: a byte up to version 3, and from version 4 on as DER has it (ITU-T X.690, 10.1).
void appendLength(Bytes& bytes, std::size_t length, int version) {
    constexpr std::size_t shortForm = 0x80;
    require(version >= 4 || length <= 0xFF, "features of at most 255 bytes in version 3");
    if (version >= 4 && length >= shortForm) {
        const auto digits = toShortestBigEndian(length);
        bytes.push_back(static_cast<std::uint8_t>(shortForm + digits.size()));
        append(bytes, digits);
    } else {
        bytes.push_back(static_cast<std::uint8_t>(length));
    }
}

void requireHeader(const SealHeader& header) {
    require(header.version == 3 || header.version == 4, "version 3 or 4");
    require(!header.issuingCountry.empty() && header.issuingCountry.size() <= countryLength &&
                isCapitals(header.issuingCountry),
            "an issuing country of one to three capitals");
    require(header.signerIdentifier.size() == identifierLength, "a signer identifier of four characters");
    require(isHexCapitals(header.certificateReference), "a certificate reference in hexadecimal capitals");
    const auto length = header.certificateReference.size();
    require(header.version == 3 ? length == referenceLengthOfVersion3 : length >= 1 && length <= 0xFF,
            "a certificate reference of five characters in version 3, of 1 to 255 in version 4");
    require(header.featureDefinition >= 1 && header.featureDefinition <= 254,
            "a feature definition reference of 1 to 254");
}

// Version 4 puts the number of characters before them, in two hexadecimal digits (2.2.1).
std::string signerAndCertificate(const SealHeader& header) {
    return header.version == 3 ? header.signerIdentifier + header.certificateReference
                               : fmt::format("{}{:02X}{}", header.signerIdentifier,
                                             header.certificateReference.size(), header.certificateReference);
}

/// Takes the parts of a seal off its front.
class Reader {
public:
    explicit Reader(BytesView bytes) : all_(bytes), rest_(bytes) {}

    BytesView take(std::size_t length) {
        if (length > rest_.size()) {
            refuse(fmt::format("it ends at byte {} in the middle of a field", all_.size()));
        }
        const auto part = rest_.first(length);
        rest_ = rest_.subspan(length);
        return part;
    }

    std::uint8_t takeByte() { return take(1).front(); }

    std::size_t takeLength(int version) {
        constexpr std::uint8_t longForm = 0x80;
        const auto first = takeByte();
        if (version < 4 || first < longForm) {
            return first;
        }
        const std::size_t digits = first - longForm;
        if (digits < 1 || digits > 4) {
            refuse(fmt::format("the length at byte {} is none of DER", position() - 1));
        }
        const auto length = static_cast<std::size_t>(fromBigEndian(take(digits)));
        if (length < longForm || toShortestBigEndian(length).size() != digits) {
            refuse("a length is longer than DER writes it");
        }
        return length;
    }

    [[nodiscard]] std::size_t position() const { return all_.size() - rest_.size(); }
    [[nodiscard]] BytesView taken() const { return all_.first(position()); }
    [[nodiscard]] bool isAtEnd() const { return rest_.empty(); }

private:
    BytesView all_;
    BytesView rest_;
};

// Two bytes hold three characters; a last one alone takes two bytes as well.
std::size_t lengthInC40(std::size_t characters) {
    return (characters + 2) / 3 * 2;
}

void readSignerAndCertificate(Reader& reader, SealHeader& header) {
    constexpr std::size_t prefix = identifierLength + 2;
    std::string text;
    if (header.version == 3) {
        text = decodeC40(reader.take(lengthInC40(identifierLength + referenceLengthOfVersion3)));
        header.certificateReference = text.substr(std::min(identifierLength, text.size()));
    } else {
        const auto first = reader.take(lengthInC40(prefix));
        text = decodeC40(first);
        const auto digits = text.substr(std::min(identifierLength, text.size()));
        if (digits.size() != 2 || !isHexCapitals(digits)) {
            refuse("the length of its certificate reference is not hexadecimal");
        }
        const auto length = static_cast<std::size_t>(fromHex(digits).front());
        header.certificateReference = decodeC40(reader.take(lengthInC40(length)));
        if (header.certificateReference.size() != length) {
            refuse("its certificate reference has another length than it says");
        }
    }
    header.signerIdentifier = text.substr(0, identifierLength);
}

SealHeader readHeader(Reader& reader) {
    if (reader.takeByte() != magicConstant) {
        refuse("it does not begin with DC");
    }
    SealHeader header;
    header.version = reader.takeByte() + 1;
    if (header.version != 3 && header.version != 4) {
        refuse(fmt::format("its version is {}, and 3 and 4 are known", header.version));
    }
    header.issuingCountry = decodeC40(reader.take(lengthInC40(countryLength)));
    if (header.issuingCountry.size() != countryLength) {
        refuse("its issuing country has fewer than three characters");
    }
    header.issuingCountry.erase(header.issuingCountry.find_last_not_of(' ') + 1);
    readSignerAndCertificate(reader, header);
    header.documentIssueDate = decodeSealDate(reader.take(dateLength));
    header.signatureDate = decodeSealDate(reader.take(dateLength));
    header.featureDefinition = reader.takeByte();
    header.documentType = reader.takeByte();
    requireHeader(header);
    return header;
}

} // namespace

Bytes encodeSealDate(Date date) {
    const auto year = static_cast<int>(date.year());
    require(date.ok() && year >= 0 && year <= 9999, "dates with a year of four digits");
    return toBigEndian(static_cast<unsigned>(date.month()) * 1000000 +
                           static_cast<unsigned>(date.day()) * 10000 + static_cast<unsigned>(year),
                       dateLength);
}

Date decodeSealDate(BytesView bytes) {
    const auto number =
        static_cast<unsigned>(fromBigEndian(bytes.first(std::min<std::size_t>(bytes.size(), 8))));
    const Date date(std::chrono::year(static_cast<int>(number % 10000)), std::chrono::month(number / 1000000),
                    std::chrono::day(number / 10000 % 100));
    if (bytes.size() != dateLength || !date.ok()) {
        refuse("a date in it is in no calendar");
    }
    return date;
}

Bytes encodeSealContent(const SealContent& content) {
    const auto& header = content.header;
    requireHeader(header);
    Bytes bytes{magicConstant, static_cast<std::uint8_t>(header.version - 1)};
    append(bytes, encodeC40(fmt::format("{:<3}", header.issuingCountry)));
    const auto signer = signerAndCertificate(header);
    append(bytes, encodeC40(signer));
    append(bytes, encodeSealDate(header.documentIssueDate));
    append(bytes, encodeSealDate(header.signatureDate));
    append(bytes, Bytes{header.featureDefinition, header.documentType});
    for (const auto& feature : content.features) {
        require(feature.tag != signatureMarker, "tags below 255");
        bytes.push_back(feature.tag);
        appendLength(bytes, feature.value.size(), header.version);
        append(bytes, feature.value);
    }
    require(bytes.size() <= maximumSealLength, "fewer bytes");
    return bytes;
}

Bytes signSeal(const SealContent& content, const SealSigner& sign) {
    auto bytes = encodeSealContent(content);
    const auto signature = sign(bytes);
    bytes.push_back(signatureMarker);
    appendLength(bytes, signature.size(), content.header.version);
    append(bytes, signature);
    require(bytes.size() <= maximumSealLength, "fewer bytes");
    return bytes;
}

DigitalSeal DigitalSeal::decode(BytesView bytes) {
    if (bytes.size() > maximumSealLength) {
        refuse(fmt::format("it has {} bytes, and no symbol holds more than {}", bytes.size(),
                           maximumSealLength));
    }
    Reader reader(bytes);
    DigitalSeal seal;
    seal.content.header = readHeader(reader);
    const auto version = seal.content.header.version;
    while (true) {
        const auto signedBytes = reader.taken();
        const auto tag = reader.takeByte();
        const auto value = reader.take(reader.takeLength(version));
        if (tag == signatureMarker) {
            seal.signedBytes = toBytes(signedBytes);
            seal.signature = toBytes(value);
            break;
        }
        seal.content.features.push_back({tag, toBytes(value)});
    }
    if (!reader.isAtEnd()) {
        refuse(fmt::format("something follows its signature at byte {}", reader.position()));
    }
    if (seal.signature.empty() || seal.signature.size() % 2 != 0) {
        refuse("its signature is no pair of numbers");
    }
    return seal;
}

bool isDigitalSeal(BytesView bytes) {
    return !bytes.empty() && bytes.front() == magicConstant;
}

} // namespace cancuoc::qr
