// SPDX-License-Identifier: Apache-2.0
#include "card/applets/manager/key_set.hpp"

#include "card/applets/manager/issuer_objects.hpp"
#include "card/applets/manager/secure_channel_protocol_02.hpp"
#include "card/applets/manager/secure_channel_protocol_03.hpp"
#include "card/crypto/aes.hpp"
#include "card/crypto/triple_des.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::manager {
namespace {

using Bytes = std::span<const std::uint8_t>;

// The keys of blank chips are GlobalPlatform's published test keys.
constexpr std::uint8_t transportVersionScp02 = 0x20;
constexpr std::uint8_t transportVersionScp03 = 0x30;
constexpr std::array<std::uint8_t, 16> transportKey{0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47,
                                                    0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E, 0x4F};

// Key types (GlobalPlatform Card Specification, table 11-16).
constexpr std::uint8_t tripleDesKeyType = 0x80;
constexpr std::uint8_t aesKeyType = 0x88;
constexpr std::uint8_t highestVersion = 0x7F;

constexpr std::size_t checkValueSize = 3;
using CheckValue = std::array<std::uint8_t, checkValueSize>;

constexpr std::array<ObjectIdentifier, 3> keyObjects{encryptionKeyObject, macKeyObject,
                                                     dataEncryptionKeyObject};

bool isAesKeySize(std::size_t size) {
    return size == 16 || size == 24 || size == 32;
}

// B.6 of the Card Specification: encrypted zeros; Amendment D, 7.2.2: encrypted bytes 01.
bool computeCheckValue(std::uint8_t type, const ChannelKey& key, CheckValue& checkValue) {
    if (type == aesKeyType) {
        crypto::AesBlock block{};
        block.fill(0x01);
        if (!crypto::aesEncryptBlock(key.view(), block, block)) {
            return false;
        }
        std::copy_n(block.begin(), checkValueSize, checkValue.begin());
        return true;
    }
    crypto::DesBlock block{};
    if (!crypto::tripleDesCbcEncrypt(key.view().first<crypto::tripleDesKeySize>(), crypto::DesBlock{}, block,
                                     block)) {
        return false;
    }
    std::copy_n(block.begin(), checkValueSize, checkValue.begin());
    return true;
}

/// Takes the key data fields of PUT KEY apart, one after the other.
class KeyDataReader {
public:
    KeyDataReader(Bytes data, const SecureChannel& channel, std::uint8_t type)
        : data_(data), channel_(&channel), type_(type) {}

    [[nodiscard]] bool atEnd() const { return data_.empty(); }

    /// Type, length, key component block, length and key check value.
    [[nodiscard]] bool read(ChannelKey& key, CheckValue& checkValue) {
        Bytes block;
        Bytes received;
        if (data_.empty() || data_.front() != type_) {
            return false;
        }
        data_ = data_.subspan(1);
        return take(block) && decrypt(block, key) && computeCheckValue(type_, key, checkValue) &&
               take(received) && crypto::equalConstantTime(received, checkValue);
    }

private:
    [[nodiscard]] bool take(Bytes& field) {
        if (data_.empty() || data_.front() >= data_.size()) {
            return false;
        }
        field = data_.subspan(1, data_.front());
        data_ = data_.subspan(1 + field.size());
        return true;
    }

    // The component of an AES key begins with the key's length and is padded to whole blocks.
    [[nodiscard]] bool decrypt(Bytes block, ChannelKey& key) {
        std::size_t size = block.size();
        if (type_ == aesKeyType) {
            if (block.empty()) {
                return false;
            }
            size = block.front();
            block = block.subspan(1);
        }
        const bool wellFormed = type_ == aesKeyType
                                    ? isAesKeySize(size) && block.size() == (size + 15) / 16 * 16
                                    : size == crypto::tripleDesKeySize;
        ChannelKey padded;
        return wellFormed && padded.resize(block.size()) &&
               channel_->decryptSensitive(block, padded.bytes()) && key.assign(padded.view().first(size));
    }

    Bytes data_;
    const SecureChannel* channel_;
    std::uint8_t type_;
};

} // namespace

std::optional<ChannelOption> decodeChannelOption(Bytes stored) {
    if (stored.size() != 2) {
        return std::nullopt;
    }
    const ChannelOption option{static_cast<ChannelProtocol>(stored[0]), stored[1]};
    const bool known =
        (option.protocol == ChannelProtocol::Scp02 && SecureChannelProtocol02::isOption(option.i)) ||
        (option.protocol == ChannelProtocol::Scp03 && SecureChannelProtocol03::isOption(option.i));
    return known ? std::optional(option) : std::nullopt;
}

ChannelOption readChannelOption(const ObjectStore& store) {
    std::array<std::uint8_t, 2> stored{};
    return store.read(channelProtocolObject, 0, stored)
               ? decodeChannelOption(stored).value_or(ChannelOption{})
               : ChannelOption{};
}

bool KeySet::isTransport() const {
    return !store_->length(keyVersionObject);
}

std::uint8_t KeySet::version() const {
    std::array<std::uint8_t, 1> stored{};
    if (store_->read(keyVersionObject, 0, stored)) {
        return stored[0];
    }
    return readChannelOption(*store_).protocol == ChannelProtocol::Scp02 ? transportVersionScp02
                                                                         : transportVersionScp03;
}

std::size_t KeySet::keySize() const {
    return isTransport() ? transportKey.size() : store_->length(encryptionKeyObject).value_or(0);
}

bool KeySet::load(StaticKeys& keys) const {
    const std::array<ChannelKey*, 3> places{&keys.encryption, &keys.mac, &keys.dataEncryption};
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (isTransport()) {
            if (!places[i]->assign(transportKey)) {
                return false;
            }
        } else if (!places[i]->resize(store_->length(keyObjects[i]).value_or(0)) || places[i]->empty() ||
                   !store_->read(keyObjects[i], 0, places[i]->bytes())) {
            return false;
        }
    }
    return true;
}

StatusWord KeySet::replace(Bytes data, const SecureChannel& channel, Transaction& transaction,
                           Response& response) const {
    const std::uint8_t type =
        readChannelOption(*store_).protocol == ChannelProtocol::Scp02 ? tripleDesKeyType : aesKeyType;
    if (data.empty() || data[0] == 0 || data[0] > highestVersion) {
        return StatusWord::WrongData;
    }
    const std::array<std::uint8_t, 1> newVersion{data[0]};
    if (!transaction.put(keyVersionObject, newVersion) || !response.append(newVersion)) {
        return StatusWord::NotEnoughMemory;
    }
    KeyDataReader reader(data.subspan(1), channel, type);
    std::size_t size = 0;
    for (const ObjectIdentifier object : keyObjects) {
        ChannelKey key;
        CheckValue checkValue{};
        if (!reader.read(key, checkValue) || (size != 0 && key.size() != size)) {
            return StatusWord::WrongData;
        }
        size = key.size();
        if (!transaction.put(object, key.view()) || !response.append(checkValue)) {
            return StatusWord::NotEnoughMemory;
        }
    }
    return reader.atEnd() ? StatusWord::Success : StatusWord::WrongData;
}

} // namespace cancuoc::card::manager
