// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/chip_authentication.hpp"
#include "card/applets/emrtd/secure_messaging.hpp"
#include "tests/support/quick_guard.hpp"
#include "tests/unit/card/applets/openssl_terminal.hpp"
#include "tests/unit/card/crypto/openssl_group.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace cancuoc::card;
using crypto::StandardizedDomainParameters;
using emrtd::ChipAuthentication;
using emrtd::ChipAuthenticationKey;
using emrtd::SymmetricCipher;
using test::Bytes;
using test::hex;
using test::join;
using test::OwnedCommand;
using test::tlv;

namespace {

struct NamedPoint {
    const char* what;
    Bytes point;
};

struct NamedTemplate {
    const char* what;
    Bytes data;
    StatusWord expected;
};

using Configurations = std::vector<emrtd::ChipAuthenticationConfiguration>;

const Configurations usualConfigurations{{false, SymmetricCipher::TripleDes, {}},
                                         {false, SymmetricCipher::Aes128, {}}};

/// Keys by their ids.
class Keys final : public emrtd::ChipAuthenticationKeys {
public:
    bool load(std::optional<std::uint8_t> keyId, ChipAuthenticationKey& key) const override {
        for (const auto& entry : entries) {
            if (entry.keyId == keyId) {
                key.domainParameters = entry.domainParameters;
                return key.privateKey.assign(entry.privateKey);
            }
        }
        return false;
    }

    struct Entry {
        std::optional<std::uint8_t> keyId;
        StandardizedDomainParameters domainParameters;
        Bytes privateKey;
    };
    std::vector<Entry> entries;
};

// The EAC version 2 worked example 1.01 (HJP Consulting), as its values stand in OpenPACE's src/eactest.c:
// key pair of the chip, ephemeral public key of the terminal, shared secret.
const Bytes chipPrivateKey = hex("7984674CF3B3A524BF929CE8A67FCF22173DA0BAD595EED6DEB72D22C542FA9D");
const Bytes terminalPublicKey = hex("045A7A377FC9CAFC03AC7FF45441A8B2909D88EAB8E6B0173847AB49B949DF3799"
                                    "A34EE57EC55268CF8B1C3EC489F8BF4CF4C68D3FD9670E89C0D5D3FFF1AAF89F");
const Bytes sharedSecret = hex("791DA04273CCFE862E52DF60347E2557192E1F8D7517822CE3D306056C1CDEB4");

const Bytes selectAes128 = hex("800A04007F00070202030202");

struct Chip {
    explicit Chip(Configurations offered = usualConfigurations) : configurations(std::move(offered)) {
        keys.entries.push_back({{}, StandardizedDomainParameters::BrainpoolP256r1, chipPrivateKey});
    }

    StatusWord agreeAtOnce(const Bytes& data) {
        return protocol.setKeyAgreementTemplate(data, configurations, keys, random, established);
    }
    StatusWord select(const Bytes& data) { return protocol.setAuthenticationTemplate(data, configurations); }
    StatusWord authenticate(const Bytes& data, const Bytes& header = hex("00860000")) {
        Response response;
        const auto status = protocol.generalAuthenticate(OwnedCommand(header, data, 256, false).get(), keys,
                                                         random, response, established);
        answer = test::toBytes(response.data());
        return status;
    }

    ChipAuthentication protocol;
    Configurations configurations;
    Keys keys;
    test::ScriptedRandom random;
    std::optional<emrtd::SessionKeys> established;
    Bytes answer;
};

void checkEstablished(const Chip& chip, SymmetricCipher cipher, const Bytes& secret) {
    REQUIRE(chip.established);
    CHECK(chip.established->cipher == cipher);
    CHECK(test::encryptionKeyOf(*chip.established) == test::kdf(cipher, secret, 1));
    CHECK(test::authenticationKeyOf(*chip.established) == test::kdf(cipher, secret, 2));
    CHECK(test::toBytes(chip.established->sendSequenceCounter) == Bytes(16));
}

Bytes ephemeralPublicKey(const Bytes& point) {
    return tlv(0x7C, tlv(0x80, point));
}

} // namespace

