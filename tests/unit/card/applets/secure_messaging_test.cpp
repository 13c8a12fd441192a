// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/secure_messaging.hpp"
#include "tests/support/quick_guard.hpp"
#include "tests/unit/card/applets/openssl_terminal.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <numeric>

using namespace cancuoc::card;
using emrtd::SecureMessaging;
using emrtd::SymmetricCipher;
using test::Bytes;
using test::hex;
using test::join;
using test::OwnedCommand;
using test::TerminalSecureMessaging;

namespace {

/// Unwraps in the memory of the command itself, as the chip does.
StatusWord unwrap(SecureMessaging& chip, OwnedCommand command, Command& plain, Bytes& data) {
    const auto status = chip.unwrap(command.get(), command.data(), plain);
    data = test::toBytes(plain.data);
    return status;
}

Bytes wrapped(SecureMessaging& chip, StatusWord status, const Bytes& data) {
    Bytes buffer = join(data, Bytes(SecureMessaging::maximumOverhead));
    buffer.resize(chip.wrap(status, data.size(), buffer));
    return buffer;
}

Bytes counted(std::size_t size) {
    Bytes bytes(size);
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{1});
    return bytes;
}

/// One exchange of a published dialogue.
struct Exchange {
    Bytes protectedCommand;
    Bytes plainHeader;
    Bytes plainData;
    std::optional<std::size_t> expectedLength;
    Bytes plainResponse;
    Bytes protectedResponse;
};

void replay(SecureMessaging& chip, const Exchange& exchange) {
    Command plain;
    Bytes data;
    REQUIRE(unwrap(chip, OwnedCommand(exchange.protectedCommand), plain, data) == StatusWord::Success);
    CHECK(Bytes{plain.cla, plain.ins, plain.p1, plain.p2} == exchange.plainHeader);
    CHECK(data == exchange.plainData);
    CHECK(plain.expectedLength == exchange.expectedLength);
    CHECK(wrapped(chip, StatusWord::Success, exchange.plainResponse) == exchange.protectedResponse);
}

/// Both ends of a session with the same keys.
struct Session {
    explicit Session(SymmetricCipher cipher)
        : encryption(test::kdf(cipher, hex("01"), 1)), authentication(test::kdf(cipher, hex("01"), 2)),
          chip(test::sessionKeys(cipher, encryption, authentication), test::quickGuard()),
          terminal(cipher, encryption, authentication) {}

    Bytes encryption;
    Bytes authentication;
    SecureMessaging chip;
    TerminalSecureMessaging terminal;
};

const Bytes readBinary = hex("0CB00000");
const Bytes readBinaryOdd = hex("0CB10000");
const Bytes selectFile = hex("0CA4020C");

StatusWord unwrapProtected(SecureMessaging& chip, const Bytes& header, const Bytes& data) {
    Command plain;
    Bytes opened;
    return unwrap(chip, OwnedCommand(header, data, 256, false), plain, opened);
}

} // namespace

TEST_CASE("the 3DES dialogue of Doc 9303-11, D.4 byte for byte") {
    SecureMessaging chip(test::sessionKeys(SymmetricCipher::TripleDes,
                                           hex("979EC13B1CBFE9DCD01AB0FED307EAE5"),
                                           hex("F1CB1F1FB5ADF208806B89DC579DC1F8"), hex("887022120C06C226")),
                         test::quickGuard());
    replay(chip, {hex("0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800"),
                  hex("00A4020C"),
                  hex("011E"),
                  std::nullopt,
                  {},
                  hex("990290008E08FA855A5D4C50A8ED")});
    replay(chip, {hex("0CB000000D9701048E08ED6705417E96BA5500"),
                  hex("00B00000"),
                  {},
                  4,
                  hex("60145F01"),
                  hex("8709019FF0EC34F9922651990290008E08AD55CC17140B2DED")});
    replay(chip, {hex("0CB000040D9701128E082EA28A70F3C7B53500"),
                  hex("00B00004"),
                  {},
                  0x12,
                  hex("04303130365F36063034303030305C026175"),
                  hex("871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D74")});
}

