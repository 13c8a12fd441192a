// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/pace.hpp"
#include "tests/unit/card/applets/openssl_pace_terminal.hpp"

#include <array>
#include <doctest/doctest.h>
#include <string_view>

using namespace cancuoc::card;
using crypto::StandardizedDomainParameters;
using emrtd::Pace;
using emrtd::PaceConfiguration;
using emrtd::SymmetricCipher;
using test::Bytes;
using test::hex;
using test::join;
using test::OpensslPaceTerminal;
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

constexpr std::array<PaceConfiguration, 1> vietnameseConfiguration{
    {{SymmetricCipher::Aes128, StandardizedDomainParameters::BrainpoolP256r1}}};

// Doc 9303-11, appendix G.
const Bytes mrzInformation = test::ascii("T22000129364081251010318");
const Bytes cardAccessNumber = test::ascii("123456");

const Bytes selectWithMrz = hex("800A04007F00070202040202830101");
const Bytes selectWithCan = hex("800A04007F00070202040202830102");

/// The chip with what it answered last.
struct Chip {
    explicit Chip(std::span<const PaceConfiguration> configurations = vietnameseConfiguration,
                  Bytes script = {})
        : pace(configurations), random(std::move(script)) {}

    StatusWord select(const Bytes& data) {
        return pace.setAuthenticationTemplate(data, {mrzInformation, cardAccessNumber});
    }

    StatusWord authenticate(const OwnedCommand& command) {
        Response response;
        const auto status = pace.generalAuthenticate(command.get(), random, response, established);
        answer = test::toBytes(response.data());
        return status;
    }

    StatusWord authenticate(const Bytes& data, bool last = false) {
        return authenticate(OwnedCommand(last ? hex("00860000") : hex("10860000"), data, 256, false));
    }

    Pace pace;
    test::ScriptedRandom random;
    std::optional<emrtd::SessionKeys> established;
    Bytes answer;
};

Bytes pointOf(std::string_view x, std::string_view y) {
    return join(hex("04"), hex(x), hex(y));
}

OpensslPaceTerminal
terminalFor(SymmetricCipher cipher = SymmetricCipher::Aes128,
            StandardizedDomainParameters curve = StandardizedDomainParameters::BrainpoolP256r1,
            const Bytes& password = cardAccessNumber) {
    const std::size_t size = test::OpensslCurve(curve).orderSize();
    Bytes mapping(size, 0x17);
    Bytes ephemeral(size, 0x29);
    mapping.front() = 0;
    ephemeral.front() = 0;
    return {cipher, curve, test::kdf(cipher, password, 3), mapping, ephemeral};
}

/// Runs PACE up to and without the step `stop` (1 to 4); 5 runs all of it.
void run(Chip& chip, OpensslPaceTerminal& terminal, int stop) {
    if (stop > 1) {
        REQUIRE(chip.authenticate(OpensslPaceTerminal::nonceRequest()) == StatusWord::Success);
        terminal.receiveNonce(chip.answer);
    }
    if (stop > 2) {
        REQUIRE(chip.authenticate(terminal.mappingData()) == StatusWord::Success);
        terminal.receiveMappingData(chip.answer);
    }
    if (stop > 3) {
        REQUIRE(chip.authenticate(terminal.ephemeralPublicKey()) == StatusWord::Success);
        terminal.receivePublicKey(chip.answer);
    }
    if (stop > 4) {
        REQUIRE(chip.authenticate(terminal.authenticationToken(), true) == StatusWord::Success);
        terminal.receiveToken(chip.answer);
    }
}

void checkEstablished(const Chip& chip, const OpensslPaceTerminal& terminal, SymmetricCipher cipher) {
    REQUIRE(chip.established);
    CHECK(chip.established->cipher == cipher);
    CHECK(test::encryptionKeyOf(*chip.established) == terminal.encryptionKey());
    CHECK(test::authenticationKeyOf(*chip.established) == terminal.authenticationKey());
    CHECK(test::toBytes(chip.established->sendSequenceCounter) == Bytes(16));
    CHECK_FALSE(chip.pace.inProgress());
}

} // namespace

