// SPDX-License-Identifier: Apache-2.0
// The worked examples of Doc 9303-11, appendices G.2, H.1, H.2 and I.1, as whole dialogues; public keys of
// the terminal follow from its private keys.
#include "host/access/integrated_mapping.hpp"
#include "host/access/pace.hpp"
#include "host/apdu/tlv.hpp"
#include "tests/unit/host/access/scripted.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::ScriptedRandom;

namespace {

using namespace std::chrono_literals;

PaceProtocol protocolFor(std::string_view oid, unsigned parameterId) {
    const auto protocol = PaceProtocol::from({ObjectIdentifier::fromText(oid), parameterId});
    REQUIRE(protocol.has_value());
    return *protocol;
}

/// Plays the chip of a worked example: answers in turn, and keeps what the terminal sent.
class ExampleChip final : public Connection {
public:
    explicit ExampleChip(std::vector<Bytes> answers) : answers_(std::move(answers)) {}

    [[nodiscard]] Bytes transmit(BytesView command) override {
        received.push_back(toBytes(command));
        REQUIRE(received.size() <= answers_.size());
        return concat(answers_[received.size() - 1], Bytes{0x90, 0x00});
    }
    void reset() override {}
    [[nodiscard]] BytesView atr() const override { return {}; }
    [[nodiscard]] std::string readerName() const override { return "example"; }
    [[nodiscard]] std::size_t maximumCommandLength() const override { return 65544; }
    [[nodiscard]] std::size_t maximumResponseLength() const override { return 65536; }

    std::vector<Bytes> received;

private:
    std::vector<Bytes> answers_;
};

Bytes answer(std::uint32_t tag, BytesView value) {
    return encodeTlv(0x7C, encodeTlv(tag, value));
}

/// The MRZ information's document number and dates of G.1 and G.2.
AccessKey mrzOfExample() {
    return AccessKey::fromMrzInformation("T22000129", 1964y / 8 / 12, 2010y / 10 / 31);
}

} // namespace

TEST_CASE("PACE with DH and generic mapping replays the worked example of Doc 9303-11, G.2") {
    const auto group = DiffieHellmanGroup::standardized(0);
    const auto chipMapping =
        DiffieHellmanKeyPair::fromPrivateKey(group, fromHex("66DDAFEAC1609CB5B963BB0CB3FF8B3E047F336C"));
    const Bytes mapped = fromHex("7C9CBFE98F9FBDDA8D143506FA7D9306F4CB17E3C71707AFF5E1C1A123702496"
                                 "84D64EE37AF44B8DBD9D45BF6023919CBAA027AB97ACC771666C8E98FF483301"
                                 "BFA4872DEDE9034EDFACB70814166B7F360676829B826BEA57291B5AD69FBC84"
                                 "EF1E779032A305803F74341793E869742D401325B37EE8565FFCDEE618342DC5");
    const auto chipKey = group.encodeElement(
        *group.power(*group.decodeElement(mapped), fromHex("A5B780126B7C980E9FCEA1D4539DA1D27C342DFA")));
    ExampleChip chip({{},
                      answer(0x80, fromHex("854D8DF5827FA6852D1A4FA701CDDDCA")),
                      answer(0x82, chipMapping.publicKey()),
                      answer(0x84, chipKey),
                      answer(0x86, fromHex("917F37B5C0E6D8D1"))});
    ScriptedRandom random("5265030F751F4AD18B08AC565FC7AC952E41618D"
                          "89CCD99B0E8D3B1F11E1296DCA68EC53411CF2CA");
    CardSession session(chip);
    const auto result =
        Pace(session, random).perform(protocolFor("0.4.0.127.0.7.2.2.4.1.2", 0), mrzOfExample());
    CHECK(random.finished());
    CHECK(result.protocol.mapping == MappingType::Generic);
    CHECK(equal(result.chipPublicKey, chipKey));
    CHECK(toHex(chip.received[0]) == "0022C1A40F800A04007F00070202040102830101");
    CHECK(toHex(chip.received[1]) == "10860000027C0000");
    CHECK(toHex(chip.received[2]).substr(0, 22) == "10860000867C8183818180");
    CHECK(toHex(chip.received[4]) == "008600000C7C0A8508B46DD9BD4D98381F00");
}

