// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/page.hpp"

#include "host/base/printable_text.hpp"
#include "tools/demo/html.hpp"
#include "tools/demo/page_style.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <iomanip>
#include <numeric>
#include <sstream>
#include <string_view>

namespace cancuoc::demo {

namespace {

struct Caption {
    std::string_view name;
    std::string_view vietnamese;
    std::string_view english;
    bool wide = false;
};

// Captions as printed on the card; the number and the name stand above them.
constexpr std::array captions{
    Caption{"birthDate", "Ngày sinh", "Date of birth"},
    Caption{"sex", "Giới tính", "Sex"},
    Caption{"nationality", "Quốc tịch", "Nationality"},
    Caption{"ethnicity", "Dân tộc", "Ethnicity"},
    Caption{"religion", "Tôn giáo", "Religion"},
    Caption{"oldNumber", "Số CMND cũ", "Former number"},
    Caption{"placeOfOrigin", "Quê quán", "Place of origin", true},
    Caption{"residence", "Nơi thường trú", "Place of residence", true},
    Caption{"distinguishingFeatures", "Đặc điểm nhận dạng", "Personal identification", true},
    Caption{"issueDate", "Ngày cấp", "Date of issue"},
    Caption{"expiryDate", "Có giá trị đến", "Date of expiry"},
    Caption{"fatherName", "Cha", "Father"},
    Caption{"motherName", "Mẹ", "Mother"},
    Caption{"spouseName", "Vợ hoặc chồng", "Spouse"},
};

struct CheckTitle {
    std::string_view name;
    std::string_view title;
};

constexpr std::array checkTitles{
    CheckTitle{"access-control", "The chip opened to its holder's data"},
    CheckTitle{"passive-authentication.hashes", "Every file is as it was signed"},
    CheckTitle{"passive-authentication.signature", "The signature over the files is right"},
    CheckTitle{"passive-authentication.chain", "The signer's certificate leads to the CSCA"},
    CheckTitle{"passive-authentication.revocation", "The signer is not revoked"},
    CheckTitle{"chip-authentication", "Chip Authentication: not a copy"},
    CheckTitle{"active-authentication", "Active Authentication: not a copy"},
    CheckTitle{"terminal-authentication", "Terminal Authentication, for the fingerprints"},
    CheckTitle{"consistency.com-sod", "EF.COM lists what EF.SOD signs"},
    CheckTitle{"consistency.mrz", "The MRZ's check digits are right"},
    CheckTitle{"consistency.number", "The number is the same everywhere"},
    CheckTitle{"consistency.card-access", "EF.CardAccess agrees with DG14"},
};

std::string_view titleOf(const Check& check) {
    const auto* const found = std::find_if(checkTitles.begin(), checkTitles.end(),
                                           [&](const CheckTitle& title) { return title.name == check.name; });
    return found == checkTitles.end() ? std::string_view(check.name) : found->title;
}

struct ResultStyle {
    std::string_view styleClass;
    std::string_view sign;
    std::string_view words;
};

ResultStyle styleOf(const std::string& result) {
    if (result == "passed") {
        return {"passed", "✓", ""};
    }
    if (result == "failed") {
        return {"failed", "✕", "failed"};
    }
    return {"open", "–", result == "not-supported" ? "not supported by the card" : "not performed"};
}

std::string number(double value, int decimals) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(decimals) << value;
    return text.str();
}

std::string seconds(double value) {
    return number(value, value < 10 ? 1 : 0) + " s";
}

std::string milliseconds(double value) {
    return number(value, value < 10 ? 1 : 0) + " ms";
}

std::string kilobytes(std::size_t bytes) {
    return number(static_cast<double>(bytes) / 1000, 1) + " kB";
}

struct Share {
    std::string name;
    std::string amount;
    double part = 0;
};

// Stretches of one bar, each as wide as its part of the whole, and what each of them is.
void writeBar(std::ostream& out, const std::vector<Share>& shares) {
    const double whole = std::accumulate(shares.begin(), shares.end(), 0.0,
                                         [](double sum, const Share& share) { return sum + share.part; });
    out << R"(<div class="bar" aria-hidden="true">)";
    for (std::size_t i = 0; i < shares.size(); ++i) {
        out << "<i class=\"s" << i % 8
            << "\" style=\"width:" << number(whole > 0 ? 100 * shares[i].part / whole : 0, 2) << "%\"></i>";
    }
    out << "</div><ul class=\"legend\">";
    for (std::size_t i = 0; i < shares.size(); ++i) {
        out << "<li><i class=\"s" << i % 8 << "\"></i><b>" << escaped(shares[i].name) << "</b> "
            << escaped(shares[i].amount) << "</li>";
    }
    out << "</ul>";
}

std::string grouped(const std::string& digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % 3 == 0) {
            text += ' ';
        }
        text += digits[i];
    }
    return text;
}

