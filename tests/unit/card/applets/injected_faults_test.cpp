// SPDX-License-Identifier: Apache-2.0
// Whatever decides over what a terminal or an issuer proves, and over what the card's state allows, is
// evaluated twice: here single evaluations are made to say yes, through the port's hook, while a whole chip
// is given what is wrong. They say yes because a comparison does, or the store says another thing of an
// object.
#include "card/applets/manager/issuer_objects.hpp"
#include "card/ports/host/flash_memory.hpp"
#include "card/storage/object_store.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/unit/card/applets/chip_fixture.hpp"
#include "tests/unit/card/applets/global_platform_host.hpp"
#include "tests/unit/card/applets/passport_memory.hpp"
#include "tests/unit/card/applets/terminal.hpp"
#include "tests/unit/card/crypto/openssl_curve.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <set>

#include <mbedtls/ecdsa.h>
#include <mbedtls/rsa.h>

using namespace cancuoc::card;
using cancuoc::test::CvKeyPair;
using cancuoc::test::DocumentProfile;
using cancuoc::test::makeDocument;
using test::Bytes;
using test::ChipFixture;
using test::DomainKeys;
using test::GlobalPlatformHost;
using test::hex;
using test::join;
using test::OpensslCurve;
using test::passportMemory;
using test::Terminal;
using test::tlv;

namespace {

/// Whether the comparison that comes next says yes, whatever it compares; or, with an object to be mistaken
/// about, the store's next word about that.
bool faultStrikes = false;

/// What the store says of an object that a fault strikes.
struct Mistake {
    ObjectIdentifier object;
    /// Its content; nothing when it seems not to be there.
    std::optional<Bytes> content;
};
std::optional<Mistake> mistake;

bool takeFault() {
    const bool strikes = faultStrikes && !mistake;
    faultStrikes = faultStrikes && !strikes;
    return strikes;
}

bool takeMistake(ObjectIdentifier object) {
    const bool strikes = faultStrikes && mistake && mistake->object == object;
    faultStrikes = faultStrikes && !strikes;
    return strikes;
}

} // namespace

/// ObjectStore::length and ObjectStore::read as they are, the linker puts the other two in their place in the
/// chip.
std::optional<std::size_t>
lengthInStore(const ObjectStore* store,
              ObjectIdentifier id) asm("__real__ZNK7cancuoc4card11ObjectStore6lengthEt");
bool readFromStore(
    const ObjectStore* store, ObjectIdentifier id, std::size_t offset,
    std::span<std::uint8_t>
        output) asm("__real__ZNK7cancuoc4card11ObjectStore4readEtmSt4spanIhLm18446744073709551615EE");
std::optional<std::size_t>
lengthWithFaults(const ObjectStore* store,
                 ObjectIdentifier id) asm("__wrap__ZNK7cancuoc4card11ObjectStore6lengthEt");
bool readWithFaults(
    const ObjectStore* store, ObjectIdentifier id, std::size_t offset,
    std::span<std::uint8_t>
        output) asm("__wrap__ZNK7cancuoc4card11ObjectStore4readEtmSt4spanIhLm18446744073709551615EE");

std::optional<std::size_t> lengthWithFaults(const ObjectStore* store, ObjectIdentifier id) {
    const auto length = lengthInStore(store, id);
    // An object that is there is mistaken about as one that is not, and the other way round.
    const bool mistakesPresence = mistake && length.has_value() != mistake->content.has_value();
    if (!mistakesPresence || !takeMistake(id)) {
        return length;
    }
    return mistake->content ? std::optional(mistake->content->size()) : std::nullopt;
}

bool readWithFaults(const ObjectStore* store, ObjectIdentifier id, std::size_t offset,
                    std::span<std::uint8_t> output) {
    if (mistake && mistake->content && takeMistake(id)) {
        std::copy_n(mistake->content->begin() + static_cast<std::ptrdiff_t>(offset), output.size(),
                    output.begin());
        return true;
    }
    return readFromStore(store, id, offset, output);
}

// The linker puts these in the place of mbedTLS's functions in the chip.
extern "C" {
int __real_mbedtls_ct_memcmp(const void* left, const void* right, std::size_t size);
int __wrap_mbedtls_ct_memcmp(const void* left, const void* right, std::size_t size);
int __real_mbedtls_ecdsa_verify(mbedtls_ecp_group* group, const unsigned char* hash, std::size_t size,
                                const mbedtls_ecp_point* key, const mbedtls_mpi* r, const mbedtls_mpi* s);
int __wrap_mbedtls_ecdsa_verify(mbedtls_ecp_group* group, const unsigned char* hash, std::size_t size,
                                const mbedtls_ecp_point* key, const mbedtls_mpi* r, const mbedtls_mpi* s);

int __wrap_mbedtls_ct_memcmp(const void* left, const void* right, std::size_t size) {
    return takeFault() ? 0 : __real_mbedtls_ct_memcmp(left, right, size);
}

int __wrap_mbedtls_ecdsa_verify(mbedtls_ecp_group* group, const unsigned char* hash, std::size_t size,
                                const mbedtls_ecp_point* key, const mbedtls_mpi* r, const mbedtls_mpi* s) {
    return takeFault() ? 0 : __real_mbedtls_ecdsa_verify(group, hash, size, key, r, s);
}
}

