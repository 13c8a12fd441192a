// SPDX-License-Identifier: Apache-2.0
#include "host/lds/document_security_object.hpp"

#include "host/apdu/tlv.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/data_group.hpp"

#include <array>

namespace cancuoc::lds {

namespace {

struct NamedHash {
    HashAlgorithm algorithm;
    std::string_view identifier;
};

// FIPS 180-4 under the arcs of NIST and OIW
constexpr std::array hashes = {
    NamedHash{HashAlgorithm::Sha1, "1.3.14.3.2.26"},
    NamedHash{HashAlgorithm::Sha224, "2.16.840.1.101.3.4.2.4"},
    NamedHash{HashAlgorithm::Sha256, "2.16.840.1.101.3.4.2.1"},
    NamedHash{HashAlgorithm::Sha384, "2.16.840.1.101.3.4.2.2"},
    NamedHash{HashAlgorithm::Sha512, "2.16.840.1.101.3.4.2.3"},
};

constexpr std::size_t ldsVersionLength = 4;
constexpr std::size_t unicodeVersionLength = 6;

HashAlgorithm readHashAlgorithm(TlvReader& reader) {
    TlvReader identifier = reader.expect(asn1::sequence, "The hash algorithm").children();
    const std::string dotted = readObjectIdentifier(identifier, "The hash algorithm's identifier").toText();
    if (!identifier.atEnd()) {
        (void)identifier.expect(asn1::null, "The absent parameter of the hash algorithm");
    }
    for (const NamedHash& hash : hashes) {
        if (hash.identifier == dotted) {
            return hash.algorithm;
        }
    }
    throw MalformedData("The hash algorithm " + dotted + " is none that Doc 9303 knows.");
}

Bytes encodeHashAlgorithm(HashAlgorithm algorithm) {
    for (const NamedHash& hash : hashes) {
        if (hash.algorithm == algorithm) {
            return encodeTlv(asn1::sequence, ObjectIdentifier::fromText(hash.identifier).encode());
        }
    }
    throw MalformedData("The hash algorithm has no object identifier.");
}

constexpr int highestDataGroup = 16;

// Into both members for hashes of `object`, whose algorithm is known.
void readHashes(const Tlv& sequence, DocumentSecurityObject& object) {
    TlvReader reader = sequence.children();
    while (!reader.atEnd()) {
        TlvReader entry = reader.expect(asn1::sequence, "A data group's hash").children();
        const int number = readInteger(entry, "The number of a data group");
        const Tlv hash = entry.expect(asn1::octetString, "The hash of a data group");
        entry.expectEnd("A data group's hash");
        if (number < 1) {
            throw MalformedData("There is no data group " + std::to_string(number) + ".");
        }
        if (hash.value.size() != sizeOf(object.hashAlgorithm)) {
            throw MalformedData("The hash of DG" + std::to_string(number) + " has a wrong length.");
        }
        auto& members = number > highestDataGroup ? object.unknownDataGroupHashes : object.dataGroupHashes;
        if (!members.emplace(number, toBytes(hash.value)).second) {
            throw MalformedData("DG" + std::to_string(number) + " has two hashes.");
        }
    }
    if (object.dataGroupHashes.empty()) {
        throw MalformedData("There is no hash of any data group.");
    }
}

DocumentSecurityObject::VersionInfo readVersionInfo(const Tlv& sequence) {
    TlvReader reader = sequence.children();
    DocumentSecurityObject::VersionInfo info;
    info.ldsVersion = toText(reader.expect(asn1::printableString, "The LDS version").value);
    info.unicodeVersion = toText(reader.expect(asn1::printableString, "The Unicode version").value);
    reader.expectEnd("The version information");
    if (info.ldsVersion.size() != ldsVersionLength || info.unicodeVersion.size() != unicodeVersionLength) {
        throw MalformedData("The version information has another length than 4 and 6 characters.");
    }
    return info;
}

} // namespace

DocumentSecurityObject DocumentSecurityObject::decode(BytesView object) {
    return decodeFile("The LDSSecurityObject", object, maximumLength, [object] {
        TlvReader reader = readTlv(object, asn1::sequence, "The LDSSecurityObject").children();
        const int version = readInteger(reader, "The version");
        DocumentSecurityObject securityObject;
        securityObject.hashAlgorithm = readHashAlgorithm(reader);
        readHashes(reader.expect(asn1::sequence, "The hashes"), securityObject);
        if (!reader.atEnd()) {
            securityObject.versionInfo =
                readVersionInfo(reader.expect(asn1::sequence, "The version information"));
        }
        reader.expectEnd("The LDSSecurityObject");
        if (version != securityObject.version()) {
            throw MalformedData(
                "The version is 1 exactly when version information is there, and 0 otherwise.");
        }
        return securityObject;
    });
}

Bytes DocumentSecurityObject::encode() const {
    Bytes entries;
    for (const auto* part : {&dataGroupHashes, &unknownDataGroupHashes}) {
        for (const auto& [number, hash] : *part) {
            append(entries,
                   encodeTlv(asn1::sequence, encodeInteger(number), encodeTlv(asn1::octetString, hash)));
        }
    }
    Bytes versionInformation;
    if (versionInfo) {
        versionInformation = encodeTlv(asn1::sequence, //
                                       encodeTlv(asn1::printableString, viewOf(versionInfo->ldsVersion)),
                                       encodeTlv(asn1::printableString, viewOf(versionInfo->unicodeVersion)));
    }
    return encodeTlv(asn1::sequence, encodeInteger(version()), encodeHashAlgorithm(hashAlgorithm),
                     encodeTlv(asn1::sequence, entries), versionInformation);
}

} // namespace cancuoc::lds
