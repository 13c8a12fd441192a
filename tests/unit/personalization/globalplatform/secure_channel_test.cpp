// SPDX-License-Identifier: Apache-2.0
// The dialogues of SCP03 were recorded by pySim's authors with a real card and are published in
// osmocom/pysim, tests/unittests/test_globalplatform.py (SCP03_Test_AES*), as is the one of SCP02
// (SCP02_Test). Values only.
#include "personalization/globalplatform/secure_channel.hpp"

#include "host/base/error.hpp"
#include "host/reader/in_process_connection.hpp"

#include <doctest/doctest.h>

#include <deque>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

struct Exchange {
    const char* command;
    const char* response;
};

struct Dialogue {
    SecurityLevel level;
    const char* hostChallenge;
    Exchange initializeUpdate;
    Exchange externalAuthenticate;
    Exchange getEid; ///< STORE DATA, the answer has data
    const char* case1;
    const char* case2;
    const char* case3;
    const char* case4;
    std::uint8_t keyVersion = 0x30;
    std::size_t keySize = 16;
};

const Dialogue commandAndResponseMac{
    SecurityLevel::CommandAndResponseMac,
    "b13e5f938fc108c4",
    {"8050300008b13e5f938fc108c400", "000000000000000000003003703eb51047495b249f66c484c1d2ef19480000029000"},
    {"84821100107d5f5826a993ebc89eea24957fa0b3ce", "9000"},
    {"84e291000ebf3e035c015a558d036518a2829700",
     "bf3e125a1089882119900000000000000000000005971be68992dbbdfa9000"},
    "84f220020863a63f8959827fb2",
    "84ca006608a0c6a4a74166f7ce00",
    "84f22002124f0212345c054f9f70c52249b50272656536",
    "84f280020a4f00e91443f6dce6b8ed00"};

const Dialogue commandMacAndEncryption{
    SecurityLevel::CommandMacAndEncryption,
    "8e1552d0513c60f3",
    {"80503000088e1552d0513c60f300", "0000000000000000000030037030760cd2c47c1dd395065fe5ead8a9d70000019000"},
    {"8482030010fd4721a14d9b07003c451d2f8ae6bb21", "9000"},
    {"84e2910018ca9c00f6713d79bc8baa642bdff51c3f6a4082d3bd9ad26c00",
     "bf3e125a10898821199000000000000000000000059000"},
    "84f2200208c9811b11f1264cf1",
    "84ca006608e10ab60b3054798800",
    "84f22002184e2908bdb48b2315a55482e9e936ca122d6ecfae7d17416e",
    "84f28002180dd10a6b6193e5340b9e77d32d5a179cd710ac2773aefb2800"};

const Dialogue everythingProtected{
    SecurityLevel::CommandAndResponseMacAndEncryption,
    "fdf38259a1e0de44",
    {"8050300008fdf38259a1e0de4400", "000000000000000000003003703b1aca81e821f219081cdc01c26b372d0000039000"},
    {"84823300108c36f96bcc00724a4e13ad591d7da3f0", "9000"},
    {"84e2910018267a85dfe4a98fca6fb0527e0dfecce4914e40401433c87f00",
     "f3ba2b1013aa6224f5e1c138d71805c569e5439b47576260b75fc021b25097cb2e68f8a0144975b99000"},
    "84f2200208ac6a59024bed84cc",
    "84ca006608409912ad8fb7aed000",
    "84f22002185f3dafc3ac14c381536a488bf44e06d056df9d74dbd21e5a",
    "84f280021865165105be3373347d0424d4400af2ac393f569ec779389e00"};

const Dialogue aes192CommandAndResponseMac{
    SecurityLevel::CommandAndResponseMac,
    "7396430b768b085b",
    {"80503100087396430b768b085b00", "000000000000000000003103708cfc23522ffdbf1e5df5542cac8fd8660000039000"},
    {"84821100102145ed30b146f5db252fb7e624cec244", "9000"},
    {"84e291000ebf3e035c015aff42cf801d14394400",
     "bf3e125a1089882119900000000000000000000005162fbd33e04940a99000"},
    "84f22002084584e4f6784811ee",
    "84ca006608937776ebe190fa3000",
    "84f22002124f0212345c054f9f70c59a52bddf3040368c",
    "84f280020a4f009804b11411f7393d00",
    0x31,
    24};

