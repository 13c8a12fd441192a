// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/identification_number.hpp"

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/lds/mrz_transliteration.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace cancuoc::personalization {

namespace {

/// A province of the numbers, with its name as capitals without diacritics.
struct Province {
    unsigned code;
    std::string_view name;
    std::string_view since2025; ///< the province it is, or is part of, by Resolution 202/2025/QH15
};

// Circular 07/2016/TT-BCA, annex 1.
constexpr std::array provinces{
    Province{1, "HA NOI", "HA NOI"},
    Province{2, "HA GIANG", "TUYEN QUANG"},
    Province{4, "CAO BANG", "CAO BANG"},
    Province{6, "BAC KAN", "THAI NGUYEN"},
    Province{8, "TUYEN QUANG", "TUYEN QUANG"},
    Province{10, "LAO CAI", "LAO CAI"},
    Province{11, "DIEN BIEN", "DIEN BIEN"},
    Province{12, "LAI CHAU", "LAI CHAU"},
    Province{14, "SON LA", "SON LA"},
    Province{15, "YEN BAI", "LAO CAI"},
    Province{17, "HOA BINH", "PHU THO"},
    Province{19, "THAI NGUYEN", "THAI NGUYEN"},
    Province{20, "LANG SON", "LANG SON"},
    Province{22, "QUANG NINH", "QUANG NINH"},
    Province{24, "BAC GIANG", "BAC NINH"},
    Province{25, "PHU THO", "PHU THO"},
    Province{26, "VINH PHUC", "PHU THO"},
    Province{27, "BAC NINH", "BAC NINH"},
    Province{30, "HAI DUONG", "HAI PHONG"},
    Province{31, "HAI PHONG", "HAI PHONG"},
    Province{33, "HUNG YEN", "HUNG YEN"},
    Province{34, "THAI BINH", "HUNG YEN"},
    Province{35, "HA NAM", "NINH BINH"},
    Province{36, "NAM DINH", "NINH BINH"},
    Province{37, "NINH BINH", "NINH BINH"},
    Province{38, "THANH HOA", "THANH HOA"},
    Province{40, "NGHE AN", "NGHE AN"},
    Province{42, "HA TINH", "HA TINH"},
    Province{44, "QUANG BINH", "QUANG TRI"},
    Province{45, "QUANG TRI", "QUANG TRI"},
    Province{46, "HUE", "HUE"},
    Province{48, "DA NANG", "DA NANG"},
    Province{49, "QUANG NAM", "DA NANG"},
    Province{51, "QUANG NGAI", "QUANG NGAI"},
    Province{52, "BINH DINH", "GIA LAI"},
    Province{54, "PHU YEN", "DAK LAK"},
    Province{56, "KHANH HOA", "KHANH HOA"},
    Province{58, "NINH THUAN", "KHANH HOA"},
    Province{60, "BINH THUAN", "LAM DONG"},
    Province{62, "KON TUM", "QUANG NGAI"},
    Province{64, "GIA LAI", "GIA LAI"},
    Province{66, "DAK LAK", "DAK LAK"},
    Province{67, "DAK NONG", "LAM DONG"},
    Province{68, "LAM DONG", "LAM DONG"},
    Province{70, "BINH PHUOC", "DONG NAI"},
    Province{72, "TAY NINH", "TAY NINH"},
    Province{74, "BINH DUONG", "HO CHI MINH"},
    Province{75, "DONG NAI", "DONG NAI"},
    Province{77, "BA RIA VUNG TAU", "HO CHI MINH"},
    Province{79, "HO CHI MINH", "HO CHI MINH"},
    Province{80, "LONG AN", "TAY NINH"},
    Province{82, "TIEN GIANG", "DONG THAP"},
    Province{83, "BEN TRE", "VINH LONG"},
    Province{84, "TRA VINH", "VINH LONG"},
    Province{86, "VINH LONG", "VINH LONG"},
    Province{87, "DONG THAP", "DONG THAP"},
    Province{89, "AN GIANG", "AN GIANG"},
    Province{91, "KIEN GIANG", "AN GIANG"},
    Province{92, "CAN THO", "CAN THO"},
    Province{93, "HAU GIANG", "CAN THO"},
    Province{94, "SOC TRANG", "CAN THO"},
    Province{95, "BAC LIEU", "CA MAU"},
    Province{96, "CA MAU", "CA MAU"},
};
constexpr unsigned highestProvince = 96;

const Province* provinceOf(unsigned code) {
    const auto found = std::find_if(provinces.begin(), provinces.end(),
                                    [code](const Province& province) { return province.code == code; });
    return found == provinces.end() ? nullptr : &*found;
}

/// A part of an address as words in capitals without diacritics, with a space on both sides.
std::string wordsOf(std::string_view part) {
    try {
        return " " + lds::transliterate(part) + " ";
    } catch (const MalformedData&) {
        return " "; // a house number, or nothing of this country
    }
}

bool names(const std::string& words, std::string_view province) {
    return words.find(" " + std::string(province) + " ") != std::string::npos;
}

unsigned valueOf(std::string_view digits) {
    unsigned value = 0;
    for (const char digit : digits) {
        value = value * 10 + static_cast<unsigned>(digit - '0');
    }
    return value;
}

} // namespace

bool IdentificationNumber::isWellFormed(std::string_view number) {
    return number.size() == 12 && isDigits(number);
}

IdentificationNumber::IdentificationNumber(std::string_view number)
    : place_(valueOf(number.substr(0, 3))), century_(valueOf(number.substr(3, 1))),
      year_(valueOf(number.substr(4, 2))) {}

bool IdentificationNumber::hasKnownPlace() const {
    return place_ > highestProvince || provinceOf(place_) != nullptr;
}

bool IdentificationNumber::contradicts(std::string_view place) const {
    const Province* own = provinceOf(place_);
    if (own == nullptr) {
        return false;
    }
    // The province is the last part of an address; street names are provinces' names too.
    const std::string words = wordsOf(place.substr(place.rfind(',') + 1));
    return !names(words, own->name) && !names(words, own->since2025) &&
           std::any_of(provinces.begin(), provinces.end(),
                       [&words](const Province& other) { return names(words, other.name); });
}

std::chrono::year IdentificationNumber::birthYear() const {
    return std::chrono::year(static_cast<int>(1900 + 100 * (century_ / 2) + year_));
}

Sex IdentificationNumber::sex() const {
    return century_ % 2 == 0 ? Sex::Male : Sex::Female;
}

} // namespace cancuoc::personalization
