// SPDX-License-Identifier: Apache-2.0
// The host's channels against the project's own chip, which shares no code with them: every protocol, option,
// key size and level, before and after PUT KEY.
#include "personalization/globalplatform/issuer_security_domain.hpp"

#include "personalization/globalplatform/card_data.hpp"
#include "tests/unit/personalization/loading/blank_chip.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

const Bytes domainIdentifier = fromHex("A000000151000000");
const Bytes application = fromHex("A0000002471001");

/// A blank chip whose issuer domain speaks another protocol than SCP03 with i=60.
class Chip {
public:
    explicit Chip(const SecureChannelProtocol& protocol) : protocol_(protocol) {
        protocol_.domain = domainIdentifier;
        select();
        SystemRandom random;
        SecureChannel blank = SecureChannel::open(connection_, SecurityDomainKeys::transport(),
                                                  SecurityLevel::CommandMac, random);
        // The data grouping 9003 of the domain itself.
        REQUIRE(blank
                    .transmit({0x80, 0xE2, 0x88, 0x00,
                               concat(fromHex("900302"), Bytes{protocol.identifier, protocol.option})})
                    .sw.isSuccess());
    }

    IssuerSecurityDomain open(const SecurityDomainKeys& keys, SecurityLevel level) {
        select();
        SystemRandom random;
        return IssuerSecurityDomain(SecureChannel::open(connection_, keys, level, random, protocol_));
    }

    Bytes getData(std::uint8_t p1, std::uint8_t p2) {
        return ResponseApdu::decode(connection_.transmit(CommandApdu{0x80, 0xCA, p1, p2, {}, 256}.encode()))
            .data;
    }

private:
    void select() {
        REQUIRE(ResponseApdu::decode(
                    connection_.transmit(CommandApdu{0x00, 0xA4, 0x04, 0x00, domainIdentifier, 256}.encode()))
                    .sw.isSuccess());
    }

    BlankChip chip_;
    InProcessConnection connection_ = chip_.connect();
    SecureChannelProtocol protocol_;
};

SecurityDomainKeys issuerKeys(std::uint8_t version, std::size_t size) {
    SystemRandom random;
    const auto key = [&] { return SecretBytes(random.bytes(size)); };
    return {version, key(), key(), key()};
}

void checkCommands(IssuerSecurityDomain& domain) {
    for (int round = 0; round < 2; ++round) {
        const auto entries = domain.registry(RegistryScope::Applications, application);
        REQUIRE(entries.size() == 1);
        CHECK(entries[0].identifier == application);
        CHECK(entries[0].lifeCycleState == life_cycle_state::applicationSelectable);
        // An error goes out bare and leaves the session open.
        CHECK(domain.registry(RegistryScope::Applications, fromHex("F0000000")).empty());
        CHECK_THROWS_AS(domain.setStatus(StatusOf::Card, life_cycle_state::cardSecured), CardError);
    }
}

} // namespace

TEST_CASE("SCP03 in every option, key size and level that the chip has") {
    for (const std::uint8_t option : fromHex("0010607001116171")) {
        CAPTURE(option);
        Chip chip({0x03, option, {}});
        SecurityDomainKeys keys = SecurityDomainKeys::transport();
        for (const std::size_t size : {16U, 24U, 32U}) {
            CAPTURE(size);
            for (const auto level :
                 {SecurityLevel::CommandMac, SecurityLevel::CommandMacAndEncryption,
                  SecurityLevel::CommandAndResponseMac, SecurityLevel::CommandMacAndEncryptionResponseMac,
                  SecurityLevel::CommandAndResponseMacAndEncryption}) {
                CAPTURE(static_cast<int>(level));
                if (static_cast<int>(level) >= 0x10 && (option & 0x60) == 0) {
                    CHECK_THROWS_AS(static_cast<void>(chip.open(keys, level)), BadConfiguration);
                    continue;
                }
                IssuerSecurityDomain domain = chip.open(keys, level);
                checkCommands(domain);
            }
            SecurityDomainKeys next = issuerKeys(static_cast<std::uint8_t>(size), size);
            chip.open(keys, SecurityLevel::CommandMacAndEncryption).putKeys(next, keys.keyVersion);
            CHECK_THROWS_AS(static_cast<void>(chip.open(keys, SecurityLevel::CommandMac)), CardError);
            keys = std::move(next);
        }
        IssuerSecurityDomain last = chip.open(keys, SecurityLevel::CommandMac);
        checkCommands(last);
    }
}

