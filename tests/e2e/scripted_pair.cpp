// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/scripted_pair.hpp"

#include "card/applets/emrtd/elementary_file.hpp"
#include "card/applets/emrtd/persistent_objects.hpp"
#include "host/lds/card_access.hpp"
#include "host/lds/data_group_14.hpp"

#include <stdexcept>
#include <utility>

namespace cancuoc::e2e {
namespace {

void require(bool done) {
    if (!done) {
        throw std::runtime_error("the chip's store refuses what the test gives it");
    }
}

// Domain parameters, then the scalar.
Bytes stored(const StaticKey& key) {
    return concat(Bytes{key.parameterId}, key.scalar);
}

} // namespace

void ByteScript::set(Bytes bytes) {
    bytes_ = std::move(bytes);
    position_ = 0;
}

void ByteScript::fill(std::span<std::uint8_t> output) {
    for (auto& byte : output) {
        byte =
            position_ < bytes_.size() ? bytes_[position_++] : static_cast<std::uint8_t>(generator_() >> 32);
    }
}

ChipInProcess::ChipInProcess(std::uint64_t seed)
    : random_(seed), chip_(memory_, random_), connection_(
                                                  "chip in this process", chip_.atr(),
                                                  [this](BytesView command) {
                                                      dialogue_.push_back(toBytes(command));
                                                      dialogue_.push_back(chip_.transmit(command));
                                                      return dialogue_.back();
                                                  },
                                                  [this] { chip_.powerOn(); }) {
    announce(lds::CardAccess::vietnameseCitizenCard().securityInfos);
}

void ChipInProcess::announce(const lds::SecurityInfos& securityInfos) {
    storeFile(card::emrtd::cardAccessIdentifier, lds::CardAccess{securityInfos}.encode());
    storeFile(card::emrtd::dataGroupIdentifier(14), lds::DataGroup14{securityInfos}.encode());
}

void ChipInProcess::personalize(const ChipContent& content) {
    card::ObjectStore store(memory_);
    require(store.open());
    card::Transaction transaction(store);
    namespace objects = card::emrtd;
    const auto& chipAuthenticationKey = content.chipAuthenticationKey;
    const auto chipAuthenticationKeyObject =
        chipAuthenticationKey.keyId ? objects::chipAuthenticationKeyObjectOf(*chipAuthenticationKey.keyId)
                                    : objects::chipAuthenticationKeyObject;
    require(
        transaction.put(objects::personalizedObject, {}) &&
        transaction.put(objects::cardAccessNumberObject, content.cardAccessNumber) &&
        transaction.put(objects::mrzInformationObject, content.mrzInformation) &&
        transaction.put(chipAuthenticationKeyObject, stored(chipAuthenticationKey)) &&
        transaction.put(objects::activeAuthenticationKeyObject, stored(content.activeAuthenticationKey)) &&
        transaction.commit());
    chip_.powerOn();
}

void ChipInProcess::storeFile(std::uint16_t identifier, BytesView content) {
    card::ObjectStore store(memory_);
    require(store.open());
    card::Transaction transaction(store);
    require(transaction.beginFile(identifier, content.size()) && transaction.appendToFile(content) &&
            transaction.commit());
}

std::vector<Bytes> ChipInProcess::takeDialogue() {
    return std::exchange(dialogue_, {});
}

} // namespace cancuoc::e2e
