// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/key_file.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

const Bytes serial = fromHex("00010203040506070809");

/// A folder with one key file after another.
class KeyFiles {
public:
    std::unique_ptr<KeySource> read(const std::string& text, const KeyScheme& scheme) const {
        const auto file = folder_.path() / "keys.json";
        writeFile(file, viewOf(text));
        return readKeyFile(file, scheme);
    }
    std::string refusal(const std::string& text, const KeyScheme& scheme) const {
        try {
            static_cast<void>(read(text, scheme));
        } catch (const BadConfiguration& error) {
            return error.what();
        }
        return {};
    }

private:
    test::TemporaryDirectory folder_;
};

} // namespace

TEST_CASE("keys of a file: common ones, and master keys") {
    const KeyFiles files;
    const KeyScheme common{0x20, 16, {}};
    const auto three = files.read(R"({"encryption": "404142434445464748494A4B4C4D4E4F",
        "mac": "505152535455565758595A5B5C5D5E5F", "dataEncryption": "606162636465666768696A6B6C6D6E6F"})",
                                  common);
    const SecurityDomainKeys keys = three->keysOf(serial);
    CHECK(keys.keyVersion == 0x20);
    CHECK(toHex(keys.mac.view()) == "505152535455565758595A5B5C5D5E5F");
    CHECK(toHex(keys.dataEncryption.view()) == "606162636465666768696A6B6C6D6E6F");
    const auto one = files.read(R"({"master": "404142434445464748494A4B4C4D4E4F"})", common);
    CHECK(toHex(one->keysOf(serial).mac.view()) == "404142434445464748494A4B4C4D4E4F");
    // The known answer of martinpaljak/GlobalPlatformPro, TestSCP03.java.
    const auto master =
        files.read(R"({"master": "8C72C72CF908411653018807950D82FBAD947562F0828A0B10B8B9606ABF3BCD"})",
                   {0x01, 32, Diversification::Kdf3});
    CHECK(toHex(master->keysOf(fromHex("D9B1DE5D0362DEDCE4FB")).encryption.view()) ==
          "9AAC5D0B3601F89438A0D9D0B6B256CFB47E6462DFA5228D3420C4AC7C224781");
}

TEST_CASE("a bad key file names the element and the rule, and never the key") {
    const KeyFiles files;
    const KeyScheme common{0x20, 16, {}};
    const KeyScheme diversified{0x01, 32, Diversification::Kdf3};
    CHECK(files.refusal("{", common).find("is no JSON object") != std::string::npos);
    CHECK(files.refusal(R"({"encryption": "404142434445464748494A4B4C4D4E4F"})", common)
              .find("mac is missing") != std::string::npos);
    const std::string wrong = files.refusal(R"({"master": "4041424344454647"})", common);
    CHECK(wrong.find("master must be 16 bytes in hexadecimal digits") != std::string::npos);
    CHECK(wrong.find("4041424344454647") == std::string::npos);
    CHECK(files.refusal(R"({"master": "404142434445464748494A4B4C4D4E4F", "mac": "40"})", common)
              .find("mac is no element") != std::string::npos);
    CHECK(files.refusal(R"({"master": "404142434445464748494A4B4C4D4E4F50"})", diversified)
              .find("master must have 16, 24 or 32 bytes") != std::string::npos);
    const std::string token = files.refusal(R"({"master": "pkcs11:object=x?pin-value=987654"})", diversified);
    CHECK(token.find("names no module-path") != std::string::npos);
    CHECK(token.find("987654") == std::string::npos);
    // A token gives its keys to nobody: it cannot hold keys that are the same in every chip.
    CHECK(files.refusal(R"({"master": "pkcs11:object=x"})", common).find("hexadecimal") != std::string::npos);
}

TEST_CASE("the published test keys serve chips that hold them") {
    CHECK(publishedTransportKeys({0x30, 16, {}})->keyVersion() == 0x30);
    CHECK_THROWS_AS(static_cast<void>(publishedTransportKeys({0x30, 32, {}})), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(publishedTransportKeys({0x30, 16, Diversification::Kdf3})),
                    BadConfiguration);
}