TEST_CASE("Chip Authentication with AES-128 agrees on the secret of the EAC worked example") {
    Chip chip;
    REQUIRE(chip.select(selectAes128) == StatusWord::Success);
    CHECK(chip.protocol.inProgress());
    REQUIRE(chip.authenticate(ephemeralPublicKey(terminalPublicKey)) == StatusWord::Success);
    CHECK(chip.answer == hex("7C00"));
    CHECK_FALSE(chip.protocol.inProgress());
    checkEstablished(chip, SymmetricCipher::Aes128, sharedSecret);
}

TEST_CASE("Chip Authentication with 3DES by MSE:Set KAT agrees on the secret of the EAC worked example") {
    Chip chip;
    REQUIRE(chip.agreeAtOnce(tlv(0x91, terminalPublicKey)) == StatusWord::Success);
    checkEstablished(chip, SymmetricCipher::TripleDes, sharedSecret);
}

TEST_CASE("every cipher can be agreed on by MSE:Set AT") {
    Configurations every;
    for (const auto cipher : test::allCiphers) {
        every.push_back({false, cipher, {}});
    }
    Chip chip(every);
    for (const auto cipher : test::allCiphers) {
        auto protocol = hex("04007F00070202030200");
        protocol.back() = static_cast<std::uint8_t>(cipher);
        REQUIRE(chip.select(tlv(0x80, protocol)) == StatusWord::Success);
        REQUIRE(chip.authenticate(ephemeralPublicKey(terminalPublicKey)) == StatusWord::Success);
        checkEstablished(chip, cipher, sharedSecret);
    }
}

TEST_CASE("Chip Authentication keeps leading zero bytes of the shared secret") {
    const test::OpensslCurve curve(StandardizedDomainParameters::BrainpoolP256r1);
    int found = 0;
    for (std::uint32_t counter = 1; found < 2 && counter < 20000; ++counter) {
        const Bytes scalar = hex("0101010101010101");
        Bytes ephemeral =
            join(scalar, Bytes{static_cast<std::uint8_t>(counter >> 8), static_cast<std::uint8_t>(counter)});
        const auto publicKey = curve.multiplyGenerator(ephemeral);
        const auto secret = test::xOf(curve.multiply(chipPrivateKey, publicKey));
        if (secret.front() != 0) {
            continue;
        }
        ++found;
        Chip chip;
        REQUIRE(chip.select(selectAes128) == StatusWord::Success);
        REQUIRE(chip.authenticate(ephemeralPublicKey(publicKey)) == StatusWord::Success);
        checkEstablished(chip, SymmetricCipher::Aes128, secret);
        REQUIRE(chip.agreeAtOnce(tlv(0x91, publicKey)) == StatusWord::Success);
        checkEstablished(chip, SymmetricCipher::TripleDes, secret);
    }
    CHECK(found == 2);
}

TEST_CASE("the response goes out under the old keys and the new ones protect from the next command on") {
    const auto cipher = SymmetricCipher::Aes128;
    const auto oldEncryption = test::kdf(cipher, hex("01"), 1);
    const auto oldAuthentication = test::kdf(cipher, hex("01"), 2);
    emrtd::SecureMessaging oldSession(test::sessionKeys(cipher, oldEncryption, oldAuthentication),
                                      test::quickGuard());
    test::TerminalSecureMessaging oldTerminal(cipher, oldEncryption, oldAuthentication);

    Chip chip;
    REQUIRE(chip.select(selectAes128) == StatusWord::Success);
    const auto header = hex("0C860000");
    OwnedCommand command(header, oldTerminal.protect(header, ephemeralPublicKey(terminalPublicKey), 256), 256,
                         false);
    Command plain;
    REQUIRE(oldSession.unwrap(command.get(), command.data(), plain) == StatusWord::Success);
    REQUIRE(chip.authenticate(test::toBytes(plain.data)) == StatusWord::Success);
    Bytes buffer = join(chip.answer, Bytes(emrtd::SecureMessaging::maximumOverhead));
    buffer.resize(oldSession.wrap(StatusWord::Success, chip.answer.size(), buffer));
    CHECK(oldTerminal.open(buffer).data == hex("7C00"));

    REQUIRE(chip.established);
    emrtd::SecureMessaging newSession(*chip.established, test::quickGuard());
    test::TerminalSecureMessaging newTerminal(cipher, test::kdf(cipher, sharedSecret, 1),
                                              test::kdf(cipher, sharedSecret, 2));
    const auto read = hex("0CB00000");
    OwnedCommand next(read, newTerminal.protect(read, {}, 4), 256, false);
    CHECK(newSession.unwrap(next.get(), next.data(), plain) == StatusWord::Success);
}

