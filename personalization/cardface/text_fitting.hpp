// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"
#include "personalization/cardface/font_set.hpp"
#include "personalization/cardface/layout.hpp"
#include "personalization/cardface/units.hpp"

#include <map>
#include <memory>
#include <string>

namespace cancuoc::cardface {

/// A text that its box does not hold, or its font does not have. The message names the element and the rule,
/// never the text.
class DoesNotFit : public MalformedData {
public:
    using MalformedData::MalformedData;
};

/// A text laid out in its box.
struct FittedText {
    std::unique_ptr<PangoLayout, ObjectCloser> layout; ///< none: there is nothing to write
    double x = 0;                                      ///< of the layout's origin on the card, in points
    double y = 0;
    Colour colour;
};

/// Lays texts out by the fit rules of their elements.
class TextFitter {
public:
    /// Both outlive the object.
    TextFitter(const Layout& layout, const FontSet& fonts) : layout_(layout), fonts_(fonts) {}

    /// The text of `element` for a card with these fields; all of its ink lies in the box.
    /// @param text the content of `element`
    /// @throws DoesNotFit
    [[nodiscard]] FittedText fit(const Element& element, const TextElement& text,
                                 const std::map<std::string, std::string>& fields) const;

private:
    struct Attempt;

    [[nodiscard]] std::unique_ptr<PangoLayout, ObjectCloser> layOut(const Attempt& attempt) const;
    [[nodiscard]] bool tryAttempt(const Attempt& attempt, FittedText& fitted) const;
    [[nodiscard]] bool trySizes(Attempt attempt, double smallest, FittedText& fitted) const;

    const Layout& layout_;
    const FontSet& fonts_;
};

} // namespace cancuoc::cardface