TEST_CASE("PACE answers as the chip of Doc 9303-11, G.1 byte for byte") {
    Chip chip(vietnameseConfiguration,
              hex("3F00C4D39D153F2B2A214A078D899B22"
                  "498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560"
                  "107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A"));
    REQUIRE(chip.select(selectWithMrz) == StatusWord::Success);

    REQUIRE(chip.authenticate(OwnedCommand(hex("10860000027C0000"))) == StatusWord::Success);
    CHECK(chip.answer == hex("7C12801095A3A016522EE98D01E76CB6B98B42C3"));

    REQUIRE(chip.authenticate(OwnedCommand(
                hex("10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
                    "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00"))) ==
            StatusWord::Success);
    CHECK(chip.answer == hex("7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
                             "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54"));

    REQUIRE(chip.authenticate(OwnedCommand(
                hex("10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
                    "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200"))) ==
            StatusWord::Success);
    CHECK(chip.answer == hex("7C438441049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
                             "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F094"));
    CHECK_FALSE(chip.established);

    REQUIRE(chip.authenticate(OwnedCommand(hex("008600000C7C0A8508C2B0BD78D94BA86600"))) ==
            StatusWord::Success);
    CHECK(chip.answer == hex("7C0A86083ABB9674BCE93C08"));
    CHECK(chip.random.exhausted());
    REQUIRE(chip.established);
    CHECK(test::encryptionKeyOf(*chip.established) == hex("F5F0E35C0D7161EE6724EE513A0D9A7F"));
    CHECK(test::authenticationKeyOf(*chip.established) == hex("FE251C7858B356B24514B3BD5F4297D1"));
}

// The EAC version 2 worked example 1.01 (HJP Consulting) with the password 123456, as its values stand in
// OpenPACE's src/eactest.c. There it is a PIN; as a CAN it gives the same K_pi.
TEST_CASE("PACE answers as the chip of the EAC worked example") {
    Chip chip(vietnameseConfiguration,
              hex("7D98C00FC6C9E9543BBF94A87073A123"
                  "19C428715663DE745D1824B855D2B967890C99D68ED5FEEE9DCDF8D7BBA289D2"
                  "15872C56908C144002177994CFAAEDD5467CE150853C44535051FF24183039D8"));
    REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
    REQUIRE(chip.authenticate(hex("7C00")) == StatusWord::Success);
    CHECK(chip.answer == hex("7C128010CE834CDE69FFBB1D1EB21585CD709F18"));
    REQUIRE(
        chip.authenticate(tlv(
            0x7C, tlv(0x81, pointOf("3DD29BBE5907FD21A152ADA4895FAAE7ACC55F5E50EFBFDE5AB0C6EB54F198D6",
                                    "15913635F0FDF5BEB383E00355F82D3C41ED0DF2E28363433DFB73856A15DC9F")))) ==
        StatusWord::Success);
    CHECK(chip.answer ==
          tlv(0x7C, tlv(0x82, pointOf("9CFCF7582AC986D0DD52FA53123414C3E1B96B4D00ABA8E574679B70EFB5BC3B",
                                      "45D2F13729CC2AE178E7E241B443213533B77DBB44649A815DDC4A2384BA422A"))));
    REQUIRE(
        chip.authenticate(tlv(
            0x7C, tlv(0x83, pointOf("518BC4E532AD2A9BD6527804D5D665ABD51041037A0CC8AA922804EB501C222B",
                                    "3427388599AFAAE9FBACE2DF93E13C3C4979CD12F0AE3E3C0126028391554582")))) ==
        StatusWord::Success);
    CHECK(chip.answer ==
          tlv(0x7C, tlv(0x84, pointOf("282CF38073036AFAC216AF135BD994DA0C357F10BD4C34AFEA1042B2EB0FD680",
                                      "4DF3658B835AC2E7133F13691184542BB50B109963A4662ABDC08B9763AF4B5B"))));
    REQUIRE(chip.authenticate(hex("7C0A8508A27AE7B36573C1D9"), true) == StatusWord::Success);
    CHECK(chip.answer == hex("7C0A8608A2658C2F38600B0F"));
    REQUIRE(chip.established);
    CHECK(test::encryptionKeyOf(*chip.established) == hex("68406B4162100563D9C901A6154D2901"));
    CHECK(test::authenticationKeyOf(*chip.established) == hex("73FF268784F72AF833FDC9464049AFC9"));
}

