// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/security_infos.hpp"

#include "card/applets/emrtd/data_object.hpp"
#include "card/applets/emrtd/elementary_file.hpp"
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/applets/emrtd/protocol_identifier.hpp"

#include <algorithm>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint8_t integerTag = 0x02;
constexpr std::uint8_t objectIdentifierTag = 0x06;
constexpr std::uint8_t sequenceTag = 0x30;
constexpr std::uint8_t setTag = 0x31;
constexpr std::uint8_t dataGroup14Tag = 0x6E;

constexpr std::uint8_t paceVersion = 2;
constexpr std::uint8_t chipAuthenticationVersion = 1;
constexpr std::uint8_t terminalAuthenticationVersion = 1;

/// id-icao-mrtd-security-aaProtocolObject, 2.23.136.1.1.5 (Doc 9303-11, 9.2.4).
constexpr std::array<std::uint8_t, 6> idActiveAuthentication{0x67, 0x81, 0x08, 0x01, 0x01, 0x05};
/// ecdsa-plain-signatures, 0.4.0.127.0.7.1.1.4.1; the next arc tells the hash function (TR-03111, 5.2.1.1).
constexpr std::array<std::uint8_t, 9> ecdsaPlainSignatures{0x04, 0x00, 0x7F, 0x00, 0x07,
                                                           0x01, 0x01, 0x04, 0x01};

/// The data object `index` of the SecurityInfo; nothing when it has fewer.
std::optional<DataObject> elementOf(Bytes head, std::size_t index) {
    DataObjectReader reader(head);
    std::optional<DataObject> object = reader.next();
    for (; object && index > 0; --index) {
        object = reader.next();
    }
    return object;
}

std::optional<std::uint8_t> smallInteger(const std::optional<DataObject>& object) {
    if (!object || object->tag != integerTag || object->value.size() != 1 || object->value[0] > 0x7F) {
        return std::nullopt;
    }
    return object->value[0];
}

std::optional<PaceConfiguration> paceConfigurationOf(Bytes protocol) {
    for (const PaceVariant variant :
         {PaceVariant::DhGenericMapping, PaceVariant::EcdhGenericMapping, PaceVariant::DhIntegratedMapping,
          PaceVariant::EcdhIntegratedMapping, PaceVariant::EcdhChipAuthenticationMapping}) {
        if (const auto cipher = cipherOfProtocol(protocol, idPace(variant))) {
            return PaceConfiguration{variant, *cipher, {}};
        }
    }
    return std::nullopt;
}

std::optional<ChipAuthenticationConfiguration> chipAuthenticationConfigurationOf(Bytes protocol) {
    if (const auto cipher = cipherOfProtocol(protocol, idChipAuthenticationDh)) {
        return ChipAuthenticationConfiguration{true, *cipher, {}};
    }
    if (const auto cipher = cipherOfProtocol(protocol, idChipAuthenticationEcdh)) {
        return ChipAuthenticationConfiguration{false, *cipher, {}};
    }
    return std::nullopt;
}

/// Adds a configuration where there is room and it may be served.
template <typename Configuration, std::size_t Size>
void add(bool served, const Configuration& configuration, std::array<Configuration, Size>& list,
         ConfigurationCount& result) {
    if (served && result.count < list.size()) {
        list[result.count++] = configuration;
    } else {
        result.complete = false;
    }
}

} // namespace

std::span<const std::uint8_t> SecurityInfo::protocol() const {
    const auto object = elementOf(head(), 0);
    return object && object->tag == objectIdentifierTag ? object->value : Bytes();
}

std::optional<std::uint8_t> SecurityInfo::version() const {
    return smallInteger(elementOf(head(), 1));
}

bool SecurityInfo::readIdentifier(std::optional<std::uint8_t>& identifier) const {
    const auto object = elementOf(head(), 2);
    identifier = smallInteger(object);
    return !object || identifier;
}

std::span<const std::uint8_t> SecurityInfo::algorithm() const {
    const auto object = elementOf(head(), 2);
    return object && object->tag == objectIdentifierTag ? object->value : Bytes();
}

SecurityInfoReader::SecurityInfoReader(const ObjectStore& store, ObjectIdentifier file)
    : store_(&store), file_(file), end_(store.length(file).value_or(0)) {
    if (end_ > 0) {
        wellFormed_ = (file != dataGroupIdentifier(14) || enter(dataGroup14Tag)) && enter(setTag);
    }
}