TEST_CASE("PACE with ECDH and integrated mapping replays the worked example of Doc 9303-11, H.1") {
    const auto curve = EllipticCurve::standardized(13);
    const auto generator =
        curve.decodePoint(fromHex("048E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427"
                                  "4C1AE14BD0C3DBAC0C871B7F3608169364437CA30AC243A089D3F266C1E60FAD"));
    const auto chipKey = curve.encodePoint(*curve.multiply(
        fromHex("107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A"), *generator));
    ExampleChip chip({{},
                      answer(0x80, fromHex("143DC40C08C8E891FBED7DEDB92B64AD")),
                      answer(0x82, {}),
                      answer(0x84, chipKey),
                      answer(0x86, fromHex("75D4D96E8D5B0308"))});
    ScriptedRandom random("5DD4CBFC96F5453B130D890A1CDBAE32"
                          "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595");
    CardSession session(chip);
    static_cast<void>(Pace(session, random)
                          .perform(protocolFor("0.4.0.127.0.7.2.2.4.4.2", 13), AccessKey::fromCan("123456")));
    CHECK(random.finished());
    CHECK(toHex(chip.received[0]) == "0022C1A40F800A04007F00070202040402830102");
    CHECK(toHex(chip.received[2]) == "10860000147C1281105DD4CBFC96F5453B130D890A1CDBAE3200");
    CHECK(toHex(chip.received[4]) == "008600000C7C0A8508450F02B86F6A090900");
}

TEST_CASE("PACE with DH and integrated mapping replays the worked example of Doc 9303-11, H.2") {
    const auto group = DiffieHellmanGroup::standardized(0);
    const auto generator =
        group.decodeElement(fromHex("1D7D767F11E333BCD6DBAEF40E799E7A926B96973550656FF3C830726D118D61"
                                    "C276CDCC61D475CF03A98E0C0E79CAEBA5BE25578BD4551D0B10903236F0B0F9"
                                    "76852FA78EEA14EA0ACA87D1E91F688FE0DFF897BBE35A472621D343564B262F"
                                    "34223AE8FC59B664BFEDFA2BFE7516CA5510A6BBB633D517EC25D4E0BBAA16C2"));
    const auto chipKey =
        group.encodeElement(*group.power(*generator, fromHex("A5B780126B7C980E9FCEA1D4539DA1D27C342DFA")));
    ExampleChip chip({{},
                      answer(0x80, fromHex("9ABB8864CA0FF1551E620D1EF4E13510")),
                      answer(0x82, {}),
                      answer(0x84, chipKey),
                      answer(0x86, fromHex("C2F04230187E1525"))});
    // The example's private key has 1024 bits; modulo the subgroup's order it is this one.
    ScriptedRandom random("B3A6DB3C870C3E99245E0D1C06B747DE"
                          "89CCD99B0E8D3B1F11E1296DCA68EC53411CF2CA");
    CardSession session(chip);
    static_cast<void>(Pace(session, random)
                          .perform(protocolFor("0.4.0.127.0.7.2.2.4.3.2", 0), AccessKey::fromCan("123456")));
    CHECK(random.finished());
    CHECK(toHex(chip.received[2]) == "10860000147C128110B3A6DB3C870C3E99245E0D1C06B747DE00");
    CHECK(toHex(chip.received[4]) == "008600000C7C0A850855D61977CBF5307E00");
}

namespace {

const Bytes staticKey = fromHex("041872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8"
                                "84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F");
constexpr std::string_view encryptedData = "1EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD"
                                           "10CBA372B42BE0B9B5F28AA8DE2F4F92";

PaceResult runExampleI(ExampleChip& chip) {
    ScriptedRandom random("5D8BB87BD74D985A4B7D4325B9F7B976FE835122773400798914AA22738135CC"
                          "76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120");
    CardSession session(chip);
    return Pace(session, random)
        .perform(protocolFor("0.4.0.127.0.7.2.2.4.6.2", 13),
                 AccessKey::fromMrzInformation("C11T002JM", 1996y / 8 / 12, 2023y / 10 / 31));
}

ExampleChip chipOfExampleI(BytesView lastAnswer) {
    const auto curve = EllipticCurve::standardized(13);
    const auto mapping = EllipticCurveKeyPair::fromPrivateKey(
        curve, fromHex("9E56A6B59C95D06ECE5CD10F983BB2F4F1943528E577F23881D89D8C3BBEE0AA"));
    const auto generator =
        curve.decodePoint(fromHex("0489F0B5EABF3BE293C75903A3986131925C9F5B515CA95AF485DC7E886F03245D"
                                  "44BEFB2DD3A0DBD71CB5E618971CF4747F12B79E548379A40E45963BAAF3E829"));
    const auto chipKey = curve.encodePoint(*curve.multiply(
        fromHex("2367171820683879C023083A24FEEC7499C71436B5D85ECD3F681BB9436F47D1"), *generator));
    return ExampleChip({{},
                        answer(0x80, fromHex("CB60E8E0D85B76A9BD304747C2AD42E2")),
                        answer(0x82, mapping.publicKey()),
                        answer(0x84, chipKey),
                        toBytes(lastAnswer)});
}

} // namespace

