// SPDX-License-Identifier: Apache-2.0
// To be run under valgrind's memcheck. The chip's secrets - passwords, private keys, keys of secure channels
// and sessions, and what it draws at random - are declared undefined, and terminals and issuers go through
// its protocols: memcheck then reports every branch and every address in the chip that hangs on a secret.
// What the chip sends is public again, and so is whether two values compared in constant time are equal.
//
//   secret_branches         the chip
//   secret_branches plant   a program that does branch on a secret, to see memcheck find it
#include "card/applets/manager/issuer_objects.hpp"
#include "card/chip.hpp"
#include "host/access/active_authentication.hpp"
#include "host/access/basic_access_control.hpp"
#include "host/access/card_session.hpp"
#include "host/access/chip_authentication.hpp"
#include "host/access/file_reader.hpp"
#include "host/access/pace.hpp"
#include "host/access/select.hpp"
#include "host/base/error.hpp"
#include "host/crypto/cipher.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/inspection.hpp"
#include "host/reader/in_process_connection.hpp"
#include "personalization/globalplatform/secure_channel.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/unit/card/applets/global_platform_host.hpp"
#include "tests/unit/card/storage/tearing_flash.hpp"
#include "tests/unit/host/inspection/test_card.hpp"

#include <algorithm>
#include <iostream>
#include <random>
#include <stdexcept>
#include <string_view>

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#include <mbedtls/aes.h>
#include <mbedtls/des.h>
#include <valgrind/memcheck.h>

using namespace cancuoc;
using personalization::SecureChannel;
using personalization::SecurityDomainKeys;
using personalization::SecurityLevel;
using test::DocumentProfile;

namespace {

void hide(const void* data, std::size_t size) {
    VALGRIND_MAKE_MEM_UNDEFINED(data, size);
}

void publish(const void* data, std::size_t size) {
    VALGRIND_MAKE_MEM_DEFINED(data, size);
}

/// Whether the chip decrypts what its peer knows, commands under secure messaging, and no keys.
bool decryptsCommands = true;

/// Whether the chip decrypts commands before their MAC is compared, as SCP02 has it. What comes out is then
/// nobody's whom the chip knows, and secret until the comparison says that it is the issuer's.
bool decryptsBeforeMac = false;

/// The data of the last such command; they are the issuer's when the next comparison finds equal.
std::span<unsigned char> awaitsMac;

/// The secrets that come to the chip inside of commands, encrypted.
std::vector<Bytes> arriving;

/// Where the copies of `secrets` are in `memory`.
std::vector<std::span<const std::uint8_t>> copiesOf(const std::vector<Bytes>& secrets, BytesView memory) {
    std::vector<std::span<const std::uint8_t>> copies;
    for (const Bytes& secret : secrets) {
        auto found = memory.begin();
        while ((found = std::search(found, memory.end(), secret.begin(), secret.end())) != memory.end()) {
            copies.push_back(memory.subspan(found - memory.begin(), secret.size()));
            ++found;
        }
    }
    return copies;
}

/// What a command brought is public but for the secrets in it.
void sortOut(unsigned char* decrypted, std::size_t size) {
    publish(decrypted, size);
    for (const auto copy : copiesOf(arriving, {decrypted, size})) {
        hide(copy.data(), copy.size());
    }
}

} // namespace

// The linker puts these in the place of mbedTLS's functions in the chip.
extern "C" {
int __real_mbedtls_ct_memcmp(const void* left, const void* right, std::size_t size);
int __wrap_mbedtls_ct_memcmp(const void* left, const void* right, std::size_t size);
int __real_mbedtls_aes_crypt_cbc(mbedtls_aes_context* context, int mode, std::size_t length,
                                 unsigned char* vector, const unsigned char* input, unsigned char* output);
int __wrap_mbedtls_aes_crypt_cbc(mbedtls_aes_context* context, int mode, std::size_t length,
                                 unsigned char* vector, const unsigned char* input, unsigned char* output);
int __real_mbedtls_des3_crypt_cbc(mbedtls_des3_context* context, int mode, std::size_t length,
                                  unsigned char* vector, const unsigned char* input, unsigned char* output);
int __wrap_mbedtls_des3_crypt_cbc(mbedtls_des3_context* context, int mode, std::size_t length,
                                  unsigned char* vector, const unsigned char* input, unsigned char* output);

int __wrap_mbedtls_ct_memcmp(const void* left, const void* right, std::size_t size) {
    const int difference = __real_mbedtls_ct_memcmp(left, right, size);
    publish(&difference, sizeof difference);
    if (difference == 0) {
        sortOut(awaitsMac.data(), awaitsMac.size());
    }
    return difference;
}

int __wrap_mbedtls_aes_crypt_cbc(mbedtls_aes_context* context, int mode, std::size_t length,
                                 unsigned char* vector, const unsigned char* input, unsigned char* output) {
    const int result = __real_mbedtls_aes_crypt_cbc(context, mode, length, vector, input, output);
    if (mode == MBEDTLS_AES_DECRYPT && decryptsCommands) {
        sortOut(output, length);
    }
    return result;
}

int __wrap_mbedtls_des3_crypt_cbc(mbedtls_des3_context* context, int mode, std::size_t length,
                                  unsigned char* vector, const unsigned char* input, unsigned char* output) {
    const int result = __real_mbedtls_des3_crypt_cbc(context, mode, length, vector, input, output);
    if (mode == MBEDTLS_DES_DECRYPT && decryptsBeforeMac) {
        hide(output, length);
        awaitsMac = {output, length};
    } else if (mode == MBEDTLS_DES_DECRYPT && decryptsCommands) {
        sortOut(output, length);
    }
    return result;
}
}

