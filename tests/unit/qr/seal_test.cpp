// SPDX-License-Identifier: Apache-2.0
#include "qr/digital_seal.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "qr/c40.hpp"
#include "qr/card_seal.hpp"
#include "qr/decoder.hpp"
#include "qr/drawing.hpp"
#include "qr/seal_verification.hpp"
#include "tests/unit/qr/bar_code_signer.hpp"

using namespace cancuoc;
using namespace cancuoc::qr;
using namespace std::chrono_literals;

namespace {

Date day(int year, unsigned month, unsigned dayOfMonth) {
    return Date(std::chrono::year(year), std::chrono::month(month), std::chrono::day(dayOfMonth));
}

Bytes text(std::string_view characters) {
    return toBytes(viewOf(characters));
}

struct WorkedExample {
    const char* annex;
    SealContent content;
    const char* signedBytes;
    const char* signature;
};

// BSI TR-03137 part 1, annexes C, D and F to H: what is said of each, and its bytes. Those of F leave out the
// fillers that end the MRZ; G prints the number as T2000AKA7, and its bytes have T2000AK47.
const WorkedExample workedExamples[] = {
    {"C",
     {{3, "D", "DETS", "00027", day(2020, 1, 1), day(2020, 1, 13), 0xFD, 2},
      {{2, encodeC40("MED<<MUSTERMANN<<ERIK<<<<<<<<<<<<<<<M0000000<4ALB0308212M1604128<<<<<<<2")},
       {3, encodeC40("160113000085")}}},
     "dc026abc6d32c8a519fc0f71341145f4fd020230a5621353d9a275735bd4134bc549133c133c133c133c133ca32519a519a4344"
     "a5e68"
     "1ae7204b20d532cf4b7c133c133f030820d5201019a51aea",
     "4a1f218ca4392647ecff6c8abf9e796a78eebe0b1ac8cc25c4ee17eed961d1189091358d7d616f1a517abc747f6c4490ff159d4"
     "dcf50"
     "248b00b1e32e9e7805e7"},
    {"D",
     {{3, "D", "DETS", "00027", day(2020, 1, 1), day(2020, 1, 14), 0xFC, 4},
      {{1, encodeC40("65170839J003")},
       {2, text("Perschweiß")},
       {3, text("Oscar")},
       {4, text("Jâcobénidicturius")}}},
     "dc026abc6d32c8a519fc0f7134116d04fc0401083fee456d2de019a8020b506572736368776569c39f03054f7363617204134ac"
     "3a263"
     "6f62c3a96e69646963747572697573",
     "582ed05cb05049b4fe49744d5e70a1982f8b7afb1e90259ce47ba9907efcf59483f0a0b421ec760d6fd2284bbac37e136f1e3be"
     "6e14a"
     "6f6bc012110cff919d0f"},
    {"F",
     {{4, "D", "DETS", "32", day(2020, 1, 1), day(2021, 12, 3), 0x5D, 1},
      {{2, encodeC40("VCD<<DENT<<ARTHUR<PHILIP<<<<<<<<<<<<1234567XY7GBR5203116M2005250")},
       {4, fromHex("a00000")},
       {5, encodeC40("47110815P")}}},
     "dc036abc6d32c8a72cb10f7134b798155d01022cdd52134a74da1347c6fed95cb89f9fce133c133c133c133c203833734aaf47f"
     "0c32f"
     "1a1e20eb2625393afe310403a00000050633be1fed20c6",
     "d5573247608c9b64cae022c1c5249660e51ae316d600f974aac2129c3f093c35955314026304705cd24c1b8100711bd4411f068"
     "e8d93"
     "e8b7"},
    {"G",
     {{4, "D", "DETS", "32", day(2021, 1, 1), day(2021, 12, 3), 0xF9, 8},
      {{1, encodeC40("T2000AK47")}, {2, encodeC40("05314000")}, {3, encodeC40("53123MUSTERMANNSTRASSE21")}}},
     "dc036abc6d32c8a72cb10f7135b79815f9080106cf3519af974c02061a70208519a10310395e26b3d9a275735bd4cd485ca1717"
     "6",
     "9101f305c9aa04d2ab00212c7cf65fefcaaf565a54538b2498d681a18839c92656526c40594b0b1da12a27f687a3501278dc414"
     "5b6e6"
     "4afc"},
    {"H",
     {{4, "D", "DETS", "32", day(2021, 1, 1), day(2021, 12, 3), 0xF8, 10},
      {{1, encodeC40("PA5500K11")}, {2, encodeC40("03359010")}, {3, encodeC40("21614")}}},
     "dc036abc6d32c8a72cb10f7135b79815f80a0106b77a38e596ce02061a203a4d1fe1030426532081",
     "1462bcfef51ad1b8d09de328b15c5435e64829ce548647dd5797871696"
     "24a046738dc5023708319a4294811131eaac58d518cfe98b43"
     "1437"}};

Payload cardPayload() {
    return {"001299000001", "299000001", "Nguyễn Văn Mẫu",
            "01012099",     "Nam",       "Số 1 Phố Mẫu, Phường Mẫu, Hà Nội",
            "02012113",     {}};
}

constexpr auto now = [] { return BarCodeSigner::start() + 240h; };

Bytes cardSeal(const BarCodeSigner& signer, int version = 4) {
    auto header = signer.header(version);
    header.issuingCountry = "VNM";
    header.signatureDate = dateOf(now());
    return signSeal(sealContentOf(cardPayload(), header), signer.signer());
}

const trust::Check& checkOf(const SealVerdict& verdict, std::string_view name) {
    const auto found = std::find_if(verdict.checks.begin(), verdict.checks.end(),
                                    [&](const trust::Check& check) { return check.name == name; });
    REQUIRE(found != verdict.checks.end());
    return *found;
}

trust::CheckResult resultOf(const SealVerdict& verdict, std::string_view name) {
    return checkOf(verdict, name).result;
}

} // namespace

