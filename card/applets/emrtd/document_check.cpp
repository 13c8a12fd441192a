// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/document_check.hpp"

#include "card/applets/emrtd/data_object.hpp"
#include "card/applets/emrtd/document_security_object.hpp"
#include "card/applets/emrtd/elementary_file.hpp"
#include "card/applets/emrtd/mrz_information.hpp"
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/applets/emrtd/security_infos.hpp"
#include "card/applets/emrtd/stored_keys.hpp"
#include "card/applets/emrtd/stored_secret.hpp"
#include "card/crypto/memory.hpp"
#include "card/crypto/rsa.hpp"
#include "card/crypto/standardized_group.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint16_t commonDataTag = 0x60;
constexpr std::uint16_t tagListTag = 0x5C;
// EF.COM holds two versions and at most 16 tags (Doc 9303-10, 4.6.1).
constexpr std::size_t maximumCommonDataLength = 64;

constexpr ObjectIdentifier dataGroup3 = dataGroupIdentifier(3);
constexpr ObjectIdentifier dataGroup4 = dataGroupIdentifier(4);
constexpr ObjectIdentifier dataGroup14 = dataGroupIdentifier(14);
constexpr ObjectIdentifier dataGroup15 = dataGroupIdentifier(15);

/// The public key of a private one; false when that is not one of the group.
bool publicKeyOf(crypto::StandardizedDomainParameters domainParameters, Bytes privateKey,
                 crypto::GroupElement& publicKey) {
    crypto::StandardizedGroup group(domainParameters);
    crypto::GroupElement generator;
    return group->isValidPrivateKey(privateKey) && group->generator(generator) &&
           group->multiply(privateKey, generator.view(), nullptr, publicKey);
}

/// The tags that EF.COM lists; nothing when it does not have its form.
std::optional<Bytes> tagListOf(Bytes file) {
    DataObjectReader outer(file);
    const std::optional<DataObject> commonData = outer.next();
    if (!commonData || commonData->tag != commonDataTag || !outer.atEnd()) {
        return std::nullopt;
    }
    DataObjectReader inner(commonData->value);
    while (const std::optional<DataObject> object = inner.next()) {
        if (object->tag == tagListTag) {
            return object->value;
        }
    }
    return std::nullopt;
}

} // namespace

DocumentCheck::DocumentCheck(const ObjectStore& store)
    : store_(&store), profile_(readProtocolProfile(store)) {}

bool DocumentCheck::passed() const {
    return listsTheDataGroups() && securityObjectHoldsTheDataGroups() && accessControlFits() &&
           chipAuthenticationFits() && announcesEveryChipAuthenticationKey() && activeAuthenticationFits() &&
           terminalAuthenticationFits();
}

bool DocumentCheck::securityObjectHoldsTheDataGroups() const {
    const DocumentSecurityObject securityObject(*store_);
    bool holds = securityObject.wellFormed();
    std::size_t present = 0;
    for (std::uint8_t number = 1; number <= dataGroupCount && holds; ++number) {
        if (isPresent(dataGroupIdentifier(number))) {
            ++present;
            holds = securityObject.holdsHashOf(number);
        }
    }
    return holds && securityObject.countHashes() == present;
}

bool DocumentCheck::listsTheDataGroups() const {
    std::array<std::uint8_t, maximumCommonDataLength> buffer{};
    const std::size_t length = store_->length(commonDataIdentifier).value_or(0);
    if (length == 0 || length > buffer.size()) {
        return false;
    }
    const auto file = std::span(buffer).first(length);
    if (!store_->read(commonDataIdentifier, 0, file)) {
        return false;
    }
    const std::optional<Bytes> tags = tagListOf(file);
    if (!tags || !std::all_of(tags->begin(), tags->end(), [this](std::uint8_t tag) {
            const auto dataGroup = dataGroupOfTag(tag);
            return dataGroup && isPresent(*dataGroup);
        })) {
        return false;
    }
    for (std::uint8_t number = 1; number <= dataGroupCount; ++number) {
        const bool listed = std::any_of(tags->begin(), tags->end(), [number](std::uint8_t tag) {
            return dataGroupOfTag(tag) == dataGroupIdentifier(number);
        });
        if (isPresent(dataGroupIdentifier(number)) && !listed) {
            return false;
        }
    }
    return true;
}

