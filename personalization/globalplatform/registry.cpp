// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/registry.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

namespace cancuoc::personalization {

namespace {

constexpr std::uint32_t entryTag = 0xE3;
constexpr std::uint32_t identifierTag = 0x4F;
constexpr std::uint32_t lifeCycleTag = 0x9F70;
constexpr std::uint32_t privilegesTag = 0xC5;
constexpr std::uint32_t loadFileTag = 0xC4;
constexpr std::uint32_t versionTag = 0xCE;
constexpr std::uint32_t moduleTag = 0x84;
constexpr std::uint32_t securityDomainTag = 0xCC;

std::optional<Bytes> valueOf(const TlvReader& reader, std::uint32_t tag) {
    const auto object = reader.find(tag);
    return object ? std::optional(toBytes(object->value)) : std::nullopt;
}

RegistryEntry decodeEntry(const Tlv& entry) {
    TlvReader reader = entry.children();
    RegistryEntry decoded;
    decoded.identifier = toBytes(reader.require(identifierTag, "application identifier").value);
    const BytesView state = reader.require(lifeCycleTag, "life cycle state").value;
    if (state.empty()) {
        throw MalformedData("The chip's registry has an empty life cycle state.");
    }
    decoded.lifeCycleState = state.front();
    decoded.privileges = valueOf(reader, privilegesTag).value_or(Bytes{});
    decoded.loadFile = valueOf(reader, loadFileTag);
    decoded.version = valueOf(reader, versionTag);
    decoded.securityDomain = valueOf(reader, securityDomainTag);
    while (const auto object = reader.next()) {
        if (object->tag == moduleTag) {
            decoded.modules.push_back(toBytes(object->value));
        }
    }
    return decoded;
}

} // namespace

std::vector<RegistryEntry> decodeRegistry(BytesView data) {
    std::vector<RegistryEntry> entries;
    for (TlvReader reader(data); !reader.atEnd();) {
        entries.push_back(decodeEntry(reader.expect(entryTag, "entry of the chip's registry")));
    }
    return entries;
}

} // namespace cancuoc::personalization