TEST_CASE("PACE agrees with a terminal on OpenSSL, with every cipher and curve") {
    for (const auto cipher : test::allCiphers) {
        for (const auto curve :
             {StandardizedDomainParameters::Secp192r1, StandardizedDomainParameters::Secp224r1,
              StandardizedDomainParameters::Secp256r1, StandardizedDomainParameters::BrainpoolP256r1,
              StandardizedDomainParameters::Secp384r1, StandardizedDomainParameters::BrainpoolP384r1,
              StandardizedDomainParameters::BrainpoolP512r1, StandardizedDomainParameters::Secp521r1}) {
            const std::array<PaceConfiguration, 1> configuration{{{cipher, curve}}};
            Chip chip(configuration);
            auto terminal = terminalFor(cipher, curve);
            REQUIRE(chip.select(join(tlv(0x80, terminal.protocol()), hex("830102"))) == StatusWord::Success);
            run(chip, terminal, 5);
            checkEstablished(chip, terminal, cipher);
        }
    }
}

TEST_CASE("PACE keeps leading zero bytes of the shared secret") {
    // With nonce and mapping fixed, OpenSSL finds chip keys whose shared secret begins with a zero byte.
    const test::OpensslCurve curve(StandardizedDomainParameters::BrainpoolP256r1);
    const auto mapping = join(Bytes(16, 0x33), Bytes(32, 0x44));
    Chip preview(vietnameseConfiguration, mapping);
    auto terminal = terminalFor();
    REQUIRE(preview.select(selectWithCan) == StatusWord::Success);
    run(preview, terminal, 3);
    const auto terminalKey = test::dynamicAuthenticationData(terminal.ephemeralPublicKey(), 0x83);

    int found = 0;
    for (std::uint32_t counter = 1; found < 4 && counter < 20000; ++counter) {
        Bytes chipKey(32, 0x55);
        chipKey[30] = static_cast<std::uint8_t>(counter >> 8);
        chipKey[31] = static_cast<std::uint8_t>(counter);
        if (test::xOf(curve.multiply(chipKey, terminalKey)).front() != 0) {
            continue;
        }
        ++found;
        Chip chip(vietnameseConfiguration, join(mapping, chipKey));
        auto again = terminalFor();
        REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
        run(chip, again, 5);
        CHECK(again.sharedSecret().front() == 0);
        checkEstablished(chip, again, SymmetricCipher::Aes128);
    }
    CHECK(found == 4);
}

TEST_CASE("a wrong password makes the authentication token wrong") {
    Chip chip;
    auto terminal = terminalFor(SymmetricCipher::Aes128, StandardizedDomainParameters::BrainpoolP256r1,
                                test::ascii("123457"));
    REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
    run(chip, terminal, 4);
    CHECK(chip.authenticate(terminal.authenticationToken(), true) == StatusWord::AuthenticationFailed);
    CHECK(chip.answer.empty());
    CHECK_FALSE(chip.established);
    CHECK_FALSE(chip.pace.inProgress());
}

TEST_CASE("every flipped bit of the authentication token is refused and ends the run") {
    for (std::size_t bit = 0; bit < 64; ++bit) {
        Chip chip;
        auto terminal = terminalFor();
        REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
        run(chip, terminal, 4);
        const auto proper = terminal.authenticationToken();
        auto wrong = proper;
        wrong[4 + bit / 8] = static_cast<std::uint8_t>(wrong[4 + bit / 8] ^ (1U << bit % 8));
        CHECK(chip.authenticate(wrong, true) == StatusWord::AuthenticationFailed);
        CHECK_FALSE(chip.established);
        CHECK(chip.authenticate(proper, true) == StatusWord::ConditionsOfUseNotSatisfied);
    }
}