const Dialogue aes192Everything{
    SecurityLevel::CommandAndResponseMacAndEncryption,
    "9b3f2eef0e8c9374",
    {"80503100089b3f2eef0e8c937400", "00000000000000000000310370f6bb305a15bae1a68f79fb08212fbed70000029000"},
    {"84823300109100bc22d58b45b86a26365ce39ff3cf", "9000"},
    {"84e29100188f7f946c84f70d17994bc6e8791251bb1bb1bf02cf8de58900",
     "c05176c1b6f72aae50c32cbee63b0e95998928fd4dfb2be9f27ffde8c8476f5909b4805cc40395999000"},
    "84f2200208d5d97754b6b3d2ba",
    "84ca006608516c82b8e30adbeb00",
    "84f2200218cc247f4761e6944277a4e0d6e32e44025b1e31537e2fc668",
    "84f2800218ba22b63d509bef5d093b43e5eaed03ed23144ab2d9cb51de00",
    0x31,
    24};

const Dialogue aes256CommandMacAndEncryption{
    SecurityLevel::CommandMacAndEncryption,
    "c6066990fc426e1d",
    {"8050320008c6066990fc426e1d00", "000000000000000000003203708682cd81bbd8919f2de3f2664581f1180000019000"},
    {"848203001077c493b632edadaf865a1e64acc07ce9", "9000"},
    {"84e29100183ddaa60594963befaada3525b492ede23c2ab2c1ce3afe4400",
     "bf3e125a10898821199000000000000000000000059000"},
    "84f2200208480ddc8e419da38d",
    "84ca0066083e9d6a6c0b2d732000",
    "84f22002183ebfef2da8b04af2a85f491f299b76973df76ff08a4031be",
    "84f2800218783fff80990f5585b1055010ea95094a26e4a8f1ef4b18e100",
    0x32,
    32};

const Dialogue aes256Everything{
    SecurityLevel::CommandAndResponseMacAndEncryption,
    "97b2055fe58599fd",
    {"805032000897b2055fe58599fd00", "00000000000000000000320370a8439a22cedf045fa9f1903b2834f26e0000029000"},
    {"8482330010508a0fd959d2e547c6b33154a6be2057", "9000"},
    {"84e29100187a5ef717eaf1e135ae92fe54429d0e465decda65f5fe5aea00",
     "ea90dbfa648a67c5eb6abc57f8530b97d0cd5647c5e8732016b55203b078dd2ace7f8bc5d1c1cd999000"},
    "84f2200208bcc5c17275545d93",
    "84ca00660804806aba9d543bb600",
    "84f2200218717222491556ec81a45f49ce48be33320024801a1c4cb0e0",
    "84f2800218561f105bccd3a1642904b251ccc1228beb80a82370a8637000",
    0x32,
    32};

/// The keys of the card: each repeats its first 16 bytes.
SecurityDomainKeys publishedKeys(std::uint8_t version = 0x30, std::size_t size = 16) {
    const auto key = [size](const char* first) {
        const Bytes half = fromHex(first);
        return SecretBytes(BytesView(concat(half, half)).first(size));
    };
    return {version, key("000102030405060708090a0b0c0d0e0f"), key("101112131415161718191a1b1c1d1e1f"),
            key("202122232425262728292a2b2c2d2e2f")};
}

/// The security domain of the eUICC that the dialogues were made with.
SecureChannelProtocol recordedProtocol() {
    return {0x03, 0x70, fromHex("A0000005591010FFFFFFFF8900000100")};
}

/// Hands out the bytes that a published dialogue was made with.
class PublishedRandom final : public RandomSource {
public:
    explicit PublishedRandom(const char* hex) : bytes_(fromHex(hex)) {}
    void fill(std::span<std::uint8_t> output) override {
        REQUIRE(output.size() == bytes_.size());
        std::copy(bytes_.begin(), bytes_.end(), output.begin());
    }

private:
    Bytes bytes_;
};

/// A card that expects the commands of a dialogue in their order and gives its responses.
class ScriptedCard {
public:
    explicit ScriptedCard(std::deque<Exchange> script) : script_(std::move(script)) {}

    InProcessConnection connection() {
        return InProcessConnection("script", fromHex("3B00"), [this](BytesView command) {
            REQUIRE_FALSE(script_.empty());
            const Exchange next = script_.front();
            script_.pop_front();
            CHECK(toHex(command) == toHex(fromHex(next.command)));
            return fromHex(next.response);
        });
    }
    void then(Exchange exchange) { script_.push_back(exchange); }
    [[nodiscard]] std::size_t remaining() const { return script_.size(); }

private:
    std::deque<Exchange> script_;
};

SecureChannel open(Connection& connection, const Dialogue& dialogue, const SecurityDomainKeys& keys) {
    PublishedRandom random(dialogue.hostChallenge);
    return SecureChannel::open(connection, keys, dialogue.level, random, recordedProtocol());
}