namespace {

const Bytes ldsApplication = fromHex("A0000002471001");
const Bytes issuerDomain = fromHex("A000000151000000");

void require(bool condition, std::string_view what) {
    if (!condition) {
        throw std::runtime_error(std::string(what));
    }
}

/// Randomness that nobody knows; what the chip sends of it is published with the response.
class SecretRandom final : public card::RandomSource {
public:
    [[nodiscard]] bool fill(std::span<std::uint8_t> output) override {
        std::generate(output.begin(), output.end(),
                      [this] { return static_cast<std::uint8_t>(generator_() >> 16); });
        hide(output.data(), output.size());
        return true;
    }

private:
    std::mt19937 generator_{1};
};

class NoDelay final : public card::Delay {
public:
    void wait(std::uint32_t) override {}
    void scatter() override {}
};

/// A chip with power whose responses are public.
class SecretiveChip {
public:
    explicit SecretiveChip(card::TearingFlash& flash)
        : chip_(flash, random_, delay_),
          connection_(
              "chip", {}, [this](BytesView apdu) { return transmit(apdu); }, [] {}) {
        require(chip_.powerOn(), "the chip has no power");
    }

    [[nodiscard]] Connection& connection() { return connection_; }

private:
    Bytes transmit(BytesView apdu) {
        const auto response = chip_.transmit(apdu);
        publish(response.data(), response.size());
        return {response.begin(), response.end()};
    }

