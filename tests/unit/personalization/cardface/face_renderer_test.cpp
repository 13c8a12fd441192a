// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/face_renderer.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/biometric/png_image.hpp"
#include "personalization/cardface/face_check.hpp"
#include "personalization/cardface/machine_marks.hpp"
#include "tests/unit/personalization/cardface/fictional_card.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace cancuoc;
using namespace cancuoc::cardface;

namespace {

using personalization::CitizenRecord;

/// The longest texts that an order may have for a card: 64, 64 and 96 characters of the widest kind.
CitizenRecord longestRecord() {
    CitizenRecord record = test::citizen(7).record;
    record.fullName = "Nguyễn Phước Huyền Tôn Nữ Thị Phương Quỳnh Nguyên Hoàng Thương Mỹ";
    record.placeOfOrigin = "Thị trấn Phường Thượng, Huyện Nghĩa Phương, Thừa Thiên Huế Mẫu";
    record.placeOfBirthRegistration = record.placeOfOrigin;
    record.residence =
        "Số 1234/56/78 Đường Nguyễn Thượng Phương, Tổ dân phố 12, Phường Thượng Nghĩa, Thành phố Mẫu";
    record.distinguishingFeatures = "Nốt ruồi C:2,5cm dưới sau cánh mũi phải, sẹo chấm trên trước mày";
    return record;
}

const Element& elementOf(const Layout& layout, const std::string& id) {
    for (const Side side : {Side::Front, Side::Back}) {
        for (const Element& element : layout.elements(side)) {
            if (element.id == id) {
                return element;
            }
        }
    }
    throw std::out_of_range(id);
}

/// Makes a box white, rounded up by a pixel.
void whiten(biometric::Pixels& raster, const Box& box, int dotsPerInch) {
    const double scale = dotsPerInch / 25.4;
    const auto first = [scale](double start) {
        return static_cast<std::size_t>(std::max(0.0, std::floor(start * scale) - 1));
    };
    const auto last = [scale](double end, std::uint32_t size) {
        return std::min(static_cast<std::size_t>(std::ceil(end * scale) + 1), std::size_t{size});
    };
    for (std::size_t y = first(box.y); y < last(box.y + box.height, raster.height); ++y) {
        auto* row = raster.data.data() + y * raster.width * raster.channels;
        std::fill(row + first(box.x) * raster.channels,
                  row + last(box.x + box.width, raster.width) * raster.channels, std::uint8_t{255});
    }
}

bool hasInk(const biometric::Pixels& raster) {
    return std::any_of(raster.data.begin(), raster.data.end(),
                       [](std::uint8_t value) { return value < 250; });
}

/// A layout that shows one text in a box of 20 x 3 mm.
Layout textLayout(std::vector<FitStep> fit) {
    Layout layout = Layout::find("cccd-2021");
    Element element = elementOf(layout, "residence");
    element.box = {10, 10, 20, 3};
    auto& text = std::get<TextElement>(element.content);
    text.fit = std::move(fit);
    text.smallest = 0.7;
    text.lines = 2;
    layout.front = {element};
    layout.back.clear();
    return layout;
}

/// Whether a residence has its place in that layout.
bool fits(std::vector<FitStep> fit, const std::string& residence, double height = 3) {
    Layout layout = textLayout(std::move(fit));
    layout.front.front().box.height = height;
    FaceRenderer renderer(layout, 300);
    CardContent content;
    content.fields["residence"] = residence;
    try {
        static_cast<void>(renderer.render(content));
        return true;
    } catch (const DoesNotFit& refusal) {
        CHECK(std::string(refusal.what()).find("residence does not fit its box of 20 x") == 0);
        CHECK(std::string(refusal.what()).find(residence) == std::string::npos);
        return false;
    }
}

} // namespace

