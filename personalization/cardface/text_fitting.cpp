// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/text_fitting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace cancuoc::cardface {

namespace {

struct AttributesCloser {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};

struct Rectangle {
    double left;
    double top;
    double right;
    double bottom;
};

Rectangle inPoints(const PangoRectangle& rectangle, double x, double y) {
    const double unit = PANGO_SCALE;
    return {x + rectangle.x / unit, y + rectangle.y / unit, x + (rectangle.x + rectangle.width) / unit,
            y + (rectangle.y + rectangle.height) / unit};
}

bool startsWord(const std::string& text, std::size_t at) {
    return at == 0 || text[at - 1] == ' ' || text[at - 1] == ',';
}

bool endsWord(const std::string& text, std::size_t at) {
    return at == text.size() || text[at] == ' ' || text[at] == ',';
}

// The word wherever it stands alone. "Thành phố Mẫu" becomes "TP. Mẫu"; "Phường Xã Tắc" loses nothing to "Xã"
// of another rule but the word itself.
std::string abbreviate(std::string text, const Abbreviation& rule) {
    std::size_t at = 0;
    while ((at = text.find(rule.word, at)) != std::string::npos) {
        if (startsWord(text, at) && endsWord(text, at + rule.word.size())) {
            text.replace(at, rule.word.size(), rule.abbreviated);
            at += rule.abbreviated.size();
        } else {
            at += rule.word.size();
        }
    }
    return text;
}

std::string textOf(const TextPiece& piece, const std::map<std::string, std::string>& fields,
                   const std::vector<Abbreviation>& rules, std::size_t rulesUsed) {
    if (!piece.isField) {
        return piece.text;
    }
    const auto field = fields.find(piece.text);
    std::string text = field == fields.end() ? std::string() : field->second;
    for (std::size_t rule = 0; rule < rulesUsed; ++rule) {
        text = abbreviate(std::move(text), rules[rule]);
    }
    return text;
}

std::string describe(const TextElement& text) {
    std::string tried;
    for (const FitStep step : text.fit) {
        tried += tried.empty() ? ", even " : " and ";
        switch (step) {
        case FitStep::Shrink:
            tried += fmt::format("shrunk to {:.0f} %", text.smallest * 100);
            break;
        case FitStep::Wrap:
            tried += fmt::format("wrapped into {} lines", text.lines);
            break;
        case FitStep::Abbreviate:
            tried += "abbreviated";
            break;
        }
    }
    return tried;
}

} // namespace

/// One way to write the text.
struct TextFitter::Attempt {
    const Element& element;
    const TextElement& text;
    std::vector<std::string> spans; ///< what each span says
    double scale = 1;
    std::size_t lines = 1;
    bool wraps = false;
};

std::unique_ptr<PangoLayout, ObjectCloser> TextFitter::layOut(const Attempt& attempt) const {
    std::unique_ptr<PangoLayout, ObjectCloser> layout(pango_layout_new(fonts_.context()));
    const std::unique_ptr<PangoAttrList, AttributesCloser> attributes(pango_attr_list_new());
    std::string text;
    const auto add = [&](PangoAttribute* attribute, std::size_t start, std::size_t end) {
        attribute->start_index = static_cast<guint>(start);
        attribute->end_index = static_cast<guint>(end);
        pango_attr_list_insert(attributes.get(), attribute);
    };
    for (std::size_t index = 0; index < attempt.spans.size(); ++index) {
        const TextStyle& style = layout_.styles.at(attempt.text.spans[index].style);
        const std::size_t start = text.size();
        text += attempt.spans[index];
        const std::unique_ptr<PangoFontDescription, DescriptionCloser> font(
            pango_font_description_copy(fonts_.description(style.font)));
        pango_font_description_set_absolute_size(font.get(), style.size * attempt.scale *
                                                                 pointsPerMillimetre * PANGO_SCALE);
        add(pango_attr_font_desc_new(font.get()), start, text.size());
        if (style.letterSpacing != 0) {
            const double spacing = style.letterSpacing * attempt.scale * pointsPerMillimetre * PANGO_SCALE;
            add(pango_attr_letter_spacing_new(static_cast<int>(std::lround(spacing))), start, text.size());
        }
    }
    add(pango_attr_fallback_new(FALSE), 0, text.size());
    if (attempt.text.capitals) {
        add(pango_attr_text_transform_new(PANGO_TEXT_TRANSFORM_UPPERCASE), 0, text.size());
    }
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    const float spacing = static_cast<float>(layout_.styles.at(attempt.text.spans.front().style).lineSpacing);
    if (spacing != 1) {
        pango_layout_set_line_spacing(layout.get(), spacing);
    }
    if (attempt.wraps) {
        pango_layout_set_width(
            layout.get(),
            static_cast<int>(std::lround(attempt.element.box.width * pointsPerMillimetre * PANGO_SCALE)));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD);
    }
    constexpr PangoAlignment alignments[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
    pango_layout_set_alignment(layout.get(), alignments[static_cast<std::size_t>(attempt.text.horizontal)]);
    return layout;
}

