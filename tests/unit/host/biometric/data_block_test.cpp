// SPDX-License-Identifier: Apache-2.0
#include "host/base/error.hpp"
#include "host/biometric/face_image_data_block.hpp"
#include "host/biometric/finger_image_data_block.hpp"
#include "host/biometric/image.hpp"
#include "host/biometric/iris_image_data_block.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace cancuoc;
using namespace cancuoc::biometric;

namespace {

/// Replaces the one place where `before` stands; the lengths around it stay.
Bytes replaced(Bytes block, const std::string& before, const std::string& after) {
    const Bytes pattern = fromHex(before);
    const auto found = std::search(block.begin(), block.end(), pattern.begin(), pattern.end());
    REQUIRE(found != block.end());
    const Bytes changed = fromHex(after);
    REQUIRE(changed.size() == pattern.size());
    std::copy(changed.begin(), changed.end(), found);
    return block;
}

} // namespace

TEST_CASE("the finger image of ISO/IEC 39794-4's example is read, and written byte for byte") {
    const Bytes encoded = test::readTestData("iso39794/finger-39794-4.der");
    const auto block = FingerImageDataBlock::decode(encoded);
    CHECK(block.encode() == encoded);
    CHECK(block.version == VersionBlock{});
    REQUIRE(block.representations.size() == 1);
    const FingerRepresentationBlock& finger = block.representations.front();
    CHECK(finger.position.value() == static_cast<std::uint16_t>(FingerPosition::RightIndex));
    CHECK(finger.impression == Coded<>::of(1));
    CHECK(finger.format == Coded<FingerImageFormat>::of(FingerImageFormat::Png));
    CHECK(readImageHeader(finger.data) == ImageHeader{ImageFormat::Png, 24, 24});
    REQUIRE(finger.captureDateTime.has_value());
    CHECK(finger.captureDateTime->year == 2018);
    REQUIRE(finger.qualityBlocks.size() == 2);
    CHECK(finger.qualityBlocks[0].scoreOrError.score.has_value());
    CHECK(finger.qualityBlocks[1].scoreOrError.error == Coded<>::of(0));
    REQUIRE(finger.segmentations.size() == 1);
    CHECK(finger.segmentations[0].segments.at(0).coordinates.size() == 2);
    REQUIRE(finger.comments.size() == 2);
    CHECK(toText(finger.comments[1]) == "Small finger image");
    CHECK(finger.vendorSpecificData.size() == 2);
    CHECK(toText(finger.presentationAttackDetection.value().challenges.at(0)) == "PAD challenge bytes");
    CHECK(block.later.empty());
}

TEST_CASE("the face image of ISO/IEC 39794-5's example is read, and written byte for byte") {
    const Bytes encoded = test::readTestData("iso39794/face-39794-5.der");
    const auto block = FaceImageDataBlock::decode(encoded);
    CHECK(block.encode() == encoded);
    const FaceRepresentationBlock& face = block.representations.at(0);
    CHECK(readImageHeader(face.image.data).format == ImageFormat::Jpeg);
    REQUIRE(face.landmarks.size() == 2);
    CHECK(face.landmarks[0].coordinates.value().base.value().point.value().x != 0);
}

TEST_CASE("the iris image of ISO/IEC 39794-6's example is read, and written byte for byte") {
    const Bytes encoded = test::readTestData("iso39794/iris-39794-6.der");
    const auto block = IrisImageDataBlock::decode(encoded);
    CHECK(block.encode() == encoded);
    const IrisRepresentationBlock& iris = block.representations.at(0);
    CHECK(iris.eye == Eye::Right);
    CHECK(iris.format == Coded<IrisImageFormat>::of(IrisImageFormat::Png));
    CHECK(iris.bitDepth == 8);
    CHECK(iris.captureDateTime.year == 2019);
    CHECK(iris.range.value().error == 0);
    CHECK(readImageHeader(iris.data).format == ImageFormat::Png);
}

