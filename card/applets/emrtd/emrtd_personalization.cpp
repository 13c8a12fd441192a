// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/emrtd_personalization.hpp"

#include "card/applets/emrtd/document_check.hpp"
#include "card/applets/emrtd/elementary_file.hpp"
#include "card/applets/emrtd/emrtd_application.hpp"
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/applets/emrtd/protocol_profile.hpp"
#include "card/applets/emrtd/stored_keys.hpp"
#include "card/crypto/rsa.hpp"
#include "card/crypto/standardized_group.hpp"

#include <algorithm>

namespace cancuoc::card::emrtd {
namespace {

bool isCardAccessNumber(std::span<const std::uint8_t> value) {
    return value.size() == cardAccessNumberLength &&
           std::all_of(value.begin(), value.end(), [](std::uint8_t c) { return c >= '0' && c <= '9'; });
}

// Doc 9303-3, 4.3: digits, capital letters and the filler.
bool isMrzInformation(std::span<const std::uint8_t> value) {
    return value.size() >= minimumMrzInformationLength && value.size() <= maximumMrzInformationLength &&
           std::all_of(value.begin(), value.end(), [](std::uint8_t c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '<';
           });
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
    default:
        return isPrivateKey(value);
    }
}

bool isKnown(std::uint16_t grouping) {
    return (grouping >= cardAccessNumberObject && grouping <= protocolProfileObject) ||
           isChipAuthenticationKeyObject(grouping);
}

// A value that is too long for the store's log goes to its heap.
bool store(std::uint16_t grouping, std::span<const std::uint8_t> value, Transaction& transaction) {
    return value.size() <= configuration::maximumValueLength
               ? transaction.put(grouping, value)
               : transaction.beginFile(grouping, value.size()) && transaction.appendToFile(value);
}

} // namespace

std::span<const std::uint8_t> EmrtdPersonalization::identifier() const {
    return ldsApplicationIdentifier;
}

bool EmrtdPersonalization::personalized() const {
    return store_->length(personalizedObject).has_value();
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
    if (!isWellFormed(grouping, value)) {
        return StatusWord::WrongData;
    }
    return store(grouping, value, transaction) ? StatusWord::Success : StatusWord::NotEnoughMemory;
}

StatusWord EmrtdPersonalization::activate(Transaction& transaction) {
    if (!DocumentCheck(*store_).passed()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    return transaction.put(personalizedObject, {}) ? StatusWord::Success : StatusWord::NotEnoughMemory;
}

} // namespace cancuoc::card::emrtd
