// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/layout.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <functional>

using namespace cancuoc;
using namespace cancuoc::cardface;
using Json = nlohmann::json;

namespace {

Json& element(Json& layout, const char* side, const char* id) {
    for (Json& item : layout[side]) {
        if (item["id"] == id) {
            return item;
        }
    }
    throw std::out_of_range(id);
}

/// What the layout's refusal says after one change; empty when it is taken.
std::string refusal(const std::function<void(Json&)>& change) {
    Json json = Json::parse(Layout::textOf("cccd-2021"));
    change(json);
    try {
        static_cast<void>(Layout::parse(json.dump(), "mine.json"));
    } catch (const BadConfiguration& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("the layouts that ship") {
    CHECK(Layout::names() == std::vector<std::string>{"cccd-2021", "cancuoc-2024"});
    CHECK(Layout::find("cccd-2021").qrProfile == qr::Profile::Cccd2021);
    CHECK(Layout::find("cancuoc-2024").qrProfile == qr::Profile::Cancuoc2024);
    CHECK(Json::parse(Layout::schema())["title"] == "Layout of the two faces of an ID-1 card");
    CHECK_THROWS_WITH_AS(static_cast<void>(Layout::find("nothing")),
                         "There is no layout nothing: name a file, or one of cccd-2021, cancuoc-2024.",
                         BadConfiguration);
}

TEST_CASE("a bad layout names the element and the rule") {
    const std::pair<std::function<void(Json&)>, std::string> cases[] = {
        {[](Json& l) { l.erase("name"); }, "The layout mine.json: name is missing."},
        {[](Json& l) { l["paper"] = 1; }, "paper is no element that is known here"},
        {[](Json& l) { l["qr"] = "2016"; }, "qr must be of these: cccd-2021, cancuoc-2024"},
        {[](Json& l) { l["fonts"] = Json::object(); }, "fonts must have one at least"},
        {[](Json& l) { l["fonts"]["bold"]["file"] = "a/b.ttf"; },
         "fonts.bold.file must be the name of a file without its folder"},
        {[](Json& l) { l["styles"]["data"]["size"] = 0.1; },
         "styles.data.size must be a number from 0.5 to 20"},
        {[](Json& l) { l["styles"]["data"]["font"] = "none"; },
         "styles.data.font must be one of the layout's fonts"},
        {[](Json& l) { l["styles"]["data"]["colour"] = "red"; },
         "styles.data.colour must be a colour such as #3A2D7F"},
        {[](Json& l) {
             element(l, "front", "name")["box"] = {80, 26, 55, 5};
         },
         "front.name.box must be [x, y, width, height] in millimetres on a card of 85.60 x 53.98"},
        {[](Json& l) {
             element(l, "front", "name")["box"] = {1, 2, 3};
         },
         "front.name.box must be a list of 4 numbers"},
        {[](Json& l) { element(l, "front", "name").erase("channels"); }, "front.name.channels is missing"},
        {[](Json& l) { element(l, "front", "name")["channels"] = {"gold"}; },
         "front.name.channels must be of these: colour, resin, overlay, laser, uv, preview"},
        {[](Json& l) { element(l, "front", "name")["style"] = "none"; },
         "front.name.style must be one of the layout's styles"},
        {[](Json& l) { element(l, "front", "name")["text"] = "{fullname}"; },
         "front.name.text must have fields of the card, and nothing else, between braces"},
        {[](Json& l) { element(l, "front", "name")["text"] = "{fullName"; },
         "front.name.text must have fields of the card, and nothing else, between braces"},
        {[](Json& l) { element(l, "front", "name")["fit"] = {"clip"}; },
         "front.name.fit must be of these: shrink, wrap, abbreviate"},
        {[](Json& l) { element(l, "front", "name").erase("lines"); },
         "front.name.lines is missing, and fit holds \"wrap\""},
        {[](Json& l) { element(l, "front", "name")["smallest"] = 0.1; },
         "front.name.smallest must be a number from 0.3 to 1"},
        {[](Json& l) { l.erase("abbreviations"); },
         "holds \"abbreviate\", and the layout has no abbreviations"},
        {[](Json& l) { element(l, "front", "nameCaption")["text"][1]["style"] = "data"; },
         "front.nameCaption.text must have spans of one colour"},
        {[](Json& l) { element(l, "front", "paper").erase("fill"); },
         "front.paper.fill or stroke or erase must be there, or nothing is drawn"},
        {[](Json& l) { element(l, "front", "paper")["form"] = "heart"; },
         "front.paper.form must be of these: rectangle, ellipse, waves, rosette, star"},
        {[](Json& l) { element(l, "front", "paper")["type"] = "film"; },
         "front.paper.type must be of these: text, picture, ghost, shape, qr, seal, mrz"},
        {[](Json& l) { element(l, "front", "ghost")["when"][0]["field"] = "height"; },
         "front.ghost.when.1.field must be a field of the card"},
        {[](Json& l) { element(l, "front", "ghost").erase("opacity"); }, "front.ghost.opacity is missing"},
        {[](Json& l) {
             element(l, "back", "mrz")["box"] = {4.7, 39.3, 70, 11.4};
         },
         "back.mrz.box must hold three lines of 76.2 mm and the line spacing"},
        {[](Json& l) { element(l, "back", "mrz")["id"] = "features"; },
         "back.features.id must differ from that of every other element of the side"},
        {[](Json& l) { l["back"] = 1; }, "back must be a list"},
        {[](Json& l) { l["back"][0] = "paper"; }, "back.1 must be an object"},
    };
    for (const auto& example : cases) {
        const std::string said = refusal(example.first);
        CAPTURE(said);
        CHECK(said.find(example.second) != std::string::npos);
    }
    CHECK(refusal([](Json&) {}).empty());
    CHECK_THROWS_WITH_AS(static_cast<void>(Layout::parse("{", "mine.json")),
                         "The layout mine.json is no JSON.", BadConfiguration);
}
