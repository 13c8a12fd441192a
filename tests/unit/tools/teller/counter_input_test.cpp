// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/counter_input.hpp"

#include <string>

#include <doctest/doctest.h>

#include "tools/teller/scanned_lines.hpp"

using namespace cancuoc::teller;

namespace {

const std::string zone = "IDVNM2990000011001299000001<<2 9901018M2401014VNM<<<<<<<<<<<2 "
                         "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<";

CounterInput understood(std::string_view text) {
    auto result = readCounterInput(text);
    REQUIRE(std::holds_alternative<CounterInput>(result));
    return std::get<CounterInput>(result);
}

InputProblem problem(std::string_view text) {
    const auto result = readCounterInput(text);
    REQUIRE(std::holds_alternative<InputProblem>(result));
    return std::get<InputProblem>(result);
}

} // namespace

TEST_CASE("six digits are the CAN, twelve the number; spaces among them do not matter") {
    CHECK(understood("000001").access.can == "000001");
    CHECK(understood(" 000 001\r").access.can == "000001");
    CHECK(understood("001299000001").access.number == "001299000001");
    CHECK(understood("001 299 000 001").access.number == "001299000001");
    CHECK_FALSE(understood("001299000001").qr);
}

TEST_CASE("the QR of both generations gives the number, and what the chip must say") {
    const auto of2021 =
        understood("001299000001||Nguyễn Văn Mẫu|01012099|Nam|Số 1 Phố Mẫu, Phường Mẫu, Hà Nội|02012113");
    CHECK(of2021.access.number == "001299000001");
    CHECK(of2021.access.can.empty());
    REQUIRE(of2021.qr);
    CHECK(of2021.qr->fullName == "Nguyễn Văn Mẫu");
    const auto of2024 = understood("001399000002|299000001|Trần Thị Mẫu|01012099|Nữ|Hà Nội|02012113||||");
    CHECK(of2024.access.number == "001399000002");
    REQUIRE(of2024.qr);
    CHECK(of2024.qr->oldNumber == "299000001");
}

TEST_CASE("a QR as scanners spoil it: decomposed letters, doubled separators, CR") {
    const auto spoilt =
        understood("001299000001||||Nguye\xCC\x82\xCC\x83n Van||01012099||Nam||Ha Noi||02012113\r");
    REQUIRE(spoilt.qr);
    CHECK(spoilt.qr->fullName == "Nguyễn Van");
    const auto fullWidth = understood("００１２９９０００００１｜｜Mẫu｜01012099｜Nam｜Ha Noi｜02012113");
    CHECK(fullWidth.access.number == "001299000001");
}

TEST_CASE("the MRZ, in three lines or in one, gives the MRZ and the number in it") {
    std::string joined = zone;
    std::erase(joined, ' ');
    CHECK(understood(zone).access.mrz == joined);
    CHECK(understood(zone).access.number == "001299000001");
    CHECK(understood(joined).access.mrz == joined);
    std::string small = joined;
    for (auto& character : small) {
        character = static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
    }
    CHECK(understood(small).access.mrz == joined);
}

TEST_CASE("the MRZ of another State's card gives no number") {
    const auto input = understood("I<UTOD231458907<<<<<<<<<<<<<<< 7408122F1204159UTO<<<<<<<<<<<6 "
                                  "ERIKSSON<<ANNA<MARIA<<<<<<<<<<");
    CHECK(input.access.number.empty());
    CHECK_FALSE(input.access.mrz.empty());
}

TEST_CASE("what opens no card is told apart") {
    CHECK(problem("12345") == InputProblem::WrongLength);
    CHECK(problem("1234567") == InputProblem::WrongLength);
    CHECK(problem("299000001") == InputProblem::WrongLength);
    CHECK(problem("") == InputProblem::NotUnderstood);
    CHECK(problem("xin chào") == InputProblem::NotUnderstood);
    CHECK(problem("00000x") == InputProblem::NotUnderstood);
    CHECK(problem("https://example.org/a|b") == InputProblem::NotUnderstood);
    CHECK(problem("DN4010123456789|4e677579e1bb856e|01/01/2099|1|4861204ee1bb9969|") ==
          InputProblem::HealthInsuranceCard);
    CHECK(problem("IDVNM2990000011001299000001<<2 9901019M2401014VNM<<<<<<<<<<<2 "
                  "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<") == InputProblem::WrongCheckDigit);
    CHECK(problem("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< "
                  "L898902C36UTO7408122F1204159ZE184226B<<<<<10") == InputProblem::OtherDocument);
    CHECK(problem(std::string(100000, '1')) == InputProblem::WrongLength);
    CHECK(problem("001299000001|" + std::string(100000, 'a')) == InputProblem::NotUnderstood);
}

TEST_CASE("a scanner's three lines become one MRZ") {
    ScannedLines lines;
    CHECK_FALSE(lines.add("IDVNM2990000011001299000001<<2\r"));
    CHECK(lines.pending() == 1);
    CHECK(lines.expected() == 3);
    CHECK_FALSE(lines.add("")); // CR and LF
    CHECK_FALSE(lines.add("9901018m2401014vnm<<<<<<<<<<<2"));
    CHECK(lines.add("NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<") == zone);
    CHECK(lines.pending() == 0);
    CHECK(lines.expected() == 0);
}

TEST_CASE("a passport's two lines become one MRZ") {
    ScannedLines lines;
    CHECK_FALSE(lines.add("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"));
    CHECK(lines.expected() == 2);
    CHECK(lines.add("L898902C36UTO7408122F1204159ZE184226B<<<<<10"));
}

TEST_CASE("a line that is no part of an MRZ is whole, and ends an unfinished one") {
    ScannedLines lines;
    CHECK(lines.add(" 000001 ") == "000001");
    CHECK(lines.add("9901018M2401014VNM<<<<<<<<<<<2")); // the first line is missing
    CHECK_FALSE(lines.add("IDVNM2990000011001299000001<<2"));
    CHECK(lines.add("001299000001") == "001299000001");
    CHECK(lines.pending() == 0);
    CHECK_FALSE(lines.add("IDVNM2990000011001299000001<<2"));
    CHECK_FALSE(lines.add("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<")); // begins anew
    CHECK(lines.pending() == 1);
    CHECK(lines.expected() == 2);
    lines.clear();
    CHECK(lines.pending() == 0);
}
