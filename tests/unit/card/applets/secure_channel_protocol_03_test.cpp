// SPDX-License-Identifier: Apache-2.0
#include "card/applets/manager/secure_channel_protocol_03.hpp"
#include "card/core/command_parser.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace cancuoc::card;
using manager::SecureChannelProtocol03;
using manager::StaticKeys;
using test::Bytes;
using test::hex;

namespace {

// Published dialogues of an eUICC with these keys: osmocom/pysim, tests/unittests/test_globalplatform.py,
// classes SCP03_Test_AES128_11, _03 and _33. The command and response after EXTERNAL AUTHENTICATE come first,
// then four commands of case 1 to 4 that follow each other without their responses.
StaticKeys publishedKeys() {
    StaticKeys keys;
    const auto assign = [](crypto::SecretArray<16>& key, const Bytes& value) {
        std::copy(value.begin(), value.end(), key.bytes().begin());
    };
    assign(keys.encryption, hex("000102030405060708090a0b0c0d0e0f"));
    assign(keys.mac, hex("101112131415161718191a1b1c1d1e1f"));
    assign(keys.dataEncryption, hex("202122232425262728292a2b2c2d2e2f"));
    return keys;
}

struct Dialogue {
    Bytes hostChallenge;
    Bytes cardChallenge;
    Bytes cardCryptogram;
    Bytes externalAuthenticate;
    Bytes getEid;
    Bytes getEidResponse;
    Bytes cases[4];
};

const Bytes plainGetEidData = hex("bf3e035c015a");
const Bytes plainGetEidResponse = hex("bf3e125a1089882119900000000000000000000005");
const Bytes plainCaseData[] = {{}, {}, hex("4f0212345c054f9f70c5"), hex("4f00")};

const Dialogue commandAndResponseMac{hex("b13e5f938fc108c4"),
                                     hex("3eb51047495b249f"),
                                     hex("66c484c1d2ef1948"),
                                     hex("84821100107d5f5826a993ebc89eea24957fa0b3ce"),
                                     hex("84e291000ebf3e035c015a558d036518a2829700"),
                                     hex("bf3e125a1089882119900000000000000000000005971be68992dbbdfa"),
                                     {hex("84f220020863a63f8959827fb2"), hex("84ca006608a0c6a4a74166f7ce00"),
                                      hex("84f22002124f0212345c054f9f70c52249b50272656536"),
                                      hex("84f280020a4f00e91443f6dce6b8ed00")}};

const Dialogue commandMacAndEncryption{hex("8e1552d0513c60f3"),
                                       hex("30760cd2c47c1dd3"),
                                       hex("95065fe5ead8a9d7"),
                                       hex("8482030010fd4721a14d9b07003c451d2f8ae6bb21"),
                                       hex("84e2910018ca9c00f6713d79bc8baa642bdff51c3f6a4082d3bd9ad26c00"),
                                       hex("bf3e125a1089882119900000000000000000000005"),
                                       {hex("84f2200208c9811b11f1264cf1"),
                                        hex("84ca006608e10ab60b3054798800"),
                                        hex("84f22002184e2908bdb48b2315a55482e9e936ca122d6ecfae7d17416e"),
                                        hex("84f28002180dd10a6b6193e5340b9e77d32d5a179cd710ac2773aefb2800")}};

const Dialogue everything{
    hex("fdf38259a1e0de44"),
    hex("3b1aca81e821f219"),
    hex("081cdc01c26b372d"),
    hex("84823300108c36f96bcc00724a4e13ad591d7da3f0"),
    hex("84e2910018267a85dfe4a98fca6fb0527e0dfecce4914e40401433c87f00"),
    hex("f3ba2b1013aa6224f5e1c138d71805c569e5439b47576260b75fc021b25097cb2e68f8a0144975b9"),
    {hex("84f2200208ac6a59024bed84cc"), hex("84ca006608409912ad8fb7aed000"),
     hex("84f22002185f3dafc3ac14c381536a488bf44e06d056df9d74dbd21e5a"),
     hex("84f280021865165105be3373347d0424d4400af2ac393f569ec779389e00")}};

// The card of a dialogue after INITIALIZE UPDATE.
struct Channel {
    SecureChannelProtocol03 protocol;
    Bytes cardCryptogram = Bytes(8);
    Bytes received;

    explicit Channel(const Dialogue& dialogue) {
        REQUIRE(protocol.initialize(publishedKeys(), std::span(dialogue.hostChallenge).first<8>(),
                                    std::span(dialogue.cardChallenge).first<8>(),
                                    std::span(cardCryptogram).first<8>()));
    }

    StatusWord authenticate(const Bytes& apdu) {
        const auto command = parseCommand(apdu);
        REQUIRE(command);
        return protocol.authenticateHost(*command);
    }

