// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/cardface/layout.hpp"

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <pango/pango.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cancuoc::cardface {

/// Releases what GLib counts.
struct ObjectCloser {
    void operator()(void* object) const;
};
struct DescriptionCloser {
    void operator()(PangoFontDescription* description) const;
};

/// The folders in which Debian's packages put fonts.
[[nodiscard]] std::vector<std::filesystem::path> systemFontFolders();

/// Exactly the fonts that a layout declares, whatever else and whatever settings the machine has: text comes
/// out the same everywhere. Hinting is off, edges are grey. One thread at a time.
class FontSet {
public:
    /// Looks for the files below `folders`, in their order.
    /// @throws BadConfiguration naming the font that is not there and its package
    FontSet(const std::map<std::string, FontFile>& fonts, const std::vector<std::filesystem::path>& folders);
    FontSet(const FontSet&) = delete;
    FontSet& operator=(const FontSet&) = delete;
    ~FontSet();

    /// For layouts of text; lives as long as the set. Its units are points.
    [[nodiscard]] PangoContext* context() const { return context_.get(); }

    /// The font of that name, without a size.
    [[nodiscard]] const PangoFontDescription* description(const std::string& font) const;

    /// The same, ready to be drawn by Cairo in a size in points.
    [[nodiscard]] cairo_font_face_t* face(const std::string& font) const;

    /// Those of `letters` (UTF-8) that the font has no glyph for.
    [[nodiscard]] std::string missing(const std::string& font, std::string_view letters) const;

private:
    struct ConfigurationCloser {
        void operator()(FcConfig* configuration) const;
    };
    void add(const std::string& name, const FontFile& font, const std::filesystem::path& file);

    std::unique_ptr<FcConfig, ConfigurationCloser> configuration_;
    std::unique_ptr<PangoFontMap, ObjectCloser> map_;
    std::unique_ptr<PangoContext, ObjectCloser> context_;
    std::map<std::string, std::unique_ptr<PangoFontDescription, DescriptionCloser>> descriptions_;
    std::map<std::string, std::unique_ptr<PangoFont, ObjectCloser>> fonts_; ///< each in some size
};

/// The 134 letters that Vietnamese has beside those of ASCII, as UTF-8.
[[nodiscard]] std::string vietnameseLetters();

} // namespace cancuoc::cardface
