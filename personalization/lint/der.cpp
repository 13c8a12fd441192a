// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/der.hpp"

#include <algorithm>
#include <array>

#include "host/base/ascii.hpp"
#include "host/lds/asn1.hpp"

namespace cancuoc::personalization::lint {

namespace {

using namespace lds;

constexpr std::uint8_t constructed = 0x20;
constexpr std::uint8_t classBits = 0xC0;
constexpr unsigned deepest = 24;

bool hasShortestTag(BytesView encoded) {
    constexpr std::uint8_t high = 0x1F;
    if ((encoded[0] & high) != high) {
        return true;
    }
    const bool isOneByte = (encoded[1] & 0x80U) == 0;
    return encoded[1] != 0x80 && (!isOneByte || encoded[1] >= high);
}

bool hasShortestLength(const Tlv& object) {
    const std::size_t tagSize = object.tag > 0xFFFF ? 3 : object.tag > 0xFF ? 2 : 1;
    const std::size_t written = object.encoded.size() - object.value.size() - tagSize;
    const std::size_t length = object.value.size();
    std::size_t shortest = 1;
    for (std::size_t rest = length < 0x80 ? 0 : length; rest != 0; rest >>= 8U) {
        ++shortest;
    }
    return written == shortest;
}

bool isBitString(BytesView content) {
    constexpr std::uint8_t mostUnused = 7;
    if (content.empty() || content[0] > mostUnused || (content.size() == 1 && content[0] != 0)) {
        return false;
    }
    const auto unused = static_cast<std::uint8_t>((1U << content[0]) - 1U);
    return (content.back() & unused) == 0 || content.size() == 1;
}

bool isPrimitiveInDer(const Tlv& object) {
    switch (object.tag) {
    case der::boolean:
        return object.value.size() == 1 && (object.value[0] == 0x00 || object.value[0] == 0xFF);
    case asn1::integer:
    case 0x0A: // ENUMERATED
        return hasFewestOctets(object.value);
    case asn1::bitString:
        return isBitString(object.value);
    case asn1::null:
        return object.value.empty();
    default:
        return true;
    }
}

bool isInDer(BytesView bytes, unsigned depth);

// Universal types are constructed where they are SEQUENCE or SET, and nowhere else.
bool isObjectInDer(const Tlv& object, unsigned depth) {
    const std::uint8_t first = object.encoded[0];
    if (!hasShortestTag(object.encoded) || !hasShortestLength(object)) {
        return false;
    }
    if ((first & constructed) == 0) {
        return isPrimitiveInDer(object);
    }
    const bool isUniversal = (first & classBits) == 0;
    if (isUniversal && object.tag != asn1::sequence && object.tag != asn1::set) {
        return false;
    }
    return isInDer(object.value, depth + 1);
}

bool areInOrder(BytesView set) {
    BytesView previous;
    for (TlvReader reader(set); !reader.atEnd();) {
        const BytesView current = reader.next()->encoded;
        if (std::lexicographical_compare(current.begin(), current.end(), previous.begin(), previous.end())) {
            return false;
        }
        previous = current;
    }
    return true;
}

bool isInDer(BytesView bytes, unsigned depth) {
    if (depth > deepest) {
        return false;
    }
    for (TlvReader reader(bytes); !reader.atEnd();) {
        const Tlv object = *reader.next();
        if (!isObjectInDer(object, depth) || (object.tag == asn1::set && !areInOrder(object.value))) {
            return false;
        }
    }
    return true;
}

struct NamedHash {
    std::string_view signature; // an algorithm that signs
    bool isAllowed;
};

constexpr std::array<std::string_view, 4> allowedDigests{"2.16.840.1.101.3.4.2.4", "2.16.840.1.101.3.4.2.1",
                                                         "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"};

// RFC 8017, A.2.4; RFC 3279, 2.2.3; RFC 5758, 3
constexpr std::array signatureHashes{
    NamedHash{"1.2.840.113549.1.1.2", false},  NamedHash{"1.2.840.113549.1.1.4", false},
    NamedHash{"1.2.840.113549.1.1.5", false},  NamedHash{"1.2.840.113549.1.1.14", true},
    NamedHash{"1.2.840.113549.1.1.11", true},  NamedHash{"1.2.840.113549.1.1.12", true},
    NamedHash{"1.2.840.113549.1.1.13", true},  NamedHash{"1.2.840.10045.4.1", false},
    NamedHash{"1.2.840.10045.4.3.1", true},    NamedHash{"1.2.840.10045.4.3.2", true},
    NamedHash{"1.2.840.10045.4.3.3", true},    NamedHash{"1.2.840.10045.4.3.4", true},
    NamedHash{"1.2.840.10040.4.3", false},     NamedHash{"2.16.840.1.101.3.4.3.1", true},
    NamedHash{"2.16.840.1.101.3.4.3.2", true},
};

// RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] DEFAULT sha1, ... }
bool usesAllowedPssHash(const AlgorithmIdentifier& algorithm) {
    constexpr std::uint32_t hashTag = 0xA0;
    if (!algorithm.parameters || algorithm.parameters->tag != asn1::sequence) {
        return false;
    }
    const auto hash = algorithm.parameters->children().find(hashTag);
    return hash && isAllowedDigest(readAlgorithm(hash->value));
}

} // namespace

bool isDer(BytesView bytes) {
    try {
        return isInDer(bytes, 0);
    } catch (const MalformedData&) {
        return false;
    }
}

bool hasFewestOctets(BytesView integer) {
    if (integer.size() < 2) {
        return !integer.empty();
    }
    const bool isNegative = (integer[1] & 0x80U) != 0;
    return integer[0] != (isNegative ? 0xFF : 0x00);
}

bool isToTheSecondInUtc(const Tlv& time) {
    constexpr std::size_t utcTimeLength = 13;         // YYMMDDHHMMSSZ
    constexpr std::size_t generalizedTimeLength = 15; // YYYYMMDDHHMMSSZ
    const std::string text = toText(time.value);
    return text.size() == (time.tag == der::generalizedTime ? generalizedTimeLength : utcTimeLength) &&
           text.back() == 'Z' && isDigits(std::string_view(text).substr(0, text.size() - 1));
}

bool hasFormOfItsYear(const Tlv& time) {
    // A UTCTime has no year after 2049.
    return time.tag != der::generalizedTime || toText(time.value).substr(0, 4) >= "2050";
}

std::vector<NameAttribute> attributesOf(BytesView name) {
    std::vector<NameAttribute> attributes;
    for (TlvReader relative = readTlv(name, asn1::sequence, "A name").children(); !relative.atEnd();) {
        for (TlvReader set = relative.expect(asn1::set, "A relative name").children(); !set.atEnd();) {
            TlvReader pair = set.expect(asn1::sequence, "An attribute").children();
            const Tlv type = pair.expect(asn1::objectIdentifier, "An attribute's type");
            const auto value = pair.next();
            if (!value) {
                throw MalformedData("An attribute of a name has no value.");
            }
            attributes.push_back({type.value,
                                  value->tag,
                                  {reinterpret_cast<const char*>(value->value.data()), value->value.size()}});
        }
    }
    return attributes;
}

std::optional<NameAttribute> find(const std::vector<NameAttribute>& attributes, std::string_view type) {
    for (const auto& one : attributes) {
        if (isOfType(one, type)) {
            return one;
        }
    }
    return std::nullopt;
}

bool isOfType(const NameAttribute& attribute, std::string_view type) {
    return equal(attribute.type, viewOf(type));
}

bool isInForbiddenStringType(const NameAttribute& attribute) {
    // emailAddress and domainComponent are IA5String by their definition.
    constexpr std::string_view emailAddress = "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x01";
    constexpr std::string_view domainComponent = "\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x19";
    for (const auto type : {attribute::countryName, attribute::serialNumber, emailAddress, domainComponent}) {
        if (isOfType(attribute, type)) {
            return false;
        }
    }
    return attribute.stringTag != asn1::printableString && attribute.stringTag != asn1::utf8String;
}

bool AlgorithmIdentifier::hasNullParameters() const {
    return parameters && parameters->tag == asn1::null;
}

AlgorithmIdentifier readAlgorithm(BytesView algorithmIdentifier) {
    TlvReader reader = readTlv(algorithmIdentifier, asn1::sequence, "An algorithm").children();
    AlgorithmIdentifier algorithm;
    algorithm.identifier = readObjectIdentifier(reader, "An algorithm's identifier").toText();
    algorithm.parameters = reader.next();
    return algorithm;
}

bool isRsaWithPkcs1Padding(const AlgorithmIdentifier& algorithm) {
    return algorithm.identifier.starts_with("1.2.840.113549.1.1.") &&
           algorithm.identifier != algorithm::rsassaPss;
}

bool isEcdsa(const AlgorithmIdentifier& algorithm) {
    return algorithm.identifier.starts_with("1.2.840.10045.4.");
}

bool hasItsParameters(const AlgorithmIdentifier& algorithm) {
    if (isRsaWithPkcs1Padding(algorithm)) {
        return algorithm.hasNullParameters();
    }
    if (algorithm.identifier == algorithm::rsassaPss) {
        return algorithm.parameters && algorithm.parameters->tag == asn1::sequence;
    }
    return !isEcdsa(algorithm) || !algorithm.parameters;
}

bool isAllowedDigest(const AlgorithmIdentifier& algorithm) {
    return std::find(allowedDigests.begin(), allowedDigests.end(), algorithm.identifier) !=
           allowedDigests.end();
}

bool usesAllowedHash(const AlgorithmIdentifier& algorithm) {
    if (algorithm.identifier == algorithm::rsassaPss) {
        return usesAllowedPssHash(algorithm);
    }
    const auto* const found =
        std::find_if(signatureHashes.begin(), signatureHashes.end(),
                     [&](const NamedHash& hash) { return hash.signature == algorithm.identifier; });
    return found == signatureHashes.end() || found->isAllowed;
}

} // namespace cancuoc::personalization::lint
