// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/applets/chip_fixture.hpp"

#include "host/base/random.hpp"

#include <doctest/doctest.h>

namespace cancuoc::card::test {
namespace {

using personalization::SecureChannel;
using personalization::SecurityDomainKeys;

const Bytes ldsApplication = hex("A0000002471001");

} // namespace

Document fullDocument() {
    Document document = cancuoc::test::makeDocument(cancuoc::test::DocumentProfile::VietnameseCard2021);
    document.files[0x0102] = cancuoc::test::fileOf(0x75, 40000);
    document.files[0x0103] = cancuoc::test::fileOf(0x63, 5000);
    cancuoc::test::hashDataGroups(document, 2000);
    return document;
}

Document smallDocument() {
    Document document = fullDocument();
    document.files[0x0102] = cancuoc::test::fileOf(0x75, 21);
    document.files.erase(0x0103);
    document.files.erase(0x010D);
    document.files[0x011E] = hex("60065C0461756E6F");
    cancuoc::test::hashDataGroups(document, 0);
    return document;
}

ChipFixture::ChipFixture(Flash& flash, std::uint64_t seed)
    : random_({}, seed), chip_(flash, random_, delay_) {
    REQUIRE(chip_.powerOn());
    connection_ = std::make_unique<InProcessConnection>(
        "chip", toBytes(Chip::atr()), [this](BytesView apdu) { return transmit(toBytes(apdu)); },
        [this] { reset(); });
}

void ChipFixture::reset() {
    REQUIRE(chip_.powerOn());
}

Bytes ChipFixture::transmit(const Bytes& apdu) {
    lastResponse_ = toBytes(chip_.transmit(apdu));
    return lastResponse_;
}

std::uint16_t ChipFixture::status(const Bytes& apdu) {
    const Bytes response = transmit(apdu);
    REQUIRE(response.size() >= 2);
    return static_cast<std::uint16_t>(response[response.size() - 2] << 8 | response.back());
}

std::uint16_t ChipFixture::status(std::string_view digits) {
    return status(hex(digits));
}

SecureChannel ChipFixture::openChannel(personalization::SecurityLevel level) {
    REQUIRE(status("00A4040008A00000015100000000") == 0x9000);
    SystemRandom random;
    return SecureChannel::open(connection(), SecurityDomainKeys::transport(), level, random);
}

std::uint16_t ChipFixture::send(SecureChannel& channel, std::uint8_t ins, std::uint8_t p1, std::uint8_t p2,
                                const Bytes& data) {
    CommandApdu command;
    command.cla = 0x80;
    command.ins = ins;
    command.p1 = p1;
    command.p2 = p2;
    command.data = data;
    return channel.transmit(command).sw.value();
}

std::uint16_t ChipFixture::install(SecureChannel& channel) {
    return send(channel, 0xE6, 0x20, 0x00, join(hex("000007"), ldsApplication, hex("000000")));
}

std::uint16_t ChipFixture::activate(SecureChannel& channel) {
    return send(channel, 0xF0, 0x40, 0x0F, ldsApplication);
}

std::uint16_t ChipFixture::lock(SecureChannel& channel) {
    return send(channel, 0xF0, 0x80, 0x0F, {});
}

bool ChipFixture::personalize(const Document& document) {
    SecureChannel channel = openChannel();
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
