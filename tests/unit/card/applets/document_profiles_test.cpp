// SPDX-License-Identifier: Apache-2.0
// Whole chips of every profile, personalized through SCP03 and read by terminals on OpenSSL.
#include "card/ports/host/flash_memory.hpp"
#include "host/base/error.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/support/openssl_rsa.hpp"
#include "tests/unit/card/applets/chip_fixture.hpp"
#include "tests/unit/card/applets/global_platform_host.hpp"
#include "tests/unit/card/applets/terminal.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

using namespace cancuoc::card;
using cancuoc::test::allDocumentProfiles;
using cancuoc::test::ChipDocument;
using cancuoc::test::DocumentProfile;
using cancuoc::test::makeDocument;
using crypto::StandardizedDomainParameters;
using emrtd::PaceConfiguration;
using emrtd::PaceVariant;
using emrtd::SymmetricCipher;
using test::Bytes;
using test::ChipFixture;
using test::GlobalPlatformHost;
using test::hex;
using test::join;
using test::Terminal;
using test::tlv;

namespace {

const host::FlashMemory& memoryOf(DocumentProfile profile) {
    static std::map<DocumentProfile, host::FlashMemory> memories;
    const auto found = memories.find(profile);
    if (found != memories.end()) {
        return found->second;
    }
    host::FlashMemory& memory = memories[profile];
    ChipFixture chip(memory);
    REQUIRE(chip.personalize(makeDocument(profile)));
    return memory;
}

struct Card {
    explicit Card(DocumentProfile profile)
        : document(makeDocument(profile)), memory(memoryOf(profile)), chip(memory), terminal(chip) {}

    /// Reads every file of the LDS application but DG3 and DG4, which need Terminal Authentication.
    void checkFiles() {
        REQUIRE(terminal.selectApplication() == 0x9000);
        for (const auto& file : document.files) {
            const std::uint16_t identifier = file.first;
            CAPTURE(identifier);
            if (identifier == 0x0103 || identifier == 0x0104) {
                CHECK(terminal.select(identifier) == 0x6982);
            } else if (identifier >= 0x0100 && identifier < 0x0200 && identifier != 0x011C) {
                CHECK(terminal.read(identifier) == file.second);
            }
        }
    }

    ChipDocument document;
    host::FlashMemory memory;
    ChipFixture chip;
    Terminal terminal;
};

/// Takes the SecurityInfos of type `Info` out of EF.DG14.
template <typename Info>
void removeFromDataGroup14(ChipDocument& document) {
    auto dataGroup14 = cancuoc::lds::DataGroup14::decode(document.files.at(0x010E));
    const auto removed = std::erase_if(dataGroup14.securityInfos.infos,
                                       [](const auto& info) { return std::holds_alternative<Info>(info); });
    REQUIRE(removed > 0);
    document.files[0x010E] = dataGroup14.encode();
}

void addPublicKeyToDataGroup14(ChipDocument& document, const cancuoc::EllipticCurveKeyPair& pair) {
    auto dataGroup14 = cancuoc::lds::DataGroup14::decode(document.files.at(0x010E));
    dataGroup14.securityInfos.infos.emplace_back(cancuoc::lds::ChipAuthenticationPublicKeyInfo{
        cancuoc::ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.1.2"),
        cancuoc::encodeSubjectPublicKeyInfo(pair.curve(), pair.publicKey(), cancuoc::CurveEncoding::Explicit),
        5});
    document.files[0x010E] = dataGroup14.encode();
}

void removeDataGroup15(ChipDocument& document) {
    document.files.erase(0x010F);
    cancuoc::test::listDataGroups(document);
}

/// Replaces the first of these bytes in EF.SOD that follow the LDS security object's type or are it.
void replaceInSecurityObject(ChipDocument& document, std::string_view digits, std::string_view replacement) {
    Bytes& file = document.files.at(0x011D);
    const Bytes type = hex("0606678108010101");
    const Bytes sought = hex(digits);
    const auto content = std::search(file.begin(), file.end(), type.begin(), type.end());
    const auto found = std::search(content, file.end(), sought.begin(), sought.end());
    REQUIRE(found != file.end());
    std::ranges::copy(hex(replacement), found);
}

std::vector<PaceConfiguration> paceConfigurationsOf(DocumentProfile profile) {
    constexpr auto brainpoolP256r1 = StandardizedDomainParameters::BrainpoolP256r1;
    constexpr auto secp256r1 = StandardizedDomainParameters::Secp256r1;
    switch (profile) {
    case DocumentProfile::VietnameseCard2021:
    case DocumentProfile::VietnameseCard2024:
        return {{PaceVariant::EcdhGenericMapping, SymmetricCipher::Aes128, brainpoolP256r1}};
    case DocumentProfile::EuropeanPassport:
        return {{PaceVariant::EcdhGenericMapping, SymmetricCipher::Aes128, brainpoolP256r1},
                {PaceVariant::EcdhGenericMapping, SymmetricCipher::Aes128, secp256r1},
                {PaceVariant::EcdhIntegratedMapping, SymmetricCipher::Aes256, brainpoolP256r1},
                {PaceVariant::EcdhChipAuthenticationMapping, SymmetricCipher::Aes128, brainpoolP256r1}};
    case DocumentProfile::PaceOnly:
        return {{PaceVariant::EcdhGenericMapping, SymmetricCipher::TripleDes, secp256r1},
                {PaceVariant::EcdhGenericMapping, SymmetricCipher::Aes256,
                 StandardizedDomainParameters::BrainpoolP384r1},
                {PaceVariant::DhGenericMapping, SymmetricCipher::Aes128,
                 StandardizedDomainParameters::Modp1024Subgroup160},
                {PaceVariant::DhIntegratedMapping, SymmetricCipher::Aes128,
                 StandardizedDomainParameters::Modp2048Subgroup256}};
    default:
        return {};
    }
}

} // namespace

