// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/picture_rules.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

/// Adds to the findings about one picture.
class PictureCheck {
public:
    PictureCheck(std::size_t line, const char* column, std::vector<Finding>& findings)
        : line_(line), column_(column), findings_(findings) {}

    /// Reports the rule unless it is kept; whether it is.
    bool require(bool kept, const Rule* rule, std::vector<std::string> details = {}) {
        if (!kept) {
            findings_.push_back({rule, line_, column_, std::move(details)});
        }
        return kept;
    }

private:
    std::size_t line_;
    const char* column_;
    std::vector<Finding>& findings_;
};

/// In a full frontal portrait the eyes stand between 30 and 50 per cent of the height and the head takes half
/// to five sevenths of the width (ISO/IEC 19794-5, 8.3); the corners above it are background. Nothing here
/// recognizes a face: an empty, an evenly grey or a misplaced picture is what it finds.
void checkFaceZone(const GreyImage& image, PictureCheck& check) {
    constexpr double darkest = 40;
    constexpr double brightest = 235;
    constexpr double leastDeviation = 12;
    const GreyStatistics face = greyStatistics(image, 250, 200, 750, 750);
    const GreyStatistics left = greyStatistics(image, 0, 0, 120, 200);
    const GreyStatistics right = greyStatistics(image, 880, 0, 1000, 200);
    check.require(face.mean >= darkest && face.mean <= brightest, ruleNamed("portrait.light"));
    check.require(face.deviation >= leastDeviation &&
                      face.deviation > std::max(left.deviation, right.deviation),
                  ruleNamed("portrait.face-zone"));
}

void checkPortrait(const Bytes& portrait, const IntakePolicy& policy, PictureCheck check) {
    const InspectedImage inspected = inspectJpeg(portrait);
    const ImageSize size = inspected.size;
    const ImageSize wanted = policy.portraitSize;
    if (inspected.state == ImageState::Absent ||
        !check.require(inspected.state != ImageState::OtherFormat, ruleNamed("portrait.format"))) {
        return;
    }
    check.require(inspected.state != ImageState::Damaged, ruleNamed("portrait.whole"));
    if (check.require(size.width * wanted.height == size.height * wanted.width, ruleNamed("portrait.ratio"),
                      {size.text(), wanted.text()})) {
        check.require(size == wanted, ruleNamed("portrait.size"), {size.text(), wanted.text()});
    }
    check.require(portrait.size() <= policy.maximumPictureBytes, ruleNamed("portrait.bytes"),
                  {std::to_string(portrait.size()), std::to_string(policy.maximumPictureBytes)});
    if (inspected.state == ImageState::Whole) {
        checkFaceZone(inspected.image, check);
    }
}

bool isFingerSide(std::size_t pixels) {
    return pixels >= 150 && pixels <= 1000; // 8 to 51 mm at 500 dots per inch
}

void checkFinger(const Bytes& finger, const IntakePolicy& policy, PictureCheck check) {
    constexpr unsigned dotsPerInch = 500;
    constexpr double leastDeviation = 20;
    const InspectedImage inspected = inspectGreyPng(finger);
    if (inspected.state == ImageState::Absent ||
        !check.require(inspected.state != ImageState::OtherFormat, ruleNamed("finger.format"))) {
        return;
    }
    check.require(inspected.state != ImageState::Damaged, ruleNamed("finger.whole"));
    check.require(isFingerSide(inspected.size.width) && isFingerSide(inspected.size.height),
                  ruleNamed("finger.size"), {inspected.size.text()});
    check.require(finger.size() <= policy.maximumPictureBytes, ruleNamed("finger.bytes"),
                  {std::to_string(finger.size()), std::to_string(policy.maximumPictureBytes)});
    if (inspected.state == ImageState::Whole) {
        const unsigned resolution = inspected.dotsPerInch.value_or(dotsPerInch);
        check.require(resolution == dotsPerInch, ruleNamed("finger.resolution"),
                      {std::to_string(resolution)});
        check.require(greyStatistics(inspected.image, 0, 0, 1000, 1000).deviation >= leastDeviation,
                      ruleNamed("finger.ridges"));
    }
}

} // namespace

void checkPictures(const Pictures& pictures, const IntakePolicy& policy, std::size_t line,
                   std::vector<Finding>& findings) {
    checkPortrait(pictures.portrait, policy, {line, "portrait", findings});
    checkFinger(pictures.leftIndex, policy, {line, "left_index", findings});
    checkFinger(pictures.rightIndex, policy, {line, "right_index", findings});
    PictureCheck(line, "right_index", findings)
        .require(pictures.leftIndex.empty() || pictures.leftIndex != pictures.rightIndex,
                 ruleNamed("finger.same"));
}

} // namespace cancuoc::personalization