TEST_CASE("MSE:Set AT accepts what terminals send") {
    const NamedTemplate accepted[] = {
        {"MRZ", selectWithMrz, StatusWord::Success},
        {"CAN", selectWithCan, StatusWord::Success},
        {"domain parameters named", join(selectWithCan, hex("84010D")), StatusWord::Success},
        {"another order", join(hex("84010D830102"), hex("800A04007F00070202040202")), StatusWord::Success},
        {"a CHAT", join(selectWithCan, hex("7F4C12060904007F0007030102025305000000000084010D")),
         StatusWord::Success},
        {"a data object nobody knows", join(selectWithCan, hex("8503010203")), StatusWord::Success},
    };
    for (const auto& example : accepted) {
        CAPTURE(example.what);
        Chip chip;
        CHECK(chip.select(example.data) == example.expected);
        CHECK(chip.pace.inProgress());
    }
}

TEST_CASE("MSE:Set AT refuses with the status words of Doc 9303-11, 4.4.4.1") {
    const NamedTemplate refused[] = {
        {"nothing", {}, StatusWord::WrongData},
        {"no protocol", hex("830102"), StatusWord::WrongData},
        {"no password", hex("800A04007F00070202040202"), StatusWord::WrongData},
        {"a password of two bytes", hex("800A04007F0007020204020283020002"), StatusWord::WrongData},
        {"an empty password reference", hex("800A04007F000702020402028300"), StatusWord::WrongData},
        {"AES-256", hex("800A04007F00070202040204830102"), StatusWord::WrongData},
        {"3DES", hex("800A04007F00070202040201830102"), StatusWord::WrongData},
        {"Integrated Mapping", hex("800A04007F00070202040402830102"), StatusWord::WrongData},
        {"Chip Authentication", hex("800A04007F00070202030202830102"), StatusWord::WrongData},
        {"cipher 0", hex("800A04007F00070202040200830102"), StatusWord::WrongData},
        {"cipher 5", hex("800A04007F00070202040205830102"), StatusWord::WrongData},
        {"a short protocol", hex("800904007F000702020402830102"), StatusWord::WrongData},
        {"a long protocol", hex("800B04007F0007020204020200830102"), StatusWord::WrongData},
        {"a truncated data object", hex("800A04007F000702020402028301"), StatusWord::WrongData},
        {"a protocol twice", join(selectWithCan, hex("800A04007F00070202040202")), StatusWord::WrongData},
        {"a password twice", join(selectWithCan, hex("830101")), StatusWord::WrongData},
        {"an unknown password", hex("800A04007F00070202040202830105"), StatusWord::ReferencedDataNotFound},
        {"a PIN", hex("800A04007F00070202040202830103"), StatusWord::ReferencedDataNotFound},
        {"other domain parameters", join(selectWithCan, hex("84010C")), StatusWord::ReferencedDataNotFound},
        {"empty domain parameters", join(selectWithCan, hex("8400")), StatusWord::ReferencedDataNotFound},
        {"domain parameters of two bytes", join(selectWithCan, hex("8402000D")),
         StatusWord::ReferencedDataNotFound},
    };
    for (const auto& example : refused) {
        CAPTURE(example.what);
        Chip chip;
        CHECK(chip.select(example.data) == example.expected);
        CHECK_FALSE(chip.pace.inProgress());
        CHECK(chip.authenticate(hex("7C00")) == StatusWord::ConditionsOfUseNotSatisfied);
    }
}

TEST_CASE("a password that the document lacks is not found") {
    Pace pace(vietnameseConfiguration);
    CHECK(pace.setAuthenticationTemplate(selectWithMrz, {{}, cardAccessNumber}) ==
          StatusWord::ReferencedDataNotFound);
    CHECK(pace.setAuthenticationTemplate(selectWithCan, {mrzInformation, {}}) ==
          StatusWord::ReferencedDataNotFound);
}

TEST_CASE("ambiguous domain parameters have to be named") {
    constexpr std::array<PaceConfiguration, 3> configurations{
        {{SymmetricCipher::Aes128, StandardizedDomainParameters::BrainpoolP256r1},
         {SymmetricCipher::Aes256, StandardizedDomainParameters::BrainpoolP256r1},
         {SymmetricCipher::Aes128, StandardizedDomainParameters::Secp256r1}}};
    Chip chip(configurations);
    CHECK(chip.select(selectWithCan) == StatusWord::WrongData);
    CHECK(chip.select(join(selectWithCan, hex("84010D"))) == StatusWord::Success);
    CHECK(chip.select(hex("800A04007F00070202040204830102")) == StatusWord::Success);

    REQUIRE(chip.select(join(selectWithCan, hex("84010C"))) == StatusWord::Success);
    auto terminal = terminalFor(SymmetricCipher::Aes128, StandardizedDomainParameters::Secp256r1);
    run(chip, terminal, 5);
    checkEstablished(chip, terminal, SymmetricCipher::Aes128);
}

