// SPDX-License-Identifier: Apache-2.0
// Load profiles against the project's own chip: its second way to load, its other protocol, and the keys that
// replace those it comes with.
#include "personalization/loading/card_loader.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/elliptic_curve.hpp"
#include "personalization/loading/create_file.hpp"
#include "personalization/loading/loading_commands.hpp"
#include "tests/unit/personalization/loading/blank_chip.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

ChipKeyPair keyPair(unsigned curve, RandomSource& random) {
    const auto pair = EllipticCurveKeyPair::generate(EllipticCurve::standardized(curve), random);
    return {static_cast<std::uint8_t>(curve), SecretBytes(pair.privateKey()), toBytes(pair.publicKey())};
}

/// A card whose DG2 is longer than an offset of 15 bits.
CardImage image(RandomSource& random, std::size_t portrait = 33500) {
    CardImage result;
    result.files = {{0x0101, encodeTlv(0x61, encodeTlv(0x5F1F, Bytes(90, '<')))},
                    {0x0102, encodeTlv(0x75, Bytes(portrait, 0x5A))},
                    {0x011E, encodeTlv(0x60, encodeTlv(0x5C, Bytes{0x61, 0x75}))},
                    {0x011D, encodeTlv(0x77, Bytes(300, 0x30))}};
    result.cardAccess = fromHex("3134300d060804007f0007020202020101300f060a04007f000702020302020201013012060a"
                                "04007f0007020204020202010202010d");
    result.cardAccessNumber = SecretBytes(viewOf("000001"));
    result.mrzInformation = SecretBytes(viewOf("299000001199010182401014"));
    result.keys = {keyPair(13, random), keyPair(12, random)};
    return result;
}

/// The same without keys, which no file of it announces: activation refuses those.
CardImage imageWithoutKeys(RandomSource& random, std::size_t portrait = 33500) {
    CardImage result = image(random, portrait);
    result.keys = {};
    return result;
}

SecurityDomainKeys issuerKeys(std::uint8_t version, std::size_t size) {
    SystemRandom random;
    const auto key = [&] { return SecretBytes(random.bytes(size)); };
    return {version, key(), key(), key()};
}

} // namespace

TEST_CASE("a chip is loaded with CREATE FILE and UPDATE BINARY") {
    SystemRandom random;
    BlankChip chip;
    InProcessConnection connection = chip.connect();
    std::size_t longest = 0;
    InProcessConnection watched("watched", toBytes(connection.atr()), [&](BytesView command) {
        longest = std::max(longest, command.size());
        return connection.transmit(command);
    });
    const LoadProfile profile = LoadProfile::find("iso7816-9");
    REQUIRE(readChipSerial(watched, random, profile));
    CardLoader loader(watched, SecurityDomainKeys::transport(), random, profile);
    loader.load(imageWithoutKeys(random));
    loader.activate();
    CHECK(loader.lifeCycle() == ChipLifeCycle::Personalized);
    CHECK(longest <= CommandApdu::maximumShortSize);
}

TEST_CASE("the commands of CREATE FILE and UPDATE BINARY") {
    SystemRandom random;
    const CardImage card = image(random);
    const auto commands = createFileCommands(card, 0x011C, 231);
    const auto headOf = [](const CommandApdu& command) {
        return toHex(Bytes{command.cla, command.ins, command.p1, command.p2});
    };
    CHECK(headOf(commands[0]) == "80E00000");
    CHECK(toHex(commands[0].data) == "6208800200368302011C");
    CHECK(headOf(commands[1]) == "80D60000");
    CHECK(commands[1].data == card.cardAccess);
    std::size_t at = 0;
    std::size_t longOffsets = 0;
    Bytes content;
    for (const CommandApdu& command : commands) {
        CHECK(command.data.size() <= 231);
        if (command.ins == 0xE0) {
            at = 0;
            content.clear();
        } else if (command.ins == 0xD6) {
            CHECK(static_cast<std::size_t>(command.p1 << 8U | command.p2) == at);
            append(content, command.data);
            at += command.data.size();
        } else {
            CHECK(headOf(command) == "80D70000");
            TlvReader reader(command.data);
            CHECK(fromBigEndian(reader.expect(0x54, "offset").value) == at);
            const BytesView part = reader.expect(0x53, "data").value;
            append(content, part);
            at += part.size();
            ++longOffsets;
        }
        if (at == card.files[1].content.size()) {
            CHECK(content == card.files[1].content);
        }
    }
    CHECK(longOffsets == 4);
    CardImage empty = image(random);
    empty.files[0].content.clear();
    CHECK_THROWS_AS(static_cast<void>(createFileCommands(empty, 0x011C, 231)), BadConfiguration);
    empty.files[0].content.resize(65536);
    CHECK_THROWS_AS(static_cast<void>(createFileCommands(empty, 0x011C, 231)), BadConfiguration);
}