bool DocumentCheck::accessControlFits() const {
    if (!passwordFits()) {
        return false;
    }
    PaceConfigurations configurations{};
    const ConfigurationCount announced = readPaceConfigurations(*store_, configurations);
    if (!profile_.pace) {
        return announced.count == 0;
    }
    // Doc 9303-11, 9.2.1: the key of Chip Authentication Mapping has the parameterId as its keyId.
    const auto first = configurations.begin();
    const auto last = first + static_cast<std::ptrdiff_t>(announced.count);
    const StoredChipAuthenticationKeys keys(*store_);
    return announced.count > 0 && announced.complete &&
           std::all_of(first, last, [&](const PaceConfiguration& configuration) {
               ChipAuthenticationKey key;
               crypto::GroupElement publicKey;
               return configuration.variant != PaceVariant::EcdhChipAuthenticationMapping ||
                      (keys.load(static_cast<std::uint8_t>(configuration.domainParameters), key) &&
                       key.domainParameters == configuration.domainParameters &&
                       publicKeyOf(key.domainParameters, key.privateKey.view(), publicKey) &&
                       contains(cardSecurityObject, publicKey.view()));
           });
}

bool DocumentCheck::passwordFits() const {
    if (!isPresent(mrzInformationObject)) {
        return profile_.isPlain();
    }
    MrzInformation printed;
    const StoredSecret stored(*store_, mrzInformationObject);
    return readPrintedMrzInformation(*store_, printed) &&
           crypto::equalConstantTime(printed.view(), stored.view());
}

bool DocumentCheck::chipAuthenticationFits() const {
    ChipAuthenticationConfigurations configurations{};
    const ConfigurationCount announced = readChipAuthenticationConfigurations(*store_, configurations);
    const auto first = configurations.begin();
    const auto last = first + static_cast<std::ptrdiff_t>(announced.count);
    const StoredChipAuthenticationKeys keys(*store_);
    return announced.complete &&
           std::all_of(first, last, [&](const ChipAuthenticationConfiguration& configuration) {
               ChipAuthenticationKey key;
               crypto::GroupElement publicKey;
               return keys.load(configuration.keyId, key) &&
                      crypto::isModpGroup(key.domainParameters) == configuration.usesDh &&
                      publicKeyOf(key.domainParameters, key.privateKey.view(), publicKey) &&
                      contains(dataGroup14, publicKey.view());
           });
}

// A key serves Chip Authentication under its keyId, and the mapping under the parameterId (Doc
// 9303-11, 9.2.1).
bool DocumentCheck::announcesEveryChipAuthenticationKey() const {
    ChipAuthenticationConfigurations chipRoom{};
    PaceConfigurations paceRoom{};
    const auto chipAuthentications =
        std::span(chipRoom).first(readChipAuthenticationConfigurations(*store_, chipRoom).count);
    const auto paces = std::span(paceRoom).first(readPaceConfigurations(*store_, paceRoom).count);
    std::size_t count = 0;
    const auto isAnnounced = [&](ObjectIdentifier object, std::optional<std::uint8_t> keyId) {
        if (!isPresent(object)) {
            return true;
        }
        ++count;
        return std::any_of(chipAuthentications.begin(), chipAuthentications.end(),
                           [&](const auto& offer) { return offer.keyId == keyId; }) ||
               std::any_of(paces.begin(), paces.end(), [&](const auto& offer) {
                   return offer.variant == PaceVariant::EcdhChipAuthenticationMapping &&
                          static_cast<std::uint8_t>(offer.domainParameters) == keyId;
               });
    };
    bool announced = isAnnounced(chipAuthenticationKeyObject, std::nullopt);
    for (std::uint8_t keyId = 0; keyId <= maximumKeyId; ++keyId) {
        announced = isAnnounced(chipAuthenticationKeyObjectOf(keyId), keyId) && announced;
    }
    return announced && countChipAuthenticationPublicKeys(*store_) <= count;
}