TEST_CASE("PACE with chip authentication mapping replays the worked example of Doc 9303-11, I.1") {
    auto chip = chipOfExampleI(encodeTlv(0x7C, encodeTlv(0x86, fromHex("8596CF055C67C1A3")),
                                         encodeTlv(0x8A, fromHex(encryptedData))));
    const auto result = runExampleI(chip);
    CHECK(toHex(chip.received[0]) == "0022C1A40F800A04007F00070202040602830101");
    CHECK(toHex(chip.received[4]) == "008600000C7C0A8508E86BD06018A1CD3B00");
    REQUIRE(result.chipAuthenticationData.has_value());
    const auto curve = EllipticCurve::standardized(13);
    CHECK(result.chipAuthenticationData->proves({curve, staticKey}));
    CHECK_FALSE(result.chipAuthenticationData->proves(
        {curve, curve.encodePoint(*curve.basePoint())})); // the key of another chip
    CHECK_FALSE(result.chipAuthenticationData->proves(
        {EllipticCurve::standardized(12),
         EllipticCurve::standardized(12).encodePoint(*EllipticCurve::standardized(12).basePoint())}));
}

TEST_CASE("A chip that owes its chip authentication data, or garbles them, does not open") {
    const Bytes token = encodeTlv(0x86, fromHex("8596CF055C67C1A3"));
    Bytes garbled = fromHex(encryptedData);
    garbled.back() ^= 0x01;
    for (const Bytes& last : {encodeTlv(0x7C, token), encodeTlv(0x7C, token, encodeTlv(0x8A, Bytes{})),
                              encodeTlv(0x7C, token, encodeTlv(0x8A, Bytes(15))),
                              encodeTlv(0x7C, token, encodeTlv(0x8A, garbled)),
                              encodeTlv(0x7C, token, encodeTlv(0x8A, Bytes(144)))}) {
        auto chip = chipOfExampleI(last);
        CHECK_THROWS_AS(static_cast<void>(runExampleI(chip)), MalformedData);
    }
}

// Icart's map, or a mapped point that is never used, agrees with itself; only known answers show it.
TEST_CASE("The integrated mapping is ICAO's function, over every curve but P-224") {
    SystemRandom random;
    for (unsigned parameterId = 8; parameterId <= 18; ++parameterId) {
        if (parameterId == 10) {
            continue;
        }
        CAPTURE(parameterId);
        const auto curve = EllipticCurve::standardized(parameterId);
        const auto number = pseudoRandomNumber(BlockCipher::Aes256, random.bytes(32), random.bytes(32),
                                               static_cast<std::size_t>(EC_GROUP_get_degree(&curve.group())));
        CHECK(number.size() >= curve.fieldSize() + 8);
        // x^3 + a x + b = y^2: decodePoint verifies it.
        CHECK_NOTHROW(
            static_cast<void>(curve.decodePoint(curve.encodePoint(*encodeToPoint(curve, number.view())))));
    }
}

TEST_CASE("The integrated mapping takes nonces of the cipher's length, and no data of the card's") {
    SystemRandom random;
    const DomainParameters parameters = EllipticCurve::standardized(13);
    for (const auto& [cipher, size] :
         {std::pair(BlockCipher::TripleDes, 16), std::pair(BlockCipher::Aes128, 16),
          std::pair(BlockCipher::Aes192, 32), std::pair(BlockCipher::Aes256, 32)}) {
        const auto nonce = random.bytes(static_cast<std::size_t>(size));
        IntegratedMapping mapping(parameters, cipher, random);
        CHECK(mapping.terminalData().size() == keySizeOf(cipher));
        CHECK_NOTHROW(static_cast<void>(mapping.map(nonce, {})));
        CHECK_THROWS_AS(static_cast<void>(mapping.map(nonce, Bytes{0x00})), MalformedData);
        CHECK_THROWS_AS(static_cast<void>(mapping.map(concat(nonce, nonce), {})), MalformedData);
        CHECK_THROWS_AS(static_cast<void>(mapping.map({}, {})), MalformedData);
    }
}