// Whether the text, written that way, lies in its box with all its ink; then `fitted` has it.
bool TextFitter::tryAttempt(const Attempt& attempt, FittedText& fitted) const {
    auto layout = layOut(attempt);
    if (static_cast<std::size_t>(pango_layout_get_line_count(layout.get())) > attempt.lines) {
        return false;
    }
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_get_extents(layout.get(), &ink, &logical);
    const Box& box = attempt.element.box;
    const double left = box.x * pointsPerMillimetre;
    const double top = box.y * pointsPerMillimetre;
    const double width = box.width * pointsPerMillimetre;
    const double height = box.height * pointsPerMillimetre;
    const auto shareBefore = [](Alignment alignment) { return static_cast<double>(alignment) / 2; };
    const double textWidth = logical.width / static_cast<double>(PANGO_SCALE);
    const double textHeight = logical.height / static_cast<double>(PANGO_SCALE);
    double x = left;
    if (!attempt.wraps) {
        x += (width - textWidth) * shareBefore(attempt.text.horizontal);
    }
    double y = top + (height - textHeight) * shareBefore(attempt.text.vertical);
    if (attempt.text.baseline) {
        y = top + *attempt.text.baseline * pointsPerMillimetre -
            pango_layout_get_baseline(layout.get()) / static_cast<double>(PANGO_SCALE);
    } else {
        // Marks on capitals reach above what the font calls its height.
        y += std::max(0.0, top - (y + ink.y / static_cast<double>(PANGO_SCALE)));
    }
    constexpr double rounding = 0.01;
    const Rectangle drawn = inPoints(ink, x, y);
    const bool inside = textWidth <= width + rounding && drawn.left >= left - rounding &&
                        drawn.right <= left + width + rounding && drawn.top >= top - rounding &&
                        drawn.bottom <= top + height + rounding;
    if (inside) {
        fitted.layout = std::move(layout);
        fitted.x = x;
        fitted.y = y;
    }
    return inside;
}

// From the style's size down to the smallest, 3 % at a time.
bool TextFitter::trySizes(Attempt attempt, double smallest, FittedText& fitted) const {
    constexpr double step = 0.03;
    while (attempt.scale > smallest) {
        if (tryAttempt(attempt, fitted)) {
            return true;
        }
        attempt.scale -= step;
    }
    attempt.scale = smallest;
    return tryAttempt(attempt, fitted);
}

FittedText TextFitter::fit(const Element& element, const TextElement& text,
                           const std::map<std::string, std::string>& fields) const {
    FittedText fitted;
    fitted.colour = layout_.styles.at(text.spans.front().style).colour;
    const auto spansWith = [&](std::size_t rulesUsed) {
        std::vector<std::string> spans;
        for (const TextSpan& span : text.spans) {
            std::string all;
            for (const TextPiece& piece : span.pieces) {
                all += textOf(piece, fields, layout_.abbreviations, rulesUsed);
            }
            spans.push_back(std::move(all));
        }
        return spans;
    };
    Attempt attempt{element, text, spansWith(0), 1, 1, false};
    std::size_t ownLines = 1;
    bool isEmpty = true;
    for (const std::string& span : attempt.spans) {
        isEmpty = isEmpty && span.empty();
        ownLines += static_cast<std::size_t>(std::count(span.begin(), span.end(), '\n'));
    }
    if (isEmpty) {
        return fitted;
    }
    attempt.lines = ownLines;
    bool fits = tryAttempt(attempt, fitted);
    double smallest = 1;
    std::size_t rules = 0;
    for (auto step = text.fit.begin(); !fits && step != text.fit.end(); ++step) {
        if (*step == FitStep::Shrink) {
            smallest = text.smallest;
        } else if (*step == FitStep::Wrap) {
            attempt.wraps = true;
            attempt.lines = std::max(ownLines, text.lines);
        }
        const std::size_t lastRule = *step == FitStep::Abbreviate ? layout_.abbreviations.size() : rules;
        for (fits = trySizes(attempt, smallest, fitted); !fits && rules < lastRule;) {
            attempt.spans = spansWith(++rules);
            fits = trySizes(attempt, smallest, fitted);
        }
    }
    if (!fits) {
        throw DoesNotFit(fmt::format("{} does not fit its box of {} x {} mm{}.", element.id,
                                     element.box.width, element.box.height, describe(text)));
    }
    if (pango_layout_get_unknown_glyphs_count(fitted.layout.get()) > 0) {
        throw DoesNotFit(element.id + " has a character that its font does not have.");
    }
    return fitted;
}

} // namespace cancuoc::cardface
