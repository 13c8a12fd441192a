// SPDX-License-Identifier: Apache-2.0
#include "host/access/pace.hpp"

#include "host/base/error.hpp"
#include "tests/unit/host/access/scripted.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::ScriptedConnection;
using test::ScriptedRandom;

namespace {

AccessKey mrzOfExample() {
    using namespace std::chrono_literals;
    return AccessKey::fromMrzInformation("T22000129", 1964y / 8 / 12, 2010y / 10 / 31);
}

PaceProtocol protocolFor(std::string_view oid, unsigned parameterId, bool ambiguous = false) {
    auto protocol = PaceProtocol::from({ObjectIdentifier::fromText(oid), parameterId});
    REQUIRE(protocol.has_value());
    protocol->ambiguousParameters = ambiguous;
    return *protocol;
}

constexpr std::string_view aes128 = "0.4.0.127.0.7.2.2.4.2.2";
constexpr std::string_view tripleDes = "0.4.0.127.0.7.2.2.4.2.1";

// Doc 9303-11, G.1: the terminal's private keys, for the mapping and for the key agreement.
constexpr std::string_view exampleKeys = "7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99"
                                         "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595";
// Doc 9303-11, G.1: the exchanges, up to mutual authentication.
constexpr ScriptedConnection::Exchange selectPace{"0022C1A40F800A04007F00070202040202830101", "9000"};
constexpr ScriptedConnection::Exchange getNonce{"10860000027C0000",
                                                "7C12801095A3A016522EE98D01E76CB6B98B42C39000"};
constexpr ScriptedConnection::Exchange mapNonce{
    "10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
    "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00",
    "7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
    "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C549000"};
constexpr ScriptedConnection::Exchange agreeOnKey{
    "10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
    "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200",
    "7C438441049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
    "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F0949000"};
constexpr std::string_view terminalToken = "008600000C7C0A8508C2B0BD78D94BA86600";
constexpr std::string_view chipToken = "7C0A86083ABB9674BCE93C089000";

std::string runWithLastAnswer(std::string_view answer) {
    ScriptedConnection connection{selectPace, getNonce, mapNonce, agreeOnKey, {terminalToken, answer}};
    ScriptedRandom random(exampleKeys);
    CardSession session(connection);
    try {
        static_cast<void>(Pace(session, random).perform(protocolFor(aes128, 13), mrzOfExample()));
    } catch (const WrongAccessKey&) {
        CHECK_FALSE(session.secureMessagingActive());
        return "wrong access key";
    } catch (const CardError& refusal) {
        return toHex(toBigEndian(refusal.statusWord(), 2));
    } catch (const MalformedData&) {
        return "malformed";
    }
    return "success";
}

} // namespace

TEST_CASE("PACE with generic mapping replays the worked example of Doc 9303-11, G.1") {
    ScriptedConnection connection{selectPace, getNonce, mapNonce, agreeOnKey, {terminalToken, chipToken}};
    ScriptedRandom random(exampleKeys);
    CardSession session(connection);
    const PaceResult result = Pace(session, random).perform(protocolFor(aes128, 13), mrzOfExample());
    CHECK(connection.finished());
    CHECK(random.finished());
    CHECK(session.secureMessagingCipher() == BlockCipher::Aes128);
    CHECK_FALSE(session.secureMessagingProven());
    CHECK(result.password == PasswordType::Mrz);
    CHECK(toHex(result.chipPublicKey).substr(0, 18) == "049E880F842905B8B3");
    REQUIRE(session.statistics().steps().size() == 1);
    CHECK(session.statistics().steps()[0].name == "pace");
    CHECK(session.statistics().steps()[0].commands == 5);
}

