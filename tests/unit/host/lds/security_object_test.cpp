// SPDX-License-Identifier: Apache-2.0
#include "host/lds/document_security_object.hpp"
#include "host/lds/security_object_file.hpp"

#include "host/base/error.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::lds;

TEST_CASE("EF.SOD of the BSI reference data set") {
    const Bytes file = test::readTestData("bsi-reference/EF_SOD.bin");
    const SecurityObjectFile securityObjectFile = SecurityObjectFile::decode(file);
    CHECK(securityObjectFile.signedData().contentType().toText() == DocumentSecurityObject::contentType);
    CHECK(securityObjectFile.signedData().contentInfo().size() == file.size() - 4);
    CHECK(securityObjectFile.signedData().certificates().size() == 1);
    CHECK(securityObjectFile.signedData().certificates().front().size() == 1125);

    const DocumentSecurityObject object = securityObjectFile.documentSecurityObject();
    CHECK(object.version() == 0);
    CHECK(object.hashAlgorithm == HashAlgorithm::Sha256);
    REQUIRE(object.dataGroupHashes.size() == 5);
    for (const int number : {1, 2, 3, 4, 14}) {
        const Bytes dataGroup =
            test::readTestData("bsi-reference/Datagroup" + std::to_string(number) + ".bin");
        CHECK(object.dataGroupHashes.at(number) == digest(HashAlgorithm::Sha256, dataGroup));
    }
    CHECK(SecurityObjectFile::wrap(securityObjectFile.signedData().contentInfo()).encode() == file);
}

TEST_CASE("an LDSSecurityObject is written and read, both versions and every hash") {
    for (const HashAlgorithm algorithm : {HashAlgorithm::Sha1, HashAlgorithm::Sha224, HashAlgorithm::Sha256,
                                          HashAlgorithm::Sha384, HashAlgorithm::Sha512}) {
        DocumentSecurityObject object;
        object.hashAlgorithm = algorithm;
        for (int number = 1; number <= 16; ++number) {
            object.dataGroupHashes[number] = digest(algorithm, Bytes{static_cast<std::uint8_t>(number)});
        }
        CHECK(DocumentSecurityObject::decode(object.encode()) == object);
        object.versionInfo = DocumentSecurityObject::VersionInfo{};
        CHECK(object.version() == 1);
        CHECK(DocumentSecurityObject::decode(object.encode()) == object);
    }
}

TEST_CASE("hashes under numbers that the LDS does not know are kept apart") {
    DocumentSecurityObject object;
    object.dataGroupHashes[1] = Bytes(32, 0x11);
    object.unknownDataGroupHashes = {{17, Bytes(32, 0x17)}, {19, Bytes(32, 0x19)}};
    const auto decoded = DocumentSecurityObject::decode(object.encode());
    CHECK(decoded == object);
    CHECK(decoded.dataGroupHashes.size() == 1);
    object.unknownDataGroupHashes[17] = Bytes(31);
    CHECK_THROWS_AS((void)DocumentSecurityObject::decode(object.encode()), MalformedData);
    object.unknownDataGroupHashes = {{0, Bytes(32)}};
    CHECK_THROWS_AS((void)DocumentSecurityObject::decode(object.encode()), MalformedData);
}

TEST_CASE("the DER of an LDSSecurityObject of version 1") {
    DocumentSecurityObject object;
    object.dataGroupHashes[1] = Bytes(32, 0x11);
    object.versionInfo = DocumentSecurityObject::VersionInfo{"0108", "040000"};
    CHECK(toHex(object.encode()) == "3049020101300B060960864801650304020130273025020101"
                                    "0420" +
                                        toHex(Bytes(32, 0x11)) +
                                        "300E"
                                        "130430313038"
                                        "1306303430303030");
}

TEST_CASE("a malformed LDSSecurityObject is refused") {
    DocumentSecurityObject object;
    object.dataGroupHashes[1] = Bytes(32, 0x11);
    const Bytes whole = object.encode();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_THROWS_AS((void)DocumentSecurityObject::decode(BytesView(whole).first(size)), MalformedData);
    }
    object.dataGroupHashes[1] = Bytes(31, 0x11);
    CHECK_THROWS_AS((void)DocumentSecurityObject::decode(object.encode()), MalformedData);
    object.dataGroupHashes = {{17, Bytes(32)}};
    CHECK_THROWS_AS((void)DocumentSecurityObject::decode(object.encode()), MalformedData);
    object.dataGroupHashes.clear();
    CHECK_THROWS_AS((void)DocumentSecurityObject::decode(object.encode()), MalformedData);

    Bytes wrongVersion = whole;
    wrongVersion[4] = 1; // says version 1, has no version information
    CHECK_THROWS_AS((void)DocumentSecurityObject::decode(wrongVersion), MalformedData);
    Bytes md5 = whole;
    md5[17] = 9; // an unknown hash algorithm
    CHECK_THROWS_AS((void)DocumentSecurityObject::decode(md5), MalformedData);

    const std::string entry = "3025020101"
                              "0420" +
                              toHex(Bytes(32, 0x11));
    const Bytes twice = fromHex("3062020100300B0609608648016503040201"
                                "304E" +
                                entry + entry);
    CHECK_THROWS_AS((void)DocumentSecurityObject::decode(twice), MalformedData);
}

TEST_CASE("a malformed EF.SOD is refused") {
    const Bytes file = test::readTestData("bsi-reference/EF_SOD.bin");
    for (std::size_t size = 0; size < file.size(); size += 7) {
        CHECK_THROWS_AS((void)SecurityObjectFile::decode(BytesView(file).first(size)), MalformedData);
    }
    CHECK_THROWS_AS((void)SecurityObjectFile::decode(concat(file, Bytes{0})), MalformedData);
    CHECK_THROWS_AS((void)SecurityObjectFile::wrap(fromHex("3000")), MalformedData);
    // a ContentInfo of type data
    CHECK_THROWS_AS((void)SecurityObjectFile::wrap(fromHex("300F06092A864886F70D010701A0020400")),
                    MalformedData);
    CHECK_THROWS_AS((void)SecurityObjectFile::decode(Bytes(SecurityObjectFile::maximumLength + 1)),
                    MalformedData);
}
