// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/pace.hpp"
#include "tests/support/quick_guard.hpp"
#include "tests/unit/card/applets/openssl_pace_terminal.hpp"

#include <array>
#include <doctest/doctest.h>
#include <string_view>

using namespace cancuoc::card;
using crypto::StandardizedDomainParameters;
using emrtd::Pace;
using emrtd::PaceConfiguration;
using emrtd::PaceVariant;
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

constexpr PaceConfiguration ecdhGenericMapping(SymmetricCipher cipher, StandardizedDomainParameters curve) {
    return {PaceVariant::EcdhGenericMapping, cipher, curve};
}

constexpr std::array<PaceConfiguration, 1> vietnameseConfiguration{
    ecdhGenericMapping(SymmetricCipher::Aes128, StandardizedDomainParameters::BrainpoolP256r1)};

// Doc 9303-11, appendix G.
const Bytes mrzInformation = test::ascii("T22000129364081251010318");
const Bytes cardAccessNumber = test::ascii("123456");

const Bytes selectWithMrz = hex("800A04007F00070202040202830101");
const Bytes selectWithCan = hex("800A04007F00070202040202830102");

/// The chip with what it answered last.
struct Chip {
    explicit Chip(std::span<const PaceConfiguration> offered = vietnameseConfiguration, Bytes script = {})
        : configurations(offered.begin(), offered.end()), random(std::move(script)) {}

    StatusWord select(const Bytes& data, const Bytes& mrz = mrzInformation) {
        return pace.setAuthenticationTemplate(data, {mrz, cardAccessNumber}, configurations);
    }

    StatusWord authenticate(const OwnedCommand& command) {
        Response response;
        const auto status = pace.generalAuthenticate(command.get(), random, response, established, additions);
        answer = test::toBytes(response.data());
        return status;
    }

    StatusWord authenticate(const Bytes& data, bool last = false) {
        return authenticate(OwnedCommand(last ? hex("00860000") : hex("10860000"), data, 256, false));
    }

    std::vector<PaceConfiguration> configurations;
    Pace pace{test::quickGuard()};
    test::ScriptedRandom random;
    emrtd::PaceAdditions additions;
    std::optional<emrtd::SessionKeys> established;
    Bytes answer;
};

Bytes pointOf(std::string_view x, std::string_view y) {
    return join(hex("04"), hex(x), hex(y));
}

OpensslPaceTerminal terminalFor(const PaceConfiguration& configuration = vietnameseConfiguration[0],
                                const Bytes& password = cardAccessNumber) {
    const std::size_t size = test::OpensslGroup(configuration.domainParameters).orderSize();
    const auto passwordKey = test::kdf(configuration.cipher, password, 3);
    Bytes mapping(size, 0x17);
    if (usesIntegratedMapping(configuration.variant)) {
        mapping.assign(passwordKey.size(), 0x17);
    }
    Bytes ephemeral(size, 0x29);
    mapping.front() = 0;
    ephemeral.front() = 0;
    return {configuration, passwordKey, mapping, ephemeral};
}

