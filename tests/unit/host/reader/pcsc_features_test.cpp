// SPDX-License-Identifier: Apache-2.0
// What readers say they can do, and what follows for the lengths of APDUs.
#include "host/reader/pcsc.hpp"

#include "host/base/error.hpp"
#include "tests/unit/host/reader/fake_pcsc.hpp"

#include <doctest/doctest.h>

#include <reader.h>

using namespace cancuoc;
using test::FakePcsc;
using test::fakePcsc;

namespace {

constexpr std::uint8_t propertiesFeature = FEATURE_GET_TLV_PROPERTIES;
constexpr DWORD propertiesCode = 0x42330012;
constexpr DWORD pinPropertiesCode = 0x4233000A;
constexpr DWORD paceCode = 0x42330020;

Bytes feature(std::uint8_t tag, DWORD code) {
    return concat(Bytes{tag, 4}, toBigEndian(code, 4));
}

Bytes apduDataSize(std::uint32_t size) {
    const Bytes number = toBigEndian(size, 4);
    return concat(Bytes{PCSCv2_PART10_PROPERTY_dwMaxAPDUDataSize, 4}, Bytes(number.rbegin(), number.rend()));
}

void answer(DWORD code, const Bytes& bytes) {
    fakePcsc().setControl(code, [bytes](BytesView) { return bytes; });
}

void readerWithProperties(const Bytes& properties, const Bytes& moreFeatures = {}) {
    fakePcsc().restartWithCard();
    answer(CM_IOCTL_GET_FEATURE_REQUEST,
           concat(feature(0x13, 0x01020304), feature(propertiesFeature, propertiesCode), moreFeatures));
    answer(propertiesCode, properties);
}

ReaderFeatures featuresOfReader() {
    return PcscConnection("").features();
}

} // namespace

// OpenSC#802, #1354, #1118, #677, #715, CCID#27, PCSC#106: what the driver carries decides.
TEST_CASE("Extended length needs the card's word, T=1 and a reader that carries it") {
    fakePcsc().restartWithCard();
    CHECK(PcscConnection("").supportsExtendedLength());
    CHECK(PcscConnection("").maximumResponseLength() == 65535);

    readerWithProperties(concat(Bytes{0x01, 0x02, 0x00, 0x00}, apduDataSize(1014)));
    CHECK(PcscConnection("").maximumResponseLength() == 1014);
    CHECK(PcscConnection("").maximumCommandLength() == 1023);
    readerWithProperties(apduDataSize(0));
    CHECK_FALSE(PcscConnection("").supportsExtendedLength());
    CHECK(PcscConnection("").maximumCommandLength() == 261);
    readerWithProperties(apduDataSize(0x10000));
    CHECK(PcscConnection("").maximumResponseLength() == 65535);

    fakePcsc().restart();
    fakePcsc().plugIn("Reader");
    fakePcsc().insertCard("Reader", fromHex("3B8580018073C0010000"));
    CHECK_FALSE(PcscConnection("").supportsExtendedLength());
    CHECK(PcscConnection("").readerMaximumLength() == 65535); // EF.ATR/INFO may say more

    fakePcsc().restartWithCard();
    fakePcsc().setProtocol(SCARD_PROTOCOL_T0);
    CHECK(PcscConnection("").readerMaximumLength() == 256);
}

// OpenSC knows these by name, for their drivers do not say it.
TEST_CASE("Readers that are known to carry less and do not say so are not asked for more") {
    fakePcsc().restartWithCard("REINER SCT cyberJack RFID komfort (1234567890) 00 00");
    CHECK(PcscConnection("").maximumResponseLength() == 1014);
    fakePcsc().restartWithCard("Secure Flash Card 00");
    CHECK(PcscConnection("").maximumResponseLength() == 506);
    // What the reader says itself counts.
    fakePcsc().restartWithCard("REINER SCT cyberJack");
    answer(CM_IOCTL_GET_FEATURE_REQUEST, feature(propertiesFeature, propertiesCode));
    answer(propertiesCode, apduDataSize(4096));
    CHECK(PcscConnection("").maximumResponseLength() == 4096);
}

TEST_CASE("A reader without features is one that carries APDUs and no more") {
    fakePcsc().restartWithCard();
    CHECK(featuresOfReader() == ReaderFeatures{});
    CHECK(PcscConnection("").paceReader() == nullptr);
}

