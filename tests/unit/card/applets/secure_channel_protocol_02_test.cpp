// SPDX-License-Identifier: Apache-2.0
#include "card/applets/manager/secure_channel_protocol_02.hpp"
#include "card/core/command_parser.hpp"
#include "card/crypto/triple_des.hpp"
#include "tests/support/quick_guard.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using manager::SecureChannelProtocol02;
using manager::StaticKeys;
using test::Bytes;
using test::hex;
using test::join;

namespace {

// A published dialogue: osmocom/pysim, tests/unittests/test_globalplatform.py, classes SCP02_Auth_Test and
// SCP02_Test, with C-MAC alone.
const Bytes hostChallenge = hex("40A62C37FA6304F8");
const Bytes sequenceCounter = hex("0001");
const Bytes cardChallenge = hex("6B4524ABEE7C");
const Bytes cardCryptogram = hex("F32EA3838BC148F3");
const Bytes externalAuthenticate = hex("8482010010BA6961667737C5BCEBECE14C7D6A4376");
const Bytes commands[] = {hex("84F220020814DB34FA4341DCA8"), hex("84CA00660855ED7C5FF069512B00"),
                          hex("84F22002124F0212345C054F9F70C58FC1B380C4228AF8"),
                          hex("84F280020A4F003B95F09317DE6A4E00")};
const Bytes plainData[] = {{}, {}, hex("4F0212345C054F9F70C5"), hex("4F00")};

StaticKeys publishedKeys() {
    StaticKeys keys;
    REQUIRE(keys.encryption.assign(hex("100102030405060708090a0b0c0d0e0f")));
    REQUIRE(keys.mac.assign(hex("101102030405060708090a0b0c0d0e0f")));
    REQUIRE(keys.dataEncryption.assign(hex("102102030405060708090a0b0c0d0e0f")));
    return keys;
}

struct Channel {
    SecureChannelProtocol02 protocol{test::quickGuard()};
    Bytes received;

    Channel() {
        Bytes cryptogram(8);
        REQUIRE(protocol.initialize(publishedKeys(), std::span(sequenceCounter).first<2>(),
                                    std::span(hostChallenge).first<8>(), std::span(cardChallenge).first<6>(),
                                    std::span(cryptogram).first<8>()));
        CHECK(cryptogram == cardCryptogram);
    }

    StatusWord authenticate(const Bytes& apdu) {
        const auto command = parseCommand(apdu);
        REQUIRE(command);
        return protocol.authenticateHost(*command);
    }

    StatusWord unprotect(Bytes apdu) {
        auto command = parseCommand(apdu);
        REQUIRE(command);
        const auto offset = static_cast<std::size_t>(command->data.data() - apdu.data());
        const StatusWord status =
            protocol.unprotect(*command, std::span(apdu).subspan(offset, command->data.size()));
        if (status == StatusWord::Success) {
            CHECK(command->cla == 0x80);
            received = test::toBytes(command->data);
        }
        return status;
    }
};

} // namespace

TEST_CASE("SCP02 replays a published dialogue") {
    Channel channel;
    REQUIRE(channel.authenticate(externalAuthenticate) == StatusWord::Success);
    for (std::size_t i = 0; i < std::size(commands); ++i) {
        CAPTURE(i);
        REQUIRE(channel.unprotect(commands[i]) == StatusWord::Success);
        CHECK(channel.received == plainData[i]);
    }
}

TEST_CASE("one changed bit in a command under SCP02 ends the session") {
    for (std::size_t byte = 0; byte < commands[2].size(); ++byte) {
        if (byte == 4) {
            continue; // Lc: no longer a command
        }
        CAPTURE(byte);
        Channel channel;
        REQUIRE(channel.authenticate(externalAuthenticate) == StatusWord::Success);
        REQUIRE(channel.unprotect(commands[0]) == StatusWord::Success);
        REQUIRE(channel.unprotect(commands[1]) == StatusWord::Success);
        Bytes changed = commands[2];
        changed[byte] ^= 0x01;
        CHECK(channel.unprotect(changed) == StatusWord::SecurityStatusNotSatisfied);
        CHECK_FALSE(channel.protocol.active());
        CHECK(channel.unprotect(commands[2]) == StatusWord::SecurityStatusNotSatisfied);
    }
}

TEST_CASE("SCP02 takes no command in extended form") {
    Channel channel;
    REQUIRE(channel.authenticate(externalAuthenticate) == StatusWord::Success);
    Bytes extended = commands[0];
    extended.insert(extended.begin() + 4, 2, std::uint8_t{0});
    CHECK(channel.unprotect(extended) == StatusWord::SecurityStatusNotSatisfied);
    CHECK_FALSE(channel.protocol.active());
}

TEST_CASE(
    "no command under keys of zeros passes for one of a session of SCP02 that is over or has not begun") {
    Bytes command = hex("84F2200208");
    crypto::RetailMac mac(std::array<std::uint8_t, 16>{});
    mac.update(join(command, hex("800000")));
    Bytes code(8);
    REQUIRE(mac.finish(std::span(code).first<8>()));
    command = join(command, code);
    Channel channel;
    CHECK(channel.unprotect(command) == StatusWord::SecurityStatusNotSatisfied);
    CHECK(channel.unprotect(command) == StatusWord::SecurityStatusNotSatisfied);
    Channel over;
    REQUIRE(over.authenticate(externalAuthenticate) == StatusWord::Success);
    over.protocol.reset();
    CHECK(over.unprotect(command) == StatusWord::SecurityStatusNotSatisfied);
}

TEST_CASE("EXTERNAL AUTHENTICATE of SCP02 refuses everything but the right host") {
    Channel channel;
    Bytes apdu = externalAuthenticate;
    StatusWord expected = StatusWord::SecurityStatusNotSatisfied;
    SUBCASE("a wrong cryptogram") {
        apdu[5] ^= 0x80;
    }
    SUBCASE("a wrong MAC") {
        apdu.back() ^= 0x80;
    }
    SUBCASE("R-MAC") {
        apdu[2] = 0x11;
        expected = StatusWord::IncorrectParameters;
    }
    SUBCASE("no protection at all") {
        apdu[2] = 0x00;
        expected = StatusWord::IncorrectParameters;
    }
    SUBCASE("a plain class") {
        apdu[0] = 0x80;
        expected = StatusWord::IncorrectParameters;
    }
    SUBCASE("a short cryptogram") {
        apdu.erase(apdu.begin() + 5);
        apdu[4] = 0x0F;
        expected = StatusWord::WrongLength;
    }
    CHECK(channel.authenticate(apdu) == expected);
    CHECK_FALSE(channel.protocol.active());
    CHECK(channel.authenticate(externalAuthenticate) == StatusWord::ConditionsOfUseNotSatisfied);
}

TEST_CASE("SCP02 takes keys of two-key 3DES alone") {
    StaticKeys keys = publishedKeys();
    REQUIRE(keys.mac.assign(Bytes(24, 0x11)));
    SecureChannelProtocol02 protocol{test::quickGuard()};
    Bytes cryptogram(8);
    CHECK_FALSE(protocol.initialize(keys, std::span(sequenceCounter).first<2>(),
                                    std::span(hostChallenge).first<8>(), std::span(cardChallenge).first<6>(),
                                    std::span(cryptogram).first<8>()));
    CHECK_FALSE(protocol.active());
}