// A dialogue with a New Zealand passport, published as TestDoPace_GM_ECDH_TDES_CBC_NZ in pace/pace_test.go of
// github.com/gmrtd/gmrtd (values only).
TEST_CASE("PACE with 3DES replays a published dialogue") {
    ScriptedConnection connection{{"0022C1A412800A04007F0007020204020183010184010D", "9000"},
                                  {"10860000027C0000", "7C128010B88382812290017AF1CC906FF00E7F4D9000"},
                                  {"10860000457C438141047706B2B6246AB4612229B8A11212DDBA7FEA0568C9C0975DEE22C"
                                   "0E3DD3A3F0321E8AFEE836E373B570D"
                                   "24000D56FB195104D486E63321FF8C819DD5EE018DCB00",
                                   "7C43824104780B4EDEC9B926F9F964FAD826D9990A667608D96BA7B397AE8609B6533E0D0"
                                   "36D148365DDF4E5FF6611C2B62AA17FC9"
                                   "899F327BC929DB543E7ABD0EE724E4BE9000"},
                                  {"10860000457C43834104507A0156EFAE8FB8ACC519036C0B2FE0393C878744C7F91878EE4"
                                   "E07A41412BA5C0753D68A44A91E9F57"
                                   "F3F992AB689E6C2065D3B2A27C3658A4FD632931EE3800",
                                   "7C438441042DBAF62E6FDFB31EB66F206493B9E7721586F0E5C93754D7BD5A884CA251EE4"
                                   "D720AB539A60561BC46812FA289B58AC6"
                                   "9F0C6E32ADBAF7241049A31211F80F5B9000"},
                                  {"008600000C7C0A85088D7C617D43EFE09E00", "7C0A8608CB57047C809079F69000"}};
    ScriptedRandom random("2808272C0EC20E01A3450030EF32855E9FEB5CB17719E985389B1CF47609E69F"
                          "8F89449052DF6C7983750C7B042C3CEA12B36819174424C7CD28153F7B70B402");
    CardSession session(connection);
    using namespace std::chrono_literals;
    const auto key = AccessKey::fromMrzInformation("LM277954", 1978y / 12 / 14, 2027y / 11 / 15);
    static_cast<void>(Pace(session, random).perform(protocolFor(tripleDes, 13, true), key));
    CHECK(connection.finished());
    CHECK(session.secureMessagingCipher() == BlockCipher::TripleDes);
}

TEST_CASE("A chip that refuses the terminal's token, or does not prove its own, means a wrong access key") {
    CHECK(runWithLastAnswer(chipToken) == "success");
    CHECK(runWithLastAnswer("6300") == "wrong access key");
    CHECK(runWithLastAnswer("63C2") == "wrong access key");
    CHECK(runWithLastAnswer("7C0A86083ABB9674BCE93C099000") == "wrong access key");
    CHECK(runWithLastAnswer("7C0A860800000000000000009000") == "wrong access key");
    CHECK(runWithLastAnswer("7C0986073ABB9674BCE93C9000") == "wrong access key");
    CHECK(runWithLastAnswer("7C009000") == "malformed");
    CHECK(runWithLastAnswer("9000") == "malformed");
    CHECK(runWithLastAnswer("6A00") == "6A00");
    CHECK(runWithLastAnswer("6F00") == "6F00");
}

TEST_CASE("A chip that mirrors the terminal's ephemeral key is refused") {
    const std::string mirrored = "7C43844104" + std::string(agreeOnKey.command.substr(20, 128)) + "9000";
    ScriptedConnection connection{selectPace, getNonce, mapNonce, {agreeOnKey.command, mirrored}};
    ScriptedRandom random(exampleKeys);
    CardSession session(connection);
    CHECK_THROWS_WITH_AS(
        static_cast<void>(Pace(session, random).perform(protocolFor(aes128, 13), mrzOfExample())),
        "The card answers with the terminal's own ephemeral public key.", MalformedData);
}

TEST_CASE("Points off the curve, and other answers that break the protocol, are refused") {
    const std::string_view broken[] = {
        "7C438241040000000000000000000000000000000000000000000000000000000000000001"
        "00000000000000000000000000000000000000000000000000000000000000019000",
        "7C038201009000",
        "7C0382010A9000",
        "9000",
        "7C00",
        "7C00039000",
        "0102039000"};
    for (const std::string_view answer : broken) {
        CAPTURE(answer);
        ScriptedConnection connection{selectPace, getNonce, {mapNonce.command, answer}};
        ScriptedRandom random(exampleKeys);
        CardSession session(connection);
        CHECK_THROWS_AS(
            static_cast<void>(Pace(session, random).perform(protocolFor(aes128, 13), mrzOfExample())), Error);
        CHECK_FALSE(session.secureMessagingActive());
    }
}

