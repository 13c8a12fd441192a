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

constexpr std::uint8_t brainpoolP256r1 = 13;

void require(bool done) {
    if (!done) {
        throw std::runtime_error("the chip's store refuses what the test gives it");
    }
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
    const auto cardAccess = lds::CardAccess::vietnameseCitizenCard();
    storeFile(card::emrtd::cardAccessIdentifier, cardAccess.encode());
    storeFile(card::emrtd::dataGroupIdentifier(14), lds::DataGroup14{cardAccess.securityInfos}.encode());
}

void ChipInProcess::personalize(const ChipContent& content) {
    card::ObjectStore store(memory_);
    require(store.open());
    card::Transaction transaction(store);
    const Bytes domainParameters{brainpoolP256r1};
    namespace objects = card::emrtd;
    require(transaction.put(objects::personalizedObject, {}) &&
            transaction.put(objects::cardAccessNumberObject, content.cardAccessNumber) &&
            transaction.put(objects::mrzInformationObject, content.mrzInformation) &&
            transaction.put(objects::chipAuthenticationKeyObject,
                            concat(domainParameters, content.chipAuthenticationKey)) &&
            transaction.put(objects::activeAuthenticationKeyObject,
                            concat(domainParameters, content.activeAuthenticationKey)) &&
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