// AES dialogues recorded from chips in the field, as published in the tests of github.com/gmrtd/gmrtd
// (chipauth/chip_auth_test.go, TestChipAuthDE and TestChipAuthFR): only session keys, counters and APDUs.
TEST_CASE("a recorded AES-128 dialogue byte for byte") {
    SecureMessaging chip(test::sessionKeys(SymmetricCipher::Aes128, hex("CC86415F2ED7E8FD663B754265695AE1"),
                                           hex("581E84B8EE06C4D3EEE30461498D7FB3"),
                                           hex("000000000000000000000000000000BA")),
                         test::quickGuard());
    replay(chip, {hex("0C2241A41D871101980953D37F67558690045D78A853B18A8E08929767A2CEF172E200"),
                  hex("002241A4"),
                  hex("800A04007F000702020302028401C3"),
                  std::nullopt,
                  {},
                  hex("990290008E08FC873EBB62219C8A")});
    replay(
        chip,
        {hex("0C8600006087510161912C367A6322D24AA1D4522DC47A7345369257672DF1D1163D506EB6489395D8083FAD393A"
             "394297CE8703C42F22C864C1F4C8E70EE1CF9B497ACF6579190D90F36CF9E16FE2149FF57247285D9E1E9701008E08"
             "A1D7A16EFBFD932C00"),
         hex("00860000"),
         hex("7C43804104897FA47C895D35949A8DB8F776A62D775BDF764A1AA1BDC2D8FC96CD5C2E80E39F631C67E84364DCF8"
             "5F5C9F8CE79A752071896819A0D510CF9701652486817C"),
         223, hex("7C00"), hex("87110123E7159AC9B0EF92CE1F6755B89697E3990290008E088972F1595E1508C2")});

    SecureMessaging afterChipAuthentication(test::sessionKeys(SymmetricCipher::Aes128,
                                                              hex("AF0EEDB52E87B945FC5503B1C6875C1C"),
                                                              hex("CEB85BEDCECFF1DD1E25DFB672C4A5BF")),
                                            test::quickGuard());
    replay(afterChipAuthentication,
           {hex("0CA4020C1D871101FAD37EADBCDE7E6A0833035A9FFF5B708E0836560BBCE1FECD5F00"),
            hex("00A4020C"),
            hex("010E"),
            std::nullopt,
            {},
            hex("990290008E0829D0E1EBBB61BE7A")});
}

TEST_CASE("a recorded AES-256 and a recorded 3DES exchange byte for byte") {
    SecureMessaging chip(
        test::sessionKeys(SymmetricCipher::Aes256,
                          hex("17DA5D46E356F5B31C3D65B1369EF531CA811EFFC76967D2B62335E1AD9FE5CB"),
                          hex("5CB99A25E6081581FAC80C8DA621087939B6BDE273F2F7C65693B3A0EA3051ED"),
                          hex("000000000000000000000000000000C6")),
        test::quickGuard());
    replay(chip, {hex("0C2241A65D8751013AE386873DF68BD7E9F8D7AB2E696CED29EEB8DA78D502645B5E97D566361341E2EAA5"
                      "6318F6D84BF0BC44F7808AFAF14798D16048AAB03545F017F557D2CCE9DEE724F099E3D643ABD0FB03E567"
                      "D9B18E08F2D238DEDE5ABBF100"),
                  hex("002241A6"),
                  hex("914104334F809C8842A4C9316C19E52A0D6EA0285996C40FF6DB303CEF72099198C8AD5D6B46E93482DE89"
                      "9533D06EAC54C289DF5AA1436A846FB9154100C5322439EA"),
                  std::nullopt,
                  {},
                  hex("990290008E089666AC14D11E8C2C")});

    SecureMessaging afterChipAuthentication(test::sessionKeys(SymmetricCipher::TripleDes,
                                                              hex("8AE910A12991FBFE5E37C2C726A2DF29"),
                                                              hex("1ADAC8970843D9BF8570737A04A8D50D")),
                                            test::quickGuard());
    replay(afterChipAuthentication, {hex("0CA4020C15870901DB66E918FE3525F98E08D870008CEA2BA80000"),
                                     hex("00A4020C"),
                                     hex("010E"),
                                     std::nullopt,
                                     {},
                                     hex("990290008E08420DEA0A913418AE")});
}

