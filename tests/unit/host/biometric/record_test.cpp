// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/facial_record.hpp"
#include "host/biometric/finger_record.hpp"
#include "host/biometric/iris_record.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::biometric;

namespace {

FacialRecord everyField() {
    FacialImage image;
    image.gender = 2;
    image.eyeColour = 3;
    image.hairColour = 4;
    image.featureMask = 0x010203;
    image.expression = 1;
    image.poseAngle = {1, 2, 3};
    image.poseUncertainty = {4, 5, 6};
    image.featurePoints = {{1, 1, 0, 10, 0, 20, 0, 0}, {1, 2, 0, 30, 0, 40, 0, 0}};
    image.width = 300;
    image.height = 400;
    image.deviceType = 0x1234;
    image.quality = 80;
    image.image = fromHex("FFD8FFD9");
    FacialImage second = image;
    second.featurePoints.clear();
    return FacialRecord{{image, second}};
}

} // namespace

TEST_CASE("a facial record with every field survives writing and reading") {
    const FacialRecord record = everyField();
    CHECK(FacialRecord::decode(record.encode()) == record);
}

TEST_CASE("facial records with wrong lengths are refused") {
    const Bytes whole = everyField().encode();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_THROWS_AS((void)FacialRecord::decode(BytesView(whole).first(size)), MalformedData);
    }
    CHECK_THROWS_AS((void)FacialRecord::decode(concat(whole, Bytes(9))), MalformedData);
    const auto changed = [&whole](std::size_t position, std::uint8_t value) {
        Bytes record = whole;
        record[position] = value;
        return record;
    };
    CHECK_THROWS_AS((void)FacialRecord::decode(changed(0, 'X')), MalformedData);   // format identifier
    CHECK_THROWS_AS((void)FacialRecord::decode(changed(5, '3')), MalformedData);   // version 030
    CHECK_THROWS_AS((void)FacialRecord::decode(changed(13, 1)), MalformedData);    // one image, two are there
    CHECK_THROWS_AS((void)FacialRecord::decode(changed(13, 0)), MalformedData);    // no image
    CHECK_THROWS_AS((void)FacialRecord::decode(changed(14, 0xFF)), MalformedData); // length of the image
    CHECK_THROWS_AS((void)FacialRecord::decode(changed(18, 0xFF)), MalformedData); // number of feature points
}

TEST_CASE("New Zealand and the United Kingdom: the facial record is up to 8 bytes longer than it says") {
    const FacialRecord record = everyField();
    const Bytes whole = record.encode();
    for (const std::size_t excess : {1U, 8U}) {
        CAPTURE(excess);
        CHECK(FacialRecord::decode(concat(whole, Bytes(excess))) == record); // bytes behind the last image
        Bytes shorter = whole;                                               // the length alone is wrong
        shorter[11] = static_cast<std::uint8_t>(shorter[11] - excess);
        REQUIRE(whole[11] >= excess);
        CHECK(FacialRecord::decode(shorter) == record);
    }
    Bytes longer = whole;
    ++longer[11];
    CHECK_THROWS_AS((void)FacialRecord::decode(longer), MalformedData);
}

TEST_CASE("a finger record with several views survives writing and reading") {
    FingerRecord record;
    record.compression = FingerCompression::Wsq;
    record.captureDeviceId = 0x0102;
    record.images = {FingerImage{2, 2, 1, 90, 0, 545, 622, fromHex("FFA0")},
                     FingerImage{2, 2, 2, 91, 0, 545, 622, fromHex("FFA0FFA1")},
                     FingerImage{7, 1, 1, 92, 0, 545, 622, fromHex("FFA0")}};
    CHECK(FingerRecord::decode(record.encode()) == record);
    CHECK(record.encode()[18] == 2); // fingers, not views
}

