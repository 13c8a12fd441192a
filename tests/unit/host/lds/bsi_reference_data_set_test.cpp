// SPDX-License-Identifier: Apache-2.0
#include "host/lds/common_data.hpp"
#include "host/lds/data_group_1.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/lds/data_group_2.hpp"
#include "host/lds/data_group_3.hpp"
#include "host/lds/data_group_4.hpp"
#include "host/lds/security_object_file.hpp"

#include "host/apdu/tlv.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace cancuoc;
using namespace cancuoc::lds;

namespace {

Bytes file(const std::string& name) {
    return test::readTestData("bsi-reference/" + name);
}

template <class File>
void comesBackByteForByte(const std::string& name) {
    CAPTURE(name);
    CHECK(File::decode(file(name)).encode() == file(name));
}

} // namespace

TEST_CASE("every file of the BSI reference data set comes back byte for byte") {
    comesBackByteForByte<CommonData>("EF_COM.bin");
    comesBackByteForByte<DataGroup1>("Datagroup1.bin");
    comesBackByteForByte<DataGroup2>("Datagroup2.bin");
    comesBackByteForByte<DataGroup3>("Datagroup3.bin");
    comesBackByteForByte<DataGroup4>("Datagroup4.bin");
    comesBackByteForByte<DataGroup15>("Datagroup15.bin");
}

// Signed bytes are kept as they are; what they say is decoded and written again. The set's
// AlgorithmIdentifier has parameters NULL, which are left out when it is written (RFC 5754, 2), and it lists
// DG4 behind DG14.
TEST_CASE(
    "the signed content of the BSI reference data set's EF.SOD comes back but for a NULL and its order") {
    const auto securityObject = SecurityObjectFile::decode(file("EF_SOD.bin"));
    const auto& signedData = securityObject.signedData();
    const BytesView content = signedData.content();
    const auto object = securityObject.documentSecurityObject();
    const Bytes written = object.encode();
    constexpr std::size_t hashes = 3 + 0xC3; // the SEQUENCE of the data groups' hashes
    REQUIRE(written.size() + 2 == content.size());
    const BytesView writtenHashes = BytesView(written).last(hashes);
    CHECK(std::is_permutation(writtenHashes.begin(), writtenHashes.end(), content.last(hashes).begin()));
    CHECK(DocumentSecurityObject::decode(written) == object);
    CHECK(SecurityObjectFile::wrap(signedData.contentInfo()).encode() == file("EF_SOD.bin"));
}

// DER would have the shortest element first (X.690, 11.6).
TEST_CASE("the SET in DG14 of the BSI reference data set is not in the order of DER, and is put in it") {
    const Bytes original = file("Datagroup14.bin");
    const auto dataGroup = DataGroup14::decode(original);
    const Bytes written = dataGroup.encode();
    CHECK(written != original);
    CHECK(written.size() == original.size());
    CHECK(std::is_permutation(written.begin(), written.end(), original.begin()));

    TlvReader reader = readTlv(readTlv(original, 0x6E, "DG14").value, 0x31, "the SET").children();
    for (const SecurityInfo& info : dataGroup.securityInfos.infos) {
        CHECK(SecurityInfos{{info}}.encode() == encodeTlv(0x31, reader.next()->encoded));
    }
    CHECK(reader.atEnd());
}

TEST_CASE("DG4 of the BSI reference data set has two irises") {
    const auto dataGroup = DataGroup4::decode(file("Datagroup4.bin"));
    REQUIRE(dataGroup.templates.size() == 2);
    for (const auto& information : dataGroup.templates) {
        CHECK(information.header.biometricType == biometric::biometricTypeIris);
        CHECK(information.header.formatType == 0x0009); // ISO/IEC 19794-6, rectilinear
        CHECK(toText(BytesView(information.dataBlock).first(4)) == std::string("IIR\0", 4));
        CHECK_FALSE(information.constructedBlock);
    }
    CHECK(dataGroup.templates[0].header.biometricSubtype == 0x01); // right
    CHECK(dataGroup.templates[1].header.biometricSubtype == 0x02); // left
    CHECK(dataGroup.issuerContent.empty());
}
