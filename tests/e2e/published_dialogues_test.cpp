// SPDX-License-Identifier: Apache-2.0
// Published dialogues between our host and our chip, byte for byte on the wire, with the randomness of both
// injected.
#include "host/access/basic_access_control.hpp"
#include "host/access/pace.hpp"
#include "host/access/select.hpp"
#include "tests/e2e/scripted_pair.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using e2e::ChipInProcess;
using e2e::TerminalRandom;

namespace {

constexpr std::uint16_t commonData = 0x011E;
const e2e::StaticKey anyKey{.scalar = Bytes(32, 0x11)};

void checkDialogue(const std::vector<Bytes>& dialogue, const std::vector<std::string_view>& expected) {
    REQUIRE(dialogue.size() == expected.size());
    for (std::size_t index = 0; index < dialogue.size(); ++index) {
        CAPTURE(index);
        CHECK(toHex(dialogue[index]) == toHex(fromHex(expected[index])));
    }
}

} // namespace

TEST_CASE("the PACE dialogue of Doc 9303-11, G.1") {
    ChipInProcess chip(1);
    chip.personalize({.cardAccessNumber = toBytes(viewOf("123456")),
                      .mrzInformation = toBytes(viewOf("T22000129364081251010318")),
                      .chipAuthenticationKey = anyKey,
                      .activeAuthenticationKey = anyKey});
    chip.random().set(fromHex("3F00C4D39D153F2B2A214A078D899B22"
                              "498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560"
                              "107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A"));
    TerminalRandom random(2);
    random.script.set(fromHex("7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99"
                              "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595"));

    CardSession session(chip.connection());
    const auto protocol = PaceProtocol::from({ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2"), 13U});
    REQUIRE(protocol.has_value());
    using namespace std::chrono;
    static_cast<void>(
        Pace(session, random)
            .perform(*protocol, AccessKey::fromMrzInformation("T22000129", 1964y / 8 / 12, 2010y / 10 / 31)));
    CHECK(chip.random().exhausted());
    CHECK(random.script.exhausted());
    checkDialogue(chip.takeDialogue(),
                  {"0022C1A40F800A04007F00070202040202830101", "9000", "10860000027C0000",
                   "7C12801095A3A016522EE98D01E76CB6B98B42C39000",
                   "10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
                   "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00",
                   "7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
                   "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C549000",
                   "10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
                   "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200",
                   "7C438441049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
                   "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F0949000",
                   "008600000C7C0A8508C2B0BD78D94BA86600", "7C0A86083ABB9674BCE93C089000"});
}

TEST_CASE("the Basic Access Control and secure messaging dialogue of Doc 9303-11, D.3 and D.4") {
    ChipInProcess chip(3);
    chip.storeFile(commonData, fromHex("60145F0104303130365F36063034303030305C026175"));
    chip.personalize({.cardAccessNumber = toBytes(viewOf("123456")),
                      .mrzInformation = toBytes(viewOf("L898902C<369080619406236")),
                      .chipAuthenticationKey = anyKey,
                      .activeAuthenticationKey = anyKey});
    CardSession session(chip.connection());
    session.transmitExpectingSuccess(selectApplication(fromHex("A0000002471001")),
                                     "Selecting the application");
    static_cast<void>(chip.takeDialogue());
    chip.random().set(fromHex("4608F91988702212"
                              "0B4F80323EB3191CB04970CB4052790B"));
    TerminalRandom random(4);
    random.script.set(fromHex("781723860C06C226"
                              "0B795240CB7049B01C19B33E32804F0B"));

    using namespace std::chrono;
    BasicAccessControl(session, random)
        .perform(AccessKey::fromMrzInformation("L898902C", 1969y / 8 / 6, 1994y / 6 / 23));
    CHECK(session.transmit({.ins = 0xA4, .p1 = 0x02, .p2 = 0x0C, .data = fromHex("011E")}).sw.isSuccess());
    const auto head = session.transmit({.ins = 0xB0, .le = 4});
    CHECK(toHex(head.data) == toHex(fromHex("60145F01")));
    const auto rest = session.transmit({.ins = 0xB0, .p2 = 0x04, .le = 18});
    CHECK(toHex(rest.data) == toHex(fromHex("04303130365F36063034303030305C026175")));

    checkDialogue(
        chip.takeDialogue(),
        {"0084000008", "4608F919887022129000",
         "008200002872C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A728",
         "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D74499000",
         "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800", "990290008E08FA855A5D4C50A8ED9000",
         "0CB000000D9701048E08ED6705417E96BA5500", "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000",
         "0CB000040D9701128E082EA28A70F3C7B53500",
         "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000"});
}