const CommandApdu getEid{0x80, 0xE2, 0x91, 0x00, fromHex("BF3E035C015A"), 256};

} // namespace

TEST_CASE("published dialogues replay to the byte") {
    for (const Dialogue* dialogue : {&commandAndResponseMac, &commandMacAndEncryption, &everythingProtected,
                                     &aes192CommandAndResponseMac, &aes192Everything,
                                     &aes256CommandMacAndEncryption, &aes256Everything}) {
        CAPTURE(dialogue->externalAuthenticate.command);
        ScriptedCard card({dialogue->initializeUpdate, dialogue->externalAuthenticate, dialogue->getEid});
        InProcessConnection connection = card.connection();
        SecureChannel channel =
            open(connection, *dialogue, publishedKeys(dialogue->keyVersion, dialogue->keySize));
        const ResponseApdu response = channel.transmit(getEid);
        CHECK(toHex(response.data) == "BF3E125A1089882119900000000000000000000005");
        CHECK(response.sw.isSuccess());
        CHECK(card.remaining() == 0);

        // The published commands that follow have no published answers: an error needs no MAC.
        const auto send = [&](const char* expected, const CommandApdu& command) {
            card.then({expected, "6A88"});
            CHECK(channel.transmit(command).sw == StatusWord(0x6A88));
        };
        send(dialogue->case1, {0x80, 0xF2, 0x20, 0x02});
        send(dialogue->case2, {0x80, 0xCA, 0x00, 0x66, {}, 256});
        send(dialogue->case3, {0x80, 0xF2, 0x20, 0x02, fromHex("4f0212345c054f9f70c5")});
        send(dialogue->case4, {0x80, 0xF2, 0x80, 0x02, fromHex("4f00"), 256});
    }
}

TEST_CASE("a card with other keys is left alone, and the message tells which chip and keys") {
    ScriptedCard card({everythingProtected.initializeUpdate});
    InProcessConnection connection = card.connection();
    std::string message;
    try {
        static_cast<void>(
            open(connection, everythingProtected,
                 SecurityDomainKeys{0x30, SecretBytes(Bytes(16, 0x11)), SecretBytes(Bytes(16, 0x22)),
                                    SecretBytes(Bytes(16, 0x33))}));
    } catch (const AuthenticationRefused& refused) {
        message = refused.what();
    }
    CHECK(message.find("00000000000000000000") != std::string::npos);
    CHECK(message.find("key version 30") != std::string::npos);
    CHECK(card.remaining() == 0); // INITIALIZE UPDATE and nothing after it
}

TEST_CASE("a refused EXTERNAL AUTHENTICATE is not tried again") {
    ScriptedCard card({commandAndResponseMac.initializeUpdate,
                       {commandAndResponseMac.externalAuthenticate.command, "6300"}});
    InProcessConnection connection = card.connection();
    CHECK_THROWS_AS(static_cast<void>(open(connection, commandAndResponseMac, publishedKeys())),
                    AuthenticationRefused);
    CHECK(card.remaining() == 0);
}

TEST_CASE("a chip that fails while it opens the channel is no question of keys") {
    ScriptedCard card({commandAndResponseMac.initializeUpdate,
                       {commandAndResponseMac.externalAuthenticate.command, "6581"}});
    InProcessConnection connection = card.connection();
    CHECK_THROWS_AS(static_cast<void>(open(connection, commandAndResponseMac, publishedKeys())), CardError);
}

TEST_CASE("a response that is changed, or bare of its MAC, ends the work") {
    const char* response = "";
    SUBCASE("data changed") {
        response = "bf3e125a1089882119900000000000000000000006971be68992dbbdfa9000";
    }
    SUBCASE("status word changed") {
        response = "bf3e125a1089882119900000000000000000000005971be68992dbbdfa6283";
    }
    SUBCASE("MAC changed") {
        response = "bf3e125a1089882119900000000000000000000005971be68992dbbdfb9000";
    }
    SUBCASE("MAC cut off") {
        response = "bf3e129000";
    }
    SUBCASE("no MAC") {
        response = "9000";
    }
    ScriptedCard card({commandAndResponseMac.initializeUpdate,
                       commandAndResponseMac.externalAuthenticate,
                       {commandAndResponseMac.getEid.command, response}});
    InProcessConnection connection = card.connection();
    SecureChannel channel = open(connection, commandAndResponseMac, publishedKeys());
    CHECK_THROWS_AS(static_cast<void>(channel.transmit(getEid)), SecureMessagingError);
}