bool DocumentCheck::activeAuthenticationFits() const {
    if (!isPresent(dataGroup15)) {
        return !isPresent(rsaActiveAuthenticationKeyObject) && !isPresent(activeAuthenticationKeyObject) &&
               !readActiveAuthenticationHash(*store_);
    }
    return isPresent(rsaActiveAuthenticationKeyObject) != isPresent(activeAuthenticationKeyObject) &&
           (isPresent(rsaActiveAuthenticationKeyObject) ? rsaKeyFits() : ecdsaKeyFits());
}

bool DocumentCheck::terminalAuthenticationFits() const {
    const bool announced = announcesTerminalAuthentication(*store_);
    if ((isPresent(dataGroup3) || isPresent(dataGroup4)) && !announced) {
        return false;
    }
    if (!isPresent(firstTrustPointObject)) {
        return !isPresent(secondTrustPointObject);
    }
    ChipAuthenticationConfigurations chipAuthentications{};
    PaceConfigurations paces{};
    const auto count = readPaceConfigurations(*store_, paces).count;
    const bool proves =
        std::any_of(paces.begin(), paces.begin() + static_cast<std::ptrdiff_t>(count),
                    [](const PaceConfiguration& configuration) {
                        return configuration.variant == PaceVariant::EcdhChipAuthenticationMapping;
                    });
    return isPresent(currentDateObject) && announced &&
           (proves || readChipAuthenticationConfigurations(*store_, chipAuthentications).count > 0);
}

bool DocumentCheck::ecdsaKeyFits() const {
    const StoredSecret stored(*store_, activeAuthenticationKeyObject);
    if (stored.view().empty()) {
        return false;
    }
    const auto domainParameters = static_cast<crypto::StandardizedDomainParameters>(stored.view().front());
    const auto hash = readActiveAuthenticationHash(*store_).value_or(crypto::HashAlgorithm::Sha256);
    crypto::GroupElement publicKey;
    return !crypto::isModpGroup(domainParameters) && hash != crypto::HashAlgorithm::Sha1 &&
           crypto::digestSize(hash) <= stored.view().size() - 1 &&
           publicKeyOf(domainParameters, stored.view().subspan(1), publicKey) &&
           contains(dataGroup15, publicKey.view());
}

bool DocumentCheck::rsaKeyFits() const {
    const StoredSecret stored(*store_, rsaActiveAuthenticationKeyObject);
    const auto key = decodeRsaActiveAuthenticationKey(stored.view());
    if (!key) {
        return false;
    }
    const crypto::RsaPrivateKey privateKey(key->firstPrime, key->secondPrime, key->publicExponent);
    std::array<std::uint8_t, crypto::maximumRsaPrivateModulusSize> room{};
    const auto modulus = std::span(room).first(std::min(room.size(), privateKey.modulusSize()));
    return privateKey.modulus(modulus) && contains(dataGroup15, modulus);
}

bool DocumentCheck::contains(ObjectIdentifier file, Bytes bytes) const {
    constexpr std::size_t pieceSize = 32;
    const std::size_t length = store_->length(file).value_or(0);
    for (std::size_t begin = 0; begin + bytes.size() <= length; ++begin) {
        std::size_t equal = 0;
        while (equal < bytes.size()) {
            std::array<std::uint8_t, pieceSize> room{};
            const auto piece = std::span(room).first(std::min(pieceSize, bytes.size() - equal));
            if (!store_->read(file, begin + equal, piece) ||
                !crypto::equalConstantTime(piece, bytes.subspan(equal, piece.size()))) {
                break;
            }
            equal += piece.size();
        }
        if (equal == bytes.size()) {
            return true;
        }
    }
    return false;
}

} // namespace cancuoc::card::emrtd
