// SPDX-License-Identifier: Apache-2.0
#include "host/access/basic_access_control.hpp"

#include "host/access/file_reader.hpp"
#include "host/access/select.hpp"
#include "host/base/error.hpp"
#include "tests/unit/host/access/scripted.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::ScriptedConnection;
using test::ScriptedRandom;

namespace {

AccessKey mrzOfExample() {
    using namespace std::chrono_literals;
    return AccessKey::fromMrzInformation("L898902C", 1969y / 8 / 6, 1994y / 6 / 23);
}

// Doc 9303-11, D.3: RND.IFD, then K.IFD.
constexpr std::string_view exampleRandom = "781723860C06C2260B795240CB7049B01C19B33E32804F0B";
constexpr ScriptedConnection::Exchange getChallenge{"0084000008", "4608F919887022129000"};
constexpr std::string_view authenticate =
    "008200002872C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A728";
constexpr std::string_view authenticated =
    "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D74499000";

// Doc 9303-11, D.3 and D.4: the authentication, then EF.COM in two reads.
ScriptedConnection exampleDialogue() {
    return ScriptedConnection{
        getChallenge,
        {authenticate, authenticated},
        {"0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800", "990290008E08FA855A5D4C50A8ED9000"},
        {"0CB000000D9701048E08ED6705417E96BA5500", "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000"},
        {"0CB000040D9701128E082EA28A70F3C7B53500",
         "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000"}};
}

} // namespace

TEST_CASE("Basic Access Control and secure messaging replay the worked example of Doc 9303-11, D.3 and D.4") {
    ScriptedConnection connection = exampleDialogue();
    ScriptedRandom random(exampleRandom);
    CardSession session(connection);
    BasicAccessControl(session, random).perform(mrzOfExample());
    CHECK(session.secureMessagingCipher() == BlockCipher::TripleDes);

    session.transmitExpectingSuccess(selectElementaryFile(0x011E), "Selecting EF.COM");
    const Bytes start = session.transmitExpectingSuccess({.ins = 0xB0, .le = 4}, "Reading EF.COM");
    const Bytes rest = session.transmitExpectingSuccess({.ins = 0xB0, .p2 = 4, .le = 18}, "Reading EF.COM");
    CHECK(toHex(concat(start, rest)) == "60145F0104303130365F36063034303030305C026175");
    CHECK(session.secureMessagingProven());
    CHECK(connection.finished());
}

TEST_CASE("The same file is read whole, limited to the example's four bytes at first") {
    // The first read is the example's; the reader then asks for all that is left, as the example does.
    ScriptedConnection connection = exampleDialogue();
    ScriptedRandom random(exampleRandom);
    CardSession session(connection);
    BasicAccessControl(session, random).perform(mrzOfExample());
    FileReader reader(session);
    reader.limitReadSize(4);
    const Bytes content =
        reader.read({0x011E, std::nullopt, "EF.COM"}, [&reader](std::size_t read, std::size_t) {
            if (read == 4) {
                reader.limitReadSize(256);
            }
        });
    CHECK(toHex(content) == "60145F0104303130365F36063034303030305C026175");
}

TEST_CASE("A chip that refuses the keys, or does not prove them, means a wrong access key") {
    const std::string_view answers[] = {
        "6300", "6982", "6988", "63C0",
        // One bit of the MAC, one bit of the cryptogram.
        "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D74489000",
        "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534E2F2D235D074D74499000",
        // Zeros, with which a port of another library keeps its flow going.
        "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
        "9000"};
    for (const std::string_view answer : answers) {
        CAPTURE(answer);
        ScriptedConnection connection{getChallenge, {authenticate, answer}};
        ScriptedRandom random(exampleRandom);
        CardSession session(connection);
        CHECK_THROWS_AS(BasicAccessControl(session, random).perform(mrzOfExample()), WrongAccessKey);
        CHECK_FALSE(session.secureMessagingActive());
    }
}

TEST_CASE("Other refusals and broken answers are told apart from a wrong key") {
    for (const std::string_view answer : {"6D00", "6700", "6A00"}) {
        ScriptedConnection connection{getChallenge, {authenticate, answer}};
        ScriptedRandom random(exampleRandom);
        CardSession session(connection);
        CHECK_THROWS_AS(BasicAccessControl(session, random).perform(mrzOfExample()), CardError);
    }
    ScriptedConnection shortChallenge{{"0084000008", "4608F9199000"}};
    ScriptedRandom random(exampleRandom);
    CardSession session(shortChallenge);
    CHECK_THROWS_AS(BasicAccessControl(session, random).perform(mrzOfExample()), MalformedData);
}

TEST_CASE("The CAN does not open Basic Access Control") {
    ScriptedConnection connection{};
    ScriptedRandom random("");
    CardSession session(connection);
    CHECK_THROWS_AS(BasicAccessControl(session, random).perform(AccessKey::fromCan("123456")),
                    BadConfiguration);
}
