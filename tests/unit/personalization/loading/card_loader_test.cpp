// SPDX-License-Identifier: Apache-2.0
// The loader against the project's own chip, which shares no code with it.
#include "personalization/loading/card_loader.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/cipher.hpp"
#include "host/crypto/elliptic_curve.hpp"
#include "host/crypto/padding.hpp"
#include "personalization/loading/loading_commands.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/unit/personalization/loading/blank_chip.hpp"
#include "tests/unit/personalization/loading/small_card.hpp"

#include <doctest/doctest.h>
#include <map>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

/// DG2 spans several commands.
CardImage image(RandomSource& random) {
    return test::smallCard(random, 9000);
}

/// The card image of a test document of another make, whose secrets stand as the chip keeps them.
CardImage imageOf(const test::ChipDocument& document) {
    const auto secret = [&document](std::uint16_t identifier) {
        const auto found = document.secrets.find(identifier);
        return found == document.secrets.end() ? Bytes{} : found->second;
    };
    const auto key = [](const Bytes& stored) {
        return stored.empty() ? ChipKeyPair{}
                              : ChipKeyPair{stored.front(), SecretBytes(BytesView(stored).subspan(1)), {}};
    };
    CardImage result;
    for (const auto& [identifier, content] : document.files) {
        if (identifier == 0x011C) {
            result.cardAccess = content;
        } else {
            result.files.push_back({identifier, content});
        }
    }
    result.cardAccessNumber = SecretBytes(secret(0x8001));
    result.mrzInformation = SecretBytes(secret(0x8002));
    result.keys = {key(secret(0x8003)), key(secret(0x8004))};
    if (const Bytes rsa = secret(0x8005); !rsa.empty()) {
        const BytesView primes = BytesView(rsa).subspan(5);
        result.keys.rsaActiveAuthentication =
            RsaChipKey{HashAlgorithm::Sha1, 65537, SecretBytes(primes.first(primes.size() / 2)),
                       SecretBytes(primes.last(primes.size() / 2))};
    }
    for (std::uint8_t keyId = 0; keyId < 128; ++keyId) {
        if (const Bytes stored = secret(static_cast<std::uint16_t>(0x8300 + keyId)); !stored.empty()) {
            result.keys.identifiedChipAuthentication.emplace(keyId, key(stored));
        }
    }
    return result;
}

ChipDomainKeys onlyTransport() {
    return {SecurityDomainKeys::transport()};
}

/// What a channel with the transport keys makes of a secret.
Bytes underTransportKey(BytesView secret) {
    return encryptCbc(BlockCipher::Aes128, SecurityDomainKeys::transport().dataEncryption.view(), Bytes(16),
                      padded(secret, 16));
}

/// The secrets among `commands` in plain, by their groupings.
std::map<std::uint16_t, Bytes> secretsIn(const std::vector<CommandApdu>& commands) {
    std::map<std::uint16_t, Bytes> secrets;
    for (const CommandApdu& command : commands) {
        if ((command.p1 & 0x60) != 0x60) {
            continue;
        }
        const BytesView data = command.data;
        const BytesView cryptogram = data.subspan(data[2] == 0xFF ? 5 : 3);
        const Bytes plain =
            decryptCbc(BlockCipher::Aes128, SecurityDomainKeys::transport().dataEncryption.view(), Bytes(16),
                       cryptogram);
        secrets[static_cast<std::uint16_t>(fromBigEndian(data.first(2)))] =
            toBytes(unpadded(plain, 16).value());
    }
    return secrets;
}

/// Loads and activates the document: the chip compares its keys with its files.
void checkLoading(const CardImage& image, const test::ChipDocument& document) {
    SystemRandom random;
    CHECK(secretsIn(loadingCommands(image, LoadProfile::cancuoc(), underTransportKey, 2000)) ==
          document.secrets);
    BlankChip chip;
    InProcessConnection connection = chip.connect();
    CardLoader loader(connection, SecurityDomainKeys::transport(), random);
    loader.load(image);
    loader.activate();
    CHECK(loader.lifeCycle() == ChipLifeCycle::Personalized);
}

} // namespace

TEST_CASE("a passport with several keys and a trust point is loaded") {
    const auto document = test::makeDocument(test::DocumentProfile::EuropeanPassport);
    CardImage passport = imageOf(document);
    passport.configuration.profile.emplace();
    passport.configuration.currentDate = std::chrono::year(2026) / 1 / 1;
    passport.configuration.trustPoints = {document.secrets.at(0x8007)};
    checkLoading(passport, document);
}

TEST_CASE("a passport without PACE and with an RSA key is loaded") {
    const auto document = test::makeDocument(test::DocumentProfile::BasicAccessControlOnly);
    CardImage passport = imageOf(document);
    passport.configuration.profile = AccessProfile{true, false, false};
    checkLoading(passport, document);
}

