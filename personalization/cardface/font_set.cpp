// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/font_set.hpp"

#include "host/base/error.hpp"
#include "host/base/utf8.hpp"

#include <pango/pangocairo.h>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>

namespace cancuoc::cardface {

namespace {

struct FontPatternCloser {
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
struct FontOptionsCloser {
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};

std::filesystem::path findFile(const FontFile& font, const std::vector<std::filesystem::path>& folders) {
    for (const auto& folder : folders) {
        std::error_code error;
        const auto options = std::filesystem::directory_options::skip_permission_denied;
        for (std::filesystem::recursive_directory_iterator at(folder, options, error), end;
             !error && at != end; at.increment(error)) {
            if (at->path().filename() == font.file) {
                return at->path();
            }
        }
    }
    throw BadConfiguration(
        "The font " + font.file + " is not on this machine" +
        (font.package.empty() ? "." : "; the Debian package " + font.package + " has it."));
}

} // namespace

void ObjectCloser::operator()(void* object) const {
    g_object_unref(object);
}

void DescriptionCloser::operator()(PangoFontDescription* description) const {
    pango_font_description_free(description);
}

void FontSet::ConfigurationCloser::operator()(FcConfig* configuration) const {
    FcConfigDestroy(configuration);
}

std::vector<std::filesystem::path> systemFontFolders() {
    return {"/usr/local/share/fonts", "/usr/share/fonts"};
}

FontSet::FontSet(const std::map<std::string, FontFile>& fonts,
                 const std::vector<std::filesystem::path>& folders)
    : configuration_(FcConfigCreate()), map_(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)) {
    if (!configuration_ || !map_) {
        throw Error("Pango has no fonts of FreeType on this machine.");
    }
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), configuration_.get());
    context_.reset(pango_font_map_create_context(map_.get()));
    const std::unique_ptr<cairo_font_options_t, FontOptionsCloser> options(cairo_font_options_create());
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options.get());
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    pango_context_set_language(context_.get(), pango_language_from_string("vi"));
    pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_LTR);
    for (const auto& [name, font] : fonts) {
        add(name, font, findFile(font, folders));
    }
    pango_fc_font_map_config_changed(PANGO_FC_FONT_MAP(map_.get()));
    for (const auto& [name, description] : descriptions_) {
        const std::unique_ptr<PangoFontDescription, DescriptionCloser> sized(
            pango_font_description_copy(description.get()));
        pango_font_description_set_absolute_size(sized.get(), 10 * PANGO_SCALE);
        fonts_[name].reset(pango_context_load_font(context_.get(), sized.get()));
        if (!fonts_[name]) {
            throw BadConfiguration("The font " + fonts.at(name).file + " cannot be used.");
        }
    }
}

FontSet::~FontSet() {
    // The map counts on its configuration to the end.
    fonts_.clear();
    context_.reset();
    map_.reset();
}

// The description is made from the file itself, so that no other font can stand in for it.
void FontSet::add(const std::string& name, const FontFile& font, const std::filesystem::path& file) {
    int faces = 0;
    const auto* path = reinterpret_cast<const FcChar8*>(file.c_str());
    const std::unique_ptr<FcPattern, FontPatternCloser> pattern(FcFreeTypeQuery(path, 0, nullptr, &faces));
    if (!pattern || FcConfigAppFontAddFile(configuration_.get(), path) == FcFalse) {
        throw BadConfiguration("The font " + font.file + " is damaged.");
    }
    descriptions_[name].reset(pango_fc_font_description_from_pattern(pattern.get(), FALSE));
}

const PangoFontDescription* FontSet::description(const std::string& font) const {
    return descriptions_.at(font).get();
}

cairo_font_face_t* FontSet::face(const std::string& font) const {
    return cairo_scaled_font_get_font_face(
        pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(fonts_.at(font).get())));
}

std::string FontSet::missing(const std::string& font, std::string_view letters) const {
    std::string missing;
    while (!letters.empty()) {
        const std::string_view before = letters;
        const auto letter = takeCodePoint(letters);
        if (!letter) {
            throw MalformedData("The letters are not UTF-8.");
        }
        if (pango_font_has_char(fonts_.at(font).get(), *letter) == FALSE) {
            missing += before.substr(0, before.size() - letters.size());
        }
    }
    return missing;
}

std::string vietnameseLetters() {
    return "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔ"
           "ổỖỗỘộỚ"
           "ớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ";
}

} // namespace cancuoc::cardface