TEST_CASE("blocks of one image are written as the profile has them") {
    const Bytes portrait = test::readTestData("images/portrait.jp2");
    const auto face = FaceImageDataBlock::of(portrait);
    CHECK(FaceImageDataBlock::decode(face.encode()) == face);
    const Bytes sample = test::readTestData("iso39794/dg2-mandatory-fields.bin");
    CHECK(equal(BytesView(sample).last(face.encode().size()), face.encode()));
    const Bytes print = test::readTestData("images/portrait-grey.png");
    const auto finger = FingerImageDataBlock::of(FingerPosition::LeftIndex, print);
    CHECK(FingerImageDataBlock::decode(finger.encode()) == finger);
    const auto iris = IrisImageDataBlock::of(Eye::Left, print, 2099);
    CHECK(IrisImageDataBlock::decode(iris.encode()) == iris);
    CHECK_THROWS_AS((void)FaceImageDataBlock::of(print), MalformedData);
    CHECK_THROWS_AS((void)FingerImageDataBlock::of(FingerPosition::LeftIndex, {}), MalformedData);
    CHECK_THROWS_AS((void)IrisImageDataBlock::of(Eye::Left, {}, 2099), MalformedData);
}

TEST_CASE("elements of later editions are kept") {
    auto block =
        FingerImageDataBlock::of(FingerPosition::LeftIndex, test::readTestData("images/portrait-grey.png"));
    block.version.later = fromHex("820107");
    block.representations[0].later = fromHex("B1038001019F2000"); // [17] and a tag number above 30
    const auto again = FingerImageDataBlock::decode(block.encode());
    CHECK(again == block);
    CHECK(again.representations[0].later == fromHex("B1038001019F2000"));
    block.version.later = fromHex("810107"); // an element that this edition knows, once more
    CHECK_THROWS_AS((void)FingerImageDataBlock::decode(block.encode()), MalformedData);
    block.version.later = fromHex("020107"); // none with a tag of its context
    CHECK_THROWS_AS((void)FingerImageDataBlock::decode(block.encode()), MalformedData);
}

TEST_CASE("of the alternatives of a choice there is one") {
    const auto read = [](const std::string& content) {
        return BlockReader::readBlock<Coded<>>(
            readTlv(encodeTlv(constructedTag(0), fromHex(content)), constructedTag(0), "The choice"));
    };
    CHECK(read("800101") == Coded<>::of(1));
    CHECK(read("A103800101") == Coded<>::fallback(1));
    CHECK_THROWS_AS((void)read(""), MalformedData);
    CHECK_THROWS_AS((void)read("800101A103800101"), MalformedData);
}

TEST_CASE("codes that later editions add are read with their fallback") {
    CHECK(Coded<>::of(7).value() == 7);
    CHECK(Coded<>::fallback(7).value() == 7);
    CHECK_FALSE(Coded<>{}.value().has_value());
    CHECK(BlockWriter::contentOf(Coded<>::of(999)) == fromHex("800203E7"));
    CHECK(BlockWriter::contentOf(Coded<>::fallback(0)) == fromHex("A103800100"));
}

TEST_CASE("numbers take as few bytes as keep their sign") {
    const auto angle = [](std::int16_t degrees) {
        AngleBlock block;
        block.angle = degrees;
        return toHex(BlockWriter::contentOf(block));
    };
    CHECK(angle(0) == "800100");
    CHECK(angle(127) == "80017F");
    CHECK(angle(128) == "80020080");
    CHECK(angle(-128) == "800180");
    CHECK(angle(-129) == "8002FF7F");
    CHECK_THROWS_AS((void)angle(181), MalformedData);
}

TEST_CASE("malformed data blocks are refused") {
    const Bytes whole = test::readTestData("iso39794/finger-39794-4.der");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_THROWS_AS((void)FingerImageDataBlock::decode(BytesView(whole).first(size)), MalformedData);
    }
    const auto refused = [&whole](const std::string& before, const std::string& after) {
        CAPTURE(before);
        CHECK_THROWS_AS((void)FingerImageDataBlock::decode(replaced(whole, before, after)), MalformedData);
    };
    refused("64820430", "65820430");             // a face
    refused("800103810207E3", "800102810207E3"); // generation 2
    refused("810207E3A182", "820207E3A182");     // no year
    refused("A003800102A1", "A103800102A1");     // no position
    refused("A003800102A1", "A003820102A1");     // neither code nor extension
    refused("A103800101A2", "A103880101A2");     // an alternative that the schema does not know
    refused("8101018801", "8001018801");         // the first element twice, and no second
    CHECK_THROWS_AS((void)FingerImageDataBlock::decode(fromHex("640BA007800103810207E3A100")), MalformedData);
}