TEST_CASE("SCP02 in both options and at both levels, before and after PUT KEY") {
    for (const std::uint8_t option : fromHex("1555")) {
        CAPTURE(option);
        Chip chip({0x02, option, {}});
        SecurityDomainKeys keys = SecurityDomainKeys::transport(0x20);
        for (int round = 0; round < 2; ++round) {
            for (const auto level : {SecurityLevel::CommandMac, SecurityLevel::CommandMacAndEncryption}) {
                CAPTURE(static_cast<int>(level));
                IssuerSecurityDomain domain = chip.open(keys, level);
                checkCommands(domain);
            }
            CHECK_THROWS_AS(static_cast<void>(chip.open(keys, SecurityLevel::CommandAndResponseMac)),
                            BadConfiguration);
            SecurityDomainKeys next = issuerKeys(0x21, 16);
            chip.open(keys, SecurityLevel::CommandMacAndEncryption).putKeys(next, 0);
            keys = std::move(next);
        }
    }
}

TEST_CASE("wrong keys are refused by the host, and a wrong key among the new ones by the chip") {
    Chip chip({0x03, 0x60, {}});
    SecurityDomainKeys keys = SecurityDomainKeys::transport();
    SecurityDomainKeys wrong = keys.copy();
    wrong.mac = SecretBytes(Bytes(16, 0x11));
    CHECK_THROWS_AS(static_cast<void>(chip.open(wrong, SecurityLevel::CommandMac)), AuthenticationRefused);
    SecurityDomainKeys mixed = issuerKeys(0x01, 16);
    mixed.dataEncryption = SecretBytes(Bytes(24, 0x22));
    IssuerSecurityDomain domain = chip.open(keys, SecurityLevel::CommandMac);
    CHECK_THROWS_AS(domain.putKeys(mixed, 0), CardError);
    mixed.dataEncryption = SecretBytes(Bytes(20, 0x22));
    CHECK_THROWS_AS(domain.putKeys(mixed, 0), BadConfiguration);
    // A key under another data encryption key has another check value.
    SecurityDomainKeys otherDataEncryption = keys.copy();
    otherDataEncryption.dataEncryption = SecretBytes(Bytes(16, 0x33));
    CHECK_THROWS_AS(chip.open(otherDataEncryption, SecurityLevel::CommandMac).putKeys(issuerKeys(1, 16), 0),
                    CardError);
    checkCommands(domain = chip.open(keys, SecurityLevel::CommandMac));
}

TEST_CASE("what the chip tells of itself is understood") {
    Chip chip({0x03, 0x70, {}});
    const auto protocols = decodeOfferedProtocols(chip.getData(0x00, 0x66));
    REQUIRE(protocols.size() == 1);
    CHECK(protocols[0].identifier == 0x03);
    CHECK(protocols[0].option == 0x70);
    const auto keys = decodeKeyInformation(chip.getData(0x00, 0xE0));
    REQUIRE(keys.size() == 3);
    CHECK(keys[2].identifier == 3);
    CHECK(keys[2].version == 0x30);
    CHECK(keys[2].type == 0x88);
    CHECK(keys[2].size == 16);
    const auto production = decodeProductionLifeCycleData(chip.getData(0x9F, 0x7F));
    const Bytes diversification = chip.getData(0x00, 0xCF);
    CHECK(production.serialNumber == toBytes(BytesView(diversification).subspan(2, 4)));
    CHECK(production.batch == toBytes(BytesView(diversification).subspan(6, 2)));
}