// The JSON has dates as YYYY-MM-DD; the card prints dd/mm/yyyy.
std::string asPrinted(const std::string& value) {
    const bool isDate = value.size() == 10 && value[4] == '-' && value[7] == '-';
    return isDate ? value.substr(8) + "/" + value.substr(5, 2) + "/" + value.substr(0, 4) : value;
}

void writeItems(std::ostream& out, const CardReport& card) {
    out << R"(<dl class="items">)";
    for (const Caption& caption : captions) {
        const auto item = std::find_if(card.citizen.begin(), card.citizen.end(), [&](const auto& candidate) {
            return candidate.first == caption.name;
        });
        if (item != card.citizen.end()) {
            out << "<div" << (caption.wide ? " class=\"wide\"" : "") << "><dt>" << caption.vietnamese << " / "
                << caption.english << "</dt><dd>" << escaped(asPrinted(item->second)) << "</dd></div>";
        }
    }
    out << "</dl>";
}

void writePerson(std::ostream& out, const CardReport& card) {
    out << R"(<div class="person"><div><img class="portrait" alt="Portrait of )" << escaped(card.fullName)
        << "\" src=\"" << dataUri("image/jpeg", card.portrait)
        << R"("><p class="caption">Read from the chip, DG2</p></div><div><h2>)" << escaped(card.fullName)
        << R"(</h2><p class="number">)" << escaped(grouped(card.number)) << "</p>";
    writeItems(out, card);
    out << R"(</div><div class="code"><img class="qr" alt="QR code of the card" src=")"
        << dataUri("image/svg+xml", card.qrCode) << "\"><p class=\"caption\">"
        << (card.qrMatches ? "Decoded from the picture and compared: it says what the chip says"
                           : "Decoded from the picture and compared: it differs from the chip")
        << "</p></div></div>";
    out << R"(<div class="mrz">)";
    for (std::size_t i = 0; i < card.machineReadableZone.size(); ++i) {
        out << (i > 0 ? "\n" : "") << escaped(card.machineReadableZone[i]);
    }
    out << "</div>";
}

void writeVerdict(std::ostream& out, const CardReport& card) {
    const bool genuine = card.verdict == "genuine";
    const std::string words = genuine                        ? "Genuine"
                              : card.verdict == "incomplete" ? "Incomplete"
                                                             : "Not genuine";
    out << "<p class=\"verdict " << (genuine ? "passed" : "failed") << "\"><strong>" << words
        << "</strong><span>" << escaped(card.access) << "</span></p><ul class=\"checks\">";
    for (const Check& check : card.checks) {
        const ResultStyle style = styleOf(check.result);
        out << "<li class=\"" << style.styleClass << "\"><span class=\"sign\">" << style.sign
            << "</span><span><span class=\"title\">" << escaped(titleOf(check)) << "</span>";
        if (!style.words.empty()) {
            out << " <span class=\"result\">" << style.words << "</span>";
        }
        out << "<code>" << escaped(check.name) << "</code>";
        if (!check.reason.empty()) {
            out << "<span class=\"reason\">" << escaped(check.reason) << "</span>";
        }
        out << "</span></li>";
    }
    out << "</ul>";
}

void writeDialogue(std::ostream& out, const CardReport& card) {
    out << "<div class=\"dialogue\"><p><b>" << card.commands << " APDUs</b> in <b>"
        << milliseconds(card.milliseconds) << "</b>: " << kilobytes(card.bytesSent) << " sent, "
        << kilobytes(card.bytesReceived) << " received, for " << kilobytes(card.fileBytes) << " of files</p>";
    std::vector<Share> shares;
    for (const DialogueStep& step : card.steps) {
        const std::string count = step.commands > 0 ? std::to_string(step.commands) + " · " : "";
        shares.push_back({step.name, count + milliseconds(step.milliseconds), step.milliseconds});
    }
    writeBar(out, shares);
    for (const auto& [file, reason] : card.notRead) {
        out << "<p class=\"closed\">" << escaped(file) << " was not read: " << escaped(reason) << "</p>";
    }
    out << "</div>";
}

