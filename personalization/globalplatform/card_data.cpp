// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/card_data.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc::personalization {

std::vector<KeyInformation> decodeKeyInformation(BytesView data) {
    constexpr std::uint32_t templateTag = 0xE0;
    constexpr std::uint32_t keyTag = 0xC0;
    constexpr std::size_t sizeOfOneComponent = 4;
    std::vector<KeyInformation> keys;
    TlvReader reader = readTlv(data, templateTag, "key information template").children();
    while (const auto key = reader.next()) {
        if (key->tag != keyTag || key->value.size() < sizeOfOneComponent) {
            throw MalformedData("The chip's key information template holds no key information.");
        }
        if (key->value.size() == sizeOfOneComponent) {
            keys.push_back({key->value[0], key->value[1], key->value[2], key->value[3]});
        }
    }
    return keys;
}

// H.2: DO'66' { DO'73' { ..., DO'64' { object identifier 1.2.840.114283.4 scp i } ... } }
std::vector<OfferedProtocol> decodeOfferedProtocols(BytesView data) {
    static const Bytes secureChannelProtocol = fromHex("2A864886FC6B04");
    std::vector<OfferedProtocol> protocols;
    TlvReader recognition =
        readTlv(data, 0x66, "card data").children().require(0x73, "card recognition data").children();
    while (const auto object = recognition.next()) {
        if (object->tag != 0x64) {
            continue;
        }
        TlvReader identifiers = object->children();
        while (const auto identifier = identifiers.next()) {
            const BytesView value = identifier->value;
            if (value.size() == secureChannelProtocol.size() + 2 &&
                std::equal(secureChannelProtocol.begin(), secureChannelProtocol.end(), value.begin())) {
                protocols.push_back({value[value.size() - 2], value.back()});
            }
        }
    }
    return protocols;
}

ProductionLifeCycleData decodeProductionLifeCycleData(BytesView data) {
    constexpr std::uint32_t tag = 0x9F7F;
    BytesView value = data.size() == ProductionLifeCycleData::size
                          ? data
                          : readTlv(data, tag, "card production life cycle data").value;
    if (value.size() != ProductionLifeCycleData::size) {
        throw MalformedData("The chip's production life cycle data are " + std::to_string(value.size()) +
                            " bytes long, not 42.");
    }
    const auto take = [&value](std::size_t size) {
        Bytes field = toBytes(value.first(size));
        value = value.subspan(size);
        return field;
    };
    ProductionLifeCycleData decoded;
    for (Bytes* field :
         {&decoded.fabricator, &decoded.type, &decoded.operatingSystem, &decoded.operatingSystemReleaseDate,
          &decoded.operatingSystemReleaseLevel, &decoded.fabricationDate}) {
        *field = take(2);
    }
    decoded.serialNumber = take(4);
    decoded.batch = take(2);
    decoded.rest = toBytes(value);
    return decoded;
}

} // namespace cancuoc::personalization
