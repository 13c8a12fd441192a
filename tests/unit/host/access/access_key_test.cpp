// SPDX-License-Identifier: Apache-2.0
#include "host/access/access_key.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace std::chrono_literals;

namespace {

std::string encoded(const AccessKey& key) {
    return toHex(key.encoded());
}

std::string messageFor(std::string_view mrz) {
    try {
        static_cast<void>(AccessKey::fromMrz(mrz));
    } catch (const BadConfiguration& error) {
        return error.what();
    }
    return "";
}

// Doc 9303-11, D.2.
constexpr std::string_view exampleMrz = "I<UTOL898902C<3<<<<<<<<<<<<<<<\n"
                                        "6908061F9406236UTO<<<<<<<<<<<1\n"
                                        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
constexpr std::string_view longNumberMrz = "I<UTOD23145890<7349<<<<<<<<<<<\n"
                                           "3407127M9507122UTO<<<<<<<<<<<2\n"
                                           "STEVENSON<<PETER<JOHN<<<<<<<<<";
constexpr std::string_view longNumberTd2Mrz = "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\n"
                                              "D23145890<UTO3407127M95071227349<<<8";
// Doc 9303-6 and 9303-4, the specimens.
constexpr std::string_view td2Mrz = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n"
                                    "D231458907UTO7408122F1204159<<<<<<<6";
constexpr std::string_view td3Mrz = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                                    "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
// An invented Vietnamese card.
constexpr std::string_view vietnameseMrz = "IDVNM2990000011001299000001<<2\n"
                                           "9901018M2401014VNM<<<<<<<<<<<2\n"
                                           "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<";

} // namespace

TEST_CASE("The MRZ information is that of Doc 9303-11, D.2 and G.1") {
    constexpr auto example = "239AB9CB282DAF66231DC5A4DF6BFBAEDF477565";
    CHECK(encoded(AccessKey::fromMrz(exampleMrz)) == example);
    CHECK(encoded(AccessKey::fromMrzInformation("L898902C<", 1969y / 8 / 6, 1994y / 6 / 23)) == example);
    CHECK(encoded(AccessKey::fromMrzInformation("L898902C", 1969y / 8 / 6, 1994y / 6 / 23)) == example);
    CHECK(encoded(AccessKey::fromMrzInformation("T22000129", 1964y / 8 / 12, 2010y / 10 / 31)) ==
          "7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD");
    CHECK(AccessKey::fromMrz(exampleMrz).type() == PasswordType::Mrz);
}

TEST_CASE("A document number of more than 9 characters is joined from both of its fields") {
    // SHA-1 of D23145890734934071279507122, the MRZ information that D.2 gives.
    constexpr auto example = "B366AD857DDCA2B08C0E2998117147300FA5D581";
    CHECK(encoded(AccessKey::fromMrz(longNumberMrz)) == example);
    CHECK(encoded(AccessKey::fromMrzInformation("D23145890734", 1934y / 7 / 12, 1995y / 7 / 12)) == example);
}

TEST_CASE("The MRZ of a TD2 card and of a passport open them as well") {
    CHECK(encoded(AccessKey::fromMrz(td2Mrz)) ==
          encoded(AccessKey::fromMrzInformation("D23145890", 1974y / 8 / 12, 2012y / 4 / 15)));
    CHECK(encoded(AccessKey::fromMrz(td3Mrz)) ==
          encoded(AccessKey::fromMrzInformation("L898902C3", 1974y / 8 / 12, 2012y / 4 / 15)));
    CHECK(encoded(AccessKey::fromMrz(longNumberTd2Mrz)) == encoded(AccessKey::fromMrz(longNumberMrz)));
    for (const std::string_view mrz : {td2Mrz, td3Mrz}) {
        const std::size_t secondLine = mrz.find('\n') + 1;
        const auto changed = [&](std::size_t position) {
            std::string text(mrz);
            text[secondLine + position] = text[secondLine + position] == '8' ? '9' : '8';
            return messageFor(text);
        };
        CHECK(changed(1).find("document number") != std::string::npos);
        CHECK(changed(14).find("date of birth") != std::string::npos);
        CHECK(changed(22).find("date of expiry") != std::string::npos);
    }
}

TEST_CASE("Line breaks and spaces in an MRZ do not matter") {
    for (const std::string_view separator : {" ", "\r\n", "", "\n\n"}) {
        std::string joined = std::string(exampleMrz.substr(0, 30)).append(separator);
        joined.append(exampleMrz.substr(31, 30)).append(separator).append(exampleMrz.substr(62));
        CHECK(encoded(AccessKey::fromMrz(joined)) == encoded(AccessKey::fromMrz(exampleMrz)));
    }
}

TEST_CASE("A Vietnamese number gives the CAN, and with both dates the MRZ information") {
    CHECK(toText(AccessKey::fromNumber("001299000001").encoded()) == "000001");
    CHECK(AccessKey::fromNumber("001299000001").type() == PasswordType::Can);
    CHECK(encoded(AccessKey::fromNumber("001299000001", 2099y / 1 / 1, 2124y / 1 / 1)) ==
          encoded(AccessKey::fromMrz(vietnameseMrz)));
    CHECK(encoded(AccessKey::fromCan("000001")) == encoded(AccessKey::fromNumber("001299000001")));
}

TEST_CASE("Whatever is not a key is refused with its field, and never repeated") {
    for (const std::string_view can : {"", "12345", "1234567", "12345a", "12 456"}) {
        CHECK_THROWS_AS(static_cast<void>(AccessKey::fromCan(can)), BadConfiguration);
    }
    for (const std::string_view number : {"299000001", "0012990000011", "00129900000A", ""}) {
        CHECK_THROWS_AS(static_cast<void>(AccessKey::fromNumber(number)), BadConfiguration);
        CHECK_THROWS_AS(static_cast<void>(AccessKey::fromNumber(number, 2099y / 1 / 1, 2124y / 1 / 1)),
                        BadConfiguration);
    }
    CHECK_THROWS_AS(static_cast<void>(AccessKey::fromMrzInformation("", 2099y / 1 / 1, 2124y / 1 / 1)),
                    BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(AccessKey::fromMrzInformation("abc", 2099y / 1 / 1, 2124y / 1 / 1)),
                    BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(AccessKey::fromMrzInformation("A", 2099y / 2 / 30, 2124y / 1 / 1)),
                    BadConfiguration);

    const auto changed = [](std::size_t position, char character) {
        std::string mrz(vietnameseMrz);
        mrz[position] = character;
        return mrz;
    };
    CHECK(messageFor(changed(6, '8')).find("document number") != std::string::npos);
    CHECK(messageFor(changed(32, '8')).find("date of birth") != std::string::npos);
    CHECK(messageFor(changed(40, '8')).find("date of expiry") != std::string::npos);
    CHECK(messageFor(changed(6, 'o')).find("character") != std::string::npos);
    CHECK(messageFor("IDVNM").find("three lines") != std::string::npos);
    CHECK(messageFor(std::string(vietnameseMrz) + "<").find("three lines") != std::string::npos);
    CHECK(messageFor(changed(6, '8')).find("2980000") == std::string::npos);
}