// Moves to the content of a data object that fills the file up to here.
bool SecurityInfoReader::enter(std::uint8_t tag) {
    std::array<std::uint8_t, 4> room{};
    const auto header = std::span(room).first(std::min(room.size(), end_ - position_));
    if (!store_->read(file_, position_, header)) {
        return false;
    }
    const auto size = readHeader(header, tag);
    if (!size || size->header + size->content != end_ - position_) {
        return false;
    }
    position_ += size->header;
    return true;
}

std::optional<SecurityInfo> SecurityInfoReader::next() {
    if (!wellFormed_ || position_ == end_) {
        return std::nullopt;
    }
    wellFormed_ = false;
    std::array<std::uint8_t, 4> room{};
    const auto header = std::span(room).first(std::min(room.size(), end_ - position_));
    if (!store_->read(file_, position_, header)) {
        return std::nullopt;
    }
    const auto size = readHeader(header, sequenceTag);
    if (!size || size->content > end_ - position_ - size->header) {
        return std::nullopt;
    }
    SecurityInfo info;
    info.size_ = std::min(size->content, info.bytes_.size());
    if (!store_->read(file_, position_ + size->header, std::span(info.bytes_).first(info.size_)) ||
        info.protocol().empty()) {
        return std::nullopt;
    }
    position_ += size->header + size->content;
    wellFormed_ = true;
    return info;
}

ConfigurationCount readPaceConfigurations(const ObjectStore& store, PaceConfigurations& configurations) {
    ConfigurationCount result;
    SecurityInfoReader reader(store, cardAccessIdentifier);
    while (const auto info = reader.next()) {
        auto configuration = paceConfigurationOf(info->protocol());
        if (!configuration) {
            continue;
        }
        std::optional<std::uint8_t> parameterId;
        const bool named = info->version() == paceVersion && info->readIdentifier(parameterId) && parameterId;
        if (named) {
            configuration->domainParameters = static_cast<crypto::StandardizedDomainParameters>(*parameterId);
        }
        add(named && isSupported(*configuration), *configuration, configurations, result);
    }
    result.complete = result.complete && reader.wellFormed();
    return result;
}

ConfigurationCount readChipAuthenticationConfigurations(const ObjectStore& store,
                                                        ChipAuthenticationConfigurations& configurations) {
    ConfigurationCount result;
    SecurityInfoReader reader(store, dataGroupIdentifier(14));
    while (const auto info = reader.next()) {
        auto configuration = chipAuthenticationConfigurationOf(info->protocol());
        if (configuration) {
            const bool served =
                info->version() == chipAuthenticationVersion && info->readIdentifier(configuration->keyId);
            add(served, *configuration, configurations, result);
        }
    }
    result.complete = result.complete && reader.wellFormed();
    return result;
}

std::size_t countChipAuthenticationPublicKeys(const ObjectStore& store) {
    std::size_t count = 0;
    SecurityInfoReader reader(store, dataGroupIdentifier(14));
    while (const auto info = reader.next()) {
        const Bytes protocol = info->protocol();
        if (protocol.size() == idChipAuthenticationPublicKey.size() + 1 &&
            std::ranges::equal(protocol.first(idChipAuthenticationPublicKey.size()),
                               idChipAuthenticationPublicKey)) {
            ++count;
        }
    }
    return count;
}

std::optional<crypto::HashAlgorithm> readActiveAuthenticationHash(const ObjectStore& store) {
    SecurityInfoReader reader(store, dataGroupIdentifier(14));
    while (const auto info = reader.next()) {
        if (!std::ranges::equal(info->protocol(), idActiveAuthentication)) {
            continue;
        }
        const Bytes algorithm = info->algorithm();
        if (algorithm.size() != ecdsaPlainSignatures.size() + 1 ||
            !std::equal(ecdsaPlainSignatures.begin(), ecdsaPlainSignatures.end(), algorithm.begin())) {
            return std::nullopt;
        }
        return hashAlgorithmOf(algorithm.back());
    }
    return std::nullopt;
}

bool announcesTerminalAuthentication(const ObjectStore& store) {
    SecurityInfoReader reader(store, dataGroupIdentifier(14));
    while (const auto info = reader.next()) {
        if (std::ranges::equal(info->protocol(), idTerminalAuthentication) &&
            info->version() == terminalAuthenticationVersion) {
            return true;
        }
    }
    return false;
}

} // namespace cancuoc::card::emrtd
