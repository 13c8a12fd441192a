// SPDX-License-Identifier: Apache-2.0
#include "host/access/chip_authentication.hpp"

#include "host/base/error.hpp"
#include "tests/unit/host/access/scripted.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::ScriptedConnection;
using test::ScriptedRandom;

// Dialogues with real chips, published as TestChipAuthAT, TestChipAuthDE and TestChipAuthFR in
// chipauth/chip_auth_test.go of github.com/gmrtd/gmrtd (values only): session keys and counter before, the
// terminal's ephemeral private key, the chip's public key, the protected exchanges.
namespace {

EllipticCurvePublicKey austrianKey() {
    return {EllipticCurve::standardized(13),
            fromHex("041983917269AC877C0B61544C2C022000D2A5ABA723E2D80141E648B40911DC34"
                    "59761F27480E4B57181A53D8FE1190EA86C939AC14363178CAFFC621F0F905C3")};
}

constexpr std::string_view austrianPrivateKey =
    "80EBAFC8A51BECD4D90BB640EE38C9FD5C12748D28AAA37096B98C4533C4F5F5";

SecureMessaging austrianSession() {
    return {BlockCipher::Aes128, fromHex("524170DE3419B7AF2F23E45AD6EF9595"),
            fromHex("97893F5FDC29A5C13A924FE7D8ED44FD"), fromHex("000000000000000000000000000000F0")};
}

constexpr ScriptedConnection::Exchange austrianSet{
    "0C2241A41D8711015D8F69B1EA365CCE4304970DB12421F38E085340D338128085E700",
    "990290008E083F5136E82A6C34779000"};
constexpr ScriptedConnection::Exchange austrianAuthenticate{
    "0C860000608751019E18F1BA79D805379752BB560EB70AAC3CE3BC5AFE2FDD4AEB325CA8B578B4A93B9F66A5DF40005F8E878535"
    "251D33"
    "DD974AAF77FB858773E5799FA9DC1034E89B1150EC7F0BB3DB4BF37A1B9EA4458A9701008E089D204D950C0B95DB00",
    "8711010B0A5DFFC7432DE4DEB604291377A05B990290008E08B3384A1F5D1579739000"};
constexpr std::string_view austrianSelect =
    "0CA4020C1D8711011B2EE500E84960DF7F37AFE7ADFF53838E084500F3B43E192A5700";

ChipAuthenticationProtocol aes128() {
    const auto protocol =
        ChipAuthenticationProtocol::from(ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3.2.2"));
    REQUIRE(protocol.has_value());
    return *protocol;
}

} // namespace

TEST_CASE("Chip Authentication with AES-128 replays a published dialogue") {
    ScriptedConnection connection{
        austrianSet, austrianAuthenticate, {austrianSelect, "990290008E0803C4B125B4218CEF9000"}};
    ScriptedRandom random(austrianPrivateKey);
    CardSession session(connection);
    session.startSecureMessaging(austrianSession());
    const auto result = ChipAuthentication(session, random).perform(aes128(), austrianKey());
    CHECK(result.proven);
    CHECK(result.reason.empty());
    CHECK(toHex(result.terminalPublicKey).substr(0, 18) == "044827C781BE1AC7A0");
    CHECK(session.secureMessagingProven());
    CHECK(connection.finished());
    CHECK(random.finished());
}

TEST_CASE("Chip Authentication with a key identifier replays a published dialogue") {
    ScriptedConnection connection{
        {"0C2241A41D871101980953D37F67558690045D78A853B18A8E08929767A2CEF172E200",
         "990290008E08FC873EBB62219C8A9000"},
        {"0C8600006087510161912C367A6322D24AA1D4522DC47A7345369257672DF1D1163D506EB6489395D8083FAD393A394297C"
         "E8703C42F"
         "22C864C1F4C8E70EE1CF9B497ACF6579190D90F36CF9E16FE2149FF57247285D9E1E9701008E08A1D7A16EFBFD932C00",
         "87110123E7159AC9B0EF92CE1F6755B89697E3990290008E088972F1595E1508C29000"},
        {"0CA4020C1D871101FAD37EADBCDE7E6A0833035A9FFF5B708E0836560BBCE1FECD5F00",
         "990290008E0829D0E1EBBB61BE7A9000"}};
    ScriptedRandom random("84A5145885678EE9307C28C52736896267511203B7B8009C5FE27ABCBAECDCAA");
    CardSession session(connection);
    session.startSecureMessaging({BlockCipher::Aes128, fromHex("CC86415F2ED7E8FD663B754265695AE1"),
                                  fromHex("581E84B8EE06C4D3EEE30461498D7FB3"),
                                  fromHex("000000000000000000000000000000BA")});
    const EllipticCurvePublicKey chipKey{
        EllipticCurve::standardized(13),
        fromHex("047036BC5D0BCF31913B59103BB6F2C0C98C99EF4C19B9517340B76BFE4EE2194C"
                "76C3F3314E021D4B092DB5A32AB7D6E297F2FBEAE45AA28DEFC4DA750FEAD54E")};
    CHECK(ChipAuthentication(session, random).perform(aes128(), chipKey, Bytes{0xC3}).proven);
    CHECK(connection.finished());
}

TEST_CASE("Chip Authentication with 3DES, inside AES-256, replays a published dialogue") {
    ScriptedConnection connection{
        {"0C2241A65D8751013AE386873DF68BD7E9F8D7AB2E696CED29EEB8DA78D502645B5E97D566361341E2EAA56318F6D84BF0B"
         "C44F7808A"
         "FAF14798D16048AAB03545F017F557D2CCE9DEE724F099E3D643ABD0FB03E567D9B18E08F2D238DEDE5ABBF100",
         "990290008E089666AC14D11E8C2C9000"},
        {"0CA4020C15870901DB66E918FE3525F98E08D870008CEA2BA80000", "990290008E08420DEA0A913418AE9000"}};
    ScriptedRandom random("D9C3B06A4DCB735351429403FCB56DB520DC882512D775971F724D6112F96586");
    CardSession session(connection);
    session.startSecureMessaging({BlockCipher::Aes256,
                                  fromHex("17DA5D46E356F5B31C3D65B1369EF531CA811EFFC76967D2B62335E1AD9FE5CB"),
                                  fromHex("5CB99A25E6081581FAC80C8DA621087939B6BDE273F2F7C65693B3A0EA3051ED"),
                                  fromHex("000000000000000000000000000000C6")});
    const EllipticCurvePublicKey chipKey{
        EllipticCurve::standardized(12),
        fromHex("048367FC170D90AD53A28C6526A9C7EC4F5C59C4F7F5D992583F951A1654B4D1D6"
                "332163A33D82CBF245154887A8812ED9A55C15AD9D5C5C463851875BBA9AEABD")};
    CHECK(ChipAuthentication(session, random)
              .perform(ChipAuthenticationProtocol::tripleDes(chipKey), chipKey)
              .proven);
    CHECK(session.secureMessagingCipher() == BlockCipher::TripleDes);
    CHECK(connection.finished());
}

TEST_CASE("Nothing is proven until a response verifies under the new keys") {
    // One bit of the MAC; an unprotected success; an unprotected refusal.
    for (const std::string_view answer : {"990290008E0803C4B125B4218CEE9000", "9000", "6988"}) {
        CAPTURE(answer);
        ScriptedConnection connection{austrianSet, austrianAuthenticate, {austrianSelect, answer}};
        ScriptedRandom random(austrianPrivateKey);
        CardSession session(connection);
        session.startSecureMessaging(austrianSession());
        const auto result = ChipAuthentication(session, random).perform(aes128(), austrianKey());
        CHECK_FALSE(result.proven);
        CHECK_FALSE(result.reason.empty());
        CHECK_FALSE(session.secureMessagingActive());
        CHECK_FALSE(session.secureMessagingProven());
        CHECK_THROWS_AS(static_cast<void>(session.transmit({.ins = 0xB0, .le = 1})), SecureMessagingError);
    }
}

TEST_CASE("The variants of Chip Authentication are told by their object identifiers") {
    for (const std::string_view oid :
         {"0.4.0.127.0.7.2.2.3.2", "0.4.0.127.0.7.2.2.3.2.5", "0.4.0.127.0.7.2.2.3.3.2"}) {
        CHECK_FALSE(ChipAuthenticationProtocol::from(ObjectIdentifier::fromText(oid)).has_value());
    }
    SystemRandom random;
    const ChipPublicKey ellipticCurve = austrianKey();
    const auto group = DiffieHellmanGroup::standardized(2);
    const ChipPublicKey diffieHellman =
        DiffieHellmanPublicKey{group, toBytes(DiffieHellmanKeyPair::generate(group, random).publicKey())};
    const auto ecdh =
        *ChipAuthenticationProtocol::from(ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3.2.4"));
    const auto dh = *ChipAuthenticationProtocol::from(ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3.1.3"));
    CHECK(ecdh.cipher == BlockCipher::Aes256);
    CHECK(ecdh.fits(ellipticCurve));
    CHECK_FALSE(ecdh.fits(diffieHellman));
    CHECK(dh.cipher == BlockCipher::Aes192);
    CHECK(dh.fits(diffieHellman));
    CHECK_FALSE(dh.fits(ellipticCurve));
    CHECK(ChipAuthenticationProtocol::tripleDes(ellipticCurve).protocol.toText() ==
          "0.4.0.127.0.7.2.2.3.2.1");
    CHECK(ChipAuthenticationProtocol::tripleDes(diffieHellman).protocol.toText() ==
          "0.4.0.127.0.7.2.2.3.1.1");

    ScriptedConnection untouched{};
    CardSession session(untouched);
    CHECK_THROWS_AS(static_cast<void>(ChipAuthentication(session, random).perform(dh, ellipticCurve)),
                    BadConfiguration);
}