TEST_CASE("PIN pad, display and properties are told") {
    readerWithProperties(fromHex("0102 1002 0601 04 0701 0C 0803 312E32 0B02 2C0C 0C02 0300"),
                         concat(feature(FEATURE_VERIFY_PIN_DIRECT, 1), feature(FEATURE_MODIFY_PIN_START, 2),
                                feature(FEATURE_MODIFY_PIN_FINISH, 3)));
    const auto features = featuresOfReader();
    CHECK(features.verifyPin);
    CHECK(features.modifyPin);
    CHECK(features.display);
    CHECK(features.minimumPinSize == 4);
    CHECK(features.maximumPinSize == 12);
    CHECK(features.firmware == "1.2");
    CHECK(features.vendor == 0x0C2C);
    CHECK(features.product == 0x0003);

    // Half of a pair is nothing.
    readerWithProperties({}, feature(FEATURE_MODIFY_PIN_START, 2));
    CHECK_FALSE(featuresOfReader().modifyPin);

    // The display of a reader that tells it with its PIN properties.
    readerWithProperties({}, feature(FEATURE_IFD_PIN_PROPERTIES, pinPropertiesCode));
    answer(pinPropertiesCode, fromHex("02100700"));
    CHECK(featuresOfReader().display);
    answer(pinPropertiesCode, fromHex("00000700"));
    CHECK_FALSE(featuresOfReader().display);
}

// OpenSC keeps a list of readers that claim a PIN pad and have none.
TEST_CASE("A PIN pad is not believed of OMNIKEY readers that only claim one") {
    readerWithProperties(fromHex("0B02 6B07 0C02 3130"), feature(FEATURE_VERIFY_PIN_DIRECT, 1));
    CHECK(featuresOfReader().vendor == 0x076B);
    CHECK_FALSE(featuresOfReader().verifyPin);
    readerWithProperties(fromHex("0B02 6B07 0C02 2130"), feature(FEATURE_VERIFY_PIN_DIRECT, 1));
    CHECK(featuresOfReader().verifyPin);
}

// OpenSC's search for a property reads behind the end of an answer that is cut off.
TEST_CASE("Every cut of an answer about features is read without harm") {
    const Bytes codes = concat(feature(FEATURE_VERIFY_PIN_DIRECT, 1), feature(propertiesFeature, 2));
    for (std::size_t size = 0; size <= codes.size(); ++size) {
        const auto decoded = decodeFeatureCodes(BytesView(codes).first(size));
        CHECK(decoded.size() == size / 6);
    }
    const Bytes properties = concat(apduDataSize(1014), fromHex("0B02 6B07"));
    for (std::size_t size = 0; size <= properties.size(); ++size) {
        ReaderFeatures features;
        takeProperties(BytesView(properties).first(size), features);
        CHECK(features.maximumApduDataSize.has_value() == (size >= 6));
        CHECK(features.vendor.has_value() == (size == properties.size()));
    }
    ReaderFeatures features;
    takeProperties(fromHex("0A02 0102 0B04 01020304"), features); // of wrong sizes
    CHECK(features == ReaderFeatures{});
}

namespace {

void readerWithPace(const char* capabilities, const FakePcsc::Control& establish = {}) {
    fakePcsc().restartWithCard();
    answer(CM_IOCTL_GET_FEATURE_REQUEST, feature(FEATURE_EXECUTE_PACE, paceCode));
    fakePcsc().setControl(paceCode, [capabilities, establish](BytesView input) {
        const Bytes bits = fromHex(capabilities);
        return input[0] == 0x01 ? concat(fromHex("00000000 0100"), bits) : establish(input);
    });
}

} // namespace

TEST_CASE("A reader that runs PACE is found, asked, and told to end the channel") {
    std::vector<std::string> inputs;
    readerWithPace("C0", [&](BytesView input) {
        inputs.push_back(toHex(input));
        return fromHex("00000000 0600 9000 0200 3100");
    });
    PcscConnection connection("");
    PaceReader* reader = connection.paceReader();
    REQUIRE(reader != nullptr);
    CHECK(reader->paceCapabilities() == PaceCapabilities{true, false, false, true});
    CHECK(toHex(reader->establishPaceChannel({.passwordId = 2}).cardAccess) == "3100");
    reader->destroyPaceChannel();
    CHECK(inputs == std::vector<std::string>{"0205000200000000", "030000"});
}

TEST_CASE("A reader is not asked for what its capabilities leave out") {
    readerWithPace("20");
    CHECK(PcscConnection("").paceReader() == nullptr);
    readerWithPace("40");
    PcscConnection connection("");
    const auto before = fakePcsc().count("SCardControl");
    connection.destroyPaceChannel();
    CHECK(fakePcsc().count("SCardControl") == before);
    fakePcsc().restartWithCard();
    PcscConnection without("");
    CHECK_THROWS_AS(static_cast<void>(without.establishPaceChannel({})), BadConfiguration);
}

TEST_CASE("A card that is lost while the reader runs PACE is a lost card") {
    readerWithPace("40");
    PcscConnection connection("");
    fakePcsc().fail("SCardControl", SCARD_W_RESET_CARD, 1);
    CHECK_THROWS_AS(static_cast<void>(connection.establishPaceChannel({})), CardReset);
    fakePcsc().removeCard("Counter Reader 00 00");
    fakePcsc().fail("SCardControl", SCARD_F_COMM_ERROR, 1);
    CHECK_THROWS_AS(static_cast<void>(connection.establishPaceChannel({})), CardRemoved);
}