TEST_CASE("every profile is personalized, and a document lets terminals in as its profile says") {
    for (const auto profile : allDocumentProfiles) {
        CAPTURE(cancuoc::test::nameOf(profile));
        Card card(profile);
        const bool plain = profile == DocumentProfile::Plain;
        CHECK(card.terminal.selectApplication() == 0x9000);
        CHECK(card.terminal.select(0x0101) == (plain ? 0x9000 : 0x6982));
        const bool basicAccessControl = !plain && profile != DocumentProfile::PaceOnly;
        CHECK(card.terminal.basicAccessControl() == basicAccessControl);
        if (basicAccessControl || plain) {
            card.checkFiles();
        }
    }
}

TEST_CASE("PACE opens the document with everything its EF.CardAccess announces") {
    for (const auto profile : allDocumentProfiles) {
        for (const auto& configuration : paceConfigurationsOf(profile)) {
            for (const bool withMrz : {true, false}) {
                CAPTURE(cancuoc::test::nameOf(profile));
                CAPTURE(static_cast<int>(configuration.variant));
                CAPTURE(static_cast<int>(configuration.domainParameters));
                Card card(profile);
                REQUIRE(card.terminal.pace(configuration, withMrz));
                if (withMrz) {
                    card.checkFiles();
                }
            }
        }
    }
}

TEST_CASE("PACE with Chip Authentication Mapping proves the key of EF.CardSecurity") {
    Card card(DocumentProfile::EuropeanPassport);
    REQUIRE(card.terminal.pace(paceConfigurationsOf(DocumentProfile::EuropeanPassport)[3], true));
    const auto keys = cancuoc::test::chipAuthenticationKeysOf(DocumentProfile::EuropeanPassport);
    CHECK(card.terminal.chipProves(test::toBytes(keys[1].pair.publicKey())));
    const auto others = cancuoc::test::chipAuthenticationKeysOf(DocumentProfile::VietnameseCard2021);
    CHECK_FALSE(card.terminal.chipProves(test::toBytes(others[0].pair.publicKey())));
    // EF.CardSecurity is in the master file and needs access to the document.
    CHECK(card.terminal.read(0x011D) == card.document.files.at(0x021D));
    Card stranger(DocumentProfile::EuropeanPassport);
    CHECK(stranger.chip.status("00A4020C02011D") == 0x6982);
}

TEST_CASE("a protocol that the document does not have is refused") {
    const PaceConfiguration vietnamese = paceConfigurationsOf(DocumentProfile::VietnameseCard2021).front();
    for (const auto profile : {DocumentProfile::BasicAccessControlOnly, DocumentProfile::Plain}) {
        Card card(profile);
        CHECK(card.chip.status("0022C1A40F800A04007F00070202040202830101") == 0x6A80);
        CHECK(card.chip.status("00B09C0000") == 0x6A82);
    }
    Card card(DocumentProfile::PaceOnly);
    CHECK_FALSE(card.terminal.pace(vietnamese, true));
}