// The EAC version 2 worked example 1.01 (HJP Consulting), as its values stand in OpenPACE's src/eactest.c.
TEST_CASE("the cryptogram and the checksum of the EAC worked example") {
    const auto encryption = hex("68406B4162100563D9C901A6154D2901");
    const auto authentication = hex("73FF268784F72AF833FDC9464049AFC9");
    const auto cryptogram = hex("BE90237EEB4BA0FF253EA246AE31C8B8");
    SecureMessaging chip(test::sessionKeys(SymmetricCipher::Aes128, encryption, authentication),
                         test::quickGuard());
    TerminalSecureMessaging terminal(SymmetricCipher::Aes128, encryption, authentication);
    const auto command = terminal.protect(hex("0C2281B6"), hex("830D44454356434141543030303031"));
    REQUIRE(Bytes(command.begin() + 3, command.begin() + 19) == cryptogram);
    Command plain;
    Bytes data;
    REQUIRE(unwrap(chip, OwnedCommand(hex("0C2281B6"), command, 256, false), plain, data) ==
            StatusWord::Success);
    CHECK(data == hex("830D44454356434141543030303031"));
    CHECK(wrapped(chip, StatusWord::Success, {}) == hex("990290008E08A89570A68664A7D6"));
}

TEST_CASE("data of every length up to three blocks goes both ways, with even and odd instructions") {
    for (const auto cipher : test::allCiphers) {
        Session session(cipher);
        for (std::size_t size = 0; size <= 48; ++size) {
            for (const auto& header : {readBinary, readBinaryOdd}) {
                const bool odd = (header[1] & 1) != 0;
                const auto data = counted(size);
                Command plain;
                Bytes received;
                REQUIRE(unwrap(session.chip,
                               OwnedCommand(header, session.terminal.protect(header, data, 256), 256, false),
                               plain, received) == StatusWord::Success);
                CHECK(received == data);
                CHECK(plain.cla == 0x00);
                const auto response =
                    session.terminal.open(wrapped(session.chip, StatusWord::Success, data), odd);
                CHECK(response.data == data);
                CHECK(response.status == 0x9000);
            }
        }
    }
}

TEST_CASE("long data have long length fields") {
    for (const auto cipher : test::allCiphers) {
        Session session(cipher);
        for (const std::size_t size : {103U, 111U, 119U, 223U, 231U, 239U, 247U, 1000U, 4000U, 65000U}) {
            const auto data = counted(size);
            Command plain;
            Bytes received;
            REQUIRE(unwrap(session.chip,
                           OwnedCommand(readBinary, session.terminal.protect(readBinary, data, 65536), 65536,
                                        true),
                           plain, received) == StatusWord::Success);
            CHECK(received == data);
            CHECK(session.terminal.open(wrapped(session.chip, StatusWord::Success, data)).data == data);
        }
    }
}

TEST_CASE("error statuses are protected too") {
    Session session(SymmetricCipher::Aes128);
    CHECK(unwrapProtected(session.chip, selectFile, session.terminal.protect(selectFile, hex("0103"))) ==
          StatusWord::Success);
    CHECK(session.terminal.open(wrapped(session.chip, StatusWord::SecurityStatusNotSatisfied, {})).status ==
          0x6982);
    CHECK(unwrapProtected(session.chip, selectFile, session.terminal.protect(selectFile, hex("0101"))) ==
          StatusWord::Success);
}

TEST_CASE("the expected length leaves room for protection within the protected Le") {
    struct Case {
        SymmetricCipher cipher;
        Bytes header;
        std::size_t asked;
        std::size_t protectedLe;
        bool extended;
        std::size_t granted;
        bool expectsAll;
    };
    const Case cases[] = {
        {SymmetricCipher::Aes128, readBinary, 256, 256, false, 223, true},
        {SymmetricCipher::TripleDes, readBinary, 256, 256, false, 231, true},
        {SymmetricCipher::Aes128, readBinaryOdd, 256, 256, false, 223, true},
        {SymmetricCipher::TripleDes, readBinaryOdd, 256, 256, false, 231, true},
        {SymmetricCipher::Aes128, readBinary, 223, 256, false, 223, false},
        {SymmetricCipher::Aes128, readBinary, 1, 256, false, 1, false},
        {SymmetricCipher::Aes128, readBinary, 1000, 256, false, 223, true},
        {SymmetricCipher::Aes128, readBinary, 1000, 65536, true, 1000, false},
        {SymmetricCipher::Aes128, readBinary, 65536, 65536, true, 65503, true},
        {SymmetricCipher::Aes128, readBinary, 256, 1, true, 223, true},
    };
    for (const auto& example : cases) {
        Session session(example.cipher);
        Command plain;
        Bytes data;
        REQUIRE(
            unwrap(session.chip,
                   OwnedCommand(example.header, session.terminal.protect(example.header, {}, example.asked),
                                example.protectedLe, example.extended),
                   plain, data) == StatusWord::Success);
        CHECK(plain.expectedLength == example.granted);
        CHECK(plain.expectsAll == example.expectsAll);
        const auto response = wrapped(session.chip, StatusWord::Success, counted(example.granted));
        CHECK(response.size() <= std::max<std::size_t>(256, example.protectedLe));
    }
}

