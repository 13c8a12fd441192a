// SPDX-License-Identifier: Apache-2.0
// Known answers: martinpaljak/GlobalPlatformPro, TestPlaintextKeys.java and TestSCP03.java, and
// osmocom/pysim, tests/unittests/test_globalplatform.py, SCP03_KCV_Test. Values only.
#include "personalization/globalplatform/key_diversification.hpp"

#include "host/base/error.hpp"
#include "personalization/globalplatform/key_check_value.hpp"
#include "personalization/globalplatform/key_source.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

const Bytes diversificationData = fromHex("00010203040506070809");
const Bytes longestMasterKey = fromHex("404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F");

using CheckValues = std::array<const char*, 3>;

SecurityDomainKeys derived(Diversification method, std::size_t size, BytesView data = diversificationData) {
    const MasterKeyInMemory master(SecretBytes(BytesView(longestMasterKey).first(size)));
    return diversify(method, {master, master, master}, data, size, 0x01);
}

void check(const SecurityDomainKeys& keys, KeyType type, const CheckValues& expected) {
    CHECK(toHex(keyCheckValue(type, keys.encryption.view())) == expected[0]);
    CHECK(toHex(keyCheckValue(type, keys.mac.view())) == expected[1]);
    CHECK(toHex(keyCheckValue(type, keys.dataEncryption.view())) == expected[2]);
    CHECK(keys.keyVersion == 0x01);
}

} // namespace

TEST_CASE("key check values") {
    CHECK(toHex(keyCheckValue(KeyType::TripleDes, fromHex("404142434445464748494A4B4C4D4E4F"))) == "8BAF47");
    CHECK(toHex(keyCheckValue(KeyType::Aes, fromHex("404142434445464748494A4B4C4D4E4F"))) == "504A77");
    CHECK(toHex(keyCheckValue(KeyType::Aes, fromHex("000102030405060708090a0b0c0d0e0f"))) == "C35280");
    CHECK(toHex(keyCheckValue(KeyType::Aes, fromHex("101112131415161718191a1b1c1d1e1f"))) == "013808");
    CHECK_THROWS_AS(static_cast<void>(keyCheckValue(KeyType::Aes, Bytes(8))), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(keyCheckValue(KeyType::TripleDes, Bytes(8))), BadConfiguration);
}

TEST_CASE("EMV and VISA2") {
    check(derived(Diversification::Emv, 16), KeyType::TripleDes, {"C33013", "6F4CA6", "BB8179"});
    check(derived(Diversification::Visa2, 16), KeyType::TripleDes, {"2BE598", "58DA38", "3C328E"});
    CHECK_THROWS_AS(static_cast<void>(derived(Diversification::Emv, 24)), BadConfiguration);
}

TEST_CASE("KDF3 with all key sizes") {
    check(derived(Diversification::Kdf3, 16), KeyType::Aes, {"E79C05", "D1BD77", "3FDE8C"});
    check(derived(Diversification::Kdf3, 24), KeyType::Aes, {"1DE8EA", "47C00C", "C04D76"});
    check(derived(Diversification::Kdf3, 32), KeyType::Aes, {"2972D2", "036F94", "5D57B8"});
    const MasterKeyInMemory master(
        SecretBytes(fromHex("8C72C72CF908411653018807950D82FBAD947562F0828A0B10B8B9606ABF3BCD")));
    CHECK(toHex(diversify(Diversification::Kdf3, {master, master, master}, fromHex("D9B1DE5D0362DEDCE4FB"),
                          32, 1)
                    .encryption.view()) ==
          "9AAC5D0B3601F89438A0D9D0B6B256CFB47E6462DFA5228D3420C4AC7C224781");
    CHECK_THROWS_AS(static_cast<void>(derived(Diversification::Kdf3, 8)), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(derived(Diversification::Kdf3, 16, Bytes(9))), BadConfiguration);
}

TEST_CASE("each key of a domain comes from its own master key") {
    const auto master = [](std::uint8_t filling) {
        return std::make_shared<const MasterKeyInMemory>(SecretBytes(Bytes(16, filling)));
    };
    const DiversifiedKeys source(Diversification::Kdf3, {master(1), master(2), master(3)}, 32, 0x42);
    const SecurityDomainKeys keys = source.keysOf(diversificationData);
    const MasterKeyInMemory second(SecretBytes(Bytes(16, 2)));
    CHECK(equal(
        keys.mac.view(),
        diversify(Diversification::Kdf3, {second, second, second}, diversificationData, 32, 0).mac.view()));
    CHECK(keys.keyVersion == 0x42);
    CHECK(source.keyVersion() == 0x42);
    CHECK_FALSE(equal(keys.encryption.view(), keys.dataEncryption.view()));
    CHECK_FALSE(equal(source.keysOf(fromHex("00010203040506070800")).mac.view(), keys.mac.view()));
}