TEST_CASE("points that are not on the curve are refused and the old session may go on") {
    const test::OpensslCurve otherCurve(StandardizedDomainParameters::Secp256r1);
    auto offCurve = terminalPublicKey;
    offCurve.back() = static_cast<std::uint8_t>(offCurve.back() ^ 1);
    const NamedPoint wrong[] = {
        {"off the curve", offCurve},
        {"infinity", hex("00")},
        {"zero coordinates", join(hex("04"), Bytes(64))},
        {"a point of P-256", otherCurve.multiplyGenerator(hex("05"))},
        {"a byte short", Bytes(terminalPublicKey.begin(), terminalPublicKey.end() - 1)},
        {"a byte long", join(terminalPublicKey, hex("00"))},
        {"empty", {}},
    };
    for (const auto& example : wrong) {
        CAPTURE(example.what);
        Chip chip;
        CHECK(chip.agreeAtOnce(tlv(0x91, example.point)) == StatusWord::WrongData);
        CHECK_FALSE(chip.established);
        REQUIRE(chip.select(selectAes128) == StatusWord::Success);
        CHECK(chip.authenticate(ephemeralPublicKey(example.point)) == StatusWord::WrongData);
        CHECK(chip.answer.empty());
        CHECK_FALSE(chip.established);
        CHECK_FALSE(chip.protocol.inProgress());
    }
}

TEST_CASE("MSE:Set AT and MSE:Set KAT check what they are given") {
    const auto publicKey = tlv(0x91, terminalPublicKey);
    const NamedTemplate templates[] = {
        {"nothing", {}, StatusWord::WrongData},
        {"AES-256, which the document does not announce", hex("800A04007F00070202030204"),
         StatusWord::WrongData},
        {"DH", hex("800A04007F00070202030102"), StatusWord::WrongData},
        {"PACE", hex("800A04007F00070202040202"), StatusWord::WrongData},
        {"only a key reference", hex("840101"), StatusWord::WrongData},
        {"a protocol twice", join(selectAes128, selectAes128), StatusWord::WrongData},
        {"a truncated data object", hex("800A04007F000702020302"), StatusWord::WrongData},
        {"a key that does not exist", join(selectAes128, hex("840107")), StatusWord::ReferencedDataNotFound},
        {"an unknown data object", join(selectAes128, hex("850107")), StatusWord::Success},
    };
    for (const auto& example : templates) {
        CAPTURE(example.what);
        Chip chip;
        CHECK(chip.select(example.data) == example.expected);
        CHECK(chip.protocol.inProgress() == (example.expected == StatusWord::Success));
    }
    const NamedTemplate keyAgreements[] = {
        {"nothing", {}, StatusWord::WrongData},
        {"no public key", hex("840101"), StatusWord::WrongData},
        {"a public key twice", join(publicKey, publicKey), StatusWord::WrongData},
        {"a truncated data object", Bytes(publicKey.begin(), publicKey.end() - 1), StatusWord::WrongData},
        {"a key that does not exist", join(publicKey, hex("840107")), StatusWord::ReferencedDataNotFound},
    };
    for (const auto& example : keyAgreements) {
        CAPTURE(example.what);
        Chip chip;
        CHECK(chip.agreeAtOnce(example.data) == example.expected);
        CHECK_FALSE(chip.established);
    }
}