TEST_CASE("a session counts over the end of the counter's bytes") {
    for (const auto cipher : {SymmetricCipher::TripleDes, SymmetricCipher::Aes128}) {
        const auto encryption = test::kdf(cipher, hex("02"), 1);
        const auto authentication = test::kdf(cipher, hex("02"), 2);
        const Bytes counter(cipher == SymmetricCipher::TripleDes ? 8 : 16, 0xFF);
        SecureMessaging chip(test::sessionKeys(cipher, encryption, authentication, counter),
                             test::quickGuard());
        TerminalSecureMessaging terminal(cipher, encryption, authentication, counter);
        for (int exchange = 0; exchange < 3; ++exchange) {
            REQUIRE(unwrapProtected(chip, readBinary, terminal.protect(readBinary, {}, 4)) ==
                    StatusWord::Success);
            CHECK(terminal.open(wrapped(chip, StatusWord::Success, hex("01020304"))).data == hex("01020304"));
        }
    }
}

TEST_CASE("every flipped bit of a protected command is refused and ends the session") {
    for (const auto cipher : {SymmetricCipher::TripleDes, SymmetricCipher::Aes128}) {
        Session reference(cipher);
        const auto data = reference.terminal.protect(selectFile, hex("0101"), 4);
        for (std::size_t bit = 0; bit < (4 + data.size()) * 8; ++bit) {
            Session session(cipher);
            auto header = selectFile;
            auto wrong = data;
            auto& byte = bit / 8 < 4 ? header[bit / 8] : wrong[bit / 8 - 4];
            byte = static_cast<std::uint8_t>(byte ^ (1U << bit % 8));
            const auto status = unwrapProtected(session.chip, header, wrong);
            CHECK((status == StatusWord::SecureMessagingObjectsMissing ||
                   status == StatusWord::SecureMessagingObjectsIncorrect));
            if (bit / 8 >= 4 + data.size() - 8) {
                CHECK(status == StatusWord::SecureMessagingObjectsIncorrect);
            }
            CHECK(wrapped(session.chip, StatusWord::Success, {}).empty());
            CHECK(unwrapProtected(session.chip, selectFile, data) ==
                  StatusWord::SecureMessagingObjectsIncorrect);
        }
    }
}

TEST_CASE("a session that ended leaves no key behind") {
    Session session(SymmetricCipher::Aes128);
    const std::span<const std::uint8_t> memory(reinterpret_cast<const std::uint8_t*>(&session.chip),
                                               sizeof(session.chip));
    const auto holds = [&](const Bytes& key) {
        return std::search(memory.begin(), memory.end(), key.begin(), key.end()) != memory.end();
    };
    CHECK(holds(session.encryption));
    CHECK(holds(session.authentication));
    CHECK(unwrapProtected(session.chip, readBinary, hex("8E080000000000000000")) ==
          StatusWord::SecureMessagingObjectsIncorrect);
    CHECK_FALSE(holds(session.encryption));
    CHECK_FALSE(holds(session.authentication));
}

TEST_CASE("a command replayed or reordered is refused") {
    Session session(SymmetricCipher::Aes128);
    const auto first = session.terminal.protect(readBinary, {}, 4);
    REQUIRE(unwrapProtected(session.chip, readBinary, first) == StatusWord::Success);
    REQUIRE_FALSE(wrapped(session.chip, StatusWord::Success, hex("01")).empty());
    CHECK(unwrapProtected(session.chip, readBinary, first) == StatusWord::SecureMessagingObjectsIncorrect);

    Session skipped(SymmetricCipher::Aes128);
    skipped.terminal.countOn();
    CHECK(unwrapProtected(skipped.chip, readBinary, skipped.terminal.protect(readBinary, {}, 4)) ==
          StatusWord::SecureMessagingObjectsIncorrect);
}

