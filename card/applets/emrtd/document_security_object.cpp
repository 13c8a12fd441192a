// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/document_security_object.hpp"

#include "card/applets/emrtd/data_object.hpp"
#include "card/applets/emrtd/elementary_file.hpp"
#include "card/crypto/memory.hpp"

#include <algorithm>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint8_t documentSecurityObjectTag = 0x77;
// ASN.1 (X.690): universal tags, and the context-specific one with number 0.
constexpr std::uint8_t integer = 0x02;
constexpr std::uint8_t octetString = 0x04;
constexpr std::uint8_t objectIdentifier = 0x06;
constexpr std::uint8_t sequence = 0x30;
constexpr std::uint8_t set = 0x31;
constexpr std::uint8_t explicitContent = 0xA0;

// The longest header of a data object: a tag of one byte, a length of three.
constexpr std::size_t maximumHeaderSize = 4;
// The longest object identifier of a hash function.
constexpr std::size_t maximumIdentifierSize = 9;
constexpr std::size_t pieceSize = 64;

// id-sha1, 1.3.14.3.2.26; the SHA-2 family, 2.16.840.1.101.3.4.2, whose next arc tells the function (RFC
// 5754).
constexpr std::array<std::uint8_t, 5> idSha1{0x2B, 0x0E, 0x03, 0x02, 0x1A};
constexpr std::array<std::uint8_t, 8> idSha2{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02};

std::optional<crypto::HashAlgorithm> hashAlgorithmNamed(Bytes identifier) {
    if (std::ranges::equal(identifier, idSha1)) {
        return crypto::HashAlgorithm::Sha1;
    }
    if (identifier.size() != idSha2.size() + 1 ||
        !std::equal(idSha2.begin(), idSha2.end(), identifier.begin())) {
        return std::nullopt;
    }
    switch (identifier.back()) {
    case 1:
        return crypto::HashAlgorithm::Sha256;
    case 2:
        return crypto::HashAlgorithm::Sha384;
    case 3:
        return crypto::HashAlgorithm::Sha512;
    case 4:
        return crypto::HashAlgorithm::Sha224;
    default:
        return std::nullopt;
    }
}

} // namespace

DocumentSecurityObject::DocumentSecurityObject(const ObjectStore& store) : store_(&store) {
    // LDSSecurityObject { version, hashAlgorithm { algorithm, parameters }, dataGroupHashValues, ... }
    auto object = findContent({0, store.length(documentSecurityObjectIdentifier).value_or(0)});
    if (!object || !descend(sequence, *object) || !take(integer, *object)) {
        return;
    }
    auto algorithm = take(sequence, *object);
    const auto hashes = take(sequence, *object);
    const auto identifier = algorithm ? take(objectIdentifier, *algorithm) : std::nullopt;
    if (hashes && identifier) {
        std::array<std::uint8_t, maximumIdentifierSize> room{};
        hashAlgorithm_ = hashAlgorithmNamed(read(*identifier, room));
        hashes_ = *hashes;
    }
}

// The eContent of the SignedData (RFC 5652, 3, 5.1 and 5.2).
std::optional<DocumentSecurityObject::Range> DocumentSecurityObject::findContent(Range file) const {
    Range range = file;
    const bool found = descend(documentSecurityObjectTag, range) && range.end == file.end &&
                       descend(sequence, range) && range.end == file.end && take(objectIdentifier, range) &&
                       descend(explicitContent, range) && descend(sequence, range) && take(integer, range) &&
                       take(set, range) && descend(sequence, range) && take(objectIdentifier, range) &&
                       descend(explicitContent, range) && descend(octetString, range);
    return found ? std::optional(range) : std::nullopt;
}

// The content of the data object with `tag` that `rest` begins with, and `rest` without it.
std::optional<DocumentSecurityObject::Range> DocumentSecurityObject::take(std::uint8_t tag,
                                                                          Range& rest) const {
    std::array<std::uint8_t, maximumHeaderSize> room{};
    const std::size_t left = rest.end - rest.begin;
    const auto size = readHeader(read({rest.begin, rest.begin + std::min(left, room.size())}, room), tag);
    if (!size || size->content > left - size->header) {
        return std::nullopt;
    }
    const Range content{rest.begin + size->header, rest.begin + size->header + size->content};
    rest.begin = content.end;
    return content;
}

bool DocumentSecurityObject::descend(std::uint8_t tag, Range& range) const {
    const auto content = take(tag, range);
    range = content.value_or(Range{});
    return content.has_value();
}

// Empty when it is longer than `room` or the memory fails.
Bytes DocumentSecurityObject::read(Range range, std::span<std::uint8_t> room) const {
    const std::size_t size = range.end - range.begin;
    return size <= room.size() &&
                   store_->read(documentSecurityObjectIdentifier, range.begin, room.first(size))
               ? room.first(size)
               : Bytes();
}

// DataGroupHash { dataGroupNumber, dataGroupHashValue }; nothing as well when it comes twice.
std::optional<DocumentSecurityObject::Range> DocumentSecurityObject::findHash(std::uint8_t number) const {
    std::optional<Range> found;
    Range rest = hashes_;
    while (rest.begin < rest.end) {
        auto entry = take(sequence, rest);
        const auto itsNumber = entry ? take(integer, *entry) : std::nullopt;
        const auto value = itsNumber ? take(octetString, *entry) : std::nullopt;
        if (!value) {
            return std::nullopt;
        }
        std::array<std::uint8_t, 1> room{};
        const Bytes digits = read(*itsNumber, room);
        if (!digits.empty() && digits.front() == number) {
            if (found) {
                return std::nullopt;
            }
            found = value;
        }
    }
    return found;
}

std::size_t DocumentSecurityObject::countHashes() const {
    std::size_t count = 0;
    Range rest = hashes_;
    while (rest.begin < rest.end && take(sequence, rest)) {
        ++count;
    }
    return count;
}

bool DocumentSecurityObject::hashFile(std::uint8_t number, std::span<std::uint8_t> hash) const {
    const ObjectIdentifier file = dataGroupIdentifier(number);
    const std::size_t length = store_->length(file).value_or(0);
    crypto::Hash content(*hashAlgorithm_);
    for (std::size_t at = 0; at < length; at += pieceSize) {
        std::array<std::uint8_t, pieceSize> room{};
        const auto piece = std::span(room).first(std::min(pieceSize, length - at));
        if (!store_->read(file, at, piece)) {
            return false;
        }
        content.update(piece);
    }
    return content.finish(hash);
}

bool DocumentSecurityObject::holdsHashOf(std::uint8_t number) const {
    const auto expected = findHash(number);
    if (!hashAlgorithm_ || !expected) {
        return false;
    }
    Hash expectedRoom{};
    Hash room{};
    const auto hash = std::span(room).first(crypto::digestSize(*hashAlgorithm_));
    return hashFile(number, hash) && crypto::equalConstantTime(read(*expected, expectedRoom), hash);
}

} // namespace cancuoc::card::emrtd