TEST_CASE("cards of people by lot, and of the longest names, are right") {
    for (const std::string& name : Layout::names()) {
        FaceRenderer renderer(Layout::find(name), 300);
        CHECK(missingLetters(renderer).empty());
        const FaceCheck check(renderer);
        for (unsigned serial = 1; serial <= 10; ++serial) {
            const auto content =
                test::contentOf(serial == 10 ? longestRecord() : test::citizen(serial * 7919).record,
                                renderer.layout().qrProfile);
            CAPTURE(serial);
            CHECK(check.check(renderer.render(content), content).empty());
        }
    }
}

TEST_CASE("the check of a card sees what is wrong") {
    FaceRenderer renderer(Layout::find("cccd-2021"), 300);
    const FaceCheck check(renderer);
    const auto content = test::contentOf(test::citizen(1).record, qr::Profile::Cccd2021);
    auto faces = renderer.render(content);
    REQUIRE(check.check(faces, content).empty());
    CHECK(renderer.fonts().missing("ocrb", "AẴ<") == "Ẵ");

    auto other = content;
    other.mrz[2][28] = 'K';
    CHECK(check.check(faces, other) ==
          std::vector<std::string>{"mrz: the character 29 of line 3 is not as the font draws it."});
    other = content;
    other.mrz[0][5] = content.mrz[0][5] == '0' ? 'O' : '0';
    CHECK(check.check(faces, other).size() == 1);
    other = content;
    other.qr.back() = content.qr.back() == '1' ? '2' : '1';
    CHECK(check.check(faces, other) ==
          std::vector<std::string>{"qr is not read back as what it was made of."});

    // A smear over a character of the MRZ.
    const auto& element = elementOf(renderer.layout(), "mrz");
    const MrzGrid grid(element.box, std::get<MrzElement>(element.content), 300);
    auto& resin = faces.back.rasters.at(static_cast<std::size_t>(Channel::Resin));
    for (int y = grid.baselines[1] - 12; y < grid.baselines[1] - 4; ++y) {
        auto* row = resin.data.data() + static_cast<std::size_t>(y) * resin.width +
                    static_cast<std::size_t>(grid.left);
        std::fill(row, row + grid.pitch, std::uint8_t{0});
    }
    CHECK(check.check(faces, content).size() == 1);
}

TEST_CASE("rasters have the size of the card") {
    FaceRenderer renderer(Layout::find("cancuoc-2024"), 600);
    const auto content = test::contentOf(test::citizen(2).record, qr::Profile::Cancuoc2024);
    const auto faces = renderer.render(content);
    for (const Channel channel : FaceRasters::channels) {
        CAPTURE(nameOf(channel));
        const auto& raster = faces.front.of(channel);
        CHECK(raster.width == 2022);
        CHECK(raster.height == 1275);
        CHECK(raster.channels == (channel == Channel::Colour ? 3 : 1));
        CHECK(hasInk(raster));
    }
    CHECK(FaceCheck(renderer).check(faces, content).empty());
    const auto& resin = faces.back.of(Channel::Resin).data;
    CHECK(std::all_of(resin.begin(), resin.end(), [](auto value) { return value == 0 || value == 255; }));
    const FaceRenderer small(Layout::find("cancuoc-2024"), 300);
    CHECK(small.width() == 1011);
    CHECK(small.height() == 638);
    CHECK_THROWS_AS(FaceRenderer(Layout::find("cancuoc-2024"), 200), BadConfiguration);
    CHECK_THROWS_WITH_AS(FaceRenderer(Layout::find("cancuoc-2024"), 300, "/nowhere"),
                         "There is no folder of artwork \"/nowhere\".", BadConfiguration);
    CHECK_THROWS_WITH_AS(FaceRenderer(Layout::find("cancuoc-2024"), 300, {}, {}),
                         doctest::Contains("is not on this machine; the Debian package fonts-"),
                         BadConfiguration);
}