TEST_CASE("points that are not on the curve are refused in both steps and end the run") {
    const test::OpensslCurve curve(StandardizedDomainParameters::BrainpoolP256r1);
    const auto good = curve.multiplyGenerator(hex("05"));
    auto offCurve = good;
    offCurve.back() = static_cast<std::uint8_t>(offCurve.back() ^ 1);
    const test::OpensslCurve otherCurve(StandardizedDomainParameters::Secp256r1);
    const NamedPoint wrong[] = {
        {"off the curve", offCurve},
        {"infinity", hex("00")},
        {"infinity at full width", Bytes(65)},
        {"zero coordinates", join(hex("04"), Bytes(64))},
        {"a point of P-256", otherCurve.multiplyGenerator(hex("05"))},
        {"compressed", Bytes(good.begin(), good.begin() + 33)},
        {"a byte short", Bytes(good.begin(), good.end() - 1)},
        {"a byte long", join(good, hex("00"))},
        {"empty", {}},
    };
    for (const auto& example : wrong) {
        for (const int step : {2, 3}) {
            CAPTURE(example.what);
            CAPTURE(step);
            Chip chip;
            auto terminal = terminalFor();
            REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
            run(chip, terminal, step);
            CHECK(chip.authenticate(tlv(0x7C, tlv(step == 2 ? 0x81 : 0x83, example.point))) ==
                  StatusWord::WrongData);
            CHECK(chip.answer.empty());
            CHECK_FALSE(chip.pace.inProgress());
        }
    }
}

TEST_CASE("the chip's own public key sent back is refused") {
    // A first run tells which public key the scripted chip will choose.
    const auto script = join(Bytes(16, 0x33), Bytes(32, 0x44), Bytes(32, 0x55));
    Chip first(vietnameseConfiguration, script);
    auto terminal = terminalFor();
    REQUIRE(first.select(selectWithCan) == StatusWord::Success);
    run(first, terminal, 4);

    Chip chip(vietnameseConfiguration, script);
    REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
    run(chip, terminal, 3);
    CHECK(chip.authenticate(tlv(0x7C, tlv(0x83, terminal.chipPublicKey()))) ==
          StatusWord::AuthenticationFailed);
    CHECK_FALSE(chip.pace.inProgress());
}

TEST_CASE("a mapping that gives the point at infinity ends the run") {
    // H = -s × G: the terminal knows s and the chip's scripted private key.
    const test::OpensslCurve curve(StandardizedDomainParameters::BrainpoolP256r1);
    Bytes one(32);
    one.back() = 1;
    Chip chip(vietnameseConfiguration, join(Bytes(15), hex("01"), one));
    REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
    REQUIRE(chip.authenticate(hex("7C00")) == StatusWord::Success);
    CHECK(chip.authenticate(tlv(0x7C, tlv(0x81, curve.multiplyGenerator(curve.largestScalar())))) !=
          StatusWord::Success);
    CHECK(chip.answer.empty());
    CHECK_FALSE(chip.pace.inProgress());
}

TEST_CASE("malformed dynamic authentication data end the run in every step") {
    const test::OpensslCurve curve(StandardizedDomainParameters::BrainpoolP256r1);
    const auto point = curve.multiplyGenerator(hex("05"));
    const Bytes malformed[] = {
        {},
        hex("7C"),
        hex("7C01"),
        hex("7C028000"),
        hex("7D00"),
        hex("7C8100FF"),
        hex("7C0000"),
        join(tlv(0x7C, tlv(0x81, point)), hex("00")),
        tlv(0x7C, join(tlv(0x81, point), hex("8000"))),
        tlv(0x7C, tlv(0x82, point)),
        tlv(0x7C, tlv(0x85, Bytes(7))),
        tlv(0x7C, tlv(0x85, Bytes(9))),
        tlv(0x7C, tlv(0x86, Bytes(8))),
        tlv(0x81, point),
    };
    for (int step = 1; step <= 4; ++step) {
        for (const auto& data : malformed) {
            CAPTURE(step);
            Chip chip;
            auto terminal = terminalFor();
            REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
            run(chip, terminal, step);
            CHECK(chip.authenticate(data, step == 4) == StatusWord::WrongData);
            CHECK(chip.answer.empty());
            CHECK_FALSE(chip.pace.inProgress());
            CHECK_FALSE(chip.established);
        }
    }
}

