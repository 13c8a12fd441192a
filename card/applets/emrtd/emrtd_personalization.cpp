// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/emrtd_personalization.hpp"

#include "card/applets/emrtd/certified_key.hpp"
#include "card/applets/emrtd/data_object.hpp"
#include "card/applets/emrtd/document_check.hpp"
#include "card/applets/emrtd/elementary_file.hpp"
#include "card/applets/emrtd/emrtd_application.hpp"
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/applets/emrtd/protocol_profile.hpp"
#include "card/applets/emrtd/stored_keys.hpp"
#include "card/applets/emrtd/trust_points.hpp"
#include "card/crypto/memory.hpp"
#include "card/crypto/rsa.hpp"
#include "card/crypto/standardized_group.hpp"

#include <limits>

namespace cancuoc::card::emrtd {
namespace {

// 1 where `first` <= c <= `last`, else 0, without a branch: c is secret.
constexpr unsigned isBetween(unsigned c, unsigned first, unsigned last) {
    return 1U ^ (((c - first) | (last - c)) >> (std::numeric_limits<unsigned>::digits - 1));
}

constexpr unsigned isDigit(std::uint8_t c) {
    return isBetween(c, '0', '9');
}

// Doc 9303-3, 4.3: digits, capital letters and the filler.
constexpr unsigned isMrzCharacter(std::uint8_t c) {
    return isDigit(c) | isBetween(c, 'A', 'Z') | isBetween(c, '<', '<');
}

// Whether `accepts` each character of a secret. Only the answer to that may be learnt from the time it takes.
bool allOf(std::span<const std::uint8_t> secret, unsigned (*accepts)(std::uint8_t)) {
    constexpr std::uint8_t all = 1;
    std::uint8_t accepted = all;
    for (const std::uint8_t c : secret) {
        accepted &= static_cast<std::uint8_t>(accepts(c));
    }
    return crypto::equalConstantTime({&accepted, 1}, {&all, 1});
}

bool isCardAccessNumber(std::span<const std::uint8_t> value) {
    return value.size() == cardAccessNumberLength && allOf(value, isDigit);
}

bool isMrzInformation(std::span<const std::uint8_t> value) {
    return value.size() >= minimumMrzInformationLength && value.size() <= maximumMrzInformationLength &&
           allOf(value, isMrzCharacter);
}

bool isPrivateKey(std::span<const std::uint8_t> value) {
    return !value.empty() &&
           crypto::StandardizedGroup(static_cast<crypto::StandardizedDomainParameters>(value[0]))
               ->isValidPrivateKey(value.subspan(1));
}

bool isRsaPrivateKey(std::span<const std::uint8_t> value) {
    const auto key = decodeRsaActiveAuthenticationKey(value);
    return key && crypto::RsaPrivateKey(key->firstPrime, key->secondPrime, key->publicExponent).usable();
}

bool isWellFormed(std::uint16_t grouping, std::span<const std::uint8_t> value) {
    switch (grouping) {
    case cardAccessNumberObject:
        return isCardAccessNumber(value);
    case mrzInformationObject:
        return isMrzInformation(value);
    case rsaActiveAuthenticationKeyObject:
        return isRsaPrivateKey(value);
    case protocolProfileObject:
        return decodeProtocolProfile(value).has_value();
    case currentDateObject:
        return isCvDate(value);
    default:
        return isPrivateKey(value);
    }
}

bool isTrustPoint(std::uint16_t grouping) {
    return grouping == firstTrustPointObject || grouping == secondTrustPointObject;
}

bool isKnown(std::uint16_t grouping) {
    return (grouping >= cardAccessNumberObject && grouping <= currentDateObject) ||
           isChipAuthenticationKeyObject(grouping);
}

// A value that is too long for the store's log goes to its heap.
bool store(std::uint16_t grouping, std::span<const std::uint8_t> value, Transaction& transaction) {
    return value.size() <= configuration::maximumValueLength
               ? transaction.put(grouping, value)
               : transaction.beginFile(grouping, value.size()) && transaction.appendToFile(value);
}

// The certificate comes through the issuer's channel, whose word about it counts more than its own signature.
StatusWord storeTrustPoint(std::uint16_t grouping, std::span<const std::uint8_t> value,
                           Transaction& transaction) {
    constexpr std::uint16_t certificateTag = 0x7F21;
    DataObjectReader reader(value);
    const auto object = reader.next();
    const bool alone = object && object->tag == certificateTag && reader.atEnd();
    const auto certificate = alone ? readCvCertificate(object->value) : std::nullopt;
    CertifiedKey trustPoint;
    StoredCertifiedKey stored;
    if (!certificate || certificate->role != CvRole::CountryVerifyingAuthority ||
        !trustPoint.assign(*certificate, nullptr) || !encode(trustPoint, stored)) {
        return StatusWord::WrongData;
    }
    return store(grouping, stored.view(), transaction) ? StatusWord::Success : StatusWord::NotEnoughMemory;
}

} // namespace

std::span<const std::uint8_t> EmrtdPersonalization::identifier() const {
    return ldsApplicationIdentifier;
}

bool EmrtdPersonalization::personalized() const {
    return store_->length(personalizedObject).has_value();
}

std::optional<std::uint16_t> EmrtdPersonalization::groupingOfTag(std::uint8_t tag) const {
    constexpr std::uint8_t commonDataTag = 0x60;
    constexpr std::uint8_t documentSecurityObjectTag = 0x77;
    constexpr std::uint8_t set = 0x31;
    constexpr std::uint8_t sequence = 0x30;
    switch (tag) {
    case commonDataTag:
        return commonDataIdentifier;
    case documentSecurityObjectTag:
        return documentSecurityObjectIdentifier;
    case set:
        return cardAccessIdentifier;
    case sequence:
        return cardSecurityObject;
    default:
        return dataGroupOfTag(tag);
    }
}

StatusWord EmrtdPersonalization::beginFile(std::uint16_t grouping, std::size_t length,
                                           Transaction& transaction) {
    const ElementaryFile* file = findPersonalizedFile(grouping);
    if (file == nullptr) {
        return StatusWord::ReferencedDataNotFound;
    }
    return transaction.beginFile(file->object, length) ? StatusWord::Success : StatusWord::NotEnoughMemory;
}

StatusWord EmrtdPersonalization::continueFile(std::span<const std::uint8_t> content,
                                              Transaction& transaction) {
    return transaction.appendToFile(content) ? StatusWord::Success : StatusWord::MemoryFailure;
}

StatusWord EmrtdPersonalization::storeSecret(std::uint16_t grouping, std::span<const std::uint8_t> value,
                                             Transaction& transaction) {
    if (!isKnown(grouping)) {
        return StatusWord::ReferencedDataNotFound;
    }
    if (isTrustPoint(grouping)) {
        return storeTrustPoint(grouping, value, transaction);
    }
    if (!isWellFormed(grouping, value)) {
        return StatusWord::WrongData;
    }
    return store(grouping, value, transaction) ? StatusWord::Success : StatusWord::NotEnoughMemory;
}

StatusWord EmrtdPersonalization::activate(Transaction& transaction) {
    if (!DocumentCheck(*store_).passed()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    const TrustPoints trustPoints(*store_);
    const bool stored = (!trustPoints.present() || trustPoints.writeReferences(transaction)) &&
                        transaction.put(personalizedObject, {});
    return stored ? StatusWord::Success : StatusWord::NotEnoughMemory;
}

} // namespace cancuoc::card::emrtd
