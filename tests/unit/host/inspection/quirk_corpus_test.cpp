// SPDX-License-Identifier: Apache-2.0
// What chips of several States do otherwise than Doc 9303 says, each quirk as one simulated card that is read
// by the real inspection: the document is genuine and has to come out so. Rows are named after what the card
// does; `seenIn` says whose passports, and where it was reported.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/inspection/check_name.hpp"
#include "host/lds/data_group_11.hpp"
#include "host/lds/data_group_12.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/lds/data_group_7.hpp"
#include "tests/unit/host/digital_signature_scheme_1_signer.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"
#include "tests/unit/host/inspection/test_card.hpp"
#include "tests/unit/test_data.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using lds::FileId;
using test::ReceivedCommand;
using test::SimulatedCard;
using test::SimulatedCardProfile;
using trust::CheckResult;

namespace {

using Files = std::map<FileId, Bytes>;
using Change = std::function<void(Files&)>;
using Habit = std::function<void(SimulatedCard&)>;
using Expectation = std::function<void(const InspectionResult&, SimulatedCard&)>;

struct Quirk {
    std::string behaviour;
    std::string_view seenIn;
    SimulatedCardProfile profile{};
    Habit habit{};      // what the chip does besides
    Expectation also{}; // besides that the card is genuine and shows its face
};

constexpr std::uint8_t mseSet = 0x22;
constexpr std::uint8_t readBinary = 0xB0;
constexpr std::uint8_t select = 0xA4;
constexpr std::uint8_t internalAuthenticate = 0x88;

bool selects(const ReceivedCommand& command, std::string_view identifier) {
    return command.ins == select && command.data == fromHex(identifier);
}

bool readsByShortIdentifier(const ReceivedCommand& command, FileId file) {
    return command.ins == readBinary && command.p1 == (0x80 | lds::shortFileId(file));
}

// The chip answers `refusal` to the commands that `isRefused` knows.
Habit refusing(std::uint16_t refusal, std::function<bool(const ReceivedCommand&)> isRefused) {
    return [=](SimulatedCard& card) {
        card.chip().intercept = [=](const ReceivedCommand& command) {
            return isRefused(command) ? std::optional(ResponseApdu{{}, StatusWord(refusal)}) : std::nullopt;
        };
    };
}

Quirk masterFileRefused(std::uint16_t refusal, std::string_view seenIn) {
    return {"SELECT of the master file is refused with " + toHex(toBigEndian(refusal, 2)),
            seenIn,
            {.basicAccessControl = true},
            refusing(refusal, [](const auto& command) { return selects(command, "3F00"); })};
}

Quirk noShortIdentifierForCardAccess(std::uint16_t refusal) {
    return {"EF.CardAccess has no short identifier: " + toHex(toBigEndian(refusal, 2)),
            "United Kingdom (JMRTD)",
            {},
            refusing(refusal,
                     [](const auto& command) { return readsByShortIdentifier(command, FileId::CardAccess); }),
            [](const auto& result, auto&) {
                CHECK(result.access->protocol == "PACE");
                CHECK(result.total.commands < 120); // what was refused there does not slow the rest down
            }};
}

// EF.CardAccess and DG14 alike.
Change securityInfos(std::function<void(std::vector<lds::SecurityInfo>&)> change) {
    return [=](Files& files) {
        auto cardAccess = lds::CardAccess::decode(files[FileId::CardAccess]);
        change(cardAccess.securityInfos.infos);
        files[FileId::CardAccess] = cardAccess.encode();
        auto dataGroup14 = lds::DataGroup14::decode(files[FileId::DataGroup14]);
        change(dataGroup14.securityInfos.infos);
        files[FileId::DataGroup14] = dataGroup14.encode();
    };
}

Change adding(std::string_view paceProtocol, int parameterId) {
    return securityInfos([=](auto& infos) {
        infos.push_back(lds::PaceInfo{ObjectIdentifier::fromText(paceProtocol), 2, parameterId});
    });
}

Change adding(FileId file, Bytes content) {
    return [=](Files& files) { files[file] = content; };
}

Bytes backwards(BytesView set) {
    Bytes reversed;
    for (auto infos = readTlv(set, 0x31, "SET").children(); const auto info = infos.next();) {
        reversed = concat(info->encoded, reversed);
    }
    return encodeTlv(0x31, reversed);
}

void writeSetsBackwards(Files& files) {
    files[FileId::CardAccess] = backwards(files[FileId::CardAccess]);
    files[FileId::DataGroup14] =
        encodeTlv(0x6E, backwards(readTlv(files[FileId::DataGroup14], 0x6E, "DG14").value));
}

const test::DigitalSignatureScheme1Signer& rsaKey(std::size_t bits) {
    static std::map<std::size_t, test::DigitalSignatureScheme1Signer> keys;
    return keys.try_emplace(bits, bits).first->second;
}

Change activeAuthenticationKey(std::size_t bits) {
    return [=](Files& files) {
        std::uint8_t* encoded = nullptr;
        const int size = i2d_PUBKEY(&rsaKey(bits).key(), &encoded);
        files[FileId::DataGroup15] = lds::DataGroup15{Bytes(encoded, encoded + size)}.encode();
        OPENSSL_free(encoded);
    };
}

// Signs with that key, and answers 6700 to INTERNAL AUTHENTICATE with short or with extended length.
Habit signing(std::size_t bits, bool refusesExtendedLength) {
    return [=](SimulatedCard& card) {
        refusing(0x6700, [=](const auto& command) {
            return command.ins == internalAuthenticate && (*command.le > 256) == refusesExtendedLength;
        })(card);
        card.chip().activeAuthentication = [bits](BytesView challenge) {
            const auto& key = rsaKey(bits);
            return key.raiseToPrivateExponent(
                key.representative(challenge, HashAlgorithm::Sha256, Bytes{0x34, 0xCC}));
        };
    };
}

void requireActiveAuthentication(const InspectionResult& result, SimulatedCard&) {
    CHECK(result.check(check_name::activeAuthentication).result == CheckResult::Passed);
}

Expectation signatureNoted(std::string note) {
    return [=](const auto& result, auto&) { CHECK(result.check(check_name::signature).reason == note); };
}

Quirk otherContentType(const std::string& type, std::string_view seenIn) {
    return {"the signed content of EF.SOD is given the type " + type,
            seenIn,
            {.contentType = type},
            {},
            signatureNoted("the content is given the type " + type)};
}

lds::MachineReadableZone zoneWithLongNumber() {
    lds::MachineReadableZone zone;
    zone.documentCode = "I";
    zone.issuingState = "VNM";
    zone.documentNumber = "001299000012";
    zone.birthDate = "900101";
    zone.expiryDate = "350101";
    zone.nationality = "VNM";
    zone.primaryIdentifier = "NGUYEN";
    zone.secondaryIdentifier = "VAN THU";
    return zone;
}

void openWithLongNumber(SimulatedCard& card) {
    std::string text;
    for (const auto& line : zoneWithLongNumber().lines()) {
        text += line;
    }
    card.keys() = {.mrz = AccessKey::fromMrz(text)};
    card.chip().password = toBytes(card.keys().mrz->encoded());
}

// The last part of EF.SOD comes with a wrong checksum where more than `harmless` bytes are asked for.
void breakLastPart(SimulatedCard& card, std::size_t harmless) {
    const auto breaks = std::make_shared<bool>(false);
    const auto isSecurityObject = std::make_shared<bool>(false);
    const std::size_t size = card.chip().files.at(lds::fileIdentifier(FileId::Sod)).size();
    card.chip().intercept = [=](const ReceivedCommand& command) -> std::optional<ResponseApdu> {
        if (command.ins == readBinary && (command.p1 & 0x80U) != 0) {
            *isSecurityObject = readsByShortIdentifier(command, FileId::Sod);
        }
        *breaks = *isSecurityObject && command.ins == readBinary && (command.p1 & 0x80U) == 0 &&
                  command.p1p2() + *command.le >= size && *command.le > harmless;
        return std::nullopt;
    };
    card.chip().tamper = [=](Bytes response) {
        if (*breaks) {
            response[response.size() - 3] ^= 0x01;
        }
        return response;
    };
}

// Before the application is selected, GET CHALLENGE is refused.
void demandApplication(SimulatedCard& card) {
    const auto isSelected = std::make_shared<bool>(false);
    refusing(0x6985, [=](const auto& command) {
        *isSelected = *isSelected || (command.ins == select && command.p1 == 0x04);
        return command.ins == 0x84 && !*isSelected;
    })(card);
}

bool namesItsParameters(const ReceivedCommand& command) {
    TlvReader objects(command.data);
    while (const auto object = objects.next()) {
        if (object->tag == 0x84) {
            return true;
        }
    }
    return false;
}

bool isSetAuthenticationTemplate(const ReceivedCommand& command) {
    return command.ins == mseSet && command.p1p2() == 0xC1A4;
}

int countReceived(SimulatedCard& card, const std::function<bool(const ReceivedCommand&)>& isMeant) {
    const auto& received = card.chip().received;
    return static_cast<int>(std::count_if(received.begin(), received.end(), [&](const Bytes& command) {
        return isMeant(ReceivedCommand::parse(command));
    }));
}

std::vector<Quirk> quirksOfReading() {
    return {
        {"Le is refused on SELECT and MSE",
         "Germany (NFCPassportReader#153)",
         {.habits = {.refusesNeedlessLe = true}}},
        {"extended lengths are refused with 6700 in plain, which ends secure messaging",
         "China (gmrtd#457)",
         {.habits = {.extendedLength = true, .largestRead = 231, .refusesInPlain = true}}},
        {"reading past the end is refused with 6B00, and secure messaging is dead",
         "Russia (flipper#1866)",
         {.habits = {.refusesInPlain = true, .overReadRefusal = status_word::wrongOffset}}},
        {"more than 192 bytes are refused with 6A87",
         "Ukraine",
         {.habits = {.largestRead = 192, .refusal = StatusWord(0x6A87)}}},
        {"6282 past the end, with the data that are left",
         "Spain",
         {.habits = {.overReadWarning = status_word::endOfFileReached}}},
        {"6282 past the end, without data",
         "Spain",
         {.habits = {.overReadRefusal = status_word::endOfFileReached}}},
        {"zeros behind the end", "Poland", {.habits = {.padsBehindEnd = true}}},
        {"6282 and zeros before the padding",
         "Slovenia",
         {.habits = {.overReadWarning = status_word::endOfFileReached, .padsBehindEnd = true}}},
        {"256 bytes of plaintext, whatever is asked for",
         "United States (gmrtd#6)",
         {.habits = {.smallestAnswer = 256}}},
        {"the last part of EF.SOD has a wrong checksum, unless little is asked for",
         "United States (gmrtd#6)",
         {.dataGroup2Size = 2048},
         [](SimulatedCard& card) { breakLastPart(card, 32); },
         [](const auto& result, auto&) {
             CHECK(result.access.has_value()); // opened anew after each, and the file came whole
         }},
        {"a face of 29 kB, and PACE over brainpoolP320r1",
         "Netherlands, United States (passy#58)",
         {.paceParameters = 14, .dataGroup2Size = 29424},
         {},
         [](const auto& result, auto&) { CHECK(result.access->curve == "brainpoolP320r1"); }},
        {"a face of more than 32 kB",
         "section 1d, 2: offsets that P1-P2 cannot hold",
         {.dataGroup2Size = 40000},
         {},
         [](const auto& result, auto&) { CHECK(result.files.at(FileId::DataGroup2).size() == 40000); }},
    };
}

std::vector<Quirk> quirksOfAccess() {
    return {
        masterFileRefused(0x6982, "New Zealand (gmrtd#414)"),
        masterFileRefused(0x6A81, "China (gmrtd#460)"),
        masterFileRefused(0x6A86, "Australia (gmrtd#414)"),
        masterFileRefused(0x6A87, "Ukraine (gmrtd#414)"),
        noShortIdentifierForCardAccess(0x6A82),
        noShortIdentifierForCardAccess(0x6A86),
        noShortIdentifierForCardAccess(0x6B00),
        noShortIdentifierForCardAccess(0x6700),
        {"EF.CardAccess is refused with 6283 before BAC",
         "Malaysia",
         {.basicAccessControl = true},
         refusing(0x6283,
                  [](const auto& command) {
                      return readsByShortIdentifier(command, FileId::CardAccess) || selects(command, "011C");
                  })},
        {"EF.DIR is refused with 6982, and is not asked for",
         "United States (gmrtd#226)",
         {.basicAccessControl = true},
         refusing(0x6982, [](const auto& command) { return selects(command, "2F00"); }),
         [](const auto&, auto& card) {
             CHECK(countReceived(card, [](const auto& command) { return selects(command, "2F00"); }) == 0);
         }},
        {"BAC only after SELECT of the application",
         "Portugal",
         {.basicAccessControl = true},
         demandApplication,
         [](const auto& result, auto&) {
             CHECK(result.access->protocol == "BAC");
             CHECK(result.check(check_name::accessControl).reason == "BAC, because the card offers no PACE");
         }},
        {"MSE:Set AT is refused with 6A87 until the only domain parameters are named",
         "Ukraine (gmrtd#108)",
         {},
         refusing(0x6A87,
                  [](const auto& command) {
                      return isSetAuthenticationTemplate(command) && !namesItsParameters(command);
                  }),
         [](const auto& result, auto&) {
             CHECK(result.check(check_name::accessControl).reason ==
                   "the card wants its only domain parameters named");
         }},
        {"several PACEInfos of one protocol: its parameters have to be named",
         "Germany (NFCPassportReader#269)",
         {.change = adding(lds::oid::paceEcdhGmAesCbcCmac128, 8)},
         refusing(0x6A80,
                  [](const auto& command) {
                      return isSetAuthenticationTemplate(command) && !namesItsParameters(command);
                  }),
         [](const auto& result, auto& card) {
             CHECK(result.access->curve == "brainpoolP256r1");
             CHECK(countReceived(card, isSetAuthenticationTemplate) == 1);
         }},
        {"integrated and generic mapping are offered, and the better one is refused",
         "France (NFCPassportReader#131)",
         {.change = adding("0.4.0.127.0.7.2.2.4.4.4", 13)},
         refusing(0x6A80,
                  [](const auto& command) {
                      return isSetAuthenticationTemplate(command) &&
                             command.data[11] == 0x04; // the last byte of the protocol: AES-256
                  }),
         [](const auto& result, auto&) {
             CHECK(result.access->mapping == "GM");
             CHECK(result.check(check_name::accessControl).reason.starts_with("PACE failed with"));
         }},
        {"EF.CardSecurity by short identifier only",
         "Germany",
         {.chipAuthenticationMapping = true},
         refusing(0x6A82, [](const auto& command) { return selects(command, "011D"); }),
         [](const auto& result, auto&) {
             CHECK(result.access->mapping == "CAM");
             CHECK(result.check(check_name::chipAuthentication).result == CheckResult::Passed);
         }},
        {"a TD1 document number of 12 characters",
         "Belgium (selfxyz/self#1336)",
         {.change = adding(FileId::DataGroup1, lds::DataGroup1::of(zoneWithLongNumber()).encode())},
         openWithLongNumber,
         [](const auto& result, auto&) {
             CHECK(result.access->password == "MRZ");
             CHECK(result.dataGroup1->machineReadableZone.documentNumber == "001299000012");
         }},
    };
}

std::vector<Quirk> quirksOfProofs() {
    return {
        {"a chip authentication key without any ChipAuthenticationInfo: 3DES",
         "France (gmrtd#9)",
         {.change = securityInfos([](auto& infos) {
              std::erase_if(infos, [](const auto& info) {
                  return std::holds_alternative<lds::ChipAuthenticationInfo>(info);
              });
          })},
         [](SimulatedCard& card) { card.chip().chipAuthenticationCipher = BlockCipher::TripleDes; },
         [](const auto& result, auto&) {
             CHECK(result.check(check_name::chipAuthentication).result == CheckResult::Passed);
         }},
        {"Active Authentication signs with ECDSA in DER form",
         "Portugal",
         {.activeAuthentication = true},
         {},
         requireActiveAuthentication},
        {"Active Authentication with more than 256 bytes wants extended length",
         "Australia (NFCPassportReader#194)",
         {.habits = {.extendedLength = true}, .change = activeAuthenticationKey(3072)},
         signing(3072, /*refusesExtendedLength*/ false),
         requireActiveAuthentication},
        {"Active Authentication refuses extended length, and signs with more than the channel carries",
         "Norway (NFCPassportReader#124)",
         {.habits = {.extendedLength = true}, .change = activeAuthenticationKey(2048)},
         signing(2048, /*refusesExtendedLength*/ true),
         requireActiveAuthentication},
        {"Active Authentication refuses extended length, and signs with 128 bytes",
         "China (NFCPassportReader#223)",
         {.habits = {.extendedLength = true}, .change = activeAuthenticationKey(1024)},
         signing(1024, /*refusesExtendedLength*/ true),
         [](const auto& result, auto&) {
             const auto& check = result.check(check_name::activeAuthentication);
             CHECK(check.result == CheckResult::Passed);
             CHECK(check.reason == "the key in DG15 is weak: RSA with 1024 bits");
         }},
        {"the SecurityInfos are not in the order of DER", "several", {.change = writeSetsBackwards}},
        otherContentType("1.3.27.1.1.1", "Belgium, France: the former arc icao(27)"),
        otherContentType("1.2.528.1.1006.1.20.1", "Netherlands"),
        otherContentType("1.2.840.113549.1.7.1", "China"),
        {"the signer of EF.SOD is named otherwise than in the only certificate inside",
         "Ukraine (gmrtd)",
         {.signerNamedOtherwise = true},
         {},
         signatureNoted("the signer is named otherwise than in the certificate inside")},
    };
}

Bytes detail(std::uint32_t tag, std::string_view text) {
    return encodeTlv(tag, viewOf(text));
}

// `file` holds the quirk; it comes as it was written, and `understood` says whether its content is.
Quirk content(std::string behaviour, std::string_view seenIn, FileId file, const Bytes& bytes,
              std::function<bool(const Bytes&)> understood) {
    return {
        std::move(behaviour), seenIn, {.change = adding(file, bytes)}, {}, [=](const auto& result, auto&) {
            REQUIRE(result.files.count(file) == 1);
            CHECK(result.files.at(file) == bytes);
            CHECK(understood(result.files.at(file)));
        }};
}

std::vector<Quirk> quirksOfContent() {
    const Bytes exif = concat(fromHex("FFD8FFE10010"), viewOf(std::string_view("Exif\0\0", 6)));
    return {
        {"the facial record is 8 bytes longer than it says", "New Zealand (gmrtd)", {.faceExcess = 8}},
        {"the facial record is a byte longer than it says", "United Kingdom", {.faceExcess = 1}},
        {"the face is a bare JPEG 2000 codestream",
         "China, Spain, Portugal (NFCPassportReader#218)",
         {.face = test::readTestData("images/portrait-grey.j2k")},
         {},
         [](const auto& result, auto&) { CHECK(biometric::isJpeg2000(result.face->format)); }},
        {"the face is a data block of ISO/IEC 39794-5",
         "allowed from 2026 on (gmrtd#34)",
         {.faceDataBlock = true},
         {},
         [](const auto& result, auto&) {
             CHECK(result.face->width == 300);
             CHECK(result.face->height == 400);
         }},
        {"EF.COM lists DG17 to DG19",
         "China (NFCPassportReader#202)",
         {},
         [](SimulatedCard& card) {
             auto& file = card.chip().files[lds::fileIdentifier(FileId::Com)];
             auto commonData = lds::CommonData::decode(file);
             commonData.tagList.insert(commonData.tagList.end(), {0x71, 0x72, 0x73});
             file = commonData.encode();
         }},
        content("DG7 holds an Exif picture", "Hungary (gmrtd#94)", FileId::DataGroup7,
                encodeTlv(0x67, fromHex("020101"), encodeTlv(0x5F43, exif)),
                [=](const Bytes& file) {
                    return lds::DataGroup7::decode(file).signatures == std::vector<Bytes>{exif};
                }),
        content("other names in DG11 stand outside A0", "China", FileId::DataGroup11,
                encodeTlv(0x6B, fromHex("5C04 5F0E5F0F"), detail(0x5F0E, "TRAN<<THU"),
                          detail(0x5F0F, "TRAN<<BA")),
                [](const Bytes& file) { return lds::DataGroup11::decode(file).otherNames.size() == 1; }),
        content("A0 itself stands in the tag list of DG11", "Belarus (gmrtd#149)", FileId::DataGroup11,
                encodeTlv(0x6B, fromHex("5C03 5F10A0"), detail(0x5F10, "1"),
                          encodeTlv(0xA0, fromHex("020101"), detail(0x5F0F, "TRAN<<BA"))),
                [](const Bytes& file) { return lds::DataGroup11::decode(file).otherNames.size() == 1; }),
        content("the birth date in DG11 has two digits to a byte", "Malaysia (dmrtd#48)", FileId::DataGroup11,
                encodeTlv(0x6B, fromHex("5C02 5F2B 5F2B0420990131")),
                [](const Bytes& file) { return lds::DataGroup11::decode(file).birthDate == "20990131"; }),
        content("the dates in DG12 have two digits to a byte", "Spain, Taiwan (dmrtd#48)",
                FileId::DataGroup12,
                encodeTlv(0x6C, fromHex("5C04 5F265F55 5F260420991231 5F550720991231235959")),
                [](const Bytes& file) { return lds::DataGroup12::decode(file).issueDate == "20991231"; }),
        content("DG12 has tag 5F85, and details without a value", "Belgium (proxmark3#1125)",
                FileId::DataGroup12,
                encodeTlv(0x6C, fromHex("5C04 5F265F85 5F2600"), detail(0x5F85, "20990101235959")),
                [](const Bytes& file) {
                    const auto details = lds::DataGroup12::decode(file);
                    return details.issueDate.empty() && details.personalizationTime == "20990101235959";
                }),
        content("DG13 is no sequence of data objects", "Singapore (gmrtd)", FileId::DataGroup13,
                fromHex("6D04 5F24FF01"), [](const Bytes&) { return true; }),
    };
}

void requireGenuine(const Quirk& quirk) {
    CAPTURE(quirk.seenIn);
    SimulatedCard card(quirk.profile);
    if (quirk.habit) {
        quirk.habit(card);
    }
    const auto result = card.inspect();
    for (const auto& reason : result.judgement.reasons) {
        MESSAGE(reason);
    }
    CHECK(result.judgement.verdict == Verdict::Genuine);
    REQUIRE(result.access.has_value());
    CHECK(result.access->protocol == (quirk.profile.basicAccessControl ? "BAC" : "PACE"));
    REQUIRE(result.face.has_value());
    if (quirk.also) {
        quirk.also(result, card);
    }
}

void requireGenuine(const std::vector<Quirk>& quirks) {
    for (const auto& quirk : quirks) {
        SUBCASE(quirk.behaviour.c_str()) {
            requireGenuine(quirk);
        }
    }
}

} // namespace

TEST_CASE("quirks of reading: the files come whole, and the card is genuine") {
    requireGenuine(quirksOfReading());
}

TEST_CASE("quirks of access: the card opens, and is genuine") {
    requireGenuine(quirksOfAccess());
}

TEST_CASE("quirks of proofs and signatures: each counts, and what is odd is noted") {
    requireGenuine(quirksOfProofs());
}

TEST_CASE("quirks of content: the files come as they were written and are understood") {
    requireGenuine(quirksOfContent());
}

// gmrtd#6 was read with the error turned into a warning.
TEST_CASE("a last part of EF.SOD whose checksum stays wrong is never taken") {
    SimulatedCard card({});
    breakLastPart(card, 0);
    CHECK_THROWS_AS(static_cast<void>(card.inspect()), SecureMessagingError);
}