// Doc 9303-13, 2.3.1 and appendix C; BSI TR-03137 part 1, annex B, which prints the second byte of XKCD as
// 0B, though 60177, its own number for XKC, is EB11.
TEST_CASE("C40 as in the standard's examples") {
    CHECK(encodeC40("XK<CD") == fromHex("EB0466A9"));
    CHECK(encodeC40("XKCD") == fromHex("EB11FE45"));
    CHECK(encodeC40("VISA01") == fromHex("DE515826"));
    CHECK(decodeC40(fromHex("EB0466A9")) == "XK CD");
    CHECK(decodeC40(fromHex("EB11FE45")) == "XKCD");
    CHECK(encodeC40("").empty());
    CHECK(decodeC40({}).empty());
    for (const std::string_view characters : {"A", "AB", "ABC", "Z9 Z", " ", "  ", "   "}) {
        CHECK(decodeC40(encodeC40(characters)) == characters);
    }
    for (const std::string_view characters : {"a", "AB-", "Ă"}) {
        CHECK_THROWS_AS(static_cast<void>(encodeC40(characters)), MalformedData);
    }
    // An odd length, no number, shift 1 in the middle and at the front, a small letter, values without a
    // character.
    for (const char* hex : {"EB", "0000", "66A9EB04", "0001", "FE62", "FE45EB04", "FFFF", "0640"}) {
        CAPTURE(std::string(hex));
        CHECK_THROWS_AS(static_cast<void>(decodeC40(fromHex(hex))), MalformedData);
    }
}

TEST_CASE("dates are the number MMDDYYYY") {
    CHECK(encodeSealDate(day(1957, 3, 25)) == fromHex("319EF5"));
    CHECK(decodeSealDate(fromHex("319EF5")) == day(1957, 3, 25));
    for (const char* hex : {"", "319E", "00319EF5", "000000", "FFFFFF"}) {
        CHECK_THROWS_AS(static_cast<void>(decodeSealDate(fromHex(hex))), MalformedData);
    }
}

TEST_CASE("the worked examples of BSI TR-03137 are encoded and read to the byte") {
    for (const auto& example : workedExamples) {
        CAPTURE(std::string(example.annex));
        const auto signedBytes = fromHex(example.signedBytes);
        const auto signature = fromHex(example.signature);
        CHECK(toHex(encodeSealContent(example.content)) == toHex(signedBytes));
        const auto whole = signSeal(example.content, [&](BytesView bytes) {
            CHECK(equal(bytes, signedBytes));
            return signature;
        });
        CHECK(whole ==
              concat(signedBytes, Bytes{0xFF, static_cast<std::uint8_t>(signature.size())}, signature));
        const auto seal = DigitalSeal::decode(whole);
        CHECK(seal.content == example.content);
        CHECK(seal.signedBytes == signedBytes);
        CHECK(seal.signature == signature);
    }
}