    // Unprotects a command; on success `received` holds its plain data.
    StatusWord unprotect(Bytes apdu) {
        auto command = parseCommand(apdu);
        REQUIRE(command);
        const std::span<std::uint8_t> data =
            std::span(apdu).subspan(command->extended ? 7 : 5, command->data.size());
        const StatusWord status = protocol.unprotect(*command, data);
        if (status == StatusWord::Success) {
            CHECK(command->cla == 0x80);
            received = test::toBytes(command->data);
        }
        return status;
    }
};

void replay(const Dialogue& dialogue) {
    Channel channel(dialogue);
    CHECK(channel.cardCryptogram == dialogue.cardCryptogram);
    REQUIRE(channel.authenticate(dialogue.externalAuthenticate) == StatusWord::Success);
    REQUIRE(channel.unprotect(dialogue.getEid) == StatusWord::Success);
    CHECK(channel.received == plainGetEidData);
    Response response;
    REQUIRE(response.append(plainGetEidResponse));
    REQUIRE(channel.protocol.protect(StatusWord::Success, response));
    CHECK(test::toBytes(response.data()) == dialogue.getEidResponse);
    for (std::size_t i = 0; i < std::size(dialogue.cases); ++i) {
        CAPTURE(i);
        REQUIRE(channel.unprotect(dialogue.cases[i]) == StatusWord::Success);
        CHECK(channel.received == plainCaseData[i]);
    }
}

} // namespace

TEST_CASE("SCP03 replays a published dialogue with C-MAC and R-MAC") {
    replay(commandAndResponseMac);
}

TEST_CASE("SCP03 replays a published dialogue with C-MAC and C-DECRYPTION") {
    replay(commandMacAndEncryption);
}

TEST_CASE("SCP03 replays a published dialogue with all four protections") {
    replay(everything);
}

TEST_CASE("one changed bit in a protected command ends the session") {
    for (std::size_t byte = 0; byte < everything.getEid.size() - 1; ++byte) {
        if (byte == 4) {
            continue; // Lc: no longer a command
        }
        CAPTURE(byte);
        Channel channel(everything);
        REQUIRE(channel.authenticate(everything.externalAuthenticate) == StatusWord::Success);
        Bytes changed = everything.getEid;
        changed[byte] ^= 0x01;
        CHECK(channel.unprotect(changed) == StatusWord::SecurityStatusNotSatisfied);
        CHECK_FALSE(channel.protocol.active());
        CHECK(channel.unprotect(everything.getEid) == StatusWord::SecurityStatusNotSatisfied);
    }
}

TEST_CASE("a repeated or left-out command ends the session") {
    Channel channel(everything);
    REQUIRE(channel.authenticate(everything.externalAuthenticate) == StatusWord::Success);
    SUBCASE("repeated") {
        REQUIRE(channel.unprotect(everything.getEid) == StatusWord::Success);
        CHECK(channel.unprotect(everything.getEid) == StatusWord::SecurityStatusNotSatisfied);
    }
    SUBCASE("left out") {
        CHECK(channel.unprotect(everything.cases[0]) == StatusWord::SecurityStatusNotSatisfied);
    }
}

TEST_CASE("EXTERNAL AUTHENTICATE refuses everything but the right host") {
    Channel channel(everything);
    Bytes apdu = everything.externalAuthenticate;
    StatusWord expected = StatusWord::SecurityStatusNotSatisfied;
    SUBCASE("a wrong cryptogram") {
        apdu[5] ^= 0x80;
    }
    SUBCASE("a wrong MAC") {
        apdu.back() ^= 0x80;
    }
    SUBCASE("another security level than the host signed") {
        apdu[2] = 0x13;
    }
    SUBCASE("a level that the chip does not know") {
        apdu[2] = 0x02;
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
    // The challenge is used up.
    CHECK(channel.authenticate(everything.externalAuthenticate) == StatusWord::ConditionsOfUseNotSatisfied);
}

TEST_CASE("a wrong host cryptogram under a right MAC is answered 6300") {
    // Computed with the session keys of the dialogue: MAC over a cryptogram of zeros.
    Channel channel(commandAndResponseMac);
    const Bytes macKeyContext =
        test::join(commandAndResponseMac.hostChallenge, commandAndResponseMac.cardChallenge);
    Bytes derivation = test::join(Bytes(11), hex("06 00 0080 01"), macKeyContext);
    Bytes macKey(16);
    REQUIRE(crypto::aesCmac(hex("101112131415161718191a1b1c1d1e1f"), derivation, macKey));
    const Bytes header = hex("8482110010");
    Bytes mac(8);
    REQUIRE(crypto::aesCmac(macKey, test::join(Bytes(16), header, Bytes(8)), mac));
    CHECK(channel.authenticate(test::join(header, Bytes(8), mac)) == StatusWord::AuthenticationFailed);
    CHECK_FALSE(channel.protocol.active());
}

TEST_CASE("an error goes out bare and a warning protected") {
    Channel channel(everything);
    REQUIRE(channel.authenticate(everything.externalAuthenticate) == StatusWord::Success);
    REQUIRE(channel.unprotect(everything.getEid) == StatusWord::Success);
    Response response;
    REQUIRE(response.append(Bytes(4)));
    REQUIRE(channel.protocol.protect(StatusWord::ConditionsOfUseNotSatisfied, response));
    CHECK(response.size() == 0);
    REQUIRE(channel.protocol.protect(StatusWord::EndOfFileReached, response));
    CHECK(response.size() == 8);
    CHECK(channel.protocol.active());
}

TEST_CASE("a reset forgets the session") {
    Channel channel(everything);
    REQUIRE(channel.authenticate(everything.externalAuthenticate) == StatusWord::Success);
    channel.protocol.reset();
    CHECK_FALSE(channel.protocol.active());
    CHECK(channel.unprotect(everything.getEid) == StatusWord::SecurityStatusNotSatisfied);
}