namespace {

/// The evaluations, counted from the first one of the attack, that a fault strikes.
using Faults = std::set<std::size_t>;

/// Strikes the evaluations of decisions that a chip takes from now on.
class FaultInjector {
public:
    FaultInjector(ChipFixture& chip, Faults faults) : chip_(&chip), faults_(std::move(faults)) {
        faultStrikes = false;
        chip.beforeDecisions([this] { faultStrikes = faults_.count(evaluations_++) != 0; });
    }
    ~FaultInjector() {
        chip_->beforeDecisions(nullptr);
        faultStrikes = false;
    }
    FaultInjector(const FaultInjector&) = delete;
    FaultInjector& operator=(const FaultInjector&) = delete;

    [[nodiscard]] std::size_t evaluations() const { return evaluations_; }

private:
    ChipFixture* chip_;
    Faults faults_;
    std::size_t evaluations_ = 0;
};

/// Brings a chip, and a terminal before it, to where the attack begins.
using Preparation = std::function<void(ChipFixture&, Terminal&)>;
/// Gives the chip what is wrong; the status word.
using Attack = std::function<std::uint16_t(ChipFixture&, Terminal&)>;

/// How far the attack came.
struct Outcome {
    std::uint16_t status;
    std::size_t evaluations;

    bool operator==(const Outcome&) const = default;
};

Outcome attempt(const host::FlashMemory& content, const Preparation& prepare, const Attack& attack,
                const Faults& faults) {
    host::FlashMemory memory = content;
    ChipFixture chip(memory);
    Terminal terminal(chip);
    prepare(chip, terminal);
    const FaultInjector injector(chip, faults);
    const std::uint16_t status = attack(chip, terminal);
    return {status, injector.evaluations()};
}

Faults with(Faults faults, std::size_t another) {
    faults.insert(another);
    return faults;
}

/// The first of two successive evaluations where two faults get the attack further.
std::optional<std::size_t> nextDecision(const host::FlashMemory& content, const Preparation& prepare,
                                        const Attack& attack, const Faults& faults, const Outcome& refused) {
    for (std::size_t at = faults.empty() ? 0 : *faults.rbegin() + 1; at + 1 < refused.evaluations; ++at) {
        if (attempt(content, prepare, attack, with(with(faults, at), at + 1)) != refused) {
            return at;
        }
    }
    return std::nullopt;
}

/// The attack needs to get past so many decisions. One fault at any evaluation gets it past none, and two at
/// both evaluations of one get it to the next.
void checkFaults(const host::FlashMemory& content, const Preparation& prepare, const Attack& attack,
                 std::size_t decisions) {
    Faults faults;
    for (std::size_t passed = 0; passed < decisions; ++passed) {
        CAPTURE(passed);
        const Outcome refused = attempt(content, prepare, attack, faults);
        CHECK(refused.status != 0x9000);
        for (std::size_t at = 0; at < refused.evaluations; ++at) {
            CAPTURE(at);
            CHECK((attempt(content, prepare, attack, with(faults, at)) == refused));
        }
        const auto decision = nextDecision(content, prepare, attack, faults, refused);
        REQUIRE(decision);
        faults = with(with(faults, *decision), *decision + 1);
    }
    CHECK(attempt(content, prepare, attack, faults).status == 0x9000);
}

void openSession(ChipFixture&, Terminal& terminal) {
    REQUIRE(terminal.selectApplication() == 0x9000);
    REQUIRE(terminal.basicAccessControl());
    REQUIRE(terminal.select(0x0101) == 0x9000);
}

const CvKeyPair& verifier() {
    static const CvKeyPair key =
        CvKeyPair::ecdsa("UTDV00001", cancuoc::HashAlgorithm::Sha256, "brainpoolP256r1");
    return key;
}

const CvKeyPair& inspectionSystem() {
    static const CvKeyPair key =
        CvKeyPair::ecdsa("UTIS00001", cancuoc::HashAlgorithm::Sha256, "brainpoolP256r1");
    return key;
}

void authenticateChip(ChipFixture& chip, Terminal& terminal) {
    openSession(chip, terminal);
    const auto keys = cancuoc::test::chipAuthenticationKeysOf(DocumentProfile::EuropeanPassport);
    REQUIRE(terminal.chipAuthentication(keys[1], emrtd::SymmetricCipher::Aes128, false));
}

} // namespace

