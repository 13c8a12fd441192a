// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/applets/chip_fixture.hpp"

#include "card/applets/emrtd/elementary_file.hpp"
#include "host/base/random.hpp"
#include "host/crypto/cipher.hpp"

#include <doctest/doctest.h>

namespace cancuoc::card::test {
namespace {

using personalization::Scp03Channel;
using personalization::Scp03Keys;

const Bytes ldsApplication = hex("A0000002471001");

// The EF.CardAccess of the Vietnamese card.
const Bytes cardAccess = hex("3134300d060804007f0007020202020101300f060a04007f00070202030202020101"
                             "3012060a04007f0007020204020202010202010d");

// A file as the LDS has them, tag and length first, of `length` bytes in all.
Bytes file(std::uint8_t tag, std::size_t length) {
    Bytes content{tag};
    if (length < 130) {
        content.push_back(static_cast<std::uint8_t>(length - 2));
    } else {
        content.push_back(0x82);
        content.push_back(static_cast<std::uint8_t>((length - 4) >> 8));
        content.push_back(static_cast<std::uint8_t>(length - 4));
    }
    for (std::size_t i = content.size(); i < length; ++i) {
        content.push_back(static_cast<std::uint8_t>(tag + i * 31 + i / 256));
    }
    return content;
}

std::map<std::uint16_t, Bytes> secretsOf() {
    // Scalars below the order of brainpoolP256r1 and P-256.
    return {{0x8001, ascii("000001")},
            {0x8002, ascii("299000001199010182401014")},
            {0x8003, join(hex("0D"), Bytes(31, 0x31), hex("01"))},
            {0x8004, join(hex("0C"), Bytes(31, 0x41), hex("01"))}};
}

} // namespace

Document Document::full() {
    return {{{0x011C, cardAccess},
             {0x011E, hex("60185F0104303130375F36063034303030305C066175636D6E6F")},
             {0x011D, file(0x77, 2000)},
             {0x0101, file(0x61, 95)},
             {0x0102, file(0x75, 40000)},
             {0x0103, file(0x63, 5000)},
             {0x010D, file(0x6D, 300)},
             {0x010E, file(0x6E, 129)},
             {0x010F, file(0x6F, 8)}},
            secretsOf()};
}

Document Document::minimal() {
    return {{{0x011C, cardAccess},
             {0x011E, hex("60045C026175")},
             {0x011D, file(0x77, 20)},
             {0x0101, file(0x61, 8)},
             {0x0102, file(0x75, 21)}},
            secretsOf()};
}

Bytes grouping(std::uint16_t identifier, const Bytes& value) {
    Bytes bytes{static_cast<std::uint8_t>(identifier >> 8), static_cast<std::uint8_t>(identifier)};
    if (value.size() < 0xFF) {
        bytes.push_back(static_cast<std::uint8_t>(value.size()));
    } else {
        bytes.push_back(0xFF);
        bytes.push_back(static_cast<std::uint8_t>(value.size() >> 8));
        bytes.push_back(static_cast<std::uint8_t>(value.size()));
    }
    return join(bytes, value);
}

Bytes encryptedGrouping(std::uint16_t identifier, const Bytes& value) {
    Bytes padded = join(value, hex("80"));
    padded.resize((padded.size() + 15) / 16 * 16);
    const Scp03Keys keys = Scp03Keys::transport();
    return grouping(identifier,
                    encryptCbc(BlockCipher::Aes128, keys.dataEncryption.view(), Bytes(16), padded));
}

std::vector<StoreData> groupingsOf(const Document& document, std::size_t commandData) {
    Bytes stream;
    for (const auto& [identifier, content] : document.files) {
        stream = join(stream, grouping(identifier, content));
    }
    std::vector<StoreData> commands;
    for (std::size_t at = 0; at < stream.size(); at += commandData) {
        const auto begin = stream.begin() + static_cast<std::ptrdiff_t>(at);
        const auto count = static_cast<std::ptrdiff_t>(std::min(commandData, stream.size() - at));
        commands.push_back({0x00, Bytes(begin, begin + count)});
    }
    for (const auto& [identifier, value] : document.secrets) {
        commands.push_back({0x60, encryptedGrouping(identifier, value)});
    }
    return commands;
}

ChipFixture::ChipFixture(Flash& flash, std::uint64_t seed) : random_({}, seed), chip_(flash, random_) {
    REQUIRE(chip_.powerOn());
    connection_ = std::make_unique<InProcessConnection>(
        "chip", toBytes(Chip::atr()), [this](BytesView apdu) { return transmit(toBytes(apdu)); },
        [this] { reset(); });
}

void ChipFixture::reset() {
    REQUIRE(chip_.powerOn());
}

Bytes ChipFixture::transmit(const Bytes& apdu) {
    return toBytes(chip_.transmit(apdu));
}

std::uint16_t ChipFixture::status(const Bytes& apdu) {
    const Bytes response = transmit(apdu);
    REQUIRE(response.size() >= 2);
    return static_cast<std::uint16_t>(response[response.size() - 2] << 8 | response.back());
}

std::uint16_t ChipFixture::status(std::string_view digits) {
    return status(hex(digits));
}

Scp03Channel ChipFixture::openChannel(personalization::Scp03SecurityLevel level) {
    REQUIRE(status("00A4040008A00000015100000000") == 0x9000);
    SystemRandom random;
    return Scp03Channel::open(connection(), Scp03Keys::transport(), level, random);
}

std::uint16_t ChipFixture::send(Scp03Channel& channel, std::uint8_t ins, std::uint8_t p1, std::uint8_t p2,
                                const Bytes& data) {
    CommandApdu command;
    command.cla = 0x80;
    command.ins = ins;
    command.p1 = p1;
    command.p2 = p2;
    command.data = data;
    return channel.transmit(command).sw.value();
}

std::uint16_t ChipFixture::install(Scp03Channel& channel) {
    return send(channel, 0xE6, 0x20, 0x00, join(hex("000007"), ldsApplication, hex("000000")));
}

std::uint16_t ChipFixture::activate(Scp03Channel& channel) {
    return send(channel, 0xF0, 0x40, 0x0F, ldsApplication);
}

std::uint16_t ChipFixture::lock(Scp03Channel& channel) {
    return send(channel, 0xF0, 0x80, 0x0F, {});
}

bool ChipFixture::personalize(const Document& document) {
    Scp03Channel channel = openChannel();
    if (install(channel) != 0x9000) {
        return false;
    }
    const std::vector<StoreData> commands = groupingsOf(document);
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const auto last = static_cast<std::uint8_t>(i + 1 == commands.size() ? 0x80 : 0x00);
        if (send(channel, 0xE2, commands[i].p1 | last, static_cast<std::uint8_t>(i), commands[i].data) !=
            0x9000) {
            return false;
        }
    }
    return activate(channel) == 0x9000;
}

} // namespace cancuoc::card::test