TEST_CASE("SELECT of the master file answers as the card of the field where the profile says so") {
    Card usual(DocumentProfile::VietnameseCard2021);
    CHECK(usual.chip.status("00A4000C023F00") == 0x9000);
    CHECK(usual.chip.status("00A4000C") == 0x9000);
    Card quirky(DocumentProfile::VietnameseCard2024);
    CHECK(quirky.chip.status("00A4000C023F00") == 0x6D00);
    CHECK(quirky.chip.status("00A4000C") == 0x6D00);
    CHECK(quirky.chip.status("00A4020C02011C") == 0x9000);
    REQUIRE(quirky.terminal.selectApplication() == 0x9000);
    CHECK(quirky.chip.status("00A4020C02011C") == 0x6982);
    CHECK(quirky.chip.status("00B09C0000") == 0x6982);
}

TEST_CASE("Chip Authentication by every key and cipher that EF.DG14 announces") {
    struct Example {
        DocumentProfile profile;
        SymmetricCipher cipher;
        std::size_t key;
        bool atOnce;
    };
    const Example examples[] = {
        {DocumentProfile::VietnameseCard2021, SymmetricCipher::Aes128, 0, false},
        {DocumentProfile::EuropeanPassport, SymmetricCipher::TripleDes, 0, true},
        {DocumentProfile::EuropeanPassport, SymmetricCipher::TripleDes, 0, false},
        {DocumentProfile::EuropeanPassport, SymmetricCipher::Aes256, 0, false},
        {DocumentProfile::EuropeanPassport, SymmetricCipher::Aes128, 1, false},
        {DocumentProfile::PaceOnly, SymmetricCipher::Aes256, 0, false},
    };
    for (const auto& example : examples) {
        CAPTURE(cancuoc::test::nameOf(example.profile));
        CAPTURE(static_cast<int>(example.cipher));
        Card card(example.profile);
        REQUIRE(card.terminal.pace(paceConfigurationsOf(example.profile).front(), true));
        REQUIRE(card.terminal.selectApplication() == 0x9000);
        const auto keys = cancuoc::test::chipAuthenticationKeysOf(example.profile);
        REQUIRE(card.terminal.chipAuthentication(keys[example.key], example.cipher, example.atOnce));
        card.checkFiles();
    }
}

TEST_CASE("Chip Authentication refuses keys and ciphers that are not announced, and the session goes on") {
    Card card(DocumentProfile::EuropeanPassport);
    REQUIRE(card.terminal.pace(paceConfigurationsOf(DocumentProfile::EuropeanPassport).front(), true));
    REQUIRE(card.terminal.selectApplication() == 0x9000);
    const Bytes aes128 = hex("800A04007F00070202030202");
    CHECK(card.terminal.transmit(hex("002241A4"), join(aes128, hex("840102"))).status == 0x6A88);
    CHECK(card.terminal.transmit(hex("002241A4"), hex("800A04007F00070202030203")).status == 0x6A80);
    CHECK(card.terminal.transmit(hex("002241A4"), hex("800A04007F00070202030102")).status == 0x6A80);
    CHECK(card.terminal.transmit(hex("002241A6"), tlv(0x91, Bytes(65, 0x04))).status == 0x6A80);
    CHECK(card.terminal.read(0x0101) == card.document.files.at(0x0101));
}

TEST_CASE("Active Authentication with RSA in a document, under the session only") {
    Card card(DocumentProfile::BasicAccessControlOnly);
    CHECK(card.chip.status("0088000008000000000000000000") == 0x6982);
    REQUIRE(card.terminal.selectApplication() == 0x9000);
    REQUIRE(card.terminal.basicAccessControl());
    const auto response = card.terminal.transmit(hex("00880000"), hex("F173589974BF40C6"), 256);
    CHECK(response.status == 0x9000);
    CHECK(response.data.size() == 128);
}