    SecretRandom random_;
    NoDelay delay_;
    card::Chip chip_;
    InProcessConnection connection_;
};

/// Declares every copy of the secrets in the memory undefined. A chip that powers up then finds out with
/// unknown secrets in it whether its memory is whole.
void hideAll(card::TearingFlash& flash, const std::vector<Bytes>& secrets) {
    const auto& memory = flash.bytes();
    // The serial number, which the chip drew, is no secret.
    publish(memory.data(), memory.size());
    for (const Bytes& secret : secrets) {
        require(!copiesOf({secret}, memory).empty(), "a secret is not in the chip's memory in one piece");
    }
    for (const auto copy : copiesOf(secrets, memory)) {
        hide(copy.data(), copy.size());
    }
}

/// The secret part of what the personalization brings: public parameters come first.
std::vector<Bytes> secretsOf(const test::ChipDocument& document) {
    std::vector<Bytes> secrets;
    for (const auto& [grouping, value] : document.secrets) {
        if (grouping == 0x8001 || grouping == 0x8002) {
            secrets.push_back(value);
        } else if (grouping == 0x8003 || grouping == 0x8004 || (grouping & 0xFF80) == 0x8300) {
            secrets.emplace_back(value.begin() + 1, value.end());
        } else if (grouping == 0x8005) {
            secrets.emplace_back(value.begin() + 5, value.end());
        }
    }
    return secrets;
}

card::TearingFlash personalized(const test::ChipDocument& document) {
    card::TearingFlash flash;
    NoDelay delay;
    class KnownRandom final : public card::RandomSource {
        bool fill(std::span<std::uint8_t> output) override {
            std::generate(output.begin(), output.end(), [this] { return ++last_; });
            return true;
        }
        std::uint8_t last_ = 0;
    } random;
    card::Chip chip(flash, random, delay);
    require(chip.powerOn(), "the chip has no power");
    InProcessConnection connection("chip", {}, [&](BytesView apdu) {
        const auto response = chip.transmit(apdu);
        return Bytes(response.begin(), response.end());
    });
    test::personalize(connection, document);
    return flash;
}

/// The key of RSA, which has pages of its own.
const Bytes& longest(const std::vector<Bytes>& secrets) {
    return *std::max_element(secrets.begin(), secrets.end(), [](const Bytes& left, const Bytes& right) {
        return left.size() < right.size();
    });
}

/// The page of the memory where the only copy of `secret` is.
std::size_t pageOf(const Bytes& secret, card::TearingFlash& flash) {
    const auto& memory = flash.bytes();
    const auto copies = copiesOf({secret}, memory);
    require(copies.size() == 1, "there are several copies of a secret");
    return static_cast<std::size_t>(copies[0].data() - memory.data()) / card::configuration::flashPageSize;
}

/// Rewrites a file until what rests on `page` had to move.
void movePage(card::TearingFlash& flash, std::size_t page) {
    card::ObjectStore store(flash);
    require(store.open(), "the chip's memory does not open");
    const std::uint32_t erasures = flash.pageErases().at(page);
    while (flash.pageErases().at(page) == erasures) {
        card::Transaction transaction(store);
        require(transaction.beginFile(0x0110, 1) && transaction.appendToFile(Bytes{0}) &&
                    transaction.commit(),
                "a file cannot be rewritten");
    }
}

void readAndProve(CardSession& session, DocumentProfile profile, const test::ChipDocument& document) {
    SystemRandom random;
    FileReader reader(session);
    require(reader.read({0x0101, std::nullopt, "DG1"}) == document.files.at(0x0101), "DG1 differs");
    const auto keys = test::chipAuthenticationKeysOf(profile);
    if (!keys.empty()) {
        // AES-256 where PACE alone opens the document, AES-128 elsewhere.
        const auto protocol = ChipAuthenticationProtocol::from(ObjectIdentifier::fromText(
            profile == DocumentProfile::PaceOnly ? "0.4.0.127.0.7.2.2.3.2.4" : "0.4.0.127.0.7.2.2.3.2.2"));
        const auto& key = keys.back();
        const EllipticCurvePublicKey publicKey{key.pair.curve(), toBytes(key.pair.publicKey())};
        require(
            ChipAuthentication(session, random)
                .perform(*protocol, publicKey, key.keyId ? std::optional(Bytes{*key.keyId}) : std::nullopt)
                .proven,
            "the chip does not prove its key");
    }
    if (document.files.count(0x010F) != 0) {
        require(session.transmit({0x00, 0x88, 0x00, 0x00, Bytes(8, 0x5A), 256}).sw.isSuccess(),
                "the chip does not sign");
    }
}

/// Of another document.
AccessKey wrongKey() {
    return AccessKey::fromMrz("IDVNM2990000022001299000001<<2"
                              "9901018M2401014VNM<<<<<<<<<<<0"
                              "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<");
}

void inspectWithPace(DocumentProfile profile, std::string_view protocol, unsigned parameterId) {
    const test::ChipDocument document = test::makeDocument(profile);
    card::TearingFlash flash = personalized(document);
    hideAll(flash, secretsOf(document));
    SecretiveChip chip(flash);
    CardSession session(chip.connection());
    SystemRandom random;
    const auto wanted = PaceProtocol::from({ObjectIdentifier::fromText(protocol), parameterId});
    try {
        static_cast<void>(Pace(session, random).perform(*wanted, wrongKey()));
        require(false, "a wrong password is taken");
    } catch (const WrongAccessKey&) {
    }
    // The Vietnamese card has a CAN, the passport has none.
    const bool hasNumber = document.secrets.count(0x8001) != 0;
    static_cast<void>(Pace(session, random)
                          .perform(*wanted, hasNumber ? AccessKey::fromCan(test::cardAccessNumber)
                                                      : AccessKey::fromMrz(test::machineReadableZone)));
    require(session.transmit(selectApplication(ldsApplication)).sw.isSuccess(), "no application");
    readAndProve(session, profile, document);
}

void inspectWithBasicAccessControl(DocumentProfile profile) {
    const test::ChipDocument document = test::makeDocument(profile);
    card::TearingFlash flash = personalized(document);
    const std::vector<Bytes> secrets = secretsOf(document);
    const std::size_t page = pageOf(longest(secrets), flash);
    hideAll(flash, secrets);
    movePage(flash, page);
    SecretiveChip chip(flash);
    CardSession session(chip.connection());
    SystemRandom random;
    require(session.transmit(selectApplication(ldsApplication)).sw.isSuccess(), "no application");
    decryptsCommands = false;
    try {
        BasicAccessControl(session, random).perform(wrongKey());
        require(false, "a wrong password is taken");
    } catch (const WrongAccessKey&) {
    }
    BasicAccessControl(session, random).perform(AccessKey::fromMrz(test::machineReadableZone));
    decryptsCommands = true;
    readAndProve(session, profile, document);
}

/// A terminal that the chip trusts goes the whole way to the fingers, with Terminal Authentication.
void inspectWithTerminalAuthentication() {
    test::ChipDocument document = test::documentOf(test::TestCard::image());
    test::setTrustPoint(document, test::countryVerifyingAuthority());
    card::TearingFlash flash = personalized(document);
    hideAll(flash, secretsOf(document));
    SecretiveChip chip(flash);
    const auto terminalKeys = test::terminalOf(test::countryVerifyingAuthority(), 0x03);
    auto request = test::TestCard::request();
    request.dataGroups = {{1, 3, 14}};
    request.terminalKeys = &terminalKeys;
    SystemRandom random;
    const auto result =
        inspection::Inspection(chip.connection(), random, test::IssuingFixture::clock()).run(request);
    const auto& check = result.check(inspection::check_name::terminalAuthentication);
    require(check.result == trust::CheckResult::Passed, check.reason);
    require(result.files.count(lds::FileId::DataGroup3) == 1, "the fingers were not read");
}

/// The issuer loads a document whose keys nobody else knows, and activates it.
void loadDocument(DocumentProfile profile) {
    const test::ChipDocument document = test::makeDocument(profile);
    card::TearingFlash flash;
    SecretiveChip chip(flash);
    arriving = secretsOf(document);
    test::personalize(chip.connection(), document);
    arriving.clear();
}

std::uint16_t send(SecureChannel& channel, std::uint8_t ins, std::uint8_t p1, std::uint8_t p2, Bytes data) {
    return channel.transmit({0x80, ins, p1, p2, std::move(data), std::nullopt}).sw.value();
}

/// PUT KEY: three AES keys under `dataEncryptionKey`.
Bytes putKeyData(std::uint8_t version, const std::array<Bytes, 3>& keys, const Bytes& dataEncryptionKey) {
    Bytes data{version};
    for (const Bytes& key : keys) {
        const Bytes encrypted = encryptCbc(BlockCipher::Aes128, dataEncryptionKey, Bytes(16), key);
        const Bytes check = encryptBlock(BlockCipher::Aes128, key, Bytes(16, 0x01));
        append(data, Bytes{0x88, 0x11, 0x10});
        append(data, encrypted);
        append(data, Bytes{0x03, check[0], check[1], check[2]});
    }
    return data;
}

SecurityDomainKeys keysOf(std::uint8_t version, const std::array<Bytes, 3>& keys) {
    return {version, SecretBytes(keys[0]), SecretBytes(keys[1]), SecretBytes(keys[2])};
}

/// The issuer brings keys of his own, opens channels with them and brings others.
void replaceKeys() {
    const std::array<Bytes, 3> first{fromHex("112233445566778899AABBCCDDEEFF01"),
                                     fromHex("21436587A9CBED0F2143658709BADCFE"),
                                     fromHex("0F1E2D3C4B5A69788796A5B4C3D2E1F0")};
    const std::array<Bytes, 3> second{first[1], first[2], first[0]};
    card::TearingFlash flash;
    SecretiveChip chip(flash);
    SystemRandom random;
    const auto open = [&](const SecurityDomainKeys& keys, SecurityLevel level) {
        static_cast<void>(chip.connection().transmit(selectApplication(issuerDomain).encode()));
        return SecureChannel::open(chip.connection(), keys, level, random);
    };
    {
        auto channel = open(SecurityDomainKeys::transport(), SecurityLevel::CommandMac);
        const Bytes transportKey = fromHex("404142434445464748494A4B4C4D4E4F");
        require(send(channel, 0xD8, 0x00, 0x81, putKeyData(0x01, first, transportKey)) == 0x9000,
                "PUT KEY is refused");
    }
    hideAll(flash, {first[0], first[1], first[2]});
    for (const auto level :
         {SecurityLevel::CommandMacAndEncryption, SecurityLevel::CommandAndResponseMacAndEncryption}) {
        auto channel = open(keysOf(0x01, first), level);
        require(channel.transmit({0x80, 0xF2, 0x80, 0x02, fromHex("4F00"), 256}).sw.isSuccess(),
                "GET STATUS is refused");
    }
    decryptsCommands = false;
    {
        auto channel = open(keysOf(0x01, first), SecurityLevel::CommandMac);
        Bytes wrong = putKeyData(0x02, second, first[2]);
        wrong.back() ^= 0x01;
        require(send(channel, 0xD8, 0x00, 0x81, wrong) == 0x6A80, "a wrong check value is taken");
        require(send(channel, 0xD8, 0x00, 0x81, putKeyData(0x02, second, first[2])) == 0x9000,
                "PUT KEY is refused");
    }
    static_cast<void>(open(keysOf(0x02, second), SecurityLevel::CommandAndResponseMac));
    decryptsCommands = true;
}

/// The issuer changes to SCP02 with keys of his own, opens channels with them, and brings others.
void replaceTripleDesKeys(const Bytes& option) {
    using card::test::DomainKeys;
    using card::test::GlobalPlatformHost;
    card::TearingFlash flash;
    SecretiveChip chip(flash);
    const DomainKeys first = DomainKeys::issuer(0x21, 16);
    const DomainKeys second = DomainKeys::issuer(0x22, 16);
    {
        GlobalPlatformHost host(chip.connection(), DomainKeys::transport());
        require(host.open(0x01) == 0x9000, "SCP03 is refused");
        require(host.send(0xE2, 0x88, 0x00, concat(fromHex("900302"), option)).status == 0x9000,
                "SCP02 is refused");
    }
    {
        GlobalPlatformHost host(chip.connection(), DomainKeys::transport(0x20));
        require(host.open(0x01) == 0x9000, "SCP02 is refused with the transport keys");
        require(host.putKey(0x20, first).status == 0x9000, "PUT KEY is refused");
    }
    hideAll(flash, {first.encryption, first.mac, first.dataEncryption});
    require(GlobalPlatformHost(chip.connection(), second).open(0x01) != 0x9000, "wrong keys are taken");
    decryptsCommands = false;
    {
        GlobalPlatformHost host(chip.connection(), first);
        require(host.open(0x01) == 0x9000, "SCP02 is refused");
        require(host.putKey(first.version, second).status == 0x9000, "PUT KEY is refused");
    }
    decryptsCommands = true;
    decryptsBeforeMac = true;
    GlobalPlatformHost host(chip.connection(), second);
    require(host.open(0x03) == 0x9000, "SCP02 is refused with the new keys");
    require(host.send(0xF2, 0x80, 0x02, fromHex("4F00")).status == 0x9000, "GET STATUS is refused");
    // Whatever it decrypts to.
    const CommandApdu forged{0x84, 0xF2, 0x80, 0x02, Bytes(16 + 8, 0x5A), 256};
    require(ResponseApdu::decode(chip.connection().transmit(forged.encode())).sw.value() == 0x6982,
            "a forged command is taken");
    awaitsMac = {};
    decryptsBeforeMac = false;
}

/// What the shared code of the tests expects holds here as well.
class Expectations {
public:
    Expectations() {
        context_.setAsDefaultForAssertsOutOfTestCases();
        context_.setAssertHandler([](const doctest::AssertData& expectation) {
            require(!expectation.m_failed, expectation.m_expr);
        });
    }

private:
    doctest::Context context_;
};

void runEverything() {
    inspectWithBasicAccessControl(DocumentProfile::BasicAccessControlOnly);
    inspectWithPace(DocumentProfile::VietnameseCard2021, "0.4.0.127.0.7.2.2.4.2.2", 13);
    inspectWithPace(DocumentProfile::EuropeanPassport, "0.4.0.127.0.7.2.2.4.4.4", 13);
    inspectWithPace(DocumentProfile::EuropeanPassport, "0.4.0.127.0.7.2.2.4.6.2", 13);
    inspectWithPace(DocumentProfile::PaceOnly, "0.4.0.127.0.7.2.2.4.1.2", 0);
    inspectWithTerminalAuthentication();
    loadDocument(DocumentProfile::VietnameseCard2021);
    loadDocument(DocumentProfile::BasicAccessControlOnly);
    replaceKeys();
    replaceTripleDesKeys(fromHex("0215"));
    replaceTripleDesKeys(fromHex("0255"));
}

int plant() {
    Bytes secret(16, 0x5A);
    hide(secret.data(), secret.size());
    volatile int taken = 0;
    if (secret[0] != 0) {
        taken = 1;
    }
    return taken == 2 ? 1 : 0;
}

} // namespace

int main(int count, char** arguments) try {
    if (RUNNING_ON_VALGRIND == 0) {
        std::cerr << "Run this program under valgrind: without it no branch is found.\n";
        return 1;
    }
    if (count > 1 && std::string_view(arguments[1]) == "plant") {
        return plant();
    }
    const Expectations expectations;
    runEverything();
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
