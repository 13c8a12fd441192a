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
#include "tests/unit/personalization/loading/small_card.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

/// Of DG2, beyond an offset of 15 bits.
constexpr std::size_t longPortrait = 33500;

/// A card without keys, which no file of it announces: activation refuses those.
CardImage cardWithoutKeys(RandomSource& random, std::size_t portrait) {
    CardImage card = test::smallCard(random, portrait);
    card.keys = {};
    return card;
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
    loader.load(cardWithoutKeys(random, longPortrait));
    loader.activate();
    CHECK(loader.lifeCycle() == ChipLifeCycle::Personalized);
    CHECK(longest <= CommandApdu::maximumShortSize);
}

TEST_CASE("the commands of CREATE FILE and UPDATE BINARY") {
    SystemRandom random;
    const CardImage card = test::smallCard(random, longPortrait);
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
    CardImage empty = test::smallCard(random, longPortrait);
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
        loader.load(cardWithoutKeys(random, 9000));
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
        loader.load(cardWithoutKeys(random, 1000));
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
