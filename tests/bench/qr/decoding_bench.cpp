// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/qr/decoding_bench.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <iomanip>
#include <ostream>
#include <string>
#include <vector>

// ZXing has macros with names of ZBar's classes.
#include <zbar.h>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include "qr/decoder.hpp"
#include "tests/bench/qr/hard_picture.hpp"

namespace cancuoc::bench {

namespace {

using Texts = std::vector<std::string>;

Texts readOne(const qr::GreyImage& image) {
    const auto found = qr::findSymbol(image);
    return found ? Texts{*found} : Texts();
}

Texts readAll(const qr::GreyImage& image) {
    return qr::decodeSymbols(image);
}

Texts readWithZxing(const qr::GreyImage& image) {
    const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true);
    const auto result = ZXing::ReadBarcode({image.pixels.data(), static_cast<int>(image.width),
                                            static_cast<int>(image.height), ZXing::ImageFormat::Lum},
                                           hints);
    return result.isValid() ? Texts{{result.bytes().begin(), result.bytes().end()}} : Texts{};
}

Texts readWithZbar(const qr::GreyImage& image) {
    zbar::ImageScanner scanner;
    scanner.set_config(zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
    scanner.set_config(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1);
    scanner.set_config(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_BINARY, 1);
    zbar::Image picture(static_cast<unsigned>(image.width), static_cast<unsigned>(image.height), "Y800",
                        image.pixels.data(), image.pixels.size());
    scanner.scan(picture);
    Texts texts;
    for (auto symbol = picture.symbol_begin(); symbol != picture.symbol_end(); ++symbol) {
        texts.push_back(symbol->get_data());
    }
    return texts;
}

/// One reader's result over a set of pictures.
struct Score {
    std::size_t read = 0;
    std::size_t wrong = 0;
    double seconds = 0;

    Score& operator+=(const Score& other) {
        read += other.read;
        wrong += other.wrong;
        seconds += other.seconds;
        return *this;
    }
};

struct Scores {
    std::size_t pictures = 0;
    Score ours, oursAll, zxing, zbar;

    Scores& operator+=(const Scores& other) {
        pictures += other.pictures;
        ours += other.ours;
        oursAll += other.oursAll;
        zxing += other.zxing;
        zbar += other.zbar;
        return *this;
    }
};

void score(Score& score, const HardPicture& picture, Texts (*read)(const qr::GreyImage&)) {
    const auto begin = std::clock();
    const auto texts = read(picture.image);
    score.seconds += static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    score.read += std::find(texts.begin(), texts.end(), picture.payload) != texts.end() ? 1U : 0U;
    score.wrong += static_cast<std::size_t>(
        std::count_if(texts.begin(), texts.end(), [&](const auto& text) { return text != picture.payload; }));
}

void save(const std::filesystem::path& folder, Hardship hardship, std::size_t number,
          const qr::GreyImage& image) {
    if (folder.empty()) {
        return;
    }
    std::filesystem::create_directories(folder);
    std::ofstream file(folder / (std::string(nameOf(hardship)) + " " + std::to_string(number) + ".pgm"),
                       std::ios::binary);
    file << "P5\n" << image.width << ' ' << image.height << "\n255\n";
    file.write(reinterpret_cast<const char*>(image.pixels.data()),
               static_cast<std::streamsize>(image.pixels.size()));
}

// The easy and the hard half of one class.
std::array<Scores, 2> measure(Hardship hardship, std::size_t pictures, const std::filesystem::path& folder) {
    std::array<Scores, 2> halves;
    for (std::size_t number = 0; number < pictures; ++number) {
        const double severity =
            pictures < 2 ? 0 : static_cast<double>(number) / static_cast<double>(pictures - 1);
        const auto picture =
            takePicture(hardship, severity, 1000 * static_cast<std::uint64_t>(hardship) + number);
        save(folder, hardship, number, picture.image);
        auto& half = halves[number * 2 < pictures ? 0 : 1];
        ++half.pictures;
        score(half.ours, picture, readOne);
        score(half.oursAll, picture, readAll);
        score(half.zxing, picture, readWithZxing);
        score(half.zbar, picture, readWithZbar);
    }
    return halves;
}

void print(std::ostream& out, std::string_view name, const Scores& scores) {
    const auto milliseconds = [&](const Score& reader) {
        return 1000 * reader.seconds / static_cast<double>(std::max<std::size_t>(scores.pictures, 1));
    };
    out << std::left << std::setw(28) << name << std::right << std::fixed << std::setprecision(1)
        << std::setw(6) << scores.pictures << std::setw(7) << scores.ours.read << std::setw(7)
        << scores.zxing.read << std::setw(7) << scores.zbar.read << std::setw(9) << milliseconds(scores.ours)
        << std::setw(9) << milliseconds(scores.zxing) << std::setw(9) << milliseconds(scores.zbar)
        << std::setw(7) << scores.ours.wrong << std::setw(7) << scores.zxing.wrong << std::setw(7)
        << scores.zbar.wrong << '\n';
}

// ZXing's one call looks for one symbol.
void compare(std::ostream& out, std::string_view name, Score Scores::*ours,
             const std::array<Scores, 2>& halves) {
    const auto& [easy, hard] = halves;
    out << std::setprecision(2) << name << ": " << (easy.*ours).read << " easy and " << (hard.*ours).read
        << " hard ones read, " << (easy.*ours).wrong + (hard.*ours).wrong << " wrong; hard half: "
        << static_cast<double>((hard.*ours).read) /
               static_cast<double>(std::max<std::size_t>(hard.zxing.read, 1))
        << " times as many as one call of ZXing; easy half: "
        << (easy.*ours).seconds / std::max(easy.zxing.seconds, 1e-9) << " times its time\n";
}

} // namespace

bool measureDecoding(std::ostream& out, std::size_t pictures, const std::filesystem::path& folder) {
    out << "                          pictures          read           milliseconds a picture       wrong\n"
           "                                     ours  ZXing   ZBar     ours    ZXing     ZBar   ours  ZXing "
           "  ZBar\n";
    std::array<Scores, 2> all;
    for (const auto hardship : hardships) {
        const auto halves = measure(hardship, pictures, folder);
        for (std::size_t half = 0; half < halves.size(); ++half) {
            print(out, std::string(nameOf(hardship)) + (half == 0 ? ", easy" : ", hard"), halves[half]);
            all[half] += halves[half];
        }
        out.flush();
    }
    print(out, "all, easy", all[0]);
    print(out, "all, hard", all[1]);
    compare(out, "one symbol", &Scores::ours, all);
    compare(out, "all symbols", &Scores::oursAll, all);
    return all[0].ours.wrong + all[1].ours.wrong + all[0].oursAll.wrong + all[1].oursAll.wrong == 0;
}

} // namespace cancuoc::bench