TEST_CASE("a plain command and one without a checksum lack their objects") {
    Session plainCommand(SymmetricCipher::Aes128);
    CHECK(unwrapProtected(plainCommand.chip, hex("00B00000"), {}) ==
          StatusWord::SecureMessagingObjectsMissing);
    CHECK(unwrapProtected(plainCommand.chip, readBinary, plainCommand.terminal.protect(readBinary, {}, 4)) ==
          StatusWord::SecureMessagingObjectsIncorrect);

    test::Deviation withoutChecksum;
    withoutChecksum.omitChecksum = true;
    Session noChecksum(SymmetricCipher::Aes128);
    CHECK(unwrapProtected(noChecksum.chip, readBinary,
                          noChecksum.terminal.protect(readBinary, {}, 4, withoutChecksum)) ==
          StatusWord::SecureMessagingObjectsMissing);
    Session empty(SymmetricCipher::Aes128);
    CHECK(unwrapProtected(empty.chip, readBinary, {}) == StatusWord::SecureMessagingObjectsMissing);
}

TEST_CASE("class bytes other than 0C and 1C are refused even with a proper checksum") {
    for (const auto cla : hex("04 08 0D 2C 8C")) {
        Session session(SymmetricCipher::Aes128);
        const Bytes header{cla, 0xB0, 0x00, 0x00};
        CHECK(unwrapProtected(session.chip, header, session.terminal.protect(header, {}, 4)) ==
              StatusWord::SecureMessagingObjectsIncorrect);
    }
    Session chained(SymmetricCipher::Aes128);
    const auto header = hex("1C860000");
    Command plain;
    Bytes data;
    REQUIRE(unwrap(chained.chip,
                   OwnedCommand(header, chained.terminal.protect(header, hex("7C00"), 256), 256, false),
                   plain, data) == StatusWord::Success);
    CHECK(plain.cla == 0x10);
}

TEST_CASE("wrong data objects are refused even with a proper checksum") {
    const auto cipher = SymmetricCipher::Aes128;
    struct Case {
        const char* what;
        Bytes header;
        Bytes objects;
    };
    // The cryptogram of 0101 under the first counter value.
    Session reference(cipher);
    reference.terminal.countOn();
    const auto cryptogram = reference.terminal.encrypt(test::padded(cipher, hex("0101")));
    const auto proper = test::tlv(0x87, join(hex("01"), cryptogram));
    const Case cases[] = {
        {"DO'87' without padding-content indicator", selectFile, test::tlv(0x87, cryptogram)},
        {"padding-content indicator 02", selectFile, test::tlv(0x87, join(hex("02"), cryptogram))},
        {"empty DO'87'", selectFile, hex("8700")},
        {"DO'87' without cryptogram", selectFile, hex("870101")},
        {"cryptogram not of whole blocks", selectFile,
         test::tlv(0x87, join(hex("01"), Bytes(cryptogram.begin(), cryptogram.end() - 1)))},
        {"DO'85' with an even instruction", selectFile, test::tlv(0x85, cryptogram)},
        {"DO'87' with an odd instruction", readBinaryOdd, proper},
        {"empty DO'85'", readBinaryOdd, hex("8500")},
        {"DO'97' before DO'87'", selectFile, join(hex("970104"), proper)},
        {"two DO'87'", selectFile, join(proper, proper)},
        {"two DO'97'", selectFile, join(proper, hex("970104970104"))},
        {"empty DO'97'", selectFile, join(proper, hex("9700"))},
        {"DO'97' of three bytes", selectFile, join(proper, hex("9703000004"))},
        {"an unknown data object", selectFile, join(proper, hex("810100"))},
        {"two checksums", selectFile, join(proper, hex("8E080000000000000000"))},
        {"a length past the end", selectFile, hex("877F01")},
        {"a length of four bytes", selectFile, hex("8783000001")},
    };
    for (const auto& example : cases) {
        CAPTURE(example.what);
        Session session(cipher);
        test::Deviation deviation;
        deviation.dataObjects = example.objects;
        CHECK(unwrapProtected(session.chip, example.header,
                              session.terminal.protect(example.header, {}, std::nullopt, deviation)) ==
              StatusWord::SecureMessagingObjectsIncorrect);
    }
    Session session(cipher);
    test::Deviation none;
    none.dataObjects = proper;
    CHECK(unwrapProtected(session.chip, selectFile,
                          session.terminal.protect(selectFile, {}, std::nullopt, none)) ==
          StatusWord::Success);
}