TEST_CASE("the same card gives the same bytes") {
    const auto content = test::contentOf(test::citizen(3).record, qr::Profile::Cccd2021);
    FaceRenderer first(Layout::find("cccd-2021"), 300);
    // Work between makes no difference.
    static_cast<void>(first.render(test::contentOf(longestRecord(), qr::Profile::Cccd2021)));
    FaceRenderer second(Layout::find("cccd-2021"), 300);
    const auto one = first.render(content);
    const auto other = second.render(content);
    for (const Channel channel : FaceRasters::channels) {
        CHECK(one.front.of(channel) == other.front.of(channel));
        CHECK(one.back.of(channel) == other.back.of(channel));
    }
    CHECK(biometric::encodePng(one.front.of(Channel::Colour), 300, biometric::PngCompression::Quick) ==
          biometric::encodePng(other.front.of(Channel::Colour), 300, biometric::PngCompression::Quick));
    CHECK(first.toPdf(content) == second.toPdf(content));
    CHECK(first.toSvg(content, Side::Front) == second.toSvg(content, Side::Front));
}

TEST_CASE("nothing is drawn outside of its box") {
    for (const std::string& name : Layout::names()) {
        Layout layout = Layout::find(name);
        const auto content = test::contentOf(longestRecord(), layout.qrProfile);
        for (auto* elements : {&layout.front, &layout.back}) {
            elements->erase(std::remove_if(elements->begin(), elements->end(),
                                           [](const Element& element) { return element.isFixed(); }),
                            elements->end());
        }
        FaceRenderer renderer(layout, 300);
        const auto faces = renderer.render(content);
        for (const Side side : {Side::Front, Side::Back}) {
            for (const Channel channel : FaceRasters::channels) {
                auto raster = faces.of(side).of(channel);
                for (const Element& element : layout.elements(side)) {
                    if (element.isOn(channel)) {
                        const bool isPale = std::holds_alternative<ShapeElement>(element.content);
                        CAPTURE(element.id);
                        CHECK((isPale || element.id == "seal" || hasInk(cut(raster, element.box, 0, 300))));
                    }
                }
                for (const Element& element : layout.elements(side)) {
                    if (element.isOn(channel)) {
                        whiten(raster, element.box, 300);
                    }
                }
                CAPTURE(name);
                CAPTURE(nameOf(channel));
                CHECK(raster.data == Bytes(raster.data.size(), 255));
            }
        }
    }
}

TEST_CASE("a text is shrunk, wrapped, abbreviated, or refused, as its element says") {
    using enum FitStep;
    CHECK(fits({}, "Phố Mẫu, Hà Nội"));
    CHECK_FALSE(fits({}, "Phố Mẫu Mẫu, Hà Nội"));
    CHECK(fits({Shrink}, "Phố Mẫu Mẫu, Hà Nội"));
    CHECK_FALSE(fits({Shrink}, "Phường Mẫu Mẫu, Thành phố Hà Nội"));
    CHECK(fits({Shrink, Wrap}, "Phường Mẫu Mẫu, Thành phố Hà Nội", 6));
    CHECK_FALSE(fits({Shrink, Wrap}, "Phường Mẫu Mẫu, Thành phố Hà Nội", 3));
    CHECK(fits({Shrink, Abbreviate}, "Phường Mẫu Mẫu, Thành phố Hà Nội"));
    CHECK_FALSE(fits({Shrink, Abbreviate}, "Làng Mẫu Mẫu Mẫu, Bản Thượng Nghĩa Nội"));
    CHECK_FALSE(fits({Wrap}, "Phường-Mẫu-Mẫu-không-có-chỗ-ngắt", 6));
    // A rule is for whole words.
    CHECK_FALSE(fits({Shrink, Abbreviate}, "Phườngphường Xãxãxã Quậnquậnquận Huyệnhuyện"));
}

TEST_CASE("a character that the font lacks is refused") {
    FaceRenderer renderer(textLayout({}), 300);
    CardContent content;
    content.fields["residence"] = "\u6F22";
    CHECK_THROWS_WITH_AS(static_cast<void>(renderer.render(content)),
                         "residence has a character that its font does not have.", DoesNotFit);
}