// Annex E prints the MRZ of an ATD and says that it begins with ARD: its bytes are what counts.
TEST_CASE("the worked example whose text and bytes disagree is read and written as its bytes are") {
    const auto bytes =
        fromHex("dc036abc6d32c8a727390f71341145f4fb0602305cba135875976ec066d417b59e8c6abc133c133c133c133c3fef"
                "3a2938ee43f1"
                "593d1ae52dbb26751fe64b7c133c136b0306d79519a65306ff40158cf5b0bb7fbda099e8e7c94abefc9677b2e71e"
                "9885f5cd9057"
                "a8bfcf930a6046bcf897650af8f9b0343c034d2f64ce081f95fbf3d01292d1f8165ece27d327");
    const auto seal = DigitalSeal::decode(bytes);
    CHECK(seal.content.header.certificateReference == "27");
    CHECK(decodeC40(seal.content.features.at(0).value).starts_with("ATD  RESIDORCE  ROLAND"));
    CHECK(decodeC40(seal.content.features.at(1).value) == "UFO001979");
    CHECK(signSeal(seal.content, [&](BytesView) { return seal.signature; }) == bytes);
}

TEST_CASE("long features have DER's lengths in version 4 and are refused in version 3") {
    auto content = workedExamples[2].content;
    for (const std::size_t length : {127U, 128U, 255U, 256U, 700U}) {
        content.features = {{9, Bytes(length, 0x5A)}};
        const auto whole = signSeal(content, [](BytesView) { return Bytes(64, 1); });
        CHECK(DigitalSeal::decode(whole).content == content);
        // A length longer than DER writes it.
        auto padded = whole;
        if (length == 127) {
            padded.insert(padded.begin() + 19, 0x81);
            CHECK_THROWS_AS(static_cast<void>(DigitalSeal::decode(padded)), MalformedData);
        }
    }
    content.header.version = 3;
    content.header.certificateReference = "00032";
    CHECK_THROWS_AS(static_cast<void>(encodeSealContent(content)), MalformedData);
    content.features = {{9, Bytes(maximumSealLength, 1)}};
    content.header = workedExamples[2].content.header;
    CHECK_THROWS_AS(static_cast<void>(encodeSealContent(content)), MalformedData);
}

TEST_CASE("what is no seal is refused") {
    const auto whole =
        concat(fromHex(workedExamples[0].signedBytes), fromHex("FF40"), fromHex(workedExamples[0].signature));
    CHECK(isDigitalSeal(whole));
    CHECK_FALSE(isDigitalSeal(text("001299000001|")));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CHECK_THROWS_AS(static_cast<void>(DigitalSeal::decode(BytesView(whole).first(length))),
                        MalformedData);
    }
    CHECK_THROWS_WITH_AS(static_cast<void>(DigitalSeal::decode(concat(whole, Bytes{0}))),
                         doctest::Contains("something follows"), MalformedData);
    // A country and a signer of one character too few: FE and the character plus 1.
    CHECK_THROWS_WITH_AS(static_cast<void>(DigitalSeal::decode(fromHex("DC03FE45"))),
                         doctest::Contains("issuing country"), MalformedData);
    CHECK_THROWS_WITH_AS(static_cast<void>(DigitalSeal::decode(fromHex("DC036ABC6D32FE5B"))),
                         doctest::Contains("not hexadecimal"), MalformedData);
    auto other = whole;
    other[1] = 4;
    CHECK_THROWS_WITH_AS(static_cast<void>(DigitalSeal::decode(other)), doctest::Contains("version is 5"),
                         MalformedData);
}

