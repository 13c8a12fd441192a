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

// Samples of ICAO's application profile of ISO/IEC 39794-5, with a drawn portrait.
TEST_CASE("DG2 of the application profile, byte for byte") {
    for (const auto* name : {"iso39794/dg2-mandatory-fields.bin", "iso39794/dg2-all-fields.bin"}) {
        CAPTURE(name);
        const Bytes file = test::readTestData(name);
        const DataGroup2 dataGroup = DataGroup2::decode(file);
        CHECK(dataGroup.encode() == file);
        REQUIRE(dataGroup.templates.size() == 1);
        const BiometricInformation& information = dataGroup.templates.front();
        CHECK(information.header.formatType == formatTypeFaceBlock);
        CHECK(information.constructedBlock);
        const auto block = information.wrappedDataBlock();
        REQUIRE(block.has_value());
        CHECK(FaceImageDataBlock::decode(*block).encode() == toBytes(*block));

        const auto images = dataGroup.images();
        REQUIRE(images.size() == 1);
        CHECK(images.front().format == ImageFormat::Jpeg2000);
        CHECK(images.front().width == 60);
        CHECK(images.front().height == 80);
        CHECK(images.front().data == test::readTestData("images/portrait.jp2"));
        CHECK_THROWS_AS((void)dataGroup.records(), MalformedData); // no ISO/IEC 19794-5
    }
}

TEST_CASE("the fields of the application profile are all read") {
    const auto dataGroup = DataGroup2::decode(test::readTestData("iso39794/dg2-all-fields.bin"));
    const auto block = FaceImageDataBlock::decode(dataGroup.templates.front().wrappedDataBlock().value());
    const FaceRepresentationBlock& face = block.representations.at(0);
    CHECK(face.captureDateTime.has_value());
    CHECK_FALSE(face.qualityBlocks.empty());
    CHECK(face.presentationAttackDetection.has_value());
    CHECK(face.sessionId.has_value());
    CHECK(face.captureProduct.has_value());
    CHECK(face.identityMetadata.value().pose.value().yaw.has_value());
    CHECK_FALSE(face.landmarks.empty());
    CHECK(face.image.captureDevice.value().spectra.has_value());
    const FaceImageInformationBlock& information = face.image.information;
    CHECK(information.kind.value().value() == 0); // MRTD
    CHECK(information.postAcquisitionProcessing.has_value());
    CHECK(information.cameraToSubjectDistance.has_value());
    CHECK(information.size.has_value());
    CHECK(information.measurements.has_value());
    CHECK(information.colourSpace.has_value());
    CHECK(information.referenceColours.has_value());
}

TEST_CASE("the images of the reference data set are decoded") {
    const auto faces = DataGroup2::decode(test::readTestData("bsi-reference/Datagroup2.bin")).images();
    REQUIRE(faces.size() == 1);
    CHECK(faces.front().format == ImageFormat::Jpeg2000);
    CHECK(faces.front().width == 413);
    CHECK(faces.front().height == 531);
    CHECK(faces.front().pixels().data.size() == std::size_t{413} * 531 * 3);

    const auto fingers = DataGroup3::decode(test::readTestData("bsi-reference/Datagroup3.bin")).fingers();
    REQUIRE(fingers.size() == 2);
    CHECK(fingers[0].position == static_cast<std::uint16_t>(FingerPosition::RightIndex));
    CHECK(fingers[1].position == static_cast<std::uint16_t>(FingerPosition::LeftIndex));
    for (const EncodedFinger& finger : fingers) {
        CHECK(finger.image.format == ImageFormat::Wsq);
        CHECK(finger.image.pixels().data.size() == std::size_t{620} * 620);
    }
}