TEST_CASE("wrong padding is refused even with a proper checksum") {
    struct Case {
        const char* what;
        Bytes paddedData;
    };
    const Case cases[] = {
        {"no padding", Bytes(16, 0x11)},
        {"zeros only", Bytes(16)},
        {"a mark that is not 80", join(Bytes(15, 0x11), hex("81"))},
        {"something after the mark", join(Bytes(13, 0x11), hex("800001"))},
        {"a whole block of zeros after the mark", join(Bytes(15, 0x11), hex("80"), Bytes(16))},
    };
    for (const auto cipher : {SymmetricCipher::Aes128, SymmetricCipher::TripleDes}) {
        for (const auto& example : cases) {
            CAPTURE(example.what);
            Session session(cipher);
            test::Deviation deviation;
            deviation.paddedData = example.paddedData;
            CHECK(unwrapProtected(session.chip, selectFile,
                                  session.terminal.protect(selectFile, {}, std::nullopt, deviation)) ==
                  StatusWord::SecureMessagingObjectsIncorrect);
        }
    }
}

TEST_CASE("checksums of other lengths are refused") {
    Session session(SymmetricCipher::Aes128);
    const auto proper = session.terminal.protect(readBinary, {}, 4);
    const Bytes objects(proper.begin(), proper.end() - 10);
    const Bytes checksum(proper.end() - 8, proper.end());
    for (std::size_t size = 0; size < 8; ++size) {
        Session fresh(SymmetricCipher::Aes128);
        const Bytes cut(checksum.begin(), checksum.begin() + static_cast<std::ptrdiff_t>(size));
        CHECK(unwrapProtected(fresh.chip, readBinary, join(objects, test::tlv(0x8E, cut))) ==
              StatusWord::SecureMessagingObjectsIncorrect);
    }
    Session longLength(SymmetricCipher::Aes128);
    CHECK(unwrapProtected(longLength.chip, readBinary, join(objects, hex("8E8108"), checksum)) ==
          StatusWord::SecureMessagingObjectsIncorrect);
    Session fresh(SymmetricCipher::Aes128);
    CHECK(unwrapProtected(fresh.chip, readBinary, proper) == StatusWord::Success);
}

TEST_CASE("a response needs its command and its room, and comes once") {
    Session untouched(SymmetricCipher::Aes128);
    CHECK(wrapped(untouched.chip, StatusWord::Success, {}).empty());

    Session session(SymmetricCipher::Aes128);
    REQUIRE(unwrapProtected(session.chip, readBinary, session.terminal.protect(readBinary, {}, 4)) ==
            StatusWord::Success);
    Bytes tooSmall(3 + SecureMessaging::maximumOverhead);
    CHECK(session.chip.wrap(StatusWord::Success, 4, tooSmall) == 0);

    Session twice(SymmetricCipher::Aes128);
    REQUIRE(unwrapProtected(twice.chip, readBinary, twice.terminal.protect(readBinary, {}, 4)) ==
            StatusWord::Success);
    REQUIRE_FALSE(wrapped(twice.chip, StatusWord::Success, {}).empty());
    CHECK(wrapped(twice.chip, StatusWord::Success, {}).empty());
}

TEST_CASE("a separate buffer takes the plain data when it is long enough") {
    Session session(SymmetricCipher::Aes128);
    OwnedCommand command(selectFile, session.terminal.protect(selectFile, hex("0101")), 256, false);
    Bytes buffer(command.data().size());
    Command plain;
    REQUIRE(session.chip.unwrap(command.get(), buffer, plain) == StatusWord::Success);
    CHECK(test::toBytes(plain.data) == hex("0101"));
    CHECK(plain.data.data() == buffer.data());

    Session other(SymmetricCipher::Aes128);
    Bytes tooSmall(command.data().size() - 1);
    CHECK(other.chip.unwrap(command.get(), tooSmall, plain) == StatusWord::SecureMessagingObjectsIncorrect);
}
