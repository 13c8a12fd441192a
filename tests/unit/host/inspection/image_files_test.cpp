// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/image_files.hpp"

#include <doctest/doctest.h>

#include "host/base/file.hpp"
#include "host/inspection/inspection_json.hpp"
#include "host/lds/data_group_5.hpp"
#include "tests/unit/temporary_directory.hpp"
#include "tests/unit/test_data.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using lds::FileId;

namespace {

constexpr std::size_t maximumSize = std::size_t{1} << 20;

InspectionResult withFace(Bytes image) {
    const auto header = biometric::readImageHeader(image);
    InspectionResult result;
    result.face = {header.format, header.width, header.height, 1, 8, std::move(image)};
    result.shownFace = ShownImage::of(*result.face);
    return result;
}

} // namespace

TEST_CASE("a JPEG face is stored as it is, and nothing beside it") {
    const test::TemporaryDirectory directory;
    const auto result = withFace(test::readTestData("images/portrait.jpg"));
    const auto stored = storeImages(result, directory.path());
    CHECK(stored.face.encoded == "face.jpg");
    CHECK(stored.face.displayable.empty());
    CHECK(stored.face.defect.empty());
    CHECK(readFile(directory.path() / "face.jpg", maximumSize) == result.face->data);
    CHECK_FALSE(std::filesystem::exists(directory.path() / "face.png"));
    const auto json = toJson(result, stored)["face"];
    CHECK(json["file"] == "face.jpg");
    CHECK_FALSE(json.contains("displayableFile"));
}

TEST_CASE("a JPEG 2000 face is stored as it is, and as PNG with the same pixels") {
    for (const bool isCodestream : {false, true}) {
        CAPTURE(isCodestream);
        const std::string name = isCodestream ? "face.j2k" : "face.jp2";
        const test::TemporaryDirectory directory;
        const auto result =
            withFace(test::readTestData(isCodestream ? "images/portrait-grey.j2k" : "images/portrait.jp2"));
        const auto stored = storeImages(result, directory.path());
        CHECK(stored.face.encoded == name);
        CHECK(stored.face.displayable == "face.png");
        CHECK(stored.face.defect.empty());
        CHECK(readFile(directory.path() / name, maximumSize) == result.face->data);
        const Bytes png = readFile(directory.path() / "face.png", maximumSize);
        CHECK(biometric::readImageHeader(png) == biometric::ImageHeader{biometric::ImageFormat::Png, 60, 80});
        CHECK(biometric::decodePixels(png) == result.face->pixels());
        const auto json = toJson(result, stored)["face"];
        CHECK(json["format"] == "jpeg2000");
        CHECK(json["width"] == 60);
        CHECK(json["height"] == 80);
        CHECK(json["file"] == name);
        CHECK(json["displayableFile"] == "face.png");
        CHECK_FALSE(json.contains("defect"));
    }
}

TEST_CASE("a damaged JPEG 2000 face is stored as it is, and told") {
    const test::TemporaryDirectory directory;
    Bytes image = test::readTestData("images/portrait.jp2");
    image.resize(120);
    const auto result = withFace(std::move(image));
    REQUIRE(biometric::isJpeg2000(result.face->format));
    const auto stored = storeImages(result, directory.path());
    CHECK(stored.face.encoded == "face.jp2");
    CHECK(stored.face.displayable.empty());
    CHECK_FALSE(stored.face.defect.empty());
    CHECK_FALSE(std::filesystem::exists(directory.path() / "face.png"));
    CHECK(toJson(result, stored)["face"]["defect"] == stored.face.defect);
}

TEST_CASE(
    "the fingers, irises, portraits and signatures of the published data set are stored for people to see") {
    const test::TemporaryDirectory directory;
    InspectionResult result;
    const auto take = [&](FileId file, const Bytes& content) {
        for (auto& image : imagesIn(file, content)) {
            image.shown = ShownImage::of(image.encoded);
            result.images.push_back(std::move(image));
        }
    };
    take(FileId::DataGroup3, test::readTestData("bsi-reference/Datagroup3.bin"));
    take(FileId::DataGroup4, test::readTestData("bsi-reference/Datagroup4.bin"));
    take(FileId::DataGroup5, lds::DataGroup5{{test::readTestData("images/portrait.jpg"),
                                              test::readTestData("images/portrait.jp2")}}
                                 .encode());
    const auto stored = storeImages(result, directory.path());
    const auto json = toJson(result, stored)["images"];
    constexpr std::pair<std::string_view, std::string_view> expected[] = {
        {"DG3-1-right-index-finger.wsq", "DG3-1-right-index-finger.png"},
        {"DG3-2-left-index-finger.wsq", "DG3-2-left-index-finger.png"},
        {"DG4-1-right-iris.jp2", "DG4-1-right-iris.png"},
        {"DG4-2-left-iris.jp2", "DG4-2-left-iris.png"},
        {"DG5-1-displayed-portrait.jpg", ""},
        {"DG5-2-displayed-portrait.jp2", "DG5-2-displayed-portrait.png"}};
    REQUIRE(json.size() == std::size(expected));
    for (std::size_t index = 0; index < json.size(); ++index) {
        const auto& [file, displayable] = expected[index];
        CHECK(json[index]["file"] == file);
        CHECK(readFile(directory.path() / file, maximumSize) == result.images[index].encoded.data);
        CHECK(isImageFile(file));
        CHECK(json[index].value("displayableFile", "") == displayable);
        if (!displayable.empty()) {
            CHECK(biometric::decodePixels(readFile(directory.path() / displayable, maximumSize)) ==
                  result.images[index].encoded.pixels());
        }
    }
    CHECK(json[0]["shows"] == "right index finger");
    CHECK(json[3]["dataGroup"] == 4);
}