TEST_CASE("no single fault opens the document to a terminal without its password, by Basic Access Control") {
    // The checksum, and the nonce.
    checkFaults(
        passportMemory(),
        [](ChipFixture&, Terminal& terminal) { REQUIRE(terminal.selectApplication() == 0x9000); },
        [](ChipFixture& chip, Terminal&) {
            REQUIRE(chip.status("0084000008") == 0x9000);
            return chip.status(join(hex("0082000028"), Bytes(40), hex("28")));
        },
        2);
}

TEST_CASE("no single fault opens the document to a terminal without its password, by PACE") {
    const OpensslCurve curve(crypto::StandardizedDomainParameters::BrainpoolP256r1);
    const Bytes mapNonce =
        join(hex("10860000457C438141"), curve.multiplyGenerator(Bytes(32, 0x02)), hex("00"));
    const Bytes agree = join(hex("10860000457C438341"), curve.multiplyGenerator(Bytes(32, 0x03)), hex("00"));
    checkFaults(
        passportMemory(),
        [&](ChipFixture& chip, Terminal&) {
            REQUIRE(chip.status("0022C1A412800A04007F0007020204020283010284010D") == 0x9000);
            REQUIRE(chip.status("10860000027C0000") == 0x9000);
            REQUIRE(chip.status(mapNonce) == 0x9000);
            REQUIRE(chip.status(agree) == 0x9000);
        },
        [](ChipFixture& chip, Terminal&) {
            return chip.status(join(hex("008600000C7C0A8508"), Bytes(8), hex("00")));
        },
        1);
}

TEST_CASE("no single fault makes a command of the session's") {
    checkFaults(
        passportMemory(), openSession,
        [](ChipFixture& chip, Terminal&) { return chip.status("0CB000000D9701008E08000000000000000000"); },
        1);
}

TEST_CASE("no single fault makes a certificate or a terminal's signature right") {
    SUBCASE("a certificate") {
        const auto certificate = verifier().issue(inspectionSystem(), 0x03);
        checkFaults(
            passportMemory(),
            [](ChipFixture& chip, Terminal& terminal) {
                authenticateChip(chip, terminal);
                REQUIRE(terminal.present(
                            cancuoc::test::countryVerifyingAuthority().issue(verifier(), 0x83)) == 0x9000);
            },
            [&](ChipFixture&, Terminal& terminal) {
                REQUIRE(terminal.transmit(hex("002281B6"), tlv(0x83, test::ascii("UTDV00001"))).status ==
                        0x9000);
                Bytes forged = test::toBytes(certificate.bodyAndSignature());
                forged.back() ^= 0x01;
                return terminal.transmit(hex("002A00BE"), forged).status;
            },
            1);
    }
    SUBCASE("a signature") {
        checkFaults(
            passportMemory(),
            [](ChipFixture& chip, Terminal& terminal) {
                authenticateChip(chip, terminal);
                REQUIRE(terminal.present(
                            cancuoc::test::countryVerifyingAuthority().issue(verifier(), 0x83)) == 0x9000);
                REQUIRE(terminal.present(verifier().issue(inspectionSystem(), 0x03)) == 0x9000);
                REQUIRE(terminal.transmit(hex("002281A4"), tlv(0x83, test::ascii("UTIS00001"))).status ==
                        0x9000);
                REQUIRE(terminal.transmit(hex("00840000"), {}, 8).status == 0x9000);
            },
            [](ChipFixture&, Terminal& terminal) {
                return terminal.transmit(hex("00820000"), Bytes(64, 0x11)).status;
            },
            1);
    }
}

TEST_CASE("no single fault opens the issuer domain") {
    for (const bool isScp02 : {false, true}) {
        CAPTURE(isScp02);
        host::FlashMemory memory;
        if (isScp02) {
            ChipFixture chip(memory);
            auto channel = chip.openChannel();
            REQUIRE(ChipFixture::send(channel, 0xE2, 0x88, 0x00, hex("9003020215")) == 0x9000);
        }
        const Preparation initialize = [](ChipFixture& chip, Terminal&) {
            REQUIRE(chip.status("00A4040008A00000015100000000") == 0x9000);
            REQUIRE(chip.status("8050000008010203040506070800") == 0x9000);
        };
        // The MAC, and the cryptogram.
        checkFaults(
            memory, initialize,
            [](ChipFixture& chip, Terminal&) { return chip.status(join(hex("8482010010"), Bytes(16))); }, 2);
        // The MAC of a command in the channel.
        checkFaults(
            memory,
            [&](ChipFixture& chip, Terminal&) {
                GlobalPlatformHost host(chip, DomainKeys::transport(isScp02 ? 0x20 : 0x30));
                REQUIRE(host.open(0x01) == 0x9000);
            },
            [](ChipFixture& chip, Terminal&) { return chip.status(join(hex("84F280020A4F00"), Bytes(8))); },
            1);
    }
}