TEST_CASE("a chip that speaks SCP02 is loaded both ways") {
    for (const FileCommands files : {FileCommands::StoreData, FileCommands::CreateFile}) {
        CAPTURE(static_cast<int>(files));
        SystemRandom random;
        BlankChip chip;
        InProcessConnection connection = chip.connect();
        LoadProfile profile = LoadProfile::cancuoc();
        {
            static_cast<void>(readChipSerial(connection, random));
            SecureChannel blank = SecureChannel::open(connection, SecurityDomainKeys::transport(),
                                                      SecurityLevel::CommandMac, random);
            REQUIRE(blank.transmit({0x80, 0xE2, 0x88, 0x00, fromHex("9003020255")}).sw.isSuccess());
        }
        profile.channel = {0x02, 0x55, profile.issuerDomain};
        profile.level = SecurityLevel::CommandMacAndEncryption;
        profile.files = files;
        CardLoader loader(connection, SecurityDomainKeys::transport(0x20), random, profile);
        loader.load(imageWithoutKeys(random, 9000));
        loader.activate();
        CHECK(loader.lifeCycle() == ChipLifeCycle::Personalized);
    }
}

TEST_CASE("the issuer's keys replace the transport keys before the lock, and open the locked chip") {
    SystemRandom random;
    BlankChip chip;
    InProcessConnection connection = chip.connect();
    const LoadProfile profile = LoadProfile::find("cancuoc-issuer-keys");
    const ChipDomainKeys keys{SecurityDomainKeys::transport(), issuerKeys(0x01, 32)};
    const auto serial = readChipSerial(connection, random, profile);
    REQUIRE(serial);
    {
        CardLoader loader(connection, keys.transport, random, profile);
        loader.load(imageWithoutKeys(random, 1000));
        loader.activate();
    }
    CHECK_THROWS_AS(lockChip(connection, {SecurityDomainKeys::transport()}, random, profile),
                    BadConfiguration);
    CHECK(examineChip(connection, keys, random, profile) == ChipLifeCycle::Personalized);
    SUBCASE("at once") {
        lockChip(connection, keys, random, profile);
    }
    SUBCASE("by the run after one that ended between both") {
        CardLoader(connection, keys.transport, random, profile).replaceKeys(*keys.issuer);
        CHECK_THROWS_AS(CardLoader(connection, keys.transport, random, profile), CardError);
        connection.reset();
        CHECK(examineChip(connection, keys, random, profile) == ChipLifeCycle::Personalized);
        CHECK(readChipSerial(connection, random, profile) == serial);
        lockChip(connection, keys, random, profile);
    }
    connection.reset();
    CHECK(examineChip(connection, keys, random, profile) == ChipLifeCycle::Locked);
    CHECK_FALSE(readChipSerial(connection, random, profile)); // it names itself to nobody
    CardLoader issuer(connection, *keys.issuer, random, profile);
    CHECK(issuer.keyVersion() == 0x01);
    CHECK(issuer.lifeCycle() == ChipLifeCycle::Locked);
    CHECK_THROWS_AS(issuer.activate(), CardError);
    CHECK_THROWS_AS(
        static_cast<void>(examineChip(connection, {SecurityDomainKeys::transport()}, random, profile)),
        AuthenticationRefused);
}

TEST_CASE("a chip of another product is left alone") {
    SystemRandom random;
    BlankChip chip;
    InProcessConnection connection = chip.connect();
    LoadProfile profile = LoadProfile::cancuoc();
    CHECK(readChipSerial(connection, random, profile));
    profile.identification.atr.back() ^= 0x01;
    CHECK_THROWS_WITH_AS(static_cast<void>(readChipSerial(connection, random, profile)),
                         doctest::Contains("answer to reset"), CardError);
    profile.identification.atrMask.back() = 0x00;
    CHECK(readChipSerial(connection, random, profile));
    profile.identification.fabricator = fromHex("0000");
    CHECK(readChipSerial(connection, random, profile));
    profile.identification.operatingSystem = fromHex("8168");
    CHECK_THROWS_WITH_AS(static_cast<void>(readChipSerial(connection, random, profile)),
                         doctest::Contains("production life cycle data"), CardError);
}