TEST_CASE("headers that the standard does not have are not written") {
    auto content = workedExamples[2].content;
    SUBCASE("version") {
        content.header.version = 2;
    }
    SUBCASE("country") {
        content.header.issuingCountry = "VIET";
    }
    SUBCASE("signer") {
        content.header.signerIdentifier = "DE";
    }
    SUBCASE("reference") {
        content.header.certificateReference = "G";
    }
    SUBCASE("no reference") {
        content.header.certificateReference.clear();
    }
    SUBCASE("feature definition") {
        content.header.featureDefinition = 0;
    }
    SUBCASE("date") {
        content.header.signatureDate = day(2021, 2, 30);
    }
    SUBCASE("tag") {
        content.features.push_back({0xFF, {}});
    }
    CHECK_THROWS_AS(static_cast<void>(encodeSealContent(content)), MalformedData);
}

TEST_CASE("a card's seal says what its QR says") {
    const BarCodeSigner signer;
    for (const int version : {3, 4}) {
        const auto seal = DigitalSeal::decode(cardSeal(signer, version));
        CHECK(seal.content.header.version == version);
        CHECK(seal.content.header.signerIdentifier == "VNSS");
        CHECK(seal.content.header.certificateReference == (version == 3 ? "002A7" : "2A7"));
        CHECK(payloadOf(seal.content) == cardPayload());
        CHECK(verifySeal(seal, signer.store(), now()).genuine);
    }
    auto content = DigitalSeal::decode(cardSeal(signer)).content;
    SUBCASE("another document") {
        content.header.documentType = 2;
    }
    SUBCASE("a missing feature") {
        content.features.erase(content.features.begin());
    }
    SUBCASE("a doubled feature") {
        content.features.push_back(content.features.front());
    }
    SUBCASE("a text that is not UTF-8") {
        content.features[1].value = {0xFF};
    }
    CHECK_THROWS_AS(static_cast<void>(payloadOf(content)), MalformedData);
}

TEST_CASE("a payload whose additional fields a seal cannot carry is not sealed without them") {
    auto payload = cardPayload();
    payload.additional[1] = "Trần Thị Mẫu";
    CHECK_THROWS_WITH_AS(static_cast<void>(sealContentOf(payload, {})),
                         doctest::Contains("additional fields"), MalformedData);
}

TEST_CASE("a seal goes through a QR symbol and through a Data Matrix") {
    const BarCodeSigner signer;
    const auto whole = cardSeal(signer);
    const auto qrSymbol = toRaster(Symbol::encodeBytes(whole), {4, 0});
    CHECK(decodeSymbols(qrSymbol) == std::vector<std::string>{toText(whole)});
    CHECK(decodeDataMatrixSymbols(qrSymbol).empty());
    const auto dataMatrix = toRaster(Symbol::encodeDataMatrix(whole), {4, 0});
    CHECK(decodeDataMatrixSymbols(dataMatrix) == std::vector<std::string>{toText(whole)});
    Bytes everyByte(256);
    for (std::size_t value = 0; value < everyByte.size(); ++value) {
        everyByte[value] = static_cast<std::uint8_t>(value);
    }
    CHECK(decodeDataMatrixSymbols(toRaster(Symbol::encodeDataMatrix(everyByte), {4, 0})) ==
          std::vector<std::string>{toText(everyByte)});
    CHECK_THROWS_AS(Symbol::encodeDataMatrix({}), MalformedData);
    CHECK_THROWS_AS(Symbol::encodeDataMatrix(Bytes(1556, 0xFF)), MalformedData);
}

TEST_CASE("seals of every curve are verified") {
    for (const char* curve : {"P-256", "P-384", "P-521", "brainpoolP224r1", "brainpoolP256r1",
                              "brainpoolP384r1", "brainpoolP512r1"}) {
        CAPTURE(std::string(curve));
        const BarCodeSigner signer({.curve = curve});
        if (std::string_view(curve) == "P-521") {
            CHECK_THROWS_AS(static_cast<void>(cardSeal(signer)), BadConfiguration);
            continue;
        }
        CHECK(verifySeal(DigitalSeal::decode(cardSeal(signer)), signer.store(), now()).genuine);
    }
}

TEST_CASE("a seal with any bit changed is refused") {
    const BarCodeSigner signer;
    const auto store = signer.store();
    const auto whole = cardSeal(signer);
    std::size_t taken = 0;
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
        auto changed = whole;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
        try {
            taken += verifySeal(DigitalSeal::decode(changed), store, now()).genuine ? 1U : 0U;
        } catch (const MalformedData&) {
        }
    }
    CHECK(taken == 0);
}