/// MSE:Set AT with the CAN.
Bytes selection(const OpensslPaceTerminal& terminal) {
    return join(tlv(0x80, terminal.protocol()), hex("830102"));
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

// The terminal's nonce and keys of appendices G to I are those of the worked examples too.
void checkWorkedExample(const PaceConfiguration& configuration, Chip& chip, OpensslPaceTerminal& terminal,
                        const char* nonce, const char* mappedGenerator, const char* encryptionKey,
                        const char* authenticationKey, const char* terminalToken, const char* chipToken) {
    REQUIRE(chip.authenticate(hex("7C00")) == StatusWord::Success);
    CHECK(chip.answer == tlv(0x7C, tlv(0x80, hex(nonce))));
    terminal.receiveNonce(chip.answer);
    REQUIRE(chip.authenticate(terminal.mappingData()) == StatusWord::Success);
    terminal.receiveMappingData(chip.answer);
    CHECK(terminal.mappedGenerator() == hex(mappedGenerator));
    REQUIRE(chip.authenticate(terminal.ephemeralPublicKey()) == StatusWord::Success);
    terminal.receivePublicKey(chip.answer);
    CHECK(terminal.authenticationToken() == tlv(0x7C, tlv(0x85, hex(terminalToken))));
    REQUIRE(chip.authenticate(terminal.authenticationToken(), true) == StatusWord::Success);
    terminal.receiveToken(chip.answer);
    const auto token = tlv(0x86, hex(chipToken));
    CHECK(std::search(chip.answer.begin(), chip.answer.end(), token.begin(), token.end()) !=
          chip.answer.end());
    CHECK(chip.random.exhausted());
    REQUIRE(chip.established);
    CHECK(chip.established->cipher == configuration.cipher);
    CHECK(test::encryptionKeyOf(*chip.established) == hex(encryptionKey));
    CHECK(test::authenticationKeyOf(*chip.established) == hex(authenticationKey));
}

TEST_CASE("PACE with DH and Generic Mapping answers as the chip of Doc 9303-11, G.2") {
    const PaceConfiguration configuration{PaceVariant::DhGenericMapping, SymmetricCipher::Aes128,
                                          StandardizedDomainParameters::Modp1024Subgroup160};
    Chip chip(std::span(&configuration, 1), hex("FA5B7E3E49753A0DB9178B7B9BD898C8"
                                                "66DDAFEAC1609CB5B963BB0CB3FF8B3E047F336C"
                                                "A5B780126B7C980E9FCEA1D4539DA1D27C342DFA"));
    OpensslPaceTerminal terminal(configuration, hex("89DED1B26624EC1E634C1989302849DD"),
                                 hex("5265030F751F4AD18B08AC565FC7AC952E41618D"),
                                 hex("89CCD99B0E8D3B1F11E1296DCA68EC53411CF2CA"));
    REQUIRE(chip.select(hex("800A04007F00070202040102830101")) == StatusWord::Success);
    checkWorkedExample(configuration, chip, terminal, "854D8DF5827FA6852D1A4FA701CDDDCA",
                       "7C9CBFE98F9FBDDA8D143506FA7D9306F4CB17E3C71707AFF5E1C1A123702496"
                       "84D64EE37AF44B8DBD9D45BF6023919CBAA027AB97ACC771666C8E98FF483301"
                       "BFA4872DEDE9034EDFACB70814166B7F360676829B826BEA57291B5AD69FBC84"
                       "EF1E779032A305803F74341793E869742D401325B37EE8565FFCDEE618342DC5",
                       "2F7F46ADCC9E7E521B45D192FAFA9126", "805A1D27D45A5116F73C54469462B7D8",
                       "B46DD9BD4D98381F", "917F37B5C0E6D8D1");
}

TEST_CASE("PACE with ECDH and Integrated Mapping answers as the chip of Doc 9303-11, H.1") {
    const PaceConfiguration configuration{PaceVariant::EcdhIntegratedMapping, SymmetricCipher::Aes128,
                                          StandardizedDomainParameters::BrainpoolP256r1};
    Chip chip(std::span(&configuration, 1),
              hex("2923BE84E16CD6AE529049F1F1BBE9EB"
                  "107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A"));
    // The password key of H.1 and H.2 is that of 123456.
    OpensslPaceTerminal terminal(configuration, hex("591468CDA83D65219CCCB8560233600F"),
                                 hex("5DD4CBFC96F5453B130D890A1CDBAE32"),
                                 hex("A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595"));
    REQUIRE(chip.select(hex("800A04007F00070202040402830102")) == StatusWord::Success);
    checkWorkedExample(configuration, chip, terminal, "143DC40C08C8E891FBED7DEDB92B64AD",
                       "048E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427"
                       "4C1AE14BD0C3DBAC0C871B7F3608169364437CA30AC243A089D3F266C1E60FAD",
                       "0D3FEB33251A6370893D62AE8DAAF51B", "B01E89E3D9E8719E586B50B4A7506E0B",
                       "450F02B86F6A0909", "75D4D96E8D5B0308");
}

TEST_CASE("PACE with DH and Integrated Mapping answers as the chip of Doc 9303-11, H.2") {
    const PaceConfiguration configuration{PaceVariant::DhIntegratedMapping, SymmetricCipher::Aes128,
                                          StandardizedDomainParameters::Modp1024Subgroup160};
    // The chip's private key of the example, modulo the order of the subgroup.
    Chip chip(std::span(&configuration, 1), hex("FA5B7E3E49753A0DB9178B7B9BD898C8"
                                                "A5B780126B7C980E9FCEA1D4539DA1D27C342DFA"));
    OpensslPaceTerminal terminal(configuration, hex("591468CDA83D65219CCCB8560233600F"),
                                 hex("B3A6DB3C870C3E99245E0D1C06B747DE"),
                                 hex("4BD0E54740F9A028E6A515BFDAF967848C4F5F5FFF65AA0915947FFD1A0DF2FA"
                                     "6981271BC905F3551457B7E03AC3B8066DE4AA406C1171FB43DD939C4BA16175"
                                     "103BA3DEE16419AA248118F90CC36A3D6F4C373652E0C3CCE7F0F1D0C5425B36"
                                     "00F0F0D6A67F004C8BBA33F2B4733C7252445C1DFC4F1107203F71D2EFB28161"));
    REQUIRE(chip.select(hex("800A04007F00070202040302830102")) == StatusWord::Success);
    checkWorkedExample(configuration, chip, terminal, "9ABB8864CA0FF1551E620D1EF4E13510",
                       "1D7D767F11E333BCD6DBAEF40E799E7A926B96973550656FF3C830726D118D61"
                       "C276CDCC61D475CF03A98E0C0E79CAEBA5BE25578BD4551D0B10903236F0B0F9"
                       "76852FA78EEA14EA0ACA87D1E91F688FE0DFF897BBE35A472621D343564B262F"
                       "34223AE8FC59B664BFEDFA2BFE7516CA5510A6BBB633D517EC25D4E0BBAA16C2",
                       "01AFC10CF87BE36D8179E87370171F07", "23F0FBD05FD6C7B8B88F4C8309669061",
                       "55D61977CBF5307E", "C2F04230187E1525");
}

TEST_CASE("PACE with Chip Authentication Mapping answers as the chip of Doc 9303-11, I.1") {
    const PaceConfiguration configuration{PaceVariant::EcdhChipAuthenticationMapping, SymmetricCipher::Aes128,
                                          StandardizedDomainParameters::BrainpoolP256r1};
    // The chip's second private key of the example, modulo the group order.
    Chip chip(std::span(&configuration, 1),
              hex("658B860BC94DF6F044FCE6D5C82CF8E5"
                  "9E56A6B59C95D06ECE5CD10F983BB2F4F1943528E577F23881D89D8C3BBEE0AA"
                  "2367171820683879C023083A24FEEC7499C71436B5D85ECD3F681BB9436F47D1"));
    // The static private key, which the example leaves out, is SK_Map,IC × CA_IC^-1.
    const auto staticPrivateKey = hex("86C88A4579CE48135878E6348A734B5D47CE5BC1E54C0E8978687B49FDE2E2C2");
    const auto staticPublicKey = pointOf("1872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8",
                                         "84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F");
    chip.additions.chipAuthenticationKey = staticPrivateKey;
    OpensslPaceTerminal terminal(configuration, hex("4E6F6FBF7BE748B932C7B74161BBA9DF"),
                                 hex("5D8BB87BD74D985A4B7D4325B9F7B976FE835122773400798914AA22738135CC"),
                                 hex("76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120"));
    REQUIRE(chip.select(hex("800A04007F00070202040602830101"), test::ascii("C11T002JM496081222310314")) ==
            StatusWord::Success);
    checkWorkedExample(configuration, chip, terminal, "CB60E8E0D85B76A9BD304747C2AD42E2",
                       "0489F0B5EABF3BE293C75903A3986131925C9F5B515CA95AF485DC7E886F03245D"
                       "44BEFB2DD3A0DBD71CB5E618971CF4747F12B79E548379A40E45963BAAF3E829",
                       "0A9DA4DB03BDDE39FC5202BC44B2E89E", "4B1C06491ED5140CA2B537D344C6C0B1",
                       "E86BD06018A1CD3B", "8596CF055C67C1A3");
    CHECK(chip.answer == hex("7C3C86088596CF055C67C1A38A301EEA964DAAE372AC990E3EFDE6333353BFC8"
                             "9A6704D93DA8798CF77F5B7A54BD10CBA372B42BE0B9B5F28AA8DE2F4F92"));
    CHECK(terminal.chipProves(staticPublicKey));
}

constexpr StandardizedDomainParameters allCurves[] = {
    StandardizedDomainParameters::Secp192r1,       StandardizedDomainParameters::Secp224r1,
    StandardizedDomainParameters::Secp256r1,       StandardizedDomainParameters::BrainpoolP256r1,
    StandardizedDomainParameters::Secp384r1,       StandardizedDomainParameters::BrainpoolP384r1,
    StandardizedDomainParameters::BrainpoolP512r1, StandardizedDomainParameters::Secp521r1};
constexpr StandardizedDomainParameters allModpGroups[] = {StandardizedDomainParameters::Modp1024Subgroup160,
                                                          StandardizedDomainParameters::Modp2048Subgroup224,
                                                          StandardizedDomainParameters::Modp2048Subgroup256};

void checkAgreement(const PaceConfiguration& configuration) {
    CAPTURE(static_cast<int>(configuration.variant));
    CAPTURE(static_cast<int>(configuration.cipher));
    CAPTURE(static_cast<int>(configuration.domainParameters));
    Chip chip(std::span(&configuration, 1));
    auto terminal = terminalFor(configuration);
    REQUIRE(chip.select(selection(terminal)) == StatusWord::Success);
    run(chip, terminal, 5);
    checkEstablished(chip, terminal, configuration.cipher);
    CHECK(terminal.additions().empty());
    CHECK(test::toBytes(chip.pace.publicKey()) == terminal.chipPublicKey());
    CHECK(test::toBytes(chip.pace.terminalPublicKey()) == terminal.publicKey());
}

TEST_CASE("PACE agrees with a terminal on OpenSSL, with every mapping, cipher and curve") {
    for (const auto cipher : test::allCiphers) {
        for (const auto curve : allCurves) {
            checkAgreement({PaceVariant::EcdhGenericMapping, cipher, curve});
            if (curve != StandardizedDomainParameters::Secp224r1) {
                checkAgreement({PaceVariant::EcdhIntegratedMapping, cipher, curve});
            }
        }
    }
}

TEST_CASE("PACE agrees with a terminal on OpenSSL, with DH, every mapping, cipher and group") {
    for (const auto cipher : test::allCiphers) {
        for (const auto group : allModpGroups) {
            checkAgreement({PaceVariant::DhGenericMapping, cipher, group});
            checkAgreement({PaceVariant::DhIntegratedMapping, cipher, group});
        }
    }
}

TEST_CASE("Chip Authentication Mapping proves the chip's key on every curve and with every AES") {
    for (const auto cipher : {SymmetricCipher::Aes128, SymmetricCipher::Aes192, SymmetricCipher::Aes256}) {
        for (const auto curve : allCurves) {
            const PaceConfiguration configuration{PaceVariant::EcdhChipAuthenticationMapping, cipher, curve};
            const test::OpensslGroup group(curve);
            Bytes key(group.orderSize(), 0x35);
            key.front() = 0;
            Chip chip(std::span(&configuration, 1));
            chip.additions.chipAuthenticationKey = key;
            auto terminal = terminalFor(configuration);
            REQUIRE(chip.select(selection(terminal)) == StatusWord::Success);
            run(chip, terminal, 5);
            CHECK(terminal.chipProves(group.multiplyGenerator(key)));
            CHECK_FALSE(terminal.chipProves(group.multiplyGenerator(hex("07"))));
        }
    }
}

TEST_CASE("without the static key Chip Authentication Mapping fails") {
    const PaceConfiguration configuration{PaceVariant::EcdhChipAuthenticationMapping, SymmetricCipher::Aes128,
                                          StandardizedDomainParameters::BrainpoolP256r1};
    Chip chip(std::span(&configuration, 1));
    auto terminal = terminalFor(configuration);
    REQUIRE(chip.select(selection(terminal)) == StatusWord::Success);
    run(chip, terminal, 4);
    CHECK(chip.authenticate(terminal.authenticationToken(), true) == StatusWord::InternalError);
    CHECK_FALSE(chip.established);
}

TEST_CASE("the chip names its trust points to a terminal that asks") {
    const auto recent = test::ascii("DETESTCVCA00003");
    const auto previous = test::ascii("DETESTCVCA00002");
    for (const bool asks : {true, false}) {
        Chip chip;
        chip.additions.recentAuthorityReference = recent;
        chip.additions.previousAuthorityReference = previous;
        auto terminal = terminalFor();
        REQUIRE(chip.select(asks ? join(selectWithCan, hex("7F4C0E060904007F000703010201530123"))
                                 : selectWithCan) == StatusWord::Success);
        run(chip, terminal, 5);
        CHECK(terminal.additions() == (asks ? join(tlv(0x87, recent), tlv(0x88, previous)) : Bytes{}));
    }
}

TEST_CASE("DH public keys outside the subgroup are refused in both steps and end the run") {
    const test::OpensslGroup group(StandardizedDomainParameters::Modp1024Subgroup160);
    const PaceConfiguration configuration{PaceVariant::DhGenericMapping, SymmetricCipher::Aes128,
                                          StandardizedDomainParameters::Modp1024Subgroup160};
    auto largest = group.prime();
    largest.back() = static_cast<std::uint8_t>(largest.back() - 1);
    const NamedPoint wrong[] = {
        {"zero", Bytes(128)},
        {"one", hex("01")},
        {"p - 1, of order 2", largest},
        {"p", group.prime()},
        {"2, of another order", hex("02")},
        {"longer than the prime", join(hex("00"), group.multiplyGenerator(hex("05")))},
        {"empty", {}},
    };
    for (const auto& example : wrong) {
        for (const int step : {2, 3}) {
            CAPTURE(example.what);
            CAPTURE(step);
            Chip chip(std::span(&configuration, 1));
            auto terminal = terminalFor(configuration);
            REQUIRE(chip.select(selection(terminal)) == StatusWord::Success);
            run(chip, terminal, step);
            CHECK(chip.authenticate(tlv(0x7C, tlv(step == 2 ? 0x81 : 0x83, example.point))) ==
                  StatusWord::WrongData);
            CHECK_FALSE(chip.pace.inProgress());
        }
    }
}

TEST_CASE("a DH public key may come with leading zero bytes and is the same key") {
    const PaceConfiguration configuration{PaceVariant::DhGenericMapping, SymmetricCipher::Aes128,
                                          StandardizedDomainParameters::Modp1024Subgroup160};
    const auto script = join(Bytes(16, 0x33), Bytes(20, 0x44), Bytes(20, 0x55));
    const auto passwordKey = test::kdf(configuration.cipher, cardAccessNumber, 3);
    Chip preview(std::span(&configuration, 1), script);
    OpensslPaceTerminal first(configuration, passwordKey, hex("17"), hex("29"));
    REQUIRE(preview.select(selection(first)) == StatusWord::Success);
    run(preview, first, 3);

    // A key of the terminal whose public value is shorter than the prime.
    const test::OpensslGroup group(configuration.domainParameters);
    Bytes key(20, 0x21);
    for (std::uint32_t counter = 1; group.multiply(key, first.mappedGenerator()).size() == 128; ++counter) {
        REQUIRE(counter < 10000);
        key[18] = static_cast<std::uint8_t>(counter >> 8);
        key[19] = static_cast<std::uint8_t>(counter);
    }
    for (const bool padded : {false, true}) {
        Chip chip(std::span(&configuration, 1), script);
        OpensslPaceTerminal terminal(configuration, passwordKey, hex("17"), key);
        REQUIRE(chip.select(selection(terminal)) == StatusWord::Success);
        run(chip, terminal, 3);
        const auto value = terminal.publicKey();
        REQUIRE(value.size() < 128);
        REQUIRE(chip.authenticate(tlv(0x7C, tlv(0x83, padded ? join(Bytes(128 - value.size()), value)
                                                             : value))) == StatusWord::Success);
        terminal.receivePublicKey(chip.answer);
        REQUIRE(chip.authenticate(terminal.authenticationToken(), true) == StatusWord::Success);
        terminal.receiveToken(chip.answer);
    }
}

TEST_CASE("Integrated Mapping takes a nonce of the key's size only") {
    for (const auto cipher : test::allCiphers) {
        const PaceConfiguration configuration{PaceVariant::EcdhIntegratedMapping, cipher,
                                              StandardizedDomainParameters::BrainpoolP256r1};
        const std::size_t size = test::kdf(cipher, cardAccessNumber, 3).size();
        for (const std::size_t wrong : {std::size_t{0}, size - 1, size + 1, std::size_t{64}}) {
            Chip chip(std::span(&configuration, 1));
            auto terminal = terminalFor(configuration);
            REQUIRE(chip.select(selection(terminal)) == StatusWord::Success);
            run(chip, terminal, 2);
            CHECK(chip.authenticate(tlv(0x7C, tlv(0x81, Bytes(wrong, 0x17)))) == StatusWord::WrongData);
            CHECK_FALSE(chip.pace.inProgress());
        }
    }
}

TEST_CASE("the chip knows which configurations it can run") {
    using emrtd::isSupported;
    for (const auto curve : allCurves) {
        CHECK(isSupported({PaceVariant::EcdhGenericMapping, SymmetricCipher::TripleDes, curve}));
        CHECK(isSupported({PaceVariant::EcdhChipAuthenticationMapping, SymmetricCipher::Aes256, curve}));
        CHECK_FALSE(isSupported({PaceVariant::DhGenericMapping, SymmetricCipher::Aes128, curve}));
        CHECK_FALSE(
            isSupported({PaceVariant::EcdhChipAuthenticationMapping, SymmetricCipher::TripleDes, curve}));
        CHECK(isSupported({PaceVariant::EcdhIntegratedMapping, SymmetricCipher::Aes128, curve}) ==
              (curve != StandardizedDomainParameters::Secp224r1));
    }
    for (const auto group : allModpGroups) {
        CHECK(isSupported({PaceVariant::DhGenericMapping, SymmetricCipher::Aes128, group}));
        CHECK(isSupported({PaceVariant::DhIntegratedMapping, SymmetricCipher::Aes128, group}));
        CHECK_FALSE(isSupported({PaceVariant::EcdhGenericMapping, SymmetricCipher::Aes128, group}));
    }
    for (const int unknown : {3, 7, 9, 11, 14, 19, 31, 255}) {
        CHECK_FALSE(isSupported({PaceVariant::EcdhGenericMapping, SymmetricCipher::Aes128,
                                 static_cast<StandardizedDomainParameters>(unknown)}));
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
    auto terminal = terminalFor(vietnameseConfiguration[0], test::ascii("123457"));
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
    Pace pace{test::quickGuard()};
    CHECK(pace.setAuthenticationTemplate(selectWithMrz, {{}, cardAccessNumber}, vietnameseConfiguration) ==
          StatusWord::ReferencedDataNotFound);
    CHECK(pace.setAuthenticationTemplate(selectWithCan, {mrzInformation, {}}, vietnameseConfiguration) ==
          StatusWord::ReferencedDataNotFound);
}

TEST_CASE("ambiguous domain parameters have to be named") {
    constexpr std::array<PaceConfiguration, 3> configurations{
        ecdhGenericMapping(SymmetricCipher::Aes128, StandardizedDomainParameters::BrainpoolP256r1),
        ecdhGenericMapping(SymmetricCipher::Aes256, StandardizedDomainParameters::BrainpoolP256r1),
        ecdhGenericMapping(SymmetricCipher::Aes128, StandardizedDomainParameters::Secp256r1)};
    Chip chip(configurations);
    CHECK(chip.select(selectWithCan) == StatusWord::WrongData);
    CHECK(chip.select(join(selectWithCan, hex("84010D"))) == StatusWord::Success);
    CHECK(chip.select(hex("800A04007F00070202040204830102")) == StatusWord::Success);

    REQUIRE(chip.select(join(selectWithCan, hex("84010C"))) == StatusWord::Success);
    auto terminal = terminalFor(configurations[2]);
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
    const Bytes nonce(16, 0x11);
    const Bytes mappingKey(32, 0x31);
    Chip chip(vietnameseConfiguration, join(nonce, mappingKey));
    auto terminal = terminalFor();
    REQUIRE(chip.select(selectWithCan) == StatusWord::Success);
    run(chip, terminal, 5);
    const std::span<const std::uint8_t> memory(reinterpret_cast<const std::uint8_t*>(&chip.pace),
                                               sizeof(chip.pace));
    const Bytes secrets[] = {nonce,
                             mappingKey,
                             test::kdf(SymmetricCipher::Aes128, cardAccessNumber, 3),
                             terminal.encryptionKey(),
                             terminal.authenticationKey(),
                             test::xOf(terminal.mappedGenerator())};
    for (const auto& secret : secrets) {
        CHECK(std::search(memory.begin(), memory.end(), secret.begin(), secret.end()) == memory.end());
    }
}