TEST_CASE("no single fault opens an activated document to the loader") {
    mistake = Mistake{0x8000, std::nullopt};
    std::unique_ptr<GlobalPlatformHost> host;
    // INSTALL [for personalization], and STORE DATA.
    checkFaults(
        passportMemory(),
        [&](ChipFixture& chip, Terminal&) {
            host = std::make_unique<GlobalPlatformHost>(chip, DomainKeys::transport());
            REQUIRE(host->open(0x01) == 0x9000);
        },
        [&](ChipFixture&, Terminal&) {
            const auto installed = host->send(0xE6, 0x20, 0x00, hex("000007A0000002471001000000")).status;
            return installed == 0x9000 ? host->send(0xE2, 0x80, 0x00, hex("0101026100")).status : installed;
        },
        2);
    mistake.reset();
}

TEST_CASE("no single fault takes the card back in its life cycle") {
    host::FlashMemory memory;
    {
        ChipFixture chip(memory);
        GlobalPlatformHost host(chip, DomainKeys::transport());
        REQUIRE(host.open(0x01) == 0x9000);
        REQUIRE(host.send(0xF0, 0x80, 0x07, {}).status == 0x9000);
    }
    mistake = Mistake{manager::lifeCycleObject, Bytes{0x01}};
    std::unique_ptr<GlobalPlatformHost> host;
    checkFaults(
        memory,
        [&](ChipFixture& chip, Terminal&) {
            host = std::make_unique<GlobalPlatformHost>(chip, DomainKeys::transport());
            REQUIRE(host->open(0x01) == 0x9000);
        },
        [&](ChipFixture&, Terminal&) { return host->send(0xF0, 0x80, 0x07, {}).status; }, 1);
    mistake.reset();
}

TEST_CASE("no single fault lets a secured card with everybody's keys answer as its issuer's") {
    mistake = Mistake{manager::keyVersionObject, Bytes{0x01}};
    const Preparation prepare = [](ChipFixture& chip, Terminal&) {
        REQUIRE(chip.status("00A4040008A00000015100000000") == 0x9000);
    };
    const Attack attack = [](ChipFixture& chip, Terminal&) {
        return chip.status("8050000008000102030405060700");
    };
    host::FlashMemory memory = passportMemory();
    {
        ChipFixture chip(memory);
        auto channel = chip.openChannel();
        REQUIRE(chip.lock(channel) == 0x9000);
    }
    const Outcome refused = attempt(memory, prepare, attack, {});
    CHECK(refused.status == 0x6985);
    REQUIRE(refused.evaluations > 1);
    for (std::size_t at = 0; at < refused.evaluations; ++at) {
        CAPTURE(at);
        CHECK((attempt(memory, prepare, attack, with({}, at)) == refused));
    }
    mistake.reset();
}

TEST_CASE("no single fault makes a certificate valid that has expired") {
    auto document = makeDocument(DocumentProfile::EuropeanPassport);
    document.secrets[0x8009] = hex("090900010001");
    host::FlashMemory memory;
    REQUIRE(ChipFixture(memory).personalize(document));
    mistake = Mistake{0x8009, Bytes(6)};
    checkFaults(
        memory, authenticateChip,
        [](ChipFixture&, Terminal& terminal) {
            return terminal.present(cancuoc::test::countryVerifyingAuthority().issue(verifier(), 0x83));
        },
        1);
    mistake.reset();
}

TEST_CASE("no single fault makes a trust point of none") {
    host::FlashMemory memory;
    REQUIRE(ChipFixture(memory).personalize(makeDocument(DocumentProfile::VietnameseCard2021)));
    mistake = Mistake{0x8007, Bytes(600)};
    // Past this decision there is no key to verify with.
    const auto keys = cancuoc::test::chipAuthenticationKeysOf(DocumentProfile::VietnameseCard2021);
    const Preparation prepare = [&](ChipFixture& chip, Terminal& terminal) {
        openSession(chip, terminal);
        REQUIRE(terminal.chipAuthentication(keys[0], emrtd::SymmetricCipher::Aes128, false));
    };
    const Attack attack = [](ChipFixture&, Terminal& terminal) {
        return terminal.transmit(hex("002281B6"), tlv(0x83, test::ascii("UTCVCA00001"))).status;
    };
    const Outcome refused = attempt(memory, prepare, attack, {});
    CHECK(refused.status == 0x6982);
    for (std::size_t at = 0; at < refused.evaluations; ++at) {
        CHECK((attempt(memory, prepare, attack, {at}) == refused));
    }
    CHECK(nextDecision(memory, prepare, attack, {}, refused));
    mistake.reset();
}