TEST_CASE("DG2 of a face image data block is what the application profile has") {
    const Bytes portrait = test::readTestData("images/portrait.jp2");
    const DataGroup2 written = DataGroup2::of(FaceImageDataBlock::of(portrait));
    const DataGroup2 sample = DataGroup2::decode(test::readTestData("iso39794/dg2-mandatory-fields.bin"));
    CHECK(written.templates.front().dataBlock == sample.templates.front().dataBlock);
    CHECK(DataGroup2::decode(written.encode()) == written);
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

TEST_CASE("DG3 of two index fingers as finger image data blocks") {
    const DataGroup3 dataGroup =
        DataGroup3::of({FingerImageDataBlock::of(FingerPosition::LeftIndex, pngHeader),
                        FingerImageDataBlock::of(FingerPosition::RightIndex, pngHeader)});
    const DataGroup3 read = DataGroup3::decode(dataGroup.encode());
    CHECK(read == dataGroup);
    CHECK(read.templates[0].header.biometricSubtype == 0x0A);
    CHECK(read.templates[1].header.biometricSubtype == 0x09);
    CHECK(read.templates[0].header.formatType == formatTypeFingerBlock);
    const auto fingers = read.fingers();
    REQUIRE(fingers.size() == 2);
    CHECK(fingers[0].position == static_cast<std::uint16_t>(FingerPosition::LeftIndex));
    CHECK(fingers[1].position == static_cast<std::uint16_t>(FingerPosition::RightIndex));
    CHECK(fingers[1].image.format == ImageFormat::Png);
    CHECK(fingers[1].image.data == pngHeader);
}

TEST_CASE("DG3 of both generations gives its fingers alike") {
    const Bytes sample = test::readTestData("iso39794/finger-39794-4.der");
    const auto block = FingerImageDataBlock::decode(sample);
    DataGroup3 dataGroup = DataGroup3::of(std::vector{block});
    CHECK(toBytes(dataGroup.templates.front().wrappedDataBlock().value()) == sample);
    const auto old = DataGroup3::of(
        {FingerRecord::plainImpression(FingerPosition::RightIndex, block.representations.front().data)});
    dataGroup.templates.push_back(old.templates.front());
    const auto fingers = DataGroup3::decode(dataGroup.encode()).fingers();
    REQUIRE(fingers.size() == 2);
    CHECK(fingers[0] == fingers[1]);
    CHECK(fingers[0].image.pixels().width == 24);
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
    FingerImageDataBlock both = FingerImageDataBlock::of(FingerPosition::LeftIndex, pngHeader);
    both.representations.push_back(both.representations.front());
    CHECK_THROWS_AS((void)DataGroup3::of({both}), MalformedData);
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

TEST_CASE("DG4 of two irises, as records and as data blocks") {
    const Bytes picture = test::readTestData("images/portrait-grey.j2k");
    const auto check = [&picture](const DataGroup4& dataGroup) {
        const Bytes file = dataGroup.encode();
        CHECK(file[0] == 0x76);
        const DataGroup4 read = DataGroup4::decode(file);
        CHECK(read == dataGroup);
        REQUIRE(read.templates.size() == 2);
        CHECK(read.templates[0].header.biometricType == biometricTypeIris);
        CHECK(read.templates[0].header.biometricSubtype == 0x01); // Doc 9303-10, table 56: right
        CHECK(read.templates[1].header.biometricSubtype == 0x02);
        const auto irises = read.irises();
        REQUIRE(irises.size() == 2);
        CHECK(irises[0].eye == Eye::Right);
        CHECK(irises[1].eye == Eye::Left);
        CHECK(irises[1].image.format == ImageFormat::Jpeg2000Codestream);
        CHECK(irises[1].image.data == picture);
    };
    check(DataGroup4::of({IrisRecord::of(Eye::Right, picture), IrisRecord::of(Eye::Left, picture)}));
    check(DataGroup4::of({IrisImageDataBlock::of(Eye::Right, picture, 2099),
                          IrisImageDataBlock::of(Eye::Left, picture, 2099)}));
}

TEST_CASE("DG4 without irises, and with what it cannot carry") {
    DataGroup4 empty; // Doc 9303-10, table 57
    empty.issuerContent = fromHex("0102030405060708");
    CHECK(empty.encode() == fromHex("7610 7F6103020100 53080102030405060708"));
    CHECK(DataGroup4::decode(empty.encode()) == empty);
    CHECK(empty.irises().empty());
    CHECK_THROWS_AS(static_cast<void>(DataGroup4::decode(fromHex("6306 7F6103020100"))), MalformedData);

    IrisRecord both = IrisRecord::of(Eye::Right, test::readTestData("images/portrait-grey.j2k"));
    both.eyes.push_back(both.eyes.front());
    CHECK_THROWS_AS((void)DataGroup4::of({both}), MalformedData);
    DataGroup4 faces;
    faces.templates = DataGroup2::of(FacialRecord::fullFrontal(jpegHeader)).templates;
    CHECK_THROWS_AS((void)faces.irises(), MalformedData);
}
