// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_2.hpp"
#include "host/lds/data_group_3.hpp"
#include "host/lds/data_group_4.hpp"

#include "host/base/error.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::biometric;
using namespace cancuoc::lds;

namespace {

// SOI, SOF0 of a grey picture of 300 x 400, EOI: a header without a picture behind it.
const Bytes jpegHeader = fromHex("FFD8FFC0000B080190012C01011100FFD9");
const Bytes pngHeader = fromHex("89504E470D0A1A0A0000000D494844520000014500000177");

} // namespace

TEST_CASE("DG2 of the BSI reference data set") {
    const Bytes file = test::readTestData("bsi-reference/Datagroup2.bin");
    const DataGroup2 dataGroup = DataGroup2::decode(file);
    REQUIRE(dataGroup.templates.size() == 1);
    const BiometricHeader& header = dataGroup.templates.front().header;
    CHECK(header.biometricType == biometricTypeFace);
    CHECK(header.formatOwner == formatOwnerSc37);
    CHECK(header.formatType == formatTypeFace);

    const auto records = dataGroup.records();
    REQUIRE(records.size() == 1);
    REQUIRE(records.front().images.size() == 1);
    const FacialImage& image = records.front().images.front();
    CHECK(image.faceImageType == 1);
    CHECK(image.imageDataType == 1);
    CHECK(image.width == 337);
    CHECK(image.height == 449);
    // The picture itself is larger than the record says.
    CHECK(readImageHeader(image.image) == ImageHeader{ImageFormat::Jpeg2000, 413, 531});

    CHECK(records.front().encode() == dataGroup.templates.front().dataBlock);
}

TEST_CASE("DG3 of the BSI reference data set") {
    const Bytes file = test::readTestData("bsi-reference/Datagroup3.bin");
    const DataGroup3 dataGroup = DataGroup3::decode(file);
    REQUIRE(dataGroup.templates.size() == 2);
    CHECK(dataGroup.templates[0].header.biometricSubtype == 0x09);
    CHECK(dataGroup.templates[0].header.formatType == formatTypeFingerImage);

    const auto records = dataGroup.records();
    REQUIRE(records.size() == 2);
    CHECK(records[0].acquisitionLevel == 31);
    CHECK(records[0].horizontalScanResolution == 500);
    CHECK(records[0].compression == FingerCompression::Wsq);
    REQUIRE(records[0].images.size() == 1);
    const FingerImage& finger = records[0].images.front();
    CHECK(finger.position == static_cast<std::uint8_t>(FingerPosition::RightIndex));
    CHECK(finger.width == 620);
    CHECK(finger.height == 620);
    CHECK(readImageHeader(finger.image) == ImageHeader{ImageFormat::Wsq, 620, 620});
    for (std::size_t index = 0; index < records.size(); ++index) {
        CHECK(records[index].encode() == dataGroup.templates[index].dataBlock);
    }
}

TEST_CASE("DG2 of a portrait of 300 x 400") {
    const DataGroup2 dataGroup = DataGroup2::of(FacialRecord::fullFrontal(jpegHeader));
    const Bytes file = dataGroup.encode();
    CHECK(DataGroup2::decode(file) == dataGroup);
    const FacialImage image = DataGroup2::decode(file).records().front().images.front();
    CHECK(image.width == 300);
    CHECK(image.height == 400);
    CHECK(image.imageDataType == 0);
    CHECK(image.image == jpegHeader);
    // Doc 9303-10, 4.7.2: group, count, template and header come in this order
    CHECK(toHex(file).starts_with("755B7F61580201017F6052A10E810102820100870201018802"
                                  "00085F2E"));
}

