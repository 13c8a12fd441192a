// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/flash_memory.hpp"
#include "host/access/active_authentication.hpp"
#include "host/access/basic_access_control.hpp"
#include "host/access/card_session.hpp"
#include "host/access/chip_authentication.hpp"
#include "host/access/file_reader.hpp"
#include "host/access/pace.hpp"
#include "host/access/select.hpp"
#include "host/base/error.hpp"
#include "host/base/random.hpp"
#include "host/crypto/digest.hpp"
#include "tests/unit/card/applets/chip_fixture.hpp"
#include "tests/unit/card/crypto/openssl_curve.hpp"

#include <doctest/doctest.h>

using cancuoc::card::test::Bytes;
using cancuoc::card::test::ChipFixture;
using cancuoc::card::test::Document;
using cancuoc::card::test::hex;
using cancuoc::card::test::join;
using cancuoc::card::test::OpensslCurve;

namespace {

const Bytes ldsApplication = hex("A0000002471001");
constexpr const char* selectLds = "00A4040C07A0000002471001";
constexpr const char* mrz = "IDVNM2990000011001299000001<<2"
                            "9901018M2401014VNM<<<<<<<<<<<2"
                            "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<";

// Memory of a personalized chip; copied for each case.
const cancuoc::card::host::FlashMemory& personalizedMemory() {
    static const cancuoc::card::host::FlashMemory memory = [] {
        cancuoc::card::host::FlashMemory fresh;
        ChipFixture chip(fresh);
        REQUIRE(chip.personalize(cancuoc::card::test::fullDocument()));
        return fresh;
    }();
    return memory;
}

struct PersonalizedChip {
    cancuoc::card::host::FlashMemory memory = personalizedMemory();
    ChipFixture chip{memory};
    cancuoc::CardSession session{chip.connection()};
    cancuoc::SystemRandom random;
    Document document = cancuoc::card::test::fullDocument();

