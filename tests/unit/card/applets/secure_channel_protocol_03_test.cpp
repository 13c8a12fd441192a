// SPDX-License-Identifier: Apache-2.0
#include "card/applets/manager/secure_channel_protocol_03.hpp"
#include "card/core/command_parser.hpp"
#include "tests/support/quick_guard.hpp"
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
// classes SCP03_Test_AES128_11, _03 and _33, and those of AES192 and AES256. The command and response after
// EXTERNAL AUTHENTICATE come first, then four commands of case 1 to 4 that follow each other without their
// responses.
//
// The keys repeat their first 16 bytes up to their size.
StaticKeys publishedKeys(std::size_t size) {
    StaticKeys keys;
    const auto assign = [size](manager::ChannelKey& key, Bytes value) {
        value.insert(value.end(), value.begin(), value.end());
        REQUIRE(key.assign(std::span(value).first(size)));
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
    std::size_t keySize = 16;
    Bytes sequenceCounter = {};
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

const Dialogue aes192CommandAndResponseMac{
    hex("7396430b768b085b"),
    hex("8cfc23522ffdbf1e"),
    hex("5df5542cac8fd866"),
    hex("84821100102145ed30b146f5db252fb7e624cec244"),
    hex("84e291000ebf3e035c015aff42cf801d14394400"),
    hex("bf3e125a1089882119900000000000000000000005162fbd33e04940a9"),
    {hex("84f22002084584e4f6784811ee"), hex("84ca006608937776ebe190fa3000"),
     hex("84f22002124f0212345c054f9f70c59a52bddf3040368c"), hex("84f280020a4f009804b11411f7393d00")},
    24,
    hex("000003")};

const Dialogue aes192CommandMacAndEncryption{
    hex("69c65da8202bf19f"),
    hex("b570a67be3844671"),
    hex("7729d6dd3d2ec5b1"),
    hex("848203001065df4f1a356a887905466516d9e5b7c1"),
    hex("84e2910018d2c6fb477c5d4afe4fd4d21f17eff10d3578ec1774a12a2d00"),
    hex("bf3e125a1089882119900000000000000000000005"),
    {hex("84f2200208964e188f0b1bb697"), hex("84ca006608f0820035a41d3e1800"),
     hex("84f220021806b076ed452cd1fa84f77f5c08a146aa77a9286757dea791"),
     hex("84f2800218d06527e39222dce091fabdb8e9b898417a67a6852d3577db00")},
    24,
    hex("000001")};

const Dialogue aes192Everything{
    hex("9b3f2eef0e8c9374"),
    hex("f6bb305a15bae1a6"),
    hex("8f79fb08212fbed7"),
    hex("84823300109100bc22d58b45b86a26365ce39ff3cf"),
    hex("84e29100188f7f946c84f70d17994bc6e8791251bb1bb1bf02cf8de58900"),
    hex("c05176c1b6f72aae50c32cbee63b0e95998928fd4dfb2be9f27ffde8c8476f5909b4805cc4039599"),
    {hex("84f2200208d5d97754b6b3d2ba"), hex("84ca006608516c82b8e30adbeb00"),
     hex("84f2200218cc247f4761e6944277a4e0d6e32e44025b1e31537e2fc668"),
     hex("84f2800218ba22b63d509bef5d093b43e5eaed03ed23144ab2d9cb51de00")},
    24,
    hex("000002")};

const Dialogue aes256CommandAndResponseMac{
    hex("11666d57866c6f54"),
    hex("53ea8847efa7674e"),
    hex("41498a4d66cf0dee"),
    hex("84821100102f2ad190eff2fafc4908996d1cebd310"),
    hex("84e291000ebf3e035c015af4b680372542b59d00"),
    hex("bf3e125a10898821199000000000000000000000058012dd7f01f1c4c1"),
    {hex("84f2200208d618b7da68d5fe52"), hex("84ca0066088f3e055db23ad5e500"),
     hex("84f22002124f0212345c054f9f70c5b6e15cc42404915e"), hex("84f280020a4f00aa124aa74afe7f7500")},
    32,
    hex("000003")};

const Dialogue aes256CommandMacAndEncryption{
    hex("c6066990fc426e1d"),
    hex("8682cd81bbd8919f"),
    hex("2de3f2664581f118"),
    hex("848203001077c493b632edadaf865a1e64acc07ce9"),
    hex("84e29100183ddaa60594963befaada3525b492ede23c2ab2c1ce3afe4400"),
    hex("bf3e125a1089882119900000000000000000000005"),
    {hex("84f2200208480ddc8e419da38d"), hex("84ca0066083e9d6a6c0b2d732000"),
     hex("84f22002183ebfef2da8b04af2a85f491f299b76973df76ff08a4031be"),
     hex("84f2800218783fff80990f5585b1055010ea95094a26e4a8f1ef4b18e100")},
    32,
    hex("000001")};

const Dialogue aes256Everything{
    hex("97b2055fe58599fd"),
    hex("a8439a22cedf045f"),
    hex("a9f1903b2834f26e"),
    hex("8482330010508a0fd959d2e547c6b33154a6be2057"),
    hex("84e29100187a5ef717eaf1e135ae92fe54429d0e465decda65f5fe5aea00"),
    hex("ea90dbfa648a67c5eb6abc57f8530b97d0cd5647c5e8732016b55203b078dd2ace7f8bc5d1c1cd99"),
    {hex("84f2200208bcc5c17275545d93"), hex("84ca00660804806aba9d543bb600"),
     hex("84f2200218717222491556ec81a45f49ce48be33320024801a1c4cb0e0"),
     hex("84f2800218561f105bccd3a1642904b251ccc1228beb80a82370a8637000")},
    32,
    hex("000002")};

// The card of a dialogue after INITIALIZE UPDATE.
struct Channel {
    SecureChannelProtocol03 protocol{test::quickGuard()};
    Bytes cardCryptogram = Bytes(8);
    Bytes received;

    explicit Channel(const Dialogue& dialogue) {
        REQUIRE(protocol.initialize(publishedKeys(dialogue.keySize), 0x70, dialogue.hostChallenge,
                                    dialogue.cardChallenge, cardCryptogram));
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

TEST_CASE("SCP03 replays the published dialogues with AES-192 and AES-256") {
    for (const Dialogue* dialogue :
         {&aes192CommandAndResponseMac, &aes192CommandMacAndEncryption, &aes192Everything,
          &aes256CommandAndResponseMac, &aes256CommandMacAndEncryption, &aes256Everything}) {
        CAPTURE(dialogue->keySize);
        replay(*dialogue);
        // The eUICC derived its challenge from the identifier of its ISD-R and the counter.
        Bytes challenge(8);
        REQUIRE(SecureChannelProtocol03::deriveChallenge(publishedKeys(dialogue->keySize),
                                                         std::span(dialogue->sequenceCounter).first<3>(),
                                                         hex("A0000005591010FFFFFFFF8900000100"), challenge));
        CHECK(challenge == dialogue->cardChallenge);
    }
}

TEST_CASE("an option without R-MAC refuses levels that ask for it") {
    for (const std::uint8_t option : hex("0010")) {
        for (const std::uint8_t level : hex("111333")) {
            SecureChannelProtocol03 protocol{test::quickGuard()};
            Bytes cryptogram(8);
            REQUIRE(protocol.initialize(publishedKeys(16), option, everything.hostChallenge,
                                        everything.cardChallenge, cryptogram));
            Bytes apdu = everything.externalAuthenticate;
            apdu[2] = level;
            const auto command = parseCommand(apdu);
            REQUIRE(command);
            CHECK(protocol.authenticateHost(*command) == StatusWord::IncorrectParameters);
        }
    }
}

TEST_CASE("the options of SCP03 that the chip knows") {
    for (unsigned option = 0; option <= 0xFF; ++option) {
        CAPTURE(option);
        const Bytes known = hex("0001101160617071");
        CHECK(SecureChannelProtocol03::isOption(static_cast<std::uint8_t>(option)) ==
              (std::find(known.begin(), known.end(), option) != known.end()));
    }
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