TEST_CASE("failed attempts slow the next ones down and block nothing") {
    Card card(DocumentProfile::VietnameseCard2021);
    const auto configuration = paceConfigurationsOf(DocumentProfile::VietnameseCard2021).front();
    CHECK(card.chip.waits().empty());
    const std::vector<std::uint32_t> expected{100, 200, 400, 800, 1600, 3200, 6400, 10000, 10000, 10000};
    for (int attempt = 0; attempt < 10; ++attempt) {
        CHECK_FALSE(card.terminal.paceWithCan(configuration, "999999"));
        // Neither a reset nor another protocol makes the guesser faster.
        card.chip.reset();
    }
    REQUIRE(card.terminal.selectApplication() == 0x9000);
    CHECK_FALSE(card.terminal.basicAccessControl("299000001199010182401015"));
    CHECK(card.chip.waits() == expected);
    card.chip.reset();
    CHECK(card.terminal.pace(configuration, false));
    CHECK(card.chip.waits().size() == expected.size() + 1);
    card.chip.reset();
    CHECK(card.terminal.pace(configuration, false));
    CHECK(card.chip.waits().size() == expected.size() + 1);
}

TEST_CASE("the chip builds the free files of the master file, and every data group can be loaded and read") {
    ChipDocument document = makeDocument(DocumentProfile::Plain);
    const Bytes tags = hex("6175637665666768696A6B6C6D6E6F70");
    for (std::size_t number = 1; number <= tags.size(); ++number) {
        document.files.emplace(static_cast<std::uint16_t>(0x0100 + number),
                               cancuoc::test::fileOf(tags[number - 1], 40 + number));
    }
    document.files[0x011E] = tlv(0x60, tlv(0x5C, tags));
    // The fingers and irises are for terminals that authenticate themselves.
    auto dataGroup14 = cancuoc::lds::DataGroup14::decode(document.files.at(0x010E));
    dataGroup14.securityInfos.infos.emplace_back(cancuoc::lds::TerminalAuthenticationInfo{
        cancuoc::ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.2"), 1, {}});
    document.files[0x010E] = dataGroup14.encode();
    cancuoc::test::hashDataGroups(document);
    host::FlashMemory memory;
    ChipFixture chip(memory);
    REQUIRE(chip.personalize(document));
    chip.reset();
    Terminal terminal(chip);
    const Bytes capabilities = hex("4301F84703D401E07F66080202100902021025");
    const Bytes directory = hex("61094F07A0000002471001");
    CHECK(terminal.read(0x2F01) == capabilities);
    CHECK(terminal.read(0x2F00) == directory);
    CHECK(chip.transmit("00B0810000") == join(capabilities, hex("9000")));
    CHECK(chip.transmit("00B09E0000") == join(directory, hex("9000")));
    REQUIRE(terminal.selectApplication() == 0x9000);
    for (std::uint16_t identifier = 0x0101; identifier <= 0x0110; ++identifier) {
        CAPTURE(identifier);
        if (identifier == 0x0103 || identifier == 0x0104) {
            CHECK(terminal.select(identifier) == 0x6982);
        } else {
            CHECK(terminal.read(identifier) == document.files.at(identifier));
        }
    }
}

TEST_CASE("a document number of more than nine characters opens the document") {
    // Doc 9303-11, D.2: D23145890734 with its check digit.
    constexpr std::string_view information = "D23145890734934071279507122";
    ChipDocument document = makeDocument(DocumentProfile::VietnameseCard2021);
    document.secrets[0x8002] = test::ascii(information);
    SUBCASE("a card") {
        cancuoc::test::setMachineReadableZone(document, "I<UTOD23145890<7349<<<<<<<<<<<"
                                                        "3407127M9507122UTO<<<<<<<<<<<2"
                                                        "STEVENSON<<PETER<JOHN<<<<<<<<<");
    }
    SUBCASE("a card of the second size") {
        cancuoc::test::setMachineReadableZone(document, "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<"
                                                        "D23145890<UTO3407127M95071227349<<<8");
    }
    host::FlashMemory memory;
    ChipFixture chip(memory);
    REQUIRE(chip.personalize(document));
    chip.reset();
    Terminal terminal(chip);
    REQUIRE(terminal.selectApplication() == 0x9000);
    CHECK_FALSE(terminal.basicAccessControl());
    CHECK(terminal.basicAccessControl(information));
    CHECK(terminal.read(0x0101) == document.files.at(0x0101));
}

TEST_CASE("a document is not activated unless its files, keys and lists fit together") {
    struct Misfit {
        const char* what;
        DocumentProfile profile;
        void (*spoil)(ChipDocument&);
        bool spoilsHashes = false;
    };
    constexpr auto european = DocumentProfile::EuropeanPassport;
    constexpr auto vietnamese = DocumentProfile::VietnameseCard2021;
    const Misfit misfits[] = {
        {"a data group that EF.COM does not list", vietnamese,
         [](ChipDocument& document) { document.files[0x0105] = hex("6500"); }},
        {"a data group too few", vietnamese, [](ChipDocument& document) { document.files.erase(0x010D); }},
        {"a data group too few, but listed in EF.SOD", vietnamese,
         [](ChipDocument& document) {
             document.files.erase(0x010D);
             cancuoc::test::listDataGroups(document);
         },
         true},
        {"EF.DG1 without its template", vietnamese,
         [](ChipDocument& document) {
             auto& file = document.files[0x0101];
             file.erase(file.begin(), file.begin() + 2);
         }},
        {"no EF.SOD", vietnamese, [](ChipDocument& document) { document.files.erase(0x011D); }, true},
        {"EF.SOD of another tag", vietnamese,
         [](ChipDocument& document) { document.files[0x011D].front() = 0x78; }, true},
        {"EF.SOD that is cut off", vietnamese,
         [](ChipDocument& document) { document.files[0x011D].pop_back(); }, true},
        {"EF.SOD with something behind it", vietnamese,
         [](ChipDocument& document) { document.files[0x011D].push_back(0x00); }, true},
        {"EF.SOD that is its tag alone", vietnamese,
         [](ChipDocument& document) { document.files[0x011D] = hex("77"); }, true},
        {"a data group that is another one than EF.SOD has the hash of", vietnamese,
         [](ChipDocument& document) { document.files[0x0102].back() ^= 0x01; }, true},
        {"the last data group another one than EF.SOD has the hash of", european,
         [](ChipDocument& document) { document.files[0x0104].back() ^= 0x01; }, true},
        {"a hash too few in EF.SOD", vietnamese,
         [](ChipDocument& document) {
             ChipDocument fewer = document;
             fewer.files.erase(0x010D);
             cancuoc::test::hashDataGroups(fewer);
             document.files[0x011D] = fewer.files[0x011D];
         },
         true},
        {"a hash twice in EF.SOD", vietnamese,
         [](ChipDocument& document) { replaceInSecurityObject(document, "02010304", "02010204"); }, true},
        {"a hash function that nobody knows", vietnamese,
         [](ChipDocument& document) {
             replaceInSecurityObject(document, "0609608648016503040201", "0609608648016503040207");
         },
         true},
        {"a hash of another length than its function's", vietnamese,
         [](ChipDocument& document) {
             replaceInSecurityObject(document, "0609608648016503040201", "0609608648016503040202");
         },
         true},
        {"EF.SOD without a signed content", vietnamese,
         [](ChipDocument& document) {
             replaceInSecurityObject(document, "0606678108010101A0", "0606678108010101A1");
         },
         true},
        {"the MRZ information of another document number", vietnamese,
         [](ChipDocument& document) { document.secrets[0x8002][8] ^= 0x01; }},
        {"the MRZ information of another birth date", vietnamese,
         [](ChipDocument& document) { document.secrets[0x8002][10] ^= 0x01; }},
        {"the MRZ information of another expiry date", DocumentProfile::BasicAccessControlOnly,
         [](ChipDocument& document) { document.secrets[0x8002].back() ^= 0x01; }},
        {"MRZ information longer than that of EF.DG1", vietnamese,
         [](ChipDocument& document) { document.secrets[0x8002].push_back('0'); }},
        {"MRZ information, and no machine readable zone in EF.DG1", vietnamese,
         [](ChipDocument& document) { document.files[0x0101] = cancuoc::test::fileOf(0x61, 95); }},
        {"a machine readable zone of no format", vietnamese,
         [](ChipDocument& document) {
             cancuoc::test::setMachineReadableZone(document, cancuoc::test::machineReadableZone.substr(1));
         }},
        {"fingers, and Terminal Authentication is not announced", vietnamese,
         removeFromDataGroup14<cancuoc::lds::TerminalAuthenticationInfo>},
        {"irises, and Terminal Authentication is not announced", DocumentProfile::PaceOnly,
         [](ChipDocument& document) {
             document.files[0x0104] = cancuoc::test::fileOf(0x76, 100);
             cancuoc::test::listDataGroups(document);
         }},
        {"PACE without EF.CardAccess", vietnamese,
         [](ChipDocument& document) { document.files.erase(0x011C); }},
        {"EF.CardAccess without PACE in the profile", vietnamese,
         [](ChipDocument& document) { document.secrets[0x8006] = hex("0100"); }},
        {"EF.CardAccess with an unknown curve", vietnamese,
         [](ChipDocument& document) { document.files[0x011C].back() = 0x0E; }},
        {"EF.CardAccess that is cut off", vietnamese,
         [](ChipDocument& document) { document.files[0x011C].pop_back(); }},
        {"EF.DG14 that is cut off", vietnamese,
         [](ChipDocument& document) { document.files[0x010E].pop_back(); }},
        {"BAC without MRZ information", DocumentProfile::BasicAccessControlOnly,
         [](ChipDocument& document) { document.secrets.erase(0x8002); }},
        {"another key of Chip Authentication", vietnamese,
         [](ChipDocument& document) { document.secrets[0x8003].back() ^= 0x01; }},
        {"a key of Chip Authentication too few", european,
         [](ChipDocument& document) { document.secrets.erase(0x8301); }},
        {"no key of Chip Authentication Mapping", european,
         [](ChipDocument& document) { document.secrets.erase(0x830D); }},
        {"no EF.CardSecurity", european, [](ChipDocument& document) { document.files.erase(0x021D); }},
        {"EF.CardSecurity without the public key", european,
         [](ChipDocument& document) { document.files[0x021D] = Bytes(300, 0x30); }},
        {"a key of Chip Authentication that nothing announces", vietnamese,
         [](ChipDocument& document) { document.secrets[0x8305] = document.secrets.at(0x8003); }},
        {"a key of Chip Authentication without its ChipAuthenticationInfo", vietnamese,
         removeFromDataGroup14<cancuoc::lds::ChipAuthenticationInfo>},
        {"a public key of Chip Authentication without its private one", vietnamese,
         [](ChipDocument& document) {
             addPublicKeyToDataGroup14(document,
                                       cancuoc::test::chipAuthenticationKeysOf(european).front().pair);
         }},
        {"a key of Active Authentication without EF.DG15", DocumentProfile::BasicAccessControlOnly,
         removeDataGroup15},
        {"Active Authentication announced without EF.DG15", vietnamese,
         [](ChipDocument& document) {
             removeDataGroup15(document);
             document.secrets.erase(0x8004);
         }},
        {"a trust point before the recent one, and no recent one", european,
         [](ChipDocument& document) {
             document.secrets[0x8008] = document.secrets.at(0x8007);
             document.secrets.erase(0x8007);
         }},
        {"a trust point without a date", european,
         [](ChipDocument& document) { document.secrets.erase(0x8009); }},
        {"a trust point without Terminal Authentication in EF.DG14", european,
         removeFromDataGroup14<cancuoc::lds::TerminalAuthenticationInfo>},
        {"a trust point without a protocol that Terminal Authentication binds to", vietnamese,
         [](ChipDocument& document) {
             removeFromDataGroup14<cancuoc::lds::ChipAuthenticationInfo>(document);
             removeFromDataGroup14<cancuoc::lds::ChipAuthenticationPublicKeyInfo>(document);
             document.secrets.erase(0x8003);
             cancuoc::test::setTrustPoint(document, cancuoc::test::countryVerifyingAuthority());
         }},
        {"another key of Active Authentication", vietnamese,
         [](ChipDocument& document) { document.secrets[0x8004].back() ^= 0x01; }},
        {"a hash longer than the key of Active Authentication", vietnamese,
         [](ChipDocument& document) {
             auto& file = document.files[0x010E];
             const auto algorithm = hex("04007F0007010104010 3");
             const auto found = std::search(file.begin(), file.end(), algorithm.begin(), algorithm.end());
             REQUIRE(found != file.end());
             *(found + 9) = 0x05;
         }},
        {"a key too many for Active Authentication", DocumentProfile::BasicAccessControlOnly,
         [](ChipDocument& document) {
             document.secrets[0x8004] = makeDocument(DocumentProfile::Plain).secrets.at(0x8004);
         }},
        {"another RSA key of Active Authentication", DocumentProfile::BasicAccessControlOnly,
         [](ChipDocument& document) {
             document.files[0x010F] =
                 cancuoc::lds::DataGroup15{cancuoc::test::OpensslRsa(1024).subjectPublicKeyInfo()}.encode();
         }},
    };
    for (const auto& misfit : misfits) {
        CAPTURE(std::string(misfit.what));
        ChipDocument document = makeDocument(misfit.profile);
        misfit.spoil(document);
        if (!misfit.spoilsHashes) {
            cancuoc::test::hashDataGroups(document);
        }
        host::FlashMemory memory;
        ChipFixture chip(memory);
        CHECK_FALSE(chip.personalize(document));
        CHECK(chip.status("00A4040C07A0000002471001") == 0x6985);
    }
}

TEST_CASE("keys and profiles of a wrong form are refused when they are loaded") {
    const auto bacOnly = makeDocument(DocumentProfile::BasicAccessControlOnly);
    const Bytes rsaKey = bacOnly.secrets.at(0x8005);
    auto unknownHash = rsaKey;
    unknownHash.front() = 6;
    auto otherExponent = rsaKey;
    otherExponent[4] = 0x02;
    const std::pair<std::uint16_t, Bytes> wrong[] = {
        {0x8001, test::ascii("00001")},
        {0x8001, test::ascii("0000001")},
        {0x8001, test::ascii("00000A")},
        {0x8002, Bytes(23, '<')},
        {0x8002, Bytes(39, '<')},
        {0x8002, Bytes(24, 'a')},
        {0x8005, {}},
        {0x8005, unknownHash},
        {0x8005, otherExponent},
        {0x8005, Bytes(rsaKey.begin(), rsaKey.end() - 2)},
        {0x8006, hex("03")},
        {0x8006, hex("0400")},
        {0x8006, hex("0302")},
        {0x8301, hex("0D")},
        {0x8301, join(hex("00"), Bytes(20, 0xFF))},
        {0x8007, hex("00")},
    };
    host::FlashMemory memory;
    ChipFixture chip(memory);
    GlobalPlatformHost host(chip, test::DomainKeys::transport());
    REQUIRE(host.open(0x03) == 0x9000);
    REQUIRE(host.send(0xE6, 0x20, 0x00, hex("000007A0000002471001000000")).status == 0x9000);
    const auto load = [&](std::uint16_t identifier, const Bytes& value) {
        return host.send(0xE2, 0xE0, 0x00, test::grouping(identifier, host.encryptSensitive(value))).status;
    };
    for (const auto& example : wrong) {
        const std::uint16_t identifier = example.first;
        CAPTURE(identifier);
        CHECK(load(identifier, example.second) == 0x6A80);
    }
    for (const std::uint16_t unknown : std::array<std::uint16_t, 3>{0x8000, 0x800A, 0x8380}) {
        CHECK(load(unknown, hex("00")) == 0x6A88);
    }
    CHECK(load(0x8005, rsaKey) == 0x9000);
    CHECK(load(0x8002, Bytes(24, '<')) == 0x9000);
    CHECK(load(0x8002, Bytes(38, 'Z')) == 0x9000);
}

TEST_CASE("EF.SOD's hashes fit by every hash function that the chip knows") {
    for (const auto algorithm :
         {cancuoc::HashAlgorithm::Sha1, cancuoc::HashAlgorithm::Sha224, cancuoc::HashAlgorithm::Sha256,
          cancuoc::HashAlgorithm::Sha384, cancuoc::HashAlgorithm::Sha512}) {
        ChipDocument document = makeDocument(DocumentProfile::Plain);
        cancuoc::test::hashDataGroups(document, 1200, algorithm);
        host::FlashMemory memory;
        ChipFixture chip(memory);
        CHECK(chip.personalize(document));
        document.files[0x0101].back() ^= 0x01;
        host::FlashMemory other;
        ChipFixture refusing(other);
        CHECK_FALSE(refusing.personalize(document));
    }
}

TEST_CASE("a passport of the third size opens with the password of its EF.DG1") {
    constexpr std::string_view information = "L898902C<369080619406236";
    ChipDocument document = makeDocument(DocumentProfile::BasicAccessControlOnly);
    cancuoc::test::setMachineReadableZone(document, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
                                                    "L898902C<3UTO6908061F9406236ZE184226B<<<<<14");
    document.secrets[0x8002] = test::ascii(information);
    host::FlashMemory memory;
    ChipFixture chip(memory);
    REQUIRE(chip.personalize(document));
    chip.reset();
    Terminal terminal(chip);
    REQUIRE(terminal.selectApplication() == 0x9000);
    CHECK(terminal.basicAccessControl(information));
}
