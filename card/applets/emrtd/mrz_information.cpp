// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/mrz_information.hpp"

#include "card/applets/emrtd/data_object.hpp"
#include "card/applets/emrtd/elementary_file.hpp"
#include "card/crypto/secret_array.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint16_t dataGroup1Tag = 0x61;
constexpr std::uint16_t machineReadableZoneTag = 0x5F1F;
constexpr std::uint8_t filler = '<';
constexpr std::size_t documentNumberLength = 9;
/// A date with its check digit.
constexpr std::size_t checkedDateLength = 7;
/// EF.DG1 with the longest zone, of TD1.
constexpr std::size_t maximumFileLength = 5 + 90;

/// Where the fields of a format begin; the check digit follows the document number.
struct Format {
    std::size_t length;
    std::size_t documentNumber;
    std::size_t birthDate;
    std::size_t expiryDate;
    std::size_t optionalData;
    std::size_t optionalDataLength;
};

// Doc 9303-5, 4.2.2; 9303-6, 4.2.2; 9303-4, 4.2.2. A TD3 has no long document numbers.
constexpr std::array<Format, 3> formats{Format{90, 5, 30, 38, 15, 15}, Format{72, 36, 49, 57, 64, 7},
                                        Format{88, 44, 57, 65, 0, 0}};

bool append(Bytes part, MrzInformation& information, std::size_t& size) {
    if (part.size() > information.size() - size) {
        return false;
    }
    std::copy(part.begin(), part.end(), information.bytes().begin() + static_cast<std::ptrdiff_t>(size));
    size += part.size();
    return true;
}

} // namespace

bool readPrintedMrzInformation(const ObjectStore& store, MrzInformation& information) {
    crypto::SecretArray<maximumFileLength> room;
    constexpr ObjectIdentifier dataGroup1 = dataGroupIdentifier(1);
    const auto file = room.bytes().first(std::min(room.size(), store.length(dataGroup1).value_or(0)));
    if (!store.read(dataGroup1, 0, file)) {
        return false;
    }
    const auto outer = DataObjectReader(file).next();
    if (!outer || outer->tag != dataGroup1Tag) {
        return false;
    }
    const auto inner = DataObjectReader(outer->value).next();
    if (!inner || inner->tag != machineReadableZoneTag) {
        return false;
    }
    const Bytes zone = inner->value;
    const auto format = std::find_if(formats.begin(), formats.end(),
                                     [&](const Format& each) { return each.length == zone.size(); });
    if (format == formats.end()) {
        return false;
    }
    // A filler instead of the check digit: the rest of the number stands in the optional data, up to a
    // filler, its last character being the check digit.
    const Bytes optionalData = zone.subspan(format->optionalData, format->optionalDataLength);
    const bool isLong = format->optionalDataLength > 0 &&
                        zone[format->documentNumber + documentNumberLength] == filler &&
                        optionalData.front() != filler;
    Bytes rest = zone.subspan(format->documentNumber + documentNumberLength, 1);
    if (isLong) {
        // A number that is not long may hold the CAN, and no branch hangs on its digits.
        const auto end = std::find(optionalData.begin(), optionalData.end(), filler);
        rest = optionalData.first(static_cast<std::size_t>(end - optionalData.begin()));
    }
    std::size_t size = 0;
    return information.resize(documentNumberLength + rest.size() + 2 * checkedDateLength) &&
           append(zone.subspan(format->documentNumber, documentNumberLength), information, size) &&
           append(rest, information, size) &&
           append(zone.subspan(format->birthDate, checkedDateLength), information, size) &&
           append(zone.subspan(format->expiryDate, checkedDateLength), information, size);
}

} // namespace cancuoc::card::emrtd