std::size_t countGenuine(const std::vector<CardReport>& cards) {
    return static_cast<std::size_t>(std::count_if(
        cards.begin(), cards.end(), [](const CardReport& card) { return card.verdict == "genuine"; }));
}

std::size_t countMatching(const std::vector<CardReport>& cards) {
    return static_cast<std::size_t>(
        std::count_if(cards.begin(), cards.end(), [](const CardReport& card) { return card.qrMatches; }));
}

double meanMilliseconds(const std::vector<CardReport>& cards) {
    const double sum =
        std::accumulate(cards.begin(), cards.end(), 0.0,
                        [](double total, const CardReport& card) { return total + card.milliseconds; });
    return cards.empty() ? 0 : sum / static_cast<double>(cards.size());
}

void writeFigure(std::ostream& out, const std::string& value, std::string_view what) {
    out << "<div><dt>" << what << "</dt><dd>" << value << "</dd></div>";
}

void writeHead(std::ostream& out, const std::vector<CardReport>& cards,
               const std::vector<StageTime>& stages) {
    const std::string all = std::to_string(cards.size());
    out << R"(<p class="mark">cancuoc</p><h1>From a record to a verified card</h1><p class="lead">)"
        << "Invented citizens became chip cards a moment ago. Each chip was loaded over a GlobalPlatform "
           "secure "
           "channel, then read through PC/SC by a program that knew only the holder's number and one CSCA "
           "certificate. What it found is on this page.</p><dl class=\"figures\">";
    writeFigure(out, all, "cards issued");
    writeFigure(out, std::to_string(countGenuine(cards)) + " of " + all, "genuine");
    writeFigure(out, std::to_string(countMatching(cards)) + " of " + all, "QR codes match the chip");
    writeFigure(out, milliseconds(meanMilliseconds(cards)), "to read and check a card, on average");
    out << "</dl>";
    std::vector<Share> shares;
    shares.reserve(stages.size());
    for (const StageTime& stage : stages) {
        shares.push_back({stage.name, seconds(stage.seconds), stage.seconds});
    }
    writeBar(out, shares);
}

// Columns a terminal gives to UTF-8 text without combining characters.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t columns) {
    return text + std::string(columns > width(text) ? columns - width(text) : 0, ' ');
}

} // namespace

std::string page(const std::vector<CardReport>& cards, const std::vector<StageTime>& stages) {
    std::ostringstream out;
    out << "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
           "<title>cancuoc: from a record to a verified card</title><style>"
        << pageStyle() << "</style></head><body><main>";
    writeHead(out, cards, stages);
    for (const CardReport& card : cards) {
        out << "\n<article>";
        writePerson(out, card);
        writeVerdict(out, card);
        writeDialogue(out, card);
        out << "</article>";
    }
    out << "<footer>Nobody on this page exists: names and faces are drawn by the sample generator, and all "
           "birth "
           "years lie in the 2090s.</footer></main></body></html>\n";
    return out.str();
}

std::string summary(const std::vector<CardReport>& cards) {
    std::size_t nameColumns = 4;
    for (const CardReport& card : cards) {
        nameColumns = std::max(nameColumns, width(printable(card.fullName)));
    }
    std::ostringstream out;
    out << "  " << padded("Number", 14) << padded("Name", nameColumns + 2) << padded("Verdict", 13)
        << padded("QR code", 10) << "APDUs  Time\n";
    for (const CardReport& card : cards) {
        out << "  " << padded(printable(card.number), 14) << padded(printable(card.fullName), nameColumns + 2)
            << padded(printable(card.verdict), 13) << padded(card.qrMatches ? "matches" : "differs", 10)
            << std::setw(5) << card.commands << "  " << milliseconds(card.milliseconds) << '\n';
    }
    out << "\n  " << countGenuine(cards) << " of " << cards.size() << " cards genuine, "
        << countMatching(cards) << " of " << cards.size() << " QR codes match their chip.\n";
    return out.str();
}

} // namespace cancuoc::demo