TEST_CASE("conditions and what is missing") {
    FaceRenderer renderer(Layout::find("cancuoc-2024"), 300);
    auto record = test::citizen(4).record;
    const auto portraitInk = [&] {
        const auto content = test::contentOf(record, qr::Profile::Cancuoc2024);
        const auto faces = renderer.render(content);
        return hasInk(cut(faces.front.of(Channel::Laser), {6, 25, 14, 20}, 0, 300));
    };
    record.issueDate = record.birthDate + std::chrono::years(6);
    CHECK(portraitInk());
    record.issueDate = std::chrono::sys_days(record.issueDate) - std::chrono::days(1);
    CHECK_FALSE(portraitInk());

    auto content = test::contentOf(record, qr::Profile::Cccd2021);
    content.pictures.erase("portrait");
    FaceRenderer former(Layout::find("cccd-2021"), 300);
    CHECK_THROWS_WITH_AS(static_cast<void>(former.render(content)),
                         "portrait shows portrait, and the card has none.", MalformedData);
}

TEST_CASE("a digital seal is printed as a Data Matrix") {
    FaceRenderer renderer(Layout::find("cancuoc-2024"), 600);
    auto content = test::contentOf(test::citizen(5).record, qr::Profile::Cancuoc2024);
    content.seal = Bytes(150, 0xDC);
    const auto faces = renderer.render(content);
    const FaceCheck check(renderer);
    CHECK(check.check(faces, content).empty());
    content.seal.front() = 0;
    CHECK(check.check(faces, content) ==
          std::vector<std::string>{"seal is not read back as what it was made of."});
    content.seal = Bytes(1500, 0xDC);
    CHECK_THROWS_WITH_AS(static_cast<void>(renderer.render(content)), doctest::Contains("needs at least"),
                         MalformedData);
}

// 280 bytes: a long name and residence, and a signature on P-256.
TEST_CASE("at 300 dots per inch the seal's place holds what a card has to say") {
    FaceRenderer renderer(Layout::find("cancuoc-2024"), 300);
    auto content = test::contentOf(test::citizen(5).record, qr::Profile::Cancuoc2024);
    content.seal = Bytes(278, 0xDC);
    CHECK(FaceCheck(renderer).check(renderer.render(content), content).empty());
}

TEST_CASE("a contractor's artwork takes the place of the neutral mark") {
    const test::TemporaryDirectory folder;
    biometric::Pixels black{120, 120, 1, Bytes(120 * 120, 0)};
    writeFile(folder.path() / "emblem.png",
              biometric::encodePng(black, 300, biometric::PngCompression::Quick));
    FaceRenderer renderer(Layout::find("cccd-2021"), 300, folder.path());
    const auto content = test::contentOf(test::citizen(8).record, qr::Profile::Cccd2021);
    const auto faces = renderer.render(content);
    const auto part = cut(faces.front.of(Channel::Laser), {5, 5, 9, 8}, 0, 300);
    CHECK(part.data == Bytes(part.data.size(), 0));
}

TEST_CASE("the overlay leaves the chip's contacts free, and they are on no print channel") {
    FaceRenderer renderer(Layout::find("cccd-2021"), 300);
    const auto content = test::contentOf(test::citizen(6).record, qr::Profile::Cccd2021);
    const auto faces = renderer.render(content);
    const Box chip = elementOf(renderer.layout(), "chip").box;
    const auto part = cut(faces.back.of(Channel::Overlay), chip, 0, 300);
    CHECK(std::all_of(part.data.begin(), part.data.end(), [](auto value) { return value == 255; }));
    CHECK_FALSE(hasInk(cut(faces.back.of(Channel::Laser), chip, 0, 300)));
    const auto shown = cut(renderer.preview(faces.back, content, Side::Back), chip, 0, 300);
    CHECK(shown.data != cut(faces.back.of(Channel::Colour), chip, 0, 300).data);
}