TEST_CASE("Tries left are no refusal of MSE:Set AT, but an error is") {
    for (const auto& [statusWord, refused] : {std::pair{"63C1", false}, std::pair{"6A80", true}}) {
        ScriptedConnection connection{
            {selectPace.command, statusWord}, getNonce, mapNonce, agreeOnKey, {terminalToken, chipToken}};
        ScriptedRandom random(exampleKeys);
        CardSession session(connection);
        Pace pace(session, random);
        if (refused) {
            CHECK_THROWS_AS(static_cast<void>(pace.perform(protocolFor(aes128, 13), mrzOfExample())),
                            CardError);
        } else {
            static_cast<void>(pace.perform(protocolFor(aes128, 13), mrzOfExample()));
        }
    }
}

// Older Ukrainian passports (gmrtd#108).
TEST_CASE(
    "A chip that misses its only domain parameters in MSE:Set AT is told them, and the result says so") {
    for (const std::string_view statusWord : {"6A87", "6A88"}) {
        ScriptedConnection connection{{selectPace.command, statusWord},
                                      {"0022C1A412800A04007F0007020204020283010184010D", "9000"},
                                      getNonce,
                                      mapNonce,
                                      agreeOnKey,
                                      {terminalToken, chipToken}};
        ScriptedRandom random(exampleKeys);
        CardSession session(connection);
        CHECK(Pace(session, random).perform(protocolFor(aes128, 13), mrzOfExample()).parametersNamedOnDemand);
        CHECK(connection.finished());
    }
    // Where they are told at once, a refusal is a refusal.
    ScriptedConnection refusing{{"0022C1A412800A04007F0007020204020283010184010D", "6A87"}};
    ScriptedRandom random("");
    CardSession session(refusing);
    CHECK_THROWS_AS(
        static_cast<void>(Pace(session, random).perform(protocolFor(aes128, 13, true), mrzOfExample())),
        CardError);
}

TEST_CASE("Of several offers, a supported one is chosen, and ambiguous parameters are told") {
    const auto offer = [](std::string_view oid, std::optional<unsigned> parameterId) {
        return PaceOffer{ObjectIdentifier::fromText(oid), parameterId};
    };
    const std::vector<PaceOffer> unsupported{
        offer("0.4.0.127.0.7.2.2.4.1.2", 13), // DH on a curve
        offer("0.4.0.127.0.7.2.2.4.4.2", 10), // integrated mapping on P-224
        offer("0.4.0.127.0.7.2.2.4.6.1", 13), // chip authentication mapping with 3DES
        offer("0.4.0.127.0.7.2.2.4.6.2", 0),  // chip authentication mapping with DH
        offer("0.4.0.127.0.7.2.2.4.5.2", 13), // no mapping
        offer(aes128, 7),
        offer(aes128, 19),
        offer(aes128, std::nullopt),
    };
    CHECK_FALSE(choosePaceProtocol(unsupported).has_value());
    CHECK_FALSE(choosePaceProtocol({}).has_value());

    const std::vector<PaceOffer> several{offer(tripleDes, 12), offer("0.4.0.127.0.7.2.2.4.1.4", 2),
                                         offer(aes128, 18), offer(aes128, 13), offer(aes128, 8)};
    const auto chosen = choosePaceProtocol(several);
    REQUIRE(chosen.has_value());
    CHECK(chosen->cipher == BlockCipher::Aes128);
    CHECK(nameOf(chosen->domainParameters) == "brainpoolP256r1");
    CHECK(chosen->ambiguousParameters);

    const std::vector<PaceOffer> single{offer(aes128, 13), offer(tripleDes, 13)};
    CHECK_FALSE(choosePaceProtocol(single)->ambiguousParameters);
}