TEST_CASE("a key with an id answers to that id") {
    Chip chip({{false, SymmetricCipher::TripleDes, std::uint8_t{7}},
               {false, SymmetricCipher::Aes128, std::uint8_t{7}}});
    chip.keys.entries[0].keyId = 7;
    CHECK(chip.select(selectAes128) == StatusWord::Success);
    CHECK(chip.select(join(selectAes128, hex("840107"))) == StatusWord::Success);
    CHECK(chip.select(join(selectAes128, hex("840108"))) == StatusWord::ReferencedDataNotFound);
    CHECK(chip.select(join(selectAes128, hex("84020007"))) == StatusWord::ReferencedDataNotFound);
    CHECK(chip.agreeAtOnce(join(hex("840107"), tlv(0x91, terminalPublicKey))) == StatusWord::Success);
}

TEST_CASE("of several keys the reference chooses, and without it the choice has to be clear") {
    const test::OpensslCurve otherCurve(StandardizedDomainParameters::Secp256r1);
    const Bytes otherKey(32, 0x21);
    Chip chip({{false, SymmetricCipher::TripleDes, std::uint8_t{1}},
               {false, SymmetricCipher::Aes128, std::uint8_t{1}},
               {false, SymmetricCipher::Aes128, std::uint8_t{2}}});
    chip.keys.entries[0].keyId = 1;
    chip.keys.entries.push_back({std::uint8_t{2}, StandardizedDomainParameters::Secp256r1, otherKey});
    CHECK(chip.select(selectAes128) == StatusWord::WrongData);
    CHECK_FALSE(chip.protocol.inProgress());
    CHECK(chip.agreeAtOnce(tlv(0x91, terminalPublicKey)) == StatusWord::Success);

    REQUIRE(chip.select(join(selectAes128, hex("840101"))) == StatusWord::Success);
    REQUIRE(chip.authenticate(ephemeralPublicKey(terminalPublicKey)) == StatusWord::Success);
    checkEstablished(chip, SymmetricCipher::Aes128, sharedSecret);
    CHECK(test::toBytes(chip.protocol.terminalPublicKey()) == terminalPublicKey);

    const auto otherPublicKey = otherCurve.multiplyGenerator(hex("0123456789"));
    REQUIRE(chip.select(join(selectAes128, hex("840102"))) == StatusWord::Success);
    REQUIRE(chip.authenticate(ephemeralPublicKey(otherPublicKey)) == StatusWord::Success);
    checkEstablished(chip, SymmetricCipher::Aes128, test::xOf(otherCurve.multiply(otherKey, otherPublicKey)));
    CHECK(chip.protocol.domainParameters() == StandardizedDomainParameters::Secp256r1);

    REQUIRE(chip.select(join(selectAes128, hex("840102"))) == StatusWord::Success);
    chip.keys.entries.pop_back();
    CHECK(chip.authenticate(ephemeralPublicKey(otherPublicKey)) == StatusWord::ReferencedDataNotFound);
}

TEST_CASE("Chip Authentication with DH agrees with OpenSSL in every group and with every cipher") {
    for (const auto id : {StandardizedDomainParameters::Modp1024Subgroup160,
                          StandardizedDomainParameters::Modp2048Subgroup224,
                          StandardizedDomainParameters::Modp2048Subgroup256}) {
        const test::OpensslGroup group(id);
        Bytes privateKey(group.orderSize(), 0x47);
        privateKey.front() = 0;
        const auto publicKey = group.multiplyGenerator(Bytes(group.orderSize() - 1, 0x59));
        const auto secret = group.secretOf(group.multiply(privateKey, publicKey));
        for (const auto cipher : test::allCiphers) {
            Chip chip({{true, cipher, {}}});
            chip.keys.entries[0] = {{}, id, privateKey};
            auto protocol = hex("04007F00070202030100");
            protocol.back() = static_cast<std::uint8_t>(cipher);
            REQUIRE(chip.select(tlv(0x80, protocol)) == StatusWord::Success);
            REQUIRE(chip.authenticate(ephemeralPublicKey(publicKey)) == StatusWord::Success);
            checkEstablished(chip, cipher, secret);
            CHECK(chip.select(selectAes128) == StatusWord::WrongData);
            if (cipher == SymmetricCipher::TripleDes) {
                REQUIRE(chip.agreeAtOnce(tlv(0x91, publicKey)) == StatusWord::Success);
                checkEstablished(chip, cipher, secret);
            }
        }
    }
}

