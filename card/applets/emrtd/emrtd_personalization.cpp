// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/emrtd_personalization.hpp"

#include "card/applets/emrtd/data_object.hpp"
#include "card/applets/emrtd/elementary_file.hpp"
#include "card/applets/emrtd/emrtd_application.hpp"
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/crypto/elliptic_curve.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace cancuoc::card::emrtd {
namespace {

constexpr std::uint16_t commonDataTag = 0x60;
constexpr std::uint16_t tagListTag = 0x5C;
// EF.COM holds two versions and at most 16 tags (Doc 9303-10, 4.6.1).
constexpr std::size_t maximumCommonDataLength = 64;

bool isCardAccessNumber(std::span<const std::uint8_t> value) {
    return value.size() == cardAccessNumberLength &&
           std::all_of(value.begin(), value.end(), [](std::uint8_t c) { return c >= '0' && c <= '9'; });
}

// Doc 9303-3, 4.3: digits, capital letters and the filler.
bool isMrzInformation(std::span<const std::uint8_t> value) {
    return value.size() == mrzInformationLength &&
           std::all_of(value.begin(), value.end(), [](std::uint8_t c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '<';
           });
}

bool isPrivateKey(std::span<const std::uint8_t> value) {
    if (value.empty()) {
        return false;
    }
    const crypto::EllipticCurve curve(static_cast<crypto::StandardizedDomainParameters>(value[0]));
    return curve.supported() && curve.isValidPrivateKey(value.subspan(1));
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
    return transaction.beginFile(file->identifier, length) ? StatusWord::Success
                                                           : StatusWord::NotEnoughMemory;
}

StatusWord EmrtdPersonalization::continueFile(std::span<const std::uint8_t> content,
                                              Transaction& transaction) {
    return transaction.appendToFile(content) ? StatusWord::Success : StatusWord::MemoryFailure;
}

StatusWord EmrtdPersonalization::storeSecret(std::uint16_t grouping, std::span<const std::uint8_t> value,
                                             Transaction& transaction) {
    bool wellFormed = false;
    switch (grouping) {
    case cardAccessNumberObject:
        wellFormed = isCardAccessNumber(value);
        break;
    case mrzInformationObject:
        wellFormed = isMrzInformation(value);
        break;
    case chipAuthenticationKeyObject:
    case activeAuthenticationKeyObject:
        wellFormed = isPrivateKey(value);
        break;
    default:
        return StatusWord::ReferencedDataNotFound;
    }
    if (!wellFormed) {
        return StatusWord::WrongData;
    }
    return transaction.put(grouping, value) ? StatusWord::Success : StatusWord::NotEnoughMemory;
}

StatusWord EmrtdPersonalization::activate(Transaction& transaction) {
    constexpr std::array<ObjectIdentifier, 6> required{
        documentSecurityObjectIdentifier, cardAccessIdentifier,
        cardAccessNumberObject,           mrzInformationObject,
        chipAuthenticationKeyObject,      activeAuthenticationKeyObject};
    const bool complete = std::all_of(required.begin(), required.end(),
                                      [this](ObjectIdentifier id) { return store_->length(id).has_value(); });
    if (!complete || !listedDataGroupsPresent()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    return transaction.put(personalizedObject, {}) ? StatusWord::Success : StatusWord::NotEnoughMemory;
}

// Doc 9303-10, 4.6.1: EF.COM names the data groups by their tags in DO'5C'.
bool EmrtdPersonalization::listedDataGroupsPresent() const {
    std::array<std::uint8_t, maximumCommonDataLength> buffer{};
    const std::size_t length = store_->length(commonDataIdentifier).value_or(0);
    if (length == 0 || length > buffer.size()) {
        return false;
    }
    const std::span<std::uint8_t> file = std::span(buffer).first(length);
    if (!store_->read(commonDataIdentifier, 0, file)) {
        return false;
    }
    DataObjectReader outer(file);
    const std::optional<DataObject> commonData = outer.next();
    if (!commonData || commonData->tag != commonDataTag || !outer.atEnd()) {
        return false;
    }
    DataObjectReader inner(commonData->value);
    while (const std::optional<DataObject> object = inner.next()) {
        if (object->tag == tagListTag) {
            return std::all_of(object->value.begin(), object->value.end(), [this](std::uint8_t tag) {
                const std::optional<std::uint16_t> dataGroup = dataGroupOfTag(tag);
                return dataGroup && store_->length(*dataGroup);
            });
        }
    }
    return false;
}

} // namespace cancuoc::card::emrtd
