// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/biometric_images.hpp"

#include "host/base/error.hpp"
#include "host/biometric/face_image_data_block.hpp"
#include "host/biometric/facial_record.hpp"
#include "host/biometric/finger_image_data_block.hpp"
#include "host/biometric/finger_record.hpp"
#include "host/biometric/iris_image_data_block.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::biometric;

namespace {

const Bytes portrait = test::readTestData("images/portrait.jpg");
const Bytes print = test::readTestData("images/portrait-grey.png");

BiometricInformation recordOf(Bytes record, std::uint16_t formatType) {
    return BiometricInformation::ofRecord(biometricTypeFace, 0, formatType, std::move(record));
}

} // namespace

TEST_CASE("faces come out of both generations alike") {
    const auto records = faceImages(recordOf(FacialRecord::fullFrontal(portrait).encode(), formatTypeFace));
    const auto blocks = faceImages(BiometricInformation::ofDataBlock(
        biometricTypeFace, 0, formatTypeFaceBlock, FaceImageDataBlock::of(portrait).encode()));
    REQUIRE(records.size() == 1);
    CHECK(records == blocks);
    CHECK(records[0].format == ImageFormat::Jpeg);
    CHECK(records[0].width == 60);
    CHECK(records[0].height == 80);
    CHECK(records[0].data == portrait);
    CHECK(records[0].pixels() == decodePixels(portrait));
}

TEST_CASE("the data count, where the header says something else") {
    const Bytes record = FacialRecord::fullFrontal(portrait).encode();
    const Bytes block = FaceImageDataBlock::of(portrait).encode();
    CHECK(faceImages(recordOf(record, formatTypeFaceBlock)).size() == 1);
    CHECK(faceImages(recordOf(record, 0x1234)).size() == 1);
    // a block without the data object A1 around it, and in a primitive one
    CHECK(faceImages(recordOf(block, formatTypeFace)).size() == 1);
    auto wrapped = BiometricInformation::ofDataBlock(biometricTypeFace, 0, formatTypeFace, block);
    CHECK(faceImages(wrapped).size() == 1);
    wrapped.constructedBlock = false;
    CHECK(faceImages(wrapped).size() == 1);
}

TEST_CASE("data of another part or format are refused with the format's name") {
    const Bytes finger = FingerRecord::plainImpression(FingerPosition::LeftIndex, print).encode();
    CHECK_THROWS_AS((void)faceImages(recordOf(finger, formatTypeFingerImage)), MalformedData);
    CHECK_THROWS_AS((void)faceImages(recordOf({}, formatTypeFace)), MalformedData);
    CHECK_THROWS_AS(
        (void)fingerImages(recordOf(FacialRecord::fullFrontal(portrait).encode(), formatTypeFace)),
        MalformedData);
    try {
        (void)irisImages(recordOf(fromHex("01020304"), 0x001B));
        FAIL("unknown data were read");
    } catch (const MalformedData& error) {
        CHECK(std::string(error.what()).find("owner 0101, type 001B") != std::string::npos);
    }
}

TEST_CASE("fingers come out of both generations with their position") {
    const auto records = fingerImages(recordOf(
        FingerRecord::plainImpression(FingerPosition::LeftIndex, print).encode(), formatTypeFingerImage));
    const auto blocks = fingerImages(BiometricInformation::ofDataBlock(
        biometricTypeFinger, 0, formatTypeFingerBlock,
        FingerImageDataBlock::of(FingerPosition::LeftIndex, print).encode()));
    REQUIRE(records.size() == 1);
    REQUIRE(blocks.size() == 1);
    CHECK(records[0].position == 7);
    CHECK(blocks[0].position == 7);
    CHECK(records[0].image == blocks[0].image);
}

TEST_CASE("finger images without compression are read by the record's dimensions") {
    FingerRecord record;
    record.images = {FingerImage{7, 1, 1, 254, 0, 3, 2, fromHex("000102030405")}};
    auto images = fingerImages(recordOf(record.encode(), formatTypeFingerImage));
    CHECK(images.at(0).image.format == ImageFormat::Raw);
    CHECK(images.at(0).image.pixels() == Pixels{3, 2, 1, fromHex("000102030405")});
    record.compression = FingerCompression::BitPacked;
    record.pixelDepth = 4;
    record.images[0].image = fromHex("0F0F0F");
    images = fingerImages(recordOf(record.encode(), formatTypeFingerImage));
    CHECK(images.at(0).image.pixels() == Pixels{3, 2, 1, fromHex("00FF00FF00FF")});
    record.images[0].image = fromHex("0F0F");
    images = fingerImages(recordOf(record.encode(), formatTypeFingerImage));
    CHECK_THROWS_AS((void)images.at(0).image.pixels(), MalformedData);
}

TEST_CASE("irises come out of both generations with their eye") {
    const auto blocks = irisImages(BiometricInformation::ofDataBlock(
        biometricTypeIris, 0, formatTypeIrisBlock, IrisImageDataBlock::of(Eye::Left, print, 2099).encode()));
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].eye == Eye::Left);
    CHECK(blocks[0].image.data == print);

    IrisRecord record;
    record.format = IrisRecordFormat::ColourRaw;
    record.width = 2;
    record.height = 1;
    IrisImage image;
    image.image = fromHex("010203040506");
    record.eyes = {{Eye::Right, {image}}, {Eye::Left, {image}}};
    const auto records = irisImages(recordOf(record.encode(), formatTypeIris));
    REQUIRE(records.size() == 2);
    CHECK(records[0].eye == Eye::Right);
    CHECK(records[1].eye == Eye::Left);
    CHECK(records[1].image.pixels() == Pixels{2, 1, 3, fromHex("010203040506")});
}