TEST_CASE("the published dialogue of SCP02 replays to the byte") {
    const SecurityDomainKeys keys{0x20, SecretBytes(fromHex("100102030405060708090a0b0c0d0e0f")),
                                  SecretBytes(fromHex("101102030405060708090a0b0c0d0e0f")),
                                  SecretBytes(fromHex("102102030405060708090a0b0c0d0e0f"))};
    ScriptedCard card(
        {{"805020000840A62C37FA6304F800", "00000000000000000000700200016B4524ABEE7CF32EA3838BC148F39000"},
         {"8482010010BA6961667737C5BCEBECE14C7D6A4376", "9000"}});
    InProcessConnection connection = card.connection();
    PublishedRandom random("40A62C37FA6304F8");
    SecureChannel channel =
        SecureChannel::open(connection, keys, SecurityLevel::CommandMac, random, {0x02, 0x15, {}});
    const auto send = [&](const char* expected, const CommandApdu& command) {
        card.then({expected, "0102039000"});
        CHECK(channel.transmit(command).data == fromHex("010203"));
    };
    send("84F220020814DB34FA4341DCA8", {0x80, 0xF2, 0x20, 0x02});
    send("84CA00660855ED7C5FF069512B00", {0x80, 0xCA, 0x00, 0x66, {}, 256});
    send("84F22002124F0212345C054F9F70C58FC1B380C4228AF8",
         {0x80, 0xF2, 0x20, 0x02, fromHex("4f0212345c054f9f70c5")});
    send("84F280020A4F003B95F09317DE6A4E00", {0x80, 0xF2, 0x80, 0x02, fromHex("4f00"), 256});
    CHECK(card.remaining() == 0);
    // The key of a pre-shared key suite under this session's data encryption key (PutKey_PSK_Test).
    CHECK(channel.encryptKey(fromHex("303132333435363738393a3b3c3d3e3f")) ==
          fromHex("15abf1fe16ccc5aa13743394442942cd"));
    CHECK_THROWS_AS(static_cast<void>(channel.transmit({0x80, 0xE2, 0x00, 0x00, Bytes(240)})),
                    BadConfiguration);
}

TEST_CASE("a level that the chip does not offer is refused before the host proves its keys") {
    // i=10 in place of 70: no protection of responses.
    ScriptedCard card(
        std::deque<Exchange>{{"8050300008fdf38259a1e0de4400",
                              "000000000000000000003003103b1aca81e821f219081cdc01c26b372d0000039000"}});
    InProcessConnection connection = card.connection();
    CHECK_THROWS_AS(static_cast<void>(open(connection, everythingProtected, publishedKeys())),
                    BadConfiguration);
    CHECK(card.remaining() == 0);
}

TEST_CASE("a challenge that does not follow from the sequence counter is refused") {
    ScriptedCard card(
        std::deque<Exchange>{{"8050300008fdf38259a1e0de4400",
                              "000000000000000000003003703b1aca81e821f219081cdc01c26b372d0000049000"}});
    InProcessConnection connection = card.connection();
    CHECK_THROWS_AS(static_cast<void>(open(connection, everythingProtected, publishedKeys())),
                    AuthenticationRefused);
}

TEST_CASE("a chip of another protocol than expected is refused") {
    ScriptedCard card(std::deque<Exchange>{
        {"8050300008fdf38259a1e0de4400", "00000000000000000000700200016B4524ABEE7CF32EA3838BC148F39000"}});
    InProcessConnection connection = card.connection();
    CHECK_THROWS_AS(static_cast<void>(open(connection, everythingProtected, publishedKeys())), MalformedData);
}

TEST_CASE("an answer to INITIALIZE UPDATE of another protocol or length is refused") {
    const Bytes right = fromHex("000000000000000000003003703eb51047495b249f66c484c1d2ef1948000002");
    const auto decoded = InitializeUpdateResponse::decode(right);
    CHECK(decoded.implementationOption == 0x70);
    CHECK(decoded.sequenceCounter == fromHex("000002"));
    CHECK(InitializeUpdateResponse::decode(BytesView(right).first(29)).cardCryptogram ==
          fromHex("66c484c1d2ef1948"));
    for (const std::size_t size : {0U, 11U, 12U, 28U, 30U, 31U}) {
        CAPTURE(size);
        CHECK_THROWS_AS(static_cast<void>(InitializeUpdateResponse::decode(BytesView(right).first(size))),
                        MalformedData);
    }
    CHECK_THROWS_AS(static_cast<void>(InitializeUpdateResponse::decode(concat(right, Bytes{0x00}))),
                    MalformedData);
    Bytes other = right;
    other[11] = 0x01;
    CHECK_THROWS_AS(static_cast<void>(InitializeUpdateResponse::decode(other)), MalformedData);
}
