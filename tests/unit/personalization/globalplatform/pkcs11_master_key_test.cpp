// SPDX-License-Identifier: Apache-2.0
// Master keys in SoftHSM2, a token that nobody here wrote, derive what the same keys in memory derive.
#include "personalization/globalplatform/pkcs11_master_key.hpp"

#include "host/base/error.hpp"
#include "personalization/globalplatform/key_diversification.hpp"
#include "tests/unit/host/trust/soft_token.hpp"

#include <doctest/doctest.h>
#include <p11-kit/p11-kit.h>

#include <thread>
#include <vector>

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::SoftToken;

namespace {

/// Puts a key into the token that never comes out again.
void put(const std::string& label, CK_KEY_TYPE type, Bytes value) {
    CK_FUNCTION_LIST* const module = p11_kit_module_load(CANCUOC_SOFTHSM_MODULE, 0);
    REQUIRE(module != nullptr);
    REQUIRE(p11_kit_module_initialize(module) == CKR_OK);
    CK_ULONG count = 1;
    CK_SLOT_ID slot = 0;
    REQUIRE(module->C_GetSlotList(CK_TRUE, nullptr, &count) == CKR_OK);
    std::vector<CK_SLOT_ID> slots(count);
    REQUIRE(module->C_GetSlotList(CK_TRUE, slots.data(), &count) == CKR_OK);
    slot = slots.front();
    CK_SESSION_HANDLE session = 0;
    REQUIRE(module->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session) ==
            CKR_OK);
    std::string pin = SoftToken::pin;
    REQUIRE(module->C_Login(session, CKU_USER, reinterpret_cast<CK_UTF8CHAR*>(pin.data()), pin.size()) ==
            CKR_OK);
    CK_OBJECT_CLASS secret = CKO_SECRET_KEY;
    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    std::string name = label;
    std::vector<CK_ATTRIBUTE> attributes{
        {CKA_CLASS, &secret, sizeof secret},   {CKA_KEY_TYPE, &type, sizeof type},
        {CKA_LABEL, name.data(), name.size()}, {CKA_TOKEN, &yes, sizeof yes},
        {CKA_PRIVATE, &yes, sizeof yes},       {CKA_SENSITIVE, &yes, sizeof yes},
        {CKA_EXTRACTABLE, &no, sizeof no},     {CKA_SIGN, &yes, sizeof yes},
        {CKA_ENCRYPT, &yes, sizeof yes},       {CKA_VALUE, value.data(), value.size()}};
    CK_OBJECT_HANDLE key = 0;
    REQUIRE(module->C_CreateObject(session, attributes.data(), attributes.size(), &key) == CKR_OK);
    module->C_CloseSession(session);
    p11_kit_module_finalize(module);
    p11_kit_module_release(module);
}

const Bytes diversificationData = fromHex("00010203040506070809");

void checkSame(Diversification method, const MasterKey& inToken, Bytes value, std::size_t size) {
    const MasterKeyInMemory inMemory{SecretBytes(std::move(value))};
    const auto expected = diversify(method, {inMemory, inMemory, inMemory}, diversificationData, size, 1);
    const auto derived = diversify(method, {inToken, inToken, inToken}, diversificationData, size, 1);
    CHECK(equal(derived.encryption.view(), expected.encryption.view()));
    CHECK(equal(derived.mac.view(), expected.mac.view()));
    CHECK(equal(derived.dataEncryption.view(), expected.dataEncryption.view()));
}

} // namespace

TEST_CASE("keys that stay in a token derive the keys of chips") {
    const SoftToken token;
    const Bytes aes = fromHex("404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F");
    const Bytes tripleDes = fromHex("404142434445464748494A4B4C4D4E4F");
    put("aes", CKK_AES, aes);
    put("des", CKK_DES2, tripleDes);
    auto aesKey = pkcs11MasterKey(SoftToken::uriOf("aes"));
    auto tripleDesKey = pkcs11MasterKey(SoftToken::uriOf("des"));

    checkSame(Diversification::Kdf3, *aesKey, aes, 32);
    checkSame(Diversification::Kdf3, *aesKey, aes, 16);
    checkSame(Diversification::Emv, *tripleDesKey, tripleDes, 16);
    checkSame(Diversification::Visa2, *tripleDesKey, tripleDes, 16);

    // Stations share the key, each on its own thread.
    std::vector<std::thread> stations;
    for (int station = 0; station < 4; ++station) {
        stations.emplace_back([&] {
            for (int round = 0; round < 20; ++round) {
                checkSame(Diversification::Kdf3, *aesKey, aes, 32);
            }
        });
    }
    for (std::thread& station : stations) {
        station.join();
    }

    // The wrong kind of key, and what is not there, are errors that do not repeat the PIN.
    CHECK_THROWS_AS(static_cast<void>(aesKey->encryptTripleDes(Bytes(8))), ReaderUnavailable);
    CHECK_THROWS_AS(static_cast<void>(tripleDesKey->cmac(Bytes(8))), ReaderUnavailable);
    CHECK_THROWS_WITH_AS(static_cast<void>(pkcs11MasterKey(SoftToken::uriOf("none"))),
                         doctest::Contains("The key is not in the token"), ReaderUnavailable);
    CHECK_THROWS_AS(static_cast<void>(pkcs11MasterKey("pkcs11:object=aes")), BadConfiguration);
    // A program is logged in as long as it has a session: only a new one is asked for the PIN.
    aesKey.reset();
    tripleDesKey.reset();
    try {
        static_cast<void>(pkcs11MasterKey(SoftToken::uriOf("aes", "987654")));
        FAIL("a wrong PIN was accepted");
    } catch (const ReaderUnavailable& refusal) {
        CHECK(std::string(refusal.what()).find("987654") == std::string::npos);
    }
}