    cancuoc::PaceProtocol paceProtocol() {
        const auto protocol =
            cancuoc::PaceProtocol::from({cancuoc::ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2"), 13});
        REQUIRE(protocol);
        return *protocol;
    }
    void pace(const cancuoc::AccessKey& key = cancuoc::AccessKey::fromCan("000001")) {
        static_cast<void>(cancuoc::Pace(session, random).perform(paceProtocol(), key));
    }
    std::uint16_t status(const cancuoc::CommandApdu& command) { return session.transmit(command).sw.value(); }
    std::uint16_t selectApplication() { return status(cancuoc::selectApplication(ldsApplication)); }
    std::uint16_t select(std::uint16_t identifier) {
        return status(cancuoc::selectElementaryFile(identifier));
    }
    Bytes read(std::uint16_t identifier) {
        return cancuoc::FileReader(session).read({identifier, std::nullopt, "file"});
    }
    void checkAllFiles() {
        for (const auto& file : document.files) {
            const std::uint16_t identifier = file.first;
            const Bytes& content = file.second;
            CAPTURE(identifier);
            if (identifier == 0x0103) {
                CHECK(select(identifier) == 0x6982);
            } else if (identifier != 0x011C) {
                CHECK(read(identifier) == content);
            }
        }
    }
};

} // namespace

TEST_CASE("EF.CardAccess is free to read, by file identifier and by short EF identifier") {
    PersonalizedChip card;
    const Bytes cardAccess = card.document.files.at(0x011C);
    CHECK(card.chip.transmit("00B09C0000") == join(cardAccess, hex("9000")));
    CHECK(card.chip.transmit("00A4000C023F00") == hex("9000"));
    CHECK(card.chip.transmit("00A4020C02011C") == hex("9000"));
    CHECK(card.chip.transmit("00B0000036") == join(cardAccess, hex("9000")));
    CHECK(card.chip.transmit("00B0003400") == hex("010D9000"));
    CHECK(card.chip.transmit("00B0003404") == hex("010D6282"));
    CHECK(card.chip.transmit("00B0003600") == hex("6B00"));
    CHECK(card.chip.transmit("00B07FFF00") == hex("6B00"));
    CHECK(card.chip.transmit("00A40000") == hex("9000"));
    CHECK(card.chip.transmit("00B0000000") == hex("6986"));
    CHECK(card.chip.transmit("00A4000002011C00") == hex("6F0E 8002 0036 8201 01 8302 011C 8801 E0 9000"));
    CHECK(card.chip.transmit("00A4020402011C00") == hex("620E 8002 0036 8201 01 8302 011C 8801 E0 9000"));
    CHECK(card.chip.transmit("00A4020402011C") == hex("9000"));
}

TEST_CASE("SELECT and READ BINARY refuse what is not right") {
    PersonalizedChip card;
    CHECK(card.chip.status("00A4020C020110") == 0x6A82);
    CHECK(card.chip.status("00A4020C023F00") == 0x6A82);
    CHECK(card.chip.status("00A4020C0101") == 0x6700);
    CHECK(card.chip.status("00A4020C03011C00") == 0x6700);
    CHECK(card.chip.status("00A4020C") == 0x6700);
    CHECK(card.chip.status("00A4010C02011C") == 0x6A86);
    CHECK(card.chip.status("00A4020102011C") == 0x6A86);
    CHECK(card.chip.status("00A4080C02011C") == 0x6A86);
    CHECK(card.chip.status("00B09D0000") == 0x6A82);
    CHECK(card.chip.status("00B0BC0000") == 0x6A86);
    CHECK(card.chip.status("00B09C00") == 0x6700);
    CHECK(card.chip.status("00B09C000101") == 0x6700);
    CHECK(card.chip.status("00B1001C00") == 0x6700);
    CHECK(card.chip.status("00B1001C03540100") == 0x6700);
    CHECK(card.chip.status("00B1001C0351010000") == 0x6A80);
    CHECK(card.chip.status("00B1001C0354020000") == 0x6A80);
    CHECK(card.chip.status("00B1001C0754050000000000FF") == 0x6A80);
    CHECK(card.chip.status("00B100000354010000") == 0x6986);
    CHECK(card.chip.status("00B1011D0354010000") == 0x6A82);
    CHECK(card.chip.status("00D6000001AA") == 0x6D00);
    CHECK(card.chip.status("80B0000000") == 0x6E00);
    CHECK(card.chip.status("10B09C0000") == 0x6884);
    CHECK(card.chip.status("00220000") == 0x6A86);
    CHECK(card.chip.status("002281A602830101") == 0x6A86);
}

TEST_CASE("the chip takes and gives exactly the longest APDUs that its EF.ATR/INFO announces") {
    PersonalizedChip card;
    const Bytes information = card.chip.transmit("00B0810000");
    REQUIRE(information.size() == 19 + 2);
    REQUIRE(Bytes(information.begin() + 8, information.begin() + 13) == hex("7F66080202"));
    const auto command = static_cast<std::size_t>(information[13] << 8 | information[14]);
    const auto response = static_cast<std::size_t>(information[17] << 8 | information[18]);
    // UPDATE BINARY, which the application refuses only after it has the whole command.
    const auto commandOf = [](std::size_t size) {
        Bytes apdu(size, 0x11);
        const std::size_t data = size - 9;
        const Bytes header = join(
            hex("00D6000000"), Bytes{static_cast<std::uint8_t>(data >> 8), static_cast<std::uint8_t>(data)});
        std::copy(header.begin(), header.end(), apdu.begin());
        return apdu;
    };
    CHECK(card.chip.status(commandOf(command)) == 0x6D00);
    CHECK(card.chip.status(commandOf(command + 1)) == 0x6700);
    card.pace();
    REQUIRE(card.selectApplication() == 0x9000);
    REQUIRE(card.select(0x0102) == 0x9000);
    CHECK(card.session.transmit({0x00, 0xB0, 0x00, 0x00, {}, 65536}).data.size() > 4000);
    CHECK(card.chip.lastResponse().size() == response);
}

TEST_CASE("READ BINARY with odd instruction answers in DO'53'") {
    PersonalizedChip card;
    const Bytes cardAccess = card.document.files.at(0x011C);
    CHECK(card.chip.transmit("00B1001C0354010000") == join(hex("5336"), cardAccess, hex("9000")));
    CHECK(card.chip.transmit("00B100000354013400") == hex("5302010D9000"));
    CHECK(card.chip.transmit("00B100000354013402") == hex("53009000"));
    CHECK(card.chip.transmit("00B100000354013403") == hex("5301019000"));
    CHECK(card.chip.transmit("00B100000354013408") == hex("5302010D6282"));
    CHECK(card.chip.transmit("00B1011C06540400000036FF") == hex("6B00"));
    CHECK(card.chip.transmit("00B1011C065404FFFFFFFFFF") == hex("6B00"));
}

TEST_CASE("the LDS application tells nothing about its files before access is granted") {
    PersonalizedChip card;
    REQUIRE(card.chip.transmit("00A4040007A000000247100100") == hex("6F098407A00000024710019000"));
    for (unsigned number = 0x01; number <= 0x1E; ++number) {
        CAPTURE(number);
        const Bytes byte{static_cast<std::uint8_t>(number)};
        CHECK(card.chip.status(join(hex("00A4020C0201"), byte)) == 0x6982);
        CHECK(card.chip.status(join(hex("00A4000C0201"), byte)) == 0x6982);
        CHECK(card.chip.status(
                  join(hex("00B0"), Bytes{static_cast<std::uint8_t>(0x80 | number)}, hex("0000"))) == 0x6982);
        CHECK(card.chip.status(join(hex("00B100"), byte, hex("0354010000"))) == 0x6982);
        CHECK(card.chip.status(join(hex("00B101"), byte, hex("0354010000"))) == 0x6982);
    }
    CHECK(card.chip.status("00B0000000") == 0x6982);
    CHECK(card.chip.status("00B100000354010000") == 0x6982);
    CHECK(card.chip.status("0088000008000000000000000000") == 0x6982);
    CHECK(card.chip.status("002241A40F800A04007F00070202030202840101") == 0x6982);
    CHECK(card.chip.status("002241A6048402000091") == 0x6982);
}

TEST_CASE(
    "PACE with the CAN opens every file but DG3, after the application was selected under the session") {
    PersonalizedChip card;
    card.pace();
    CHECK(card.selectApplication() == 0x9000);
    card.checkAllFiles();
    CHECK(card.select(0x0104) == 0x6A82);
    CHECK(card.select(0x010B) == 0x6A82);
}

TEST_CASE("PACE with the MRZ opens the same files") {
    PersonalizedChip card;
    card.pace(cancuoc::AccessKey::fromMrz(mrz));
    CHECK(card.selectApplication() == 0x9000);
    card.checkAllFiles();
}

TEST_CASE("Basic Access Control opens the same files") {
    PersonalizedChip card;
    REQUIRE(card.selectApplication() == 0x9000);
    cancuoc::BasicAccessControl(card.session, card.random).perform(cancuoc::AccessKey::fromMrz(mrz));
    card.checkAllFiles();
}

TEST_CASE("DG3 stays closed whatever the terminal does without Terminal Authentication") {
    PersonalizedChip card;
    card.pace();
    REQUIRE(card.selectApplication() == 0x9000);
    CHECK(card.select(0x0103) == 0x6982);
    cancuoc::CommandApdu readByShortIdentifier{0x00, 0xB0, 0x83, 0x00, {}, 256};
    CHECK(card.status(readByShortIdentifier) == 0x6982);
    cancuoc::CommandApdu readOdd{0x00, 0xB1, 0x00, 0x03, hex("540100"), 256};
    CHECK(card.status(readOdd) == 0x6982);
    readOdd.p1 = 0x01;
    CHECK(card.status(readOdd) == 0x6982);
    // A refused file does not become the current one.
    CHECK(card.status({0x00, 0xB0, 0x00, 0x00, {}, 256}) == 0x6986);
    REQUIRE(card.select(0x0101) == 0x9000);
    CHECK(card.select(0x0103) == 0x6982);
    const auto response = card.session.transmit({0x00, 0xB0, 0x00, 0x00, {}, 1});
    CHECK(response.data == Bytes{0x61});
}

TEST_CASE("a wrong password opens nothing") {
    PersonalizedChip card;
    CHECK_THROWS_AS(card.pace(cancuoc::AccessKey::fromCan("000002")), cancuoc::WrongAccessKey);
    REQUIRE(card.chip.status(selectLds) == 0x9000);
    CHECK(card.chip.status("00A4020C020101") == 0x6982);
    card.chip.reset();
    // And the right one still does.
    cancuoc::CardSession fresh(card.chip.connection());
    CHECK_NOTHROW(
        static_cast<void>(cancuoc::Pace(fresh, card.random)
                              .perform(card.paceProtocol(), cancuoc::AccessKey::fromCan("000001"))));
}

TEST_CASE("the session goes on at the master file") {
    PersonalizedChip card;
    card.pace();
    REQUIRE(card.selectApplication() == 0x9000);
    REQUIRE(card.status(cancuoc::selectMasterFile()) == 0x9000);
    CHECK(card.read(0x011C) == card.document.files.at(0x011C));
    CHECK(card.select(0x0101) == 0x6A82);
    REQUIRE(card.selectApplication() == 0x9000);
    CHECK(card.read(0x0101) == card.document.files.at(0x0101));
}

TEST_CASE("a plain command ends the session and is refused") {
    PersonalizedChip card;
    card.pace();
    REQUIRE(card.selectApplication() == 0x9000);
    REQUIRE(card.select(0x0101) == 0x9000);
    CHECK(card.chip.status("00B0000000") == 0x6987);
    CHECK(card.chip.status("00B0000000") == 0x6982);
    CHECK(card.chip.status("0CB000000D9701008E080000000000000000") == 0x6988);
}

TEST_CASE("a plain command that is refused for its class or length ends the session too") {
    for (const char* apdu : {"20B0810000", "3FB0810000", "40B0810000", "FFB0810000", "01B0810000",
                             "80B0810000", "0DB0810000", "00B0", "00A4020C0301", "00A4020C0201"}) {
        CAPTURE(apdu);
        PersonalizedChip card;
        card.pace();
        REQUIRE(card.selectApplication() == 0x9000);
        REQUIRE(card.select(0x0101) == 0x9000);
        card.chip.status(apdu);
        CHECK(card.chip.lastResponse().size() == 2);
        // The terminal's next command, with the right keys and counter, meets no session.
        CHECK_THROWS_AS(static_cast<void>(card.select(0x0101)), cancuoc::Error);
        CHECK(card.chip.lastResponse() == hex("6988"));
        CHECK(card.chip.status("00B0000000") == 0x6982);
    }
}

TEST_CASE("a plain SELECT of an application ends the session and is a new beginning") {
    PersonalizedChip card;
    card.pace();
    REQUIRE(card.selectApplication() == 0x9000);
    SUBCASE("of this application") {
        CHECK(card.chip.status(selectLds) == 0x9000);
    }
    SUBCASE("of a foreign one") {
        CHECK(card.chip.status("00A4040C07D2760001240101") == 0x6A82);
    }
    CHECK(card.chip.status("00A4020C020101") == 0x6982);
    CHECK(card.chip.status("00B0810000") == 0x6982);
}

TEST_CASE("a wrong checksum ends the session") {
    PersonalizedChip card;
    card.pace();
    REQUIRE(card.selectApplication() == 0x9000);
    REQUIRE(card.select(0x0101) == 0x9000);
    CHECK(card.chip.transmit("0CB000000D9701008E08000000000000000000") == hex("6988"));
    CHECK(card.chip.status("00B0000000") == 0x6982);
}

TEST_CASE("protected commands without a session are refused") {
    PersonalizedChip card;
    CHECK(card.chip.status("0CB000000D9701008E08000000000000000000") == 0x6988);
    CHECK(card.chip.status("0CA4040C0A8E080000000000000000") == 0x6988);
    CHECK(card.chip.status("04B0000000") == 0x6988);
}

TEST_CASE("a reset ends the session") {
    PersonalizedChip card;
    card.pace();
    REQUIRE(card.selectApplication() == 0x9000);
    card.chip.reset();
    CHECK(card.chip.status("00B09C0000") == 0x9000);
    REQUIRE(card.chip.status(selectLds) == 0x9000);
    CHECK(card.chip.status("00A4020C020101") == 0x6982);
}

TEST_CASE("selecting the issuer domain under the session ends it") {
    PersonalizedChip card;
    card.pace();
    CHECK(card.status(cancuoc::selectApplication(hex("A000000151000000"))) == 0x9000);
    CHECK(card.chip.status("80CA006600") == 0x9000);
    CHECK(card.chip.status(selectLds) == 0x9000);
    CHECK(card.chip.status("00A4020C020101") == 0x6982);
}

TEST_CASE("protocols keep to their places") {
    PersonalizedChip card;
    CHECK(card.chip.status("0084000008") == 0x6985);
    CHECK(card.chip.status(join(hex("0082000028"), Bytes(40), hex("28"))) == 0x6985);
    CHECK(card.chip.status("0086000000") == 0x6985);
    REQUIRE(card.chip.status(selectLds) == 0x9000);
    CHECK(card.chip.status("0084000008") == 0x9000);
    CHECK(card.chip.status(join(hex("0082000028"), Bytes(40), hex("28"))) == 0x6300);
    CHECK(card.chip.status(join(hex("0082000028"), Bytes(40), hex("28"))) == 0x6985);
    REQUIRE(card.chip.status("00A40000") == 0x9000);
    card.pace();
    CHECK(card.status({0x00, 0x22, 0xC1, 0xA4, hex("800A04007F00070202040202830102"), std::nullopt}) ==
          0x6985);
    REQUIRE(card.selectApplication() == 0x9000);
    CHECK(card.status({0x00, 0x84, 0x00, 0x00, {}, 8}) == 0x6985);
    CHECK(card.status({0x00, 0x82, 0x00, 0x00, Bytes(40), 40}) == 0x6982);
}

TEST_CASE("any other command between the steps of PACE ends the run") {
    const OpensslCurve curve(cancuoc::card::crypto::StandardizedDomainParameters::BrainpoolP256r1);
    const Bytes point = curve.multiplyGenerator(Bytes(32, 0x02));
    const Bytes mapNonce = join(hex("10860000457C438141"), point, hex("00"));
    // Nothing; READ BINARY; SELECT of a file, of the application and of a foreign one; GET CHALLENGE; a
    // command of a chain; proprietary and protected GENERAL AUTHENTICATE; commands refused for their class
    // and length.
    for (const char* other :
         {"", "00B09C0000", "00A4020C02011C", "00A4040C07A0000002471001", "00A4040C07D2760001240101",
          "0084000008", "10A4020C0101", "8086000000", "0C86000000", "2086000000", "008600"}) {
        CAPTURE(other);
        PersonalizedChip card;
        REQUIRE(card.chip.status("0022C1A40F800A04007F00070202040202830102") == 0x9000);
        REQUIRE(card.chip.status("10860000027C0000") == 0x9000);
        if (*other == '\0') {
            CHECK(card.chip.status(mapNonce) == 0x9000);
            continue;
        }
        card.chip.status(other);
        CHECK(card.chip.status(mapNonce) != 0x9000);
        CHECK(card.chip.status(mapNonce) == 0x6985);
    }
}

TEST_CASE("a challenge of Basic Access Control serves the next command and no other") {
    PersonalizedChip card;
    const Bytes authenticate = join(hex("0082000028"), Bytes(40), hex("28"));
    REQUIRE(card.chip.status(selectLds) == 0x9000);
    for (const char* other : {"00B0810000", "00A4020C020101", selectLds, "0022C1A400", "8082000000"}) {
        CAPTURE(other);
        REQUIRE(card.chip.status("0084000008") == 0x9000);
        card.chip.status(other);
        CHECK(card.chip.status(authenticate) == 0x6985);
        REQUIRE(card.chip.status("0084000008") == 0x9000);
        CHECK(card.chip.status(authenticate) == 0x6300);
    }
}

TEST_CASE("any other command between the steps of Chip Authentication ends the run") {
    PersonalizedChip card;
    card.pace();
    REQUIRE(card.selectApplication() == 0x9000);
    const OpensslCurve curve(cancuoc::card::crypto::StandardizedDomainParameters::BrainpoolP256r1);
    const Bytes data = join(hex("7C438041"), curve.multiplyGenerator(Bytes(32, 0x02)));
    const cancuoc::CommandApdu setTemplate{0x00,        0x22, 0x41, 0xA4, hex("800A04007F00070202030202"),
                                           std::nullopt};
    const cancuoc::CommandApdu authenticate{0x00, 0x86, 0x00, 0x00, data, 256};
    REQUIRE(card.status(setTemplate) == 0x9000);
    CHECK(card.select(0x0101) == 0x9000);
    CHECK(card.status(authenticate) == 0x6985);
    REQUIRE(card.status(setTemplate) == 0x9000);
    CHECK(card.status(authenticate) == 0x9000);
}

TEST_CASE("Chip Authentication renews the session, and the rights go on") {
    PersonalizedChip card;
    card.pace();
    REQUIRE(card.selectApplication() == 0x9000);
    const Bytes key = card.document.secrets.at(0x8003);
    const OpensslCurve curve(cancuoc::card::crypto::StandardizedDomainParameters::BrainpoolP256r1);
    Bytes publicKey = curve.multiplyGenerator(Bytes(key.begin() + 1, key.end()));
    const auto protocol = cancuoc::ChipAuthenticationProtocol::from(
        cancuoc::ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3.2.2"));
    REQUIRE(protocol);
    cancuoc::ChipAuthentication chipAuthentication(card.session, card.random);
    const cancuoc::EllipticCurve hostCurve = cancuoc::EllipticCurve::standardized(13);
    SUBCASE("with the chip's key") {
        CHECK(chipAuthentication.perform(*protocol, cancuoc::EllipticCurvePublicKey{hostCurve, publicKey})
                  .proven);
        card.checkAllFiles();
    }
    SUBCASE("with a key that is not the chip's") {
        publicKey = curve.multiplyGenerator(Bytes(32, 0x02));
        CHECK_FALSE(
            chipAuthentication.perform(*protocol, cancuoc::EllipticCurvePublicKey{hostCurve, publicKey})
                .proven);
        CHECK(card.chip.status("00B0810000") == 0x6982);
    }
}

TEST_CASE("Active Authentication signs the terminal's challenge, under a session only") {
    PersonalizedChip card;
    card.pace();
    REQUIRE(card.selectApplication() == 0x9000);
    const Bytes key = card.document.secrets.at(0x8004);
    const OpensslCurve curve(cancuoc::card::crypto::StandardizedDomainParameters::Secp256r1);
    const Bytes publicKey = curve.multiplyGenerator(Bytes(key.begin() + 1, key.end()));
    const auto hostKey = cancuoc::ellipticCurvePublicKey(cancuoc::EllipticCurve::standardized(12), publicKey);
    const auto evidence = cancuoc::ActiveAuthentication(card.session, card.random).perform(*hostKey);
    const Bytes hash = cancuoc::digest(cancuoc::HashAlgorithm::Sha256, evidence.challenge);
    CHECK(curve.verifies(publicKey, hash, evidence.signature));
    Bytes otherChallenge = evidence.challenge;
    otherChallenge[0] ^= 0x01;
    const Bytes otherHash = cancuoc::digest(cancuoc::HashAlgorithm::Sha256, otherChallenge);
    CHECK_FALSE(curve.verifies(publicKey, otherHash, evidence.signature));
}

TEST_CASE("a chain under secure messaging is protected command by command") {
    PersonalizedChip card;
    card.pace();
    REQUIRE(card.selectApplication() == 0x9000);
    SUBCASE("its data arrive as one") {
        CHECK(card.status({0x10, 0xA4, 0x02, 0x0C, hex("01"), std::nullopt}) == 0x9000);
        CHECK(card.status({0x00, 0xA4, 0x02, 0x0C, hex("01"), std::nullopt}) == 0x9000);
        CHECK(card.session.transmit({0x00, 0xB0, 0x00, 0x00, {}, 1}).data == Bytes{0x61});
    }
    SUBCASE("another command ends it, not the session") {
        CHECK(card.status({0x10, 0xA4, 0x02, 0x0C, hex("01"), std::nullopt}) == 0x9000);
        CHECK(card.status({0x00, 0xB0, 0x81, 0x00, {}, 1}) == 0x6883);
        CHECK(card.status({0x00, 0xB0, 0x81, 0x00, {}, 1}) == 0x9000);
    }
    SUBCASE("a plain command ends the chain and the session") {
        CHECK(card.status({0x10, 0xA4, 0x02, 0x0C, hex("01"), std::nullopt}) == 0x9000);
        CHECK(card.chip.status("00A4020C0101") == 0x6987);
        CHECK(card.chip.status("00A4020C0101") == 0x6700);
    }
}