TEST_CASE("a card that refuses to select its master file is loaded") {
    const auto document = test::makeDocument(test::DocumentProfile::VietnameseCard2024);
    CardImage card = imageOf(document);
    card.configuration.profile = AccessProfile{true, true, true};
    card.configuration.trustPoints = {document.secrets.at(0x8007)};
    card.configuration.currentDate = std::chrono::year(2026) / 1 / 1;
    checkLoading(card, document);
}

TEST_CASE("what no chip takes is refused before anything is sent") {
    SystemRandom random;
    const auto commands = [](const CardImage& card) {
        return loadingCommands(card, LoadProfile::cancuoc(), underTransportKey, 2000).size();
    };
    CardImage card = image(random);
    card.keys.identifiedChipAuthentication.emplace(std::uint8_t{128}, test::chipKeyPair(13, random));
    CHECK_THROWS_AS(static_cast<void>(commands(card)), BadConfiguration);
    card = image(random);
    card.configuration.trustPoints = {Bytes(100), Bytes(100), Bytes(100)};
    CHECK_THROWS_AS(static_cast<void>(commands(card)), BadConfiguration);
    card.configuration.trustPoints = {Bytes(2000)};
    CHECK_THROWS_AS(static_cast<void>(commands(card)), BadConfiguration);
    card.configuration.trustPoints = {Bytes(1900)};
    CHECK_NOTHROW(static_cast<void>(commands(card)));
}

TEST_CASE("a card image becomes STORE DATA commands with block numbers and one last block") {
    SystemRandom random;
    const auto commands = loadingCommands(image(random), LoadProfile::cancuoc(), underTransportKey, 231);
    REQUIRE(commands.size() > 6);
    Bytes stream;
    for (std::size_t block = 0; block < commands.size(); ++block) {
        const CommandApdu& command = commands[block];
        CHECK(command.p2 == block);
        CHECK(command.data.size() <= 231);
        CHECK((command.p1 & 0x80) == (block + 1 == commands.size() ? 0x80 : 0x00));
        if ((command.p1 & 0x60) == 0) {
            append(stream, command.data);
        }
    }
    CHECK(toHex(BytesView(stream).first(5)) == "011C363134");
    const Bytes secret = commands[commands.size() - 4].data;
    CHECK(toHex(BytesView(secret).first(3)) == "800110"); // one block of AES
}

TEST_CASE("a blank chip is loaded, activated and locked") {
    SystemRandom random;
    BlankChip chip;
    InProcessConnection connection = chip.connect();
    const SecurityDomainKeys keys = SecurityDomainKeys::transport();
    const auto serial = readChipSerial(connection, random);
    REQUIRE(serial);
    CHECK(serial->size() == 20);
    CHECK(examineChip(connection, onlyTransport(), random) == ChipLifeCycle::Blank);
    {
        CardLoader loader(connection, keys, random);
        CHECK(loader.serial() == *serial);
        CHECK_THROWS_AS(loader.activate(), CardError); // nothing is there yet
        CHECK_THROWS_AS(loader.lock(), CardError);
        const CardImage card = imageOf(test::makeDocument(test::DocumentProfile::VietnameseCard2021));
        loader.load(card);
        CHECK(loader.lifeCycle() == ChipLifeCycle::Blank);
        loader.activate();
        CHECK(loader.lifeCycle() == ChipLifeCycle::Personalized);
        CHECK_THROWS_AS(loader.load(card), CardError);
    }
    connection.reset();
    CHECK(examineChip(connection, onlyTransport(), random) == ChipLifeCycle::Personalized);
    CardLoader(connection, keys, random).lock();
    connection.reset();
    CHECK_FALSE(readChipSerial(connection, random));
    CHECK(examineChip(connection, onlyTransport(), random) == ChipLifeCycle::Locked);
    CHECK_THROWS_AS(CardLoader(connection, keys, random), CardError);
}

TEST_CASE("a chip with other keys is asked once") {
    SystemRandom random;
    BlankChip chip;
    InProcessConnection connection = chip.connect();
    SecurityDomainKeys keys = SecurityDomainKeys::transport();
    keys.mac = SecretBytes(Bytes(16, 0x00));
    CHECK_THROWS_AS(CardLoader(connection, keys, random), AuthenticationRefused);
}

TEST_CASE("an interrupted loading starts over") {
    SystemRandom random;
    BlankChip chip;
    InProcessConnection connection = chip.connect();
    const CardImage card = imageOf(test::makeDocument(test::DocumentProfile::VietnameseCard2021));
    const SecurityDomainKeys keys = SecurityDomainKeys::transport();
    int commands = 0;
    InProcessConnection broken("breaks", toBytes(connection.atr()), [&](BytesView command) {
        if (++commands == 7) {
            throw CardRemoved("The card left the reader.");
        }
        return connection.transmit(command);
    });
    CHECK_THROWS_AS(CardLoader(broken, keys, random).load(card), CardRemoved);
    connection.reset();
    CHECK(examineChip(connection, onlyTransport(), random) == ChipLifeCycle::Blank);
    CardLoader loader(connection, keys, random);
    loader.load(card);
    loader.activate();
    CHECK(loader.lifeCycle() == ChipLifeCycle::Personalized);
}