TEST_CASE("DG3 of two index fingers as PNG") {
    const DataGroup3 dataGroup =
        DataGroup3::of({FingerRecord::plainImpression(FingerPosition::LeftIndex, pngHeader),
                        FingerRecord::plainImpression(FingerPosition::RightIndex, pngHeader)});
    const Bytes file = dataGroup.encode();
    const DataGroup3 read = DataGroup3::decode(file);
    CHECK(read == dataGroup);
    CHECK(read.templates[0].header.biometricSubtype == 0x0A); // Doc 9303-10, 4.7.3.2.4
    CHECK(read.templates[1].header.biometricSubtype == 0x09);
    const auto records = read.records();
    CHECK(records[0].compression == FingerCompression::Png);
    CHECK(records[0].images.front().width == 325);
    CHECK(records[0].images.front().height == 375);
    CHECK(records[0].images.front().position == static_cast<std::uint8_t>(FingerPosition::LeftIndex));
}

TEST_CASE("DG3 without fingers keeps the issuer's random content") {
    DataGroup3 dataGroup;
    dataGroup.issuerContent = fromHex("0123456789ABCDEF");
    const Bytes file = dataGroup.encode();
    CHECK(toHex(file) == "63107F610302010053080123456789ABCDEF");
    CHECK(DataGroup3::decode(file) == dataGroup);
}

TEST_CASE("pictures that the records cannot carry are refused") {
    CHECK_THROWS_AS((void)FacialRecord::fullFrontal(pngHeader), MalformedData);
    CHECK_THROWS_AS((void)FacialRecord::fullFrontal({}), MalformedData);
    CHECK_THROWS_AS((void)FingerRecord::plainImpression(FingerPosition::LeftIndex, fromHex("424D")),
                    MalformedData);
    FingerRecord two = FingerRecord::plainImpression(FingerPosition::LeftIndex, pngHeader);
    two.images.push_back(two.images.front());
    CHECK_THROWS_AS((void)DataGroup3::of({two}), MalformedData);
}

TEST_CASE("malformed biometric files are refused") {
    const Bytes face = DataGroup2::of(FacialRecord::fullFrontal(jpegHeader)).encode();
    const Bytes fingers =
        DataGroup3::of({FingerRecord::plainImpression(FingerPosition::LeftIndex, pngHeader)}).encode();
    for (std::size_t size = 0; size < face.size(); ++size) {
        CHECK_THROWS_AS((void)DataGroup2::decode(BytesView(face).first(size)), MalformedData);
    }
    for (std::size_t size = 0; size < fingers.size(); ++size) {
        CHECK_THROWS_AS((void)DataGroup3::decode(BytesView(fingers).first(size)), MalformedData);
    }
    CHECK_THROWS_AS((void)DataGroup2::decode(fromHex("75067F6103020100")), MalformedData); // no face
    CHECK_THROWS_AS((void)DataGroup3::decode(fromHex("63067F610302010A")), MalformedData); // ten templates
    CHECK_THROWS_AS((void)DataGroup3::decode(fromHex("63067F6103020101")),
                    MalformedData); // one, but none there
    CHECK_THROWS_AS((void)DataGroup2::decode(Bytes(DataGroup2::maximumLength + 1)), MalformedData);
}

TEST_CASE("DG4 with two irises, and with none, is written and read") {
    DataGroup4 dataGroup;
    for (const std::uint8_t side : {std::uint8_t{0x01}, std::uint8_t{0x02}}) {
        BiometricInformation information;
        information.header.biometricType = biometricTypeIris;
        information.header.biometricSubtype = side;
        information.header.formatType = 0x0009;
        information.dataBlock = fromHex("49495200303130300000");
        dataGroup.templates.push_back(information);
    }
    const Bytes file = dataGroup.encode();
    CHECK(file[0] == 0x76);
    CHECK(DataGroup4::decode(file) == dataGroup);

    DataGroup4 empty; // Doc 9303-10, table 57
    empty.issuerContent = fromHex("0102030405060708");
    CHECK(empty.encode() == fromHex("7610 7F6103020100 53080102030405060708"));
    CHECK(DataGroup4::decode(empty.encode()) == empty);
    CHECK_THROWS_AS(static_cast<void>(DataGroup4::decode(fromHex("6306 7F6103020100"))), MalformedData);
}