TEST_CASE("finger records with wrong lengths are refused") {
    FingerRecord record;
    record.images = {FingerImage{7, 1, 1, 92, 0, 2, 2, fromHex("01020304")}};
    const Bytes whole = record.encode();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_THROWS_AS((void)FingerRecord::decode(BytesView(whole).first(size)), MalformedData);
    }
    const auto changed = [&whole](std::size_t position, std::uint8_t value) {
        Bytes bytes = whole;
        bytes[position] = value;
        return bytes;
    };
    CHECK_THROWS_AS((void)FingerRecord::decode(changed(18, 2)), MalformedData);    // fingers
    CHECK_THROWS_AS((void)FingerRecord::decode(changed(29, 9)), MalformedData);    // compression
    CHECK_THROWS_AS((void)FingerRecord::decode(changed(32, 0xFF)), MalformedData); // length of the image
    CHECK_THROWS_AS((void)FingerRecord::decode(changed(35, 1)), MalformedData);    // shorter than its header
}

TEST_CASE("an iris record of both eyes survives writing and reading") {
    IrisRecord record;
    record.captureDeviceId = 0x0102;
    record.imageProperties = 0x0105;
    record.irisDiameter = 200;
    record.format = IrisRecordFormat::GreyRaw;
    record.width = 2;
    record.height = 1;
    record.transformation = 1;
    record.deviceUniqueId = {'D', '0', '1'};
    record.eyes = {{Eye::Right, {IrisImage{1, 51, 0x1234, 0x0010, fromHex("0102")}}},
                   {Eye::Left, {IrisImage{1, 52, 0xFFFF, 0xFFFF, fromHex("0304")}, IrisImage{}}}};
    CHECK(IrisRecord::decode(record.encode()) == record);
}

TEST_CASE("an iris record takes format and dimensions from the image") {
    const Bytes codestream = fromHex("FF4FFF5100290000000001A00000021600000003000000030000");
    const IrisRecord record = IrisRecord::of(Eye::Left, codestream);
    CHECK(record.format == IrisRecordFormat::GreyJpeg2000);
    CHECK(record.width == 413);
    CHECK(record.height == 531);
    CHECK(IrisRecord::decode(record.encode()) == record);
    CHECK_THROWS_AS(
        (void)IrisRecord::of(Eye::Left, fromHex("89504E470D0A1A0A0000000D494844520000014500000177")),
        MalformedData);
}

TEST_CASE("iris records with wrong lengths are refused") {
    IrisRecord record;
    record.eyes = {{Eye::Right, {IrisImage{1, 51, 0, 0, fromHex("01020304")}}}};
    const Bytes whole = record.encode();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_THROWS_AS((void)IrisRecord::decode(BytesView(whole).first(size)), MalformedData);
    }
    CHECK_THROWS_AS((void)IrisRecord::decode(concat(whole, Bytes(1))), MalformedData);
    const auto changed = [&whole](std::size_t position, std::uint8_t value) {
        Bytes bytes = whole;
        bytes.at(position) = value;
        return bytes;
    };
    const auto length = static_cast<std::uint8_t>(whole.size() + 1);
    CHECK_THROWS_AS((void)IrisRecord::decode(concat(changed(11, length), Bytes(1))), MalformedData);
    CHECK_THROWS_AS((void)IrisRecord::decode(changed(14, 0)), MalformedData);    // no eye
    CHECK_THROWS_AS((void)IrisRecord::decode(changed(14, 2)), MalformedData);    // two, one is there
    CHECK_THROWS_AS((void)IrisRecord::decode(changed(16, 46)), MalformedData);   // length of the header
    CHECK_THROWS_AS((void)IrisRecord::decode(changed(45, 3)), MalformedData);    // a third eye
    CHECK_THROWS_AS((void)IrisRecord::decode(changed(47, 0)), MalformedData);    // no image
    CHECK_THROWS_AS((void)IrisRecord::decode(changed(47, 0xFF)), MalformedData); // more images
    CHECK_THROWS_AS((void)IrisRecord::decode(changed(55, 0xFF)), MalformedData); // length of the image
}
