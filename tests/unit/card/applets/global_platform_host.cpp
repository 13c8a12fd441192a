// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/applets/global_platform_host.hpp"

#include "host/crypto/cipher.hpp"
#include "host/crypto/mac.hpp"

#include <doctest/doctest.h>

namespace cancuoc::card::test {
namespace {

Bytes part(const Bytes& bytes, std::size_t offset, std::size_t size) {
    REQUIRE(bytes.size() >= offset + size);
    const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(offset);
    return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

Bytes pad(Bytes data, std::size_t blockSize) {
    data.push_back(0x80);
    data.resize((data.size() + blockSize - 1) / blockSize * blockSize);
    return data;
}

BlockCipher aesOf(const Bytes& key) {
    return key.size() == 16   ? BlockCipher::Aes128
           : key.size() == 24 ? BlockCipher::Aes192
                              : BlockCipher::Aes256;
}

Bytes tripleDes(const Bytes& key, const Bytes& data, const Bytes& vector = Bytes(8)) {
    return encryptCbc(BlockCipher::TripleDes, key, vector, data);
}

// Single DES is triple DES with one key.
Bytes twice(const Bytes& half) {
    return join(half, half);
}

} // namespace

DomainKeys DomainKeys::transport(std::uint8_t version) {
    const Bytes key = hex("404142434445464748494A4B4C4D4E4F");
    return {version, key, key, key};
}

DomainKeys DomainKeys::issuer(std::uint8_t version, std::size_t size) {
    DomainKeys keys{version, Bytes(size), Bytes(size), Bytes(size)};
    for (std::size_t i = 0; i < size; ++i) {
        keys.encryption[i] = static_cast<std::uint8_t>(version * 16U + 2 * i);
        keys.mac[i] = static_cast<std::uint8_t>(version * 16U + 3 * i + 1);
        keys.dataEncryption[i] = static_cast<std::uint8_t>(version * 16U + 5 * i + 2);
    }
    return keys;
}

GlobalPlatformHost::GlobalPlatformHost(Connection& chip, DomainKeys keys)
    : chip_(&chip), keys_(std::move(keys)) {}

std::uint16_t GlobalPlatformHost::open(std::uint8_t level) {
    REQUIRE(receive(chip_->transmit(hex("00A4040008A00000015100000000"))).status == 0x9000);
    hostChallenge_ = hex("00112233445566778899AABBCCDDEEFF");
    for (const std::uint8_t size : {std::uint8_t{16}, std::uint8_t{8}}) {
        hostChallenge_.resize(size);
        const Bytes command = join(Bytes{0x80, 0x50, keys_.version, 0x00, size}, hostChallenge_, Bytes{0x00});
        const Answer answer = receive(chip_->transmit(command));
        if (answer.status == 0x6700 && hostChallenge_.size() == 16) {
            continue; // no S16 mode
        }
        if (answer.status != 0x9000) {
            return answer.status;
        }
        initialized_ = answer.data;
        break;
    }
    protocol_ = initialized_.at(11);
    CHECK(initialized_.at(10) == keys_.version);
    if (isScp02()) {
        size_ = 8;
        sequenceCounter_ = part(initialized_, 12, 2);
        cardChallenge_ = part(initialized_, 14, 6);
        CHECK(initialized_.size() == 28);
    } else {
        option_ = initialized_.at(12);
        size_ = hostChallenge_.size();
        CHECK(size_ == ((option_ & 1) != 0 ? 16 : 8));
        cardChallenge_ = part(initialized_, 13, size_);
        CHECK(initialized_.size() == 13 + 2 * size_ + ((option_ & 0x10) != 0 ? 3 : 0));
    }
    deriveSession();
    const std::size_t cryptogramOffset = isScp02() ? 20 : 13 + size_;
    CHECK(part(initialized_, cryptogramOffset, size_) == cryptogram(true));
    level_ = level;
    counter_ = 0;
    chaining_ = Bytes(isScp02() ? 8 : 16);
    const Bytes data = cryptogram(false);
    const Bytes header{0x84, 0x82, level, 0x00, static_cast<std::uint8_t>(2 * size_)};
    const Bytes mac = commandMac(header, data);
    return receive(chip_->transmit(join(header, data, mac))).status;
}

void GlobalPlatformHost::deriveSession() {
    if (isScp02()) {
        encryptionKey_ = deriveScp02(keys_.encryption, 0x0182);
        macKey_ = deriveScp02(keys_.mac, 0x0101);
        dataEncryptionKey_ = deriveScp02(keys_.dataEncryption, 0x0181);
        return;
    }
    encryptionKey_ = derive(keys_.encryption, 0x04, keys_.encryption.size());
    macKey_ = derive(keys_.mac, 0x06, keys_.mac.size());
    responseMacKey_ = derive(keys_.mac, 0x07, keys_.mac.size());
    dataEncryptionKey_ = keys_.dataEncryption;
}

Bytes GlobalPlatformHost::derive(const Bytes& key, std::uint8_t constant, std::size_t size) const {
    Bytes output;
    for (std::uint8_t block = 1; output.size() < size; ++block) {
        const Bytes prefix{constant, 0x00, static_cast<std::uint8_t>(size * 8 >> 8),
                           static_cast<std::uint8_t>(size * 8), block};
        output = join(output, aesCmac(key, join(Bytes(11), prefix, hostChallenge_, cardChallenge_)));
    }
    output.resize(size);
    return output;
}

Bytes GlobalPlatformHost::deriveScp02(const Bytes& key, std::uint16_t constant) const {
    const Bytes prefix{static_cast<std::uint8_t>(constant >> 8), static_cast<std::uint8_t>(constant)};
    return tripleDes(key, join(prefix, sequenceCounter_, Bytes(12)));
}

Bytes GlobalPlatformHost::cryptogram(bool ofCard) const {
    if (!isScp02()) {
        return derive(macKey_, ofCard ? 0x00 : 0x01, size_);
    }
    const Bytes message = ofCard ? join(hostChallenge_, sequenceCounter_, cardChallenge_)
                                 : join(sequenceCounter_, cardChallenge_, hostChallenge_);
    const Bytes encrypted = tripleDes(encryptionKey_, pad(message, 8));
    return part(encrypted, encrypted.size() - 8, 8);
}

Bytes GlobalPlatformHost::commandMac(const Bytes& header, const Bytes& data) {
    if (!isScp02()) {
        chaining_ = aesCmac(macKey_, join(chaining_, header, data));
        return part(chaining_, 0, size_);
    }
    const Bytes left = twice(part(macKey_, 0, 8));
    const Bytes right = twice(part(macKey_, 8, 8));
    const Bytes chained = tripleDes(left, pad(join(header, data), 8), chaining_);
    const Bytes opened =
        decryptCbc(BlockCipher::TripleDes, right, Bytes(8), part(chained, chained.size() - 8, 8));
    const Bytes mac = tripleDes(left, opened);
    chaining_ = tripleDes(left, mac);
    return mac;
}

Bytes GlobalPlatformHost::counterBlock(std::uint8_t first) const {
    Bytes block(16);
    block[0] = first;
    block[14] = static_cast<std::uint8_t>(counter_ >> 8);
    block[15] = static_cast<std::uint8_t>(counter_);
    return encryptBlock(aesOf(encryptionKey_), encryptionKey_, block);
}

GlobalPlatformHost::Answer GlobalPlatformHost::send(std::uint8_t ins, std::uint8_t p1, std::uint8_t p2,
                                                    const Bytes& data) {
    ++counter_;
    Bytes sent = data;
    if ((level_ & 0x02) != 0 && !data.empty()) {
        sent = isScp02()
                   ? tripleDes(encryptionKey_, pad(data, 8))
                   : encryptCbc(aesOf(encryptionKey_), encryptionKey_, counterBlock(0x00), pad(data, 16));
    }
    const bool extended = !isScp02() && sent.size() + size_ > 255;
    const auto headerFor = [&](std::size_t length) {
        const Bytes start{0x84, ins, p1, p2};
        const auto low = static_cast<std::uint8_t>(length);
        return extended ? join(start, Bytes{0x00, static_cast<std::uint8_t>(length >> 8), low})
                        : join(start, Bytes{low});
    };
    // SCP02 counts the plain data in the length that it computes the MAC over.
    const Bytes mac = isScp02() ? commandMac(headerFor(data.size() + 8), data)
                                : commandMac(headerFor(sent.size() + size_), sent);
    const Bytes le = extended ? Bytes{0x00, 0x00} : Bytes{0x00};
    Answer answer = receive(chip_->transmit(join(headerFor(sent.size() + mac.size()), sent, mac, le)));
    if ((level_ & 0x10) != 0 && answer.status == 0x9000) {
        REQUIRE(answer.data.size() >= size_);
        const Bytes received = part(answer.data, answer.data.size() - size_, size_);
        answer.data.resize(answer.data.size() - size_);
        const Bytes expected = aesCmac(responseMacKey_, join(chaining_, answer.data, hex("9000")));
        CHECK(part(expected, 0, size_) == received);
        if ((level_ & 0x20) != 0 && !answer.data.empty()) {
            Bytes plain = decryptCbc(aesOf(encryptionKey_), encryptionKey_, counterBlock(0x80), answer.data);
            while (plain.back() == 0) {
                plain.pop_back();
            }
            REQUIRE(plain.back() == 0x80);
            plain.pop_back();
            answer.data = plain;
        }
    }
    return answer;
}

GlobalPlatformHost::Answer GlobalPlatformHost::receive(const Bytes& response) const {
    REQUIRE(response.size() >= 2);
    Answer answer;
    answer.status = static_cast<std::uint16_t>(response[response.size() - 2] << 8 | response.back());
    answer.data = Bytes(response.begin(), response.end() - 2);
    return answer;
}

Bytes GlobalPlatformHost::encryptKey(const Bytes& key) const {
    if (isScp02()) {
        const Bytes check = part(tripleDes(key, Bytes(8)), 0, 3);
        const Bytes first = tripleDes(dataEncryptionKey_, part(key, 0, 8));
        const Bytes second = tripleDes(dataEncryptionKey_, part(key, 8, 8));
        return join(hex("8010"), first, second, hex("03"), check);
    }
    const Bytes check = part(encryptBlock(aesOf(key), key, Bytes(16, 0x01)), 0, 3);
    Bytes padded = key;
    padded.resize((key.size() + 15) / 16 * 16);
    const Bytes encrypted = encryptCbc(aesOf(dataEncryptionKey_), dataEncryptionKey_, Bytes(16), padded);
    return join(
        Bytes{0x88, static_cast<std::uint8_t>(1 + encrypted.size()), static_cast<std::uint8_t>(key.size())},
        encrypted, hex("03"), check);
}

Bytes GlobalPlatformHost::putKeyData(const DomainKeys& replacement) const {
    return join(Bytes{replacement.version}, encryptKey(replacement.encryption), encryptKey(replacement.mac),
                encryptKey(replacement.dataEncryption));
}

GlobalPlatformHost::Answer GlobalPlatformHost::putKey(std::uint8_t p1, const DomainKeys& replacement) {
    return send(0xD8, p1, 0x81, putKeyData(replacement));
}

Bytes GlobalPlatformHost::encryptSensitive(const Bytes& value) const {
    if (!isScp02()) {
        return encryptCbc(aesOf(dataEncryptionKey_), dataEncryptionKey_, Bytes(16), pad(value, 16));
    }
    const Bytes padded = pad(value, 8);
    Bytes encrypted;
    for (std::size_t at = 0; at < padded.size(); at += 8) {
        encrypted = join(encrypted, tripleDes(dataEncryptionKey_, part(padded, at, 8)));
    }
    return encrypted;
}

} // namespace cancuoc::card::test
