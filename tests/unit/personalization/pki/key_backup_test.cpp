// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/key_backup.hpp"

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::maximumSize;
using test::PkiFixture;
using test::TemporaryDirectory;

namespace {

std::vector<std::filesystem::path> write(const std::filesystem::path& folder,
                                         const std::vector<SecretBytes>& shares) {
    std::vector<std::filesystem::path> files;
    for (const auto& share : shares) {
        files.push_back(folder / ("share-" + std::to_string(files.size() + 1) + ".txt"));
        writeFile(files.back(), share.view());
    }
    return files;
}

std::string refusalOf(const std::vector<std::filesystem::path>& files) {
    try {
        static_cast<void>(restoreKey(files));
        return "";
    } catch (const BadConfiguration& refusal) {
        return refusal.what();
    }
}

} // namespace

TEST_CASE("Any three of five custodians restore the key, and two do not") {
    const PkiFixture pki;
    const TemporaryDirectory folder;
    SystemRandom random;
    const auto key = pki.files().cscaKey;
    const auto files = write(folder.path(), makeKeyShares(key, 5, 3, random, KeyStore::unencrypted()));
    REQUIRE(files.size() == 5);
    for (std::size_t first = 0; first < 5; ++first) {
        for (std::size_t second = first + 1; second < 5; ++second) {
            CHECK(refusalOf({files[first], files[second]}).find("too few: 3") != std::string::npos);
            for (std::size_t third = second + 1; third < 5; ++third) {
                KeyStore::unencrypted().write(folder.path() / "restored.key",
                                              *restoreKey({files[third], files[first], files[second]}));
                CHECK(readFile(folder.path() / "restored.key", maximumSize) == readFile(key, maximumSize));
            }
        }
    }
    CHECK(refusalOf(files).empty());
    CHECK(refusalOf({}).find("too few") != std::string::npos);
    CHECK(refusalOf({files[0], files[1], files[1]}).find("share 2, which is there already") !=
          std::string::npos);
    const auto text = readFile(files[0], maximumSize);
    CHECK(toText(text).find("share 1 of which 3 are needed") != std::string::npos);
}

TEST_CASE("A share that was changed anywhere, or is of another backup, is named") {
    const PkiFixture pki;
    const TemporaryDirectory folder;
    SystemRandom random;
    const auto files =
        write(folder.path(), makeKeyShares(pki.files().cscaKey, 3, 2, random, KeyStore::unencrypted()));
    const auto good = readFile(files[0], maximumSize);
    for (std::size_t index = 0; index < good.size(); ++index) {
        auto changed = good;
        changed[index] ^= 0x01;
        writeFile(files[0], changed);
        CHECK_FALSE(refusalOf({files[0], files[1]}).empty());
    }
    writeFile(files[0], BytesView(good).first(good.size() - 30));
    CHECK_FALSE(refusalOf({files[0], files[1]}).empty());
    const auto others =
        write(folder.path(), makeKeyShares(pki.files().cscaKey, 3, 2, random, KeyStore::unencrypted()));
    writeFile(folder.path() / "former.txt", good);
    CHECK(refusalOf({others[1], folder.path() / "former.txt"}).find("another backup") != std::string::npos);
    CHECK(refusalOf({others[1], pki.files().cscaKey}).find("csca.key") != std::string::npos);
}

TEST_CASE("Numbers of custodians that make no sense are refused") {
    const PkiFixture pki;
    SystemRandom random;
    for (const auto& [custodians, needed] : {std::pair{1U, 1U}, {3U, 1U}, {3U, 4U}, {17U, 3U}, {0U, 0U}}) {
        CHECK_THROWS_AS(static_cast<void>(makeKeyShares(pki.files().cscaKey, custodians, needed, random,
                                                        KeyStore::unencrypted())),
                        BadConfiguration);
    }
    CHECK(makeKeyShares(pki.files().cscaKey, 16, 16, random, KeyStore::unencrypted()).size() == 16);
}
