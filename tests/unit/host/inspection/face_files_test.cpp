// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/face_files.hpp"

#include <doctest/doctest.h>

#include "host/base/file.hpp"
#include "host/inspection/inspection_json.hpp"
#include "tests/unit/temporary_directory.hpp"
#include "tests/unit/test_data.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;

namespace {

constexpr std::size_t maximumSize = std::size_t{1} << 20;

biometric::EncodedImage face(Bytes image) {
    const auto header = biometric::readImageHeader(image);
    return {header.format, header.width, header.height, 1, 8, std::move(image)};
}

nlohmann::ordered_json faceInJson(biometric::EncodedImage image, const FaceFiles& files) {
    InspectionResult result;
    result.face = std::move(image);
    return toJson(result, files)["face"];
}

} // namespace

TEST_CASE("a JPEG face is stored as it is, and nothing beside it") {
    const test::TemporaryDirectory directory;
    const auto portrait = face(test::readTestData("images/portrait.jpg"));
    const FaceFiles files = storeFace(portrait, directory.path());
    CHECK(files.encoded == "face.jpg");
    CHECK(files.displayable.empty());
    CHECK(files.defect.empty());
    CHECK(readFile(directory.path() / "face.jpg", maximumSize) == portrait.data);
    CHECK_FALSE(std::filesystem::exists(directory.path() / "face.png"));
    const auto json = faceInJson(portrait, files);
    CHECK(json["file"] == "face.jpg");
    CHECK_FALSE(json.contains("displayableFile"));
}

TEST_CASE("a JPEG 2000 face is stored as it is, and as PNG with the same pixels") {
    for (const bool isCodestream : {false, true}) {
        CAPTURE(isCodestream);
        const std::string name = isCodestream ? "face.j2k" : "face.jp2";
        const test::TemporaryDirectory directory;
        const auto portrait =
            face(test::readTestData(isCodestream ? "images/portrait-grey.j2k" : "images/portrait.jp2"));
        const FaceFiles files = storeFace(portrait, directory.path());
        CHECK(files.encoded == name);
        CHECK(files.displayable == "face.png");
        CHECK(files.defect.empty());
        CHECK(readFile(directory.path() / name, maximumSize) == portrait.data);
        const Bytes png = readFile(directory.path() / "face.png", maximumSize);
        CHECK(biometric::readImageHeader(png) == biometric::ImageHeader{biometric::ImageFormat::Png, 60, 80});
        CHECK(biometric::decodePixels(png) == portrait.pixels());
        const auto json = faceInJson(portrait, files);
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
    const auto portrait = face(std::move(image));
    REQUIRE(biometric::isJpeg2000(portrait.format));
    const FaceFiles files = storeFace(portrait, directory.path());
    CHECK(files.encoded == "face.jp2");
    CHECK(files.displayable.empty());
    CHECK_FALSE(files.defect.empty());
    CHECK_FALSE(std::filesystem::exists(directory.path() / "face.png"));
    CHECK(faceInJson(portrait, files)["defect"] == files.defect);
}
