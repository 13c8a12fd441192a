// SPDX-License-Identifier: Apache-2.0
// The dialogues with AES-128 keys were recorded by pySim's authors with a real card and are published in
// osmocom/pysim, tests/unittests/test_globalplatform.py (SCP03_Test_AES128_*). Values only.
#include "personalization/loading/scp03_channel.hpp"

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
    Scp03SecurityLevel level;
    const char* hostChallenge;
    Exchange initializeUpdate;
    Exchange externalAuthenticate;
    Exchange getEid; ///< STORE DATA, the answer has data
    const char* case1;
    const char* case2;
    const char* case3;
    const char* case4;
};

const Dialogue commandAndResponseMac{
    Scp03SecurityLevel::CommandAndResponseMac,
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
    Scp03SecurityLevel::CommandMacAndEncryption,
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
    Scp03SecurityLevel::CommandAndResponseMacAndEncryption,
    "fdf38259a1e0de44",
    {"8050300008fdf38259a1e0de4400", "000000000000000000003003703b1aca81e821f219081cdc01c26b372d0000039000"},
    {"84823300108c36f96bcc00724a4e13ad591d7da3f0", "9000"},
    {"84e2910018267a85dfe4a98fca6fb0527e0dfecce4914e40401433c87f00",
     "f3ba2b1013aa6224f5e1c138d71805c569e5439b47576260b75fc021b25097cb2e68f8a0144975b99000"},
    "84f2200208ac6a59024bed84cc",
    "84ca006608409912ad8fb7aed000",
    "84f22002185f3dafc3ac14c381536a488bf44e06d056df9d74dbd21e5a",
    "84f280021865165105be3373347d0424d4400af2ac393f569ec779389e00"};

Scp03Keys publishedKeys() {
    return {0x30, SecretBytes(fromHex("000102030405060708090a0b0c0d0e0f")),
            SecretBytes(fromHex("101112131415161718191a1b1c1d1e1f")),
            SecretBytes(fromHex("202122232425262728292a2b2c2d2e2f"))};
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

Scp03Channel open(Connection& connection, const Dialogue& dialogue, const Scp03Keys& keys) {
    PublishedRandom random(dialogue.hostChallenge);
    return Scp03Channel::open(connection, keys, dialogue.level, random);
}

const CommandApdu getEid{0x80, 0xE2, 0x91, 0x00, fromHex("BF3E035C015A"), 256};

} // namespace

TEST_CASE("published dialogues replay to the byte") {
    for (const Dialogue* dialogue :
         {&commandAndResponseMac, &commandMacAndEncryption, &everythingProtected}) {
        CAPTURE(dialogue->externalAuthenticate.command);
        ScriptedCard card({dialogue->initializeUpdate, dialogue->externalAuthenticate, dialogue->getEid});
        InProcessConnection connection = card.connection();
        Scp03Channel channel = open(connection, *dialogue, publishedKeys());
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
        static_cast<void>(open(connection, everythingProtected,
                               Scp03Keys{0x30, SecretBytes(Bytes(16, 0x11)), SecretBytes(Bytes(16, 0x22)),
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
    Scp03Channel channel = open(connection, commandAndResponseMac, publishedKeys());
    CHECK_THROWS_AS(static_cast<void>(channel.transmit(getEid)), SecureMessagingError);
}

TEST_CASE("an answer to INITIALIZE UPDATE of another protocol or length is refused") {
    const Bytes right = fromHex("000000000000000000003003703eb51047495b249f66c484c1d2ef1948000002");
    CHECK(InitializeUpdateResponse::decode(right).implementationOption == 0x70);
    CHECK(InitializeUpdateResponse::decode(BytesView(right).first(29)).cardCryptogram ==
          fromHex("66c484c1d2ef1948"));
    CHECK_THROWS_AS(static_cast<void>(InitializeUpdateResponse::decode(BytesView(right).first(28))),
                    MalformedData);
    Bytes other = right;
    other[11] = 0x02;
    CHECK_THROWS_AS(static_cast<void>(InitializeUpdateResponse::decode(other)), MalformedData);
}