TEST_CASE("steps in a wrong order are refused") {
    for (int step = 1; step <= 4; ++step) {
        for (int other = 1; other <= 4; ++other) {
            if (other == step) {
                continue;
            }
            Chip chip;
            auto terminal = terminalFor();
            REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
            Chip ahead;
            auto aheadTerminal = terminalFor();
            REQUIRE(ahead.select(selectWithCan) == StatusWord::Success);
            run(ahead, aheadTerminal, 4);
            const Bytes messages[] = {OpensslPaceTerminal::nonceRequest(), aheadTerminal.mappingData(),
                                      aheadTerminal.ephemeralPublicKey(),
                                      aheadTerminal.authenticationToken()};
            run(chip, terminal, step);
            CHECK(chip.authenticate(messages[other - 1], step == 4) == StatusWord::WrongData);
            CHECK_FALSE(chip.pace.inProgress());
        }
    }
}

TEST_CASE("the chaining bit and P1-P2 have to fit the step") {
    for (int step = 1; step <= 4; ++step) {
        for (const bool wrongChaining : {true, false}) {
            Chip chip;
            auto terminal = terminalFor();
            REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
            run(chip, terminal, step);
            const bool last = step == 4;
            if (wrongChaining) {
                CHECK(chip.authenticate(hex("7C00"), !last) == StatusWord::LastCommandOfChainExpected);
            } else {
                const auto header = last ? hex("00860001") : hex("10860100");
                CHECK(chip.authenticate(OwnedCommand(header, hex("7C00"), 256, false)) ==
                      StatusWord::IncorrectParameters);
            }
            CHECK_FALSE(chip.pace.inProgress());
        }
    }
}

TEST_CASE("a new MSE:Set AT and a reset begin anew") {
    Chip chip;
    auto terminal = terminalFor();
    REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
    run(chip, terminal, 3);
    REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
    auto again = terminalFor();
    run(chip, again, 5);
    checkEstablished(chip, again, SymmetricCipher::Aes128);

    REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
    run(chip, terminal, 2);
    chip.pace.reset();
    CHECK(chip.authenticate(terminal.mappingData()) == StatusWord::ConditionsOfUseNotSatisfied);
}

TEST_CASE("without randomness PACE fails") {
    for (const int step : {1, 2, 3}) {
        Chip chip;
        auto terminal = terminalFor();
        REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
        run(chip, terminal, step);
        const Bytes messages[] = {OpensslPaceTerminal::nonceRequest(),
                                  step > 1 ? terminal.mappingData() : Bytes{},
                                  step > 2 ? terminal.ephemeralPublicKey() : Bytes{}};
        test::FailingRandom dry;
        Response response;
        const OwnedCommand command(hex("10860000"), messages[step - 1], 256, false);
        CHECK(chip.pace.generalAuthenticate(command.get(), dry, response, chip.established) ==
              StatusWord::InternalError);
        CHECK_FALSE(chip.pace.inProgress());
    }
}

TEST_CASE("a finished run leaves no secret behind") {
    Chip chip;
    auto terminal = terminalFor();
    REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
    run(chip, terminal, 5);
    const std::span<const std::uint8_t> memory(reinterpret_cast<const std::uint8_t*>(&chip.pace),
                                               sizeof(chip.pace));
    const Bytes secrets[] = {terminal.encryptionKey(), terminal.authenticationKey(),
                             test::xOf(terminal.mappedGenerator())};
    for (const auto& secret : secrets) {
        CHECK(std::search(memory.begin(), memory.end(), secret.begin(), secret.end()) == memory.end());
    }
}