TEST_CASE("DH public keys outside the subgroup are refused") {
    const auto id = StandardizedDomainParameters::Modp2048Subgroup256;
    const test::OpensslGroup group(id);
    auto largest = group.prime();
    largest.back() = static_cast<std::uint8_t>(largest.back() - 1);
    const NamedPoint wrong[] = {
        {"zero", hex("00")},
        {"one", hex("01")},
        {"p - 1, of order 2", largest},
        {"p", group.prime()},
        {"2, of another order", hex("02")},
        {"empty", {}},
        {"longer than the prime", join(hex("00"), group.multiplyGenerator(hex("05")))},
    };
    for (const auto& example : wrong) {
        CAPTURE(example.what);
        Chip chip({{true, SymmetricCipher::TripleDes, {}}});
        chip.keys.entries[0] = {{}, id, Bytes(32, 0x47)};
        CHECK(chip.agreeAtOnce(tlv(0x91, example.point)) == StatusWord::WrongData);
        CHECK_FALSE(chip.established);
    }
}

TEST_CASE("a key of another algorithm than announced fails without a session") {
    Chip chip({{true, SymmetricCipher::TripleDes, {}}});
    CHECK(chip.agreeAtOnce(tlv(0x91, terminalPublicKey)) == StatusWord::InternalError);
    CHECK_FALSE(chip.established);
}

TEST_CASE("without 3DES there is no MSE:Set KAT") {
    Chip chip({{false, SymmetricCipher::Aes128, {}}});
    CHECK(chip.agreeAtOnce(tlv(0x91, terminalPublicKey)) == StatusWord::WrongData);
    CHECK_FALSE(chip.established);
}

TEST_CASE("GENERAL AUTHENTICATE needs MSE:Set AT, P1-P2 0000 and one public key, and serves once") {
    Chip chip;
    const auto proper = ephemeralPublicKey(terminalPublicKey);
    CHECK(chip.authenticate(proper) == StatusWord::ConditionsOfUseNotSatisfied);
    REQUIRE(chip.select(selectAes128) == StatusWord::Success);
    CHECK(chip.authenticate(proper, hex("00860001")) == StatusWord::IncorrectParameters);
    CHECK(chip.authenticate(proper) == StatusWord::ConditionsOfUseNotSatisfied);

    const Bytes malformed[] = {{},
                               hex("7C00"),
                               tlv(0x7C, tlv(0x81, terminalPublicKey)),
                               tlv(0x80, terminalPublicKey),
                               join(proper, hex("00")),
                               tlv(0x7C, join(tlv(0x80, terminalPublicKey), hex("8000")))};
    for (const auto& data : malformed) {
        REQUIRE(chip.select(selectAes128) == StatusWord::Success);
        CHECK(chip.authenticate(data) == StatusWord::WrongData);
        CHECK_FALSE(chip.established);
    }
    REQUIRE(chip.select(selectAes128) == StatusWord::Success);
    REQUIRE(chip.authenticate(proper) == StatusWord::Success);
    CHECK(chip.authenticate(proper) == StatusWord::ConditionsOfUseNotSatisfied);

    REQUIRE(chip.select(selectAes128) == StatusWord::Success);
    chip.protocol.reset();
    CHECK(chip.authenticate(proper) == StatusWord::ConditionsOfUseNotSatisfied);
}

TEST_CASE("a damaged private key and missing randomness fail without a session") {
    for (const auto& damaged : {Bytes{}, Bytes(32), Bytes(32, 0xFF), Bytes(31, 0x11)}) {
        Chip chip;
        chip.keys.entries[0].privateKey = damaged;
        CHECK(chip.agreeAtOnce(tlv(0x91, terminalPublicKey)) == StatusWord::InternalError);
        CHECK_FALSE(chip.established);
    }
    Chip chip;
    test::FailingRandom dry;
    CHECK(chip.protocol.setKeyAgreementTemplate(tlv(0x91, terminalPublicKey), chip.configurations, chip.keys,
                                                dry, chip.established) == StatusWord::InternalError);
    CHECK_FALSE(chip.established);
}
