// SPDX-License-Identifier: Apache-2.0
#include "host/access/chip_authentication.hpp"
#include "host/access/file_reader.hpp"
#include "host/access/pace.hpp"
#include "host/base/error.hpp"
#include "tests/unit/host/access/scripted.hpp"
#include "tests/unit/host/access/test_chip.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::TestChip;

namespace {

constexpr std::string_view protocolTexts[] = {"0.4.0.127.0.7.2.2.4.2.1", "0.4.0.127.0.7.2.2.4.2.2",
                                              "0.4.0.127.0.7.2.2.4.2.3", "0.4.0.127.0.7.2.2.4.2.4"};
const Bytes content = fromHex("6005AABBCCDDEE");
const ElementaryFile commonData{0x011E, std::uint8_t{0x1E}, "EF.COM"};

void openFor(TestChip& chip, std::string_view can) {
    chip.password = toBytes(viewOf(can));
    chip.files[0x011E] = content;
    chip.files[0x010E] = content;
    chip.shortIdentifiers[0x1E] = 0x011E;
}

PaceProtocol protocolFor(TestChip& chip, std::string_view oid, unsigned parameterId) {
    const auto protocol = PaceProtocol::from({ObjectIdentifier::fromText(oid), parameterId});
    REQUIRE(protocol.has_value());
    chip.paceCipher = protocol->cipher;
    chip.paceCurve = std::get<EllipticCurve>(protocol->domainParameters);
    return *protocol;
}

bool opensAndReads(TestChip& chip, const PaceProtocol& protocol, std::string_view can) {
    SystemRandom random;
    CardSession session(chip);
    static_cast<void>(Pace(session, random).perform(protocol, AccessKey::fromCan(can)));
    return equal(FileReader(session).read(commonData), content) && session.secureMessagingProven();
}

// A key on `curve` for which the secret agreed with `other` starts with a zero byte.
EllipticCurveKeyPair keyWithLeadingZeroSecret(const EllipticCurveKeyPair& other) {
    SystemRandom random;
    for (int tries = 0; tries < 20000; ++tries) {
        auto candidate = EllipticCurveKeyPair::generate(other.curve(), random);
        if (candidate.agree(other.publicKey()).view()[0] == 0) {
            return candidate;
        }
    }
    FAIL("no secret starts with a zero byte");
    return EllipticCurveKeyPair::generate(other.curve(), random);
}

} // namespace

TEST_CASE("PACE runs on every standardized curve with every cipher, and the channel carries a file") {
    for (unsigned parameterId = 8; parameterId <= 18; ++parameterId) {
        for (const std::string_view oid : protocolTexts) {
            CAPTURE(parameterId);
            CAPTURE(oid);
            TestChip chip({});
            openFor(chip, "299001");
            CHECK(opensAndReads(chip, protocolFor(chip, oid, parameterId), "299001"));
        }
    }
}

TEST_CASE("A wrong CAN gives a wrong access key") {
    TestChip chip({});
    openFor(chip, "299001");
    const PaceProtocol protocol = protocolFor(chip, protocolTexts[1], 13);
    try {
        static_cast<void>(opensAndReads(chip, protocol, "299002"));
        FAIL("no exception");
    } catch (const WrongAccessKey& error) {
        CHECK(std::string(error.what()).find("Wrong access key") == 0);
        CHECK(std::string(error.what()).find("299002") == std::string::npos);
    }
    CHECK(opensAndReads(chip, protocol, "299001"));
}

TEST_CASE("PACE works when the shared secret starts with a zero byte") {
    for (const unsigned parameterId : {12U, 13U}) {
        TestChip chip({.leadingZeroSecret = true});
        openFor(chip, "299001");
        CHECK(opensAndReads(chip, protocolFor(chip, protocolTexts[1], parameterId), "299001"));
    }
}

TEST_CASE("Chip Authentication runs inside PACE on every curve, and exposes a clone") {
    SystemRandom random;
    for (unsigned parameterId = 8; parameterId <= 18; ++parameterId) {
        for (const bool clone : {false, true}) {
            CAPTURE(parameterId);
            TestChip chip({});
            openFor(chip, "299001");
            const PaceProtocol pace = protocolFor(chip, protocolTexts[1], 13);
            const auto curve = EllipticCurve::standardized(parameterId);
            chip.chipAuthenticationKey = EllipticCurveKeyPair::generate(curve, random);
            if (clone) {
                chip.otherChipAuthenticationKey = EllipticCurveKeyPair::generate(curve, random);
            }
            CardSession session(chip);
            static_cast<void>(Pace(session, random).perform(pace, AccessKey::fromCan("299001")));
            const auto protocol =
                ChipAuthenticationProtocol::from(ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3.2.2"));
            const auto result =
                ChipAuthentication(session, random)
                    .perform(*protocol,
                             EllipticCurvePublicKey{curve, toBytes(chip.chipAuthenticationKey->publicKey())});
            CHECK(result.proven == !clone);
            CHECK(result.reason.empty() == !clone);
            CHECK(session.secureMessagingActive() == !clone);
        }
    }
}

TEST_CASE("Chip Authentication works when the shared secret starts with a zero byte, with AES and 3DES") {
    SystemRandom random;
    const auto curve = EllipticCurve::standardized(13);
    const auto terminalKey = EllipticCurveKeyPair::generate(curve, random);
    for (const bool tripleDes : {false, true}) {
        TestChip chip({});
        openFor(chip, "299001");
        chip.chipAuthenticationKey = keyWithLeadingZeroSecret(terminalKey);
        chip.chipAuthenticationCipher = tripleDes ? BlockCipher::TripleDes : BlockCipher::Aes128;
        chip.startSecureMessaging(BlockCipher::Aes128, Bytes(32));
        CardSession session(chip);
        session.startSecureMessaging(SecureMessaging::fromSharedSecret(BlockCipher::Aes128, Bytes(32)));
        test::ScriptedRandom terminalRandom(toHex(terminalKey.privateKey()));
        const EllipticCurvePublicKey chipKey{curve, toBytes(chip.chipAuthenticationKey->publicKey())};
        const auto protocol =
            tripleDes
                ? ChipAuthenticationProtocol::tripleDes(chipKey)
                : *ChipAuthenticationProtocol::from(ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3.2.2"));
        CHECK(ChipAuthentication(session, terminalRandom).perform(protocol, chipKey).proven);
    }
}

TEST_CASE("A chip whose answers are changed on their way is never taken for a good one") {
    SystemRandom random;
    const std::size_t answers = 5;
    for (std::size_t changed = 1; changed <= answers; ++changed) {
        CAPTURE(changed);
        TestChip chip({});
        openFor(chip, "299001");
        const PaceProtocol protocol = protocolFor(chip, protocolTexts[1], 13);
        chip.tamper = [&chip, changed](Bytes response) {
            if (chip.received.size() == changed && response.size() > 2) {
                response[response.size() - 3] = static_cast<std::uint8_t>(response[response.size() - 3] ^ 1U);
            } else if (chip.received.size() == changed) {
                response = fromHex("6A00");
            }
            return response;
        };
        CHECK_THROWS_AS(static_cast<void>(opensAndReads(chip, protocol, "299001")), Error);
    }
}

TEST_CASE("A card taken away at any command of PACE is told as removed") {
    for (std::size_t command = 1; command <= 6; ++command) {
        TestChip chip({.removedAt = command});
        openFor(chip, "299001");
        CHECK_THROWS_AS(
            static_cast<void>(opensAndReads(chip, protocolFor(chip, protocolTexts[1], 13), "299001")),
            CardRemoved);
    }
}