TEST_CASE("each check of a seal fails for its own reason") {
    const BarCodeSigner signer;
    const auto seal = DigitalSeal::decode(cardSeal(signer));
    SUBCASE("no certificate of the signer") {
        auto store = trust::TrustStore::inMemory();
        store.addCertificate(signer.cscaCertificate());
        const auto verdict = verifySeal(seal, store, now());
        CHECK_FALSE(verdict.genuine);
        CHECK(resultOf(verdict, "seal.certificate") == trust::CheckResult::NotPerformed);
    }
    SUBCASE("another CSCA") {
        const BarCodeSigner stranger;
        auto store = trust::TrustStore::inMemory();
        store.addCertificate(stranger.cscaCertificate());
        store.addCertificate(signer.certificate());
        const auto verdict = verifySeal(seal, store, now());
        CHECK_FALSE(verdict.genuine);
        CHECK(resultOf(verdict, "seal.chain") == trust::CheckResult::Failed);
        CHECK(resultOf(verdict, "seal.signature") == trust::CheckResult::Passed);
    }
    SUBCASE("another signer's key under the same reference") {
        const BarCodeSigner stranger;
        const auto verdict = verifySeal(seal, stranger.store(), now());
        CHECK_FALSE(verdict.genuine);
        CHECK(resultOf(verdict, "seal.signature") == trust::CheckResult::Failed);
        CHECK(resultOf(verdict, "seal.chain") == trust::CheckResult::Passed);
    }
    SUBCASE("a certificate for another purpose") {
        const BarCodeSigner lists({.purpose = "2.23.136.1.1.3"});
        const auto verdict = verifySeal(DigitalSeal::decode(cardSeal(lists)), lists.store(), now());
        CHECK_FALSE(verdict.genuine);
        CHECK(resultOf(verdict, "seal.chain") == trust::CheckResult::Failed);
    }
    SUBCASE("an expired certificate") {
        CHECK(resultOf(verifySeal(seal, signer.store(), now() + 24h * 400), "seal.chain") ==
              trust::CheckResult::Failed);
    }
    SUBCASE("signed before the certificate was valid") {
        const BarCodeSigner late({.from = now() + 48h});
        const auto verdict = verifySeal(DigitalSeal::decode(cardSeal(late)), late.store(), now() + 72h);
        CHECK_FALSE(verdict.genuine);
        CHECK(resultOf(verdict, "seal.dates") == trust::CheckResult::Failed);
    }
    SUBCASE("signed outside the usage period of the private key") {
        for (const auto& usage : {personalization::Period{now() + 24h, now() + 48h},
                                  personalization::Period{now() - 72h, now() - 48h}}) {
            const BarCodeSigner late({.usage = usage});
            const auto verdict = verifySeal(DigitalSeal::decode(cardSeal(late)), late.store(), now() + 72h);
            CHECK_FALSE(verdict.genuine);
            CHECK(checkOf(verdict, "seal.dates").result == trust::CheckResult::Failed);
            CHECK(checkOf(verdict, "seal.dates").reason.find("usage period") != std::string::npos);
        }
        const BarCodeSigner sameDay({.usage = personalization::Period{now() + 1h, now() + 2h}});
        CHECK(verifySeal(DigitalSeal::decode(cardSeal(sameDay)), sameDay.store(), now() + 72h).genuine);
    }
    SUBCASE("a revoked signer is called what it is") {
        auto store = signer.store();
        const auto certificate = trust::Certificate::decode(signer.certificate());
        store.addCrl(personalization::encodeDer(
            *signer.csca().issueCrl(now() - 24h, 1, {{Bytes{0x02, 0xA7}, now() - 24h}})));
        CHECK(checkOf(verifySeal(seal, store, now()), "seal.revocation").reason ==
              "the Bar Code Signer certificate is revoked");
    }
    SUBCASE("revocation: named without a CRL, passed with one") {
        auto store = signer.store();
        CHECK(resultOf(verifySeal(seal, store, now()), "seal.revocation") ==
              trust::CheckResult::NotPerformed);
        store.addCrl(personalization::encodeDer(*signer.csca().issueCrl(now() - 24h, 1, {})));
        CHECK(resultOf(verifySeal(seal, store, now()), "seal.revocation") == trust::CheckResult::Passed);
    }
}
