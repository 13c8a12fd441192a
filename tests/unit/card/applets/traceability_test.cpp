// SPDX-License-Identifier: Apache-2.0
// Before access nothing tells two documents of a series apart, and nothing knows a document again.
#include "card/chip.hpp"
#include "card/ports/host/flash_memory.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/unit/card/applets/global_platform_host.hpp"

#include <doctest/doctest.h>

#include <optional>

#include <mbedtls/des.h>

using namespace cancuoc::card;
using cancuoc::test::DocumentProfile;
using test::Bytes;
using test::ChipFixture;
using test::DomainKeys;
using test::GlobalPlatformHost;
using test::hex;
using test::join;

// The linker puts this in the place of mbedTLS's function in the chip.
extern "C" {
int __real_mbedtls_des_crypt_ecb(mbedtls_des_context* context, const unsigned char* input,
                                 unsigned char* output);
int __wrap_mbedtls_des_crypt_ecb(mbedtls_des_context* context, const unsigned char* input,
                                 unsigned char* output);
}

namespace {

constexpr const char* selectDomain = "00A4040008A00000015100000000";
constexpr const char* selectLds = "00A4040007A000000247100100";
constexpr const char* initializeUpdate = "8050000008010203040506070800";

/// What a command costs: everything that takes time and is not in our own instructions alone.
struct Work {
    std::size_t reads = 0;
    std::size_t bytesRead = 0;
    std::size_t programs = 0;
    std::size_t erases = 0;
    std::size_t randomBytes = 0;
    std::size_t scatters = 0;
    std::size_t desBlocks = 0;
    std::vector<std::uint32_t> waits;

    bool operator==(const Work&) const = default;
};

/// Blocks that single DES of the chip encrypted or decrypted so far.
std::size_t desBlocks = 0;

class CountingFlash final : public Flash {
public:
    CountingFlash(Flash& flash, Work& work) : flash_(&flash), work_(&work) {}

    bool read(std::size_t address, std::span<std::uint8_t> output) const override {
        ++work_->reads;
        work_->bytesRead += output.size();
        return flash_->read(address, output);
    }
    bool program(std::size_t address, std::span<const std::uint8_t> data) override {
        ++work_->programs;
        return flash_->program(address, data);
    }
    bool erase(std::size_t page) override {
        ++work_->erases;
        return flash_->erase(page);
    }

private:
    Flash* flash_;
    Work* work_;
};

class CountingRandom final : public RandomSource {
public:
    CountingRandom(std::uint64_t seed, Work& work) : random_({}, seed), work_(&work) {}

    bool fill(std::span<std::uint8_t> output) override {
        work_->randomBytes += output.size();
        return random_.fill(output);
    }

private:
    test::ScriptedRandom random_;
    Work* work_;
};

class CountingDelay final : public Delay {
public:
    explicit CountingDelay(Work& work) : work_(&work) {}

    void wait(std::uint32_t milliseconds) override { work_->waits.push_back(milliseconds); }
    void scatter() override { ++work_->scatters; }

private:
    Work* work_;
};

/// A chip whose work is counted, powered up with randomness of a known seed.
class ObservedChip {
public:
    ObservedChip(const host::FlashMemory& content, std::uint64_t seed)
        : memory_(content), flash_(memory_, work_), random_(seed, work_), delay_(work_),
          chip_(flash_, random_, delay_) {
        reset();
    }

    void reset() { REQUIRE(chip_.powerOn()); }
    Bytes transmit(const Bytes& apdu) {
        work_ = {};
        desBlocks = 0;
        Bytes response = test::toBytes(chip_.transmit(apdu));
        work_.desBlocks = desBlocks;
        return response;
    }
    [[nodiscard]] const Work& work() const { return work_; }

private:
    host::FlashMemory memory_;
    Work work_;
    CountingFlash flash_;
    CountingRandom random_;
    CountingDelay delay_;
    Chip chip_;
};

/// A person's document in a product profile: other data and passwords, the same security information. The
/// first person has no fingerprints.
test::Document documentOf(DocumentProfile profile, unsigned person) {
    test::Document document = cancuoc::test::makeDocument(profile);
    document.files[0x0102] = cancuoc::test::fileOf(0x75, 12000 + 5000 * person);
    if (person == 1) {
        document.files.erase(0x0103);
        cancuoc::test::listDataGroups(document);
    }
    std::string zone(cancuoc::test::machineReadableZone);
    zone[13] = static_cast<char>('0' + person);
    cancuoc::test::setMachineReadableZone(document, zone);
    cancuoc::test::hashDataGroups(document, 1500 + 300 * person);
    if (document.secrets.count(0x8001) != 0) {
        document.secrets[0x8001] = test::ascii("00000" + std::to_string(person));
    }
    if (document.secrets.count(0x8002) != 0) {
        document.secrets[0x8002] = test::ascii("29900000" + std::to_string(person) + "199010182401014");
    }
    return document;
}

// The chip of that person, out of production and in its holder's hands, with keys of the issuer.
host::FlashMemory issued(DocumentProfile profile, unsigned person, const DomainKeys& keys,
                         const char* channelOption = "0360") {
    host::FlashMemory memory;
    ChipFixture chip(memory, 100 + person);
    {
        GlobalPlatformHost host(chip, DomainKeys::transport());
        REQUIRE(host.open(0x01) == 0x9000);
        REQUIRE(host.send(0xE2, 0x88, 0x00,
                          join(hex("0042 04 010203"), Bytes{static_cast<std::uint8_t>(person)},
                               hex("0045 02 77"), Bytes{static_cast<std::uint8_t>(person)}))
                    .status == 0x9000);
    }
    REQUIRE(chip.personalize(documentOf(profile, person)));
    const bool isScp02 = hex(channelOption)[0] == 0x02;
    {
        GlobalPlatformHost host(chip, DomainKeys::transport());
        REQUIRE(host.open(0x01) == 0x9000);
        REQUIRE(host.send(0xE2, 0x88, 0x00, join(hex("900302"), hex(channelOption))).status == 0x9000);
    }
    {
        GlobalPlatformHost host(chip, DomainKeys::transport(isScp02 ? 0x20 : 0x30));
        REQUIRE(host.open(0x03) == 0x9000);
        REQUIRE(host.putKey(0x00, keys).status == 0x9000);
    }
    // One of them was in the works more often.
    for (unsigned i = 0; i < person; ++i) {
        REQUIRE(GlobalPlatformHost(chip, keys).open(0x01) == 0x9000);
    }
    GlobalPlatformHost host(chip, keys);
    REQUIRE(host.open(0x03) == 0x9000);
    REQUIRE(host.send(0xF0, 0x80, 0x0F, {}).status == 0x9000);
    return memory;
}

/// Two documents before a stranger who sends both the same.
class Pair {
public:
    Pair(const host::FlashMemory& first, const host::FlashMemory& second)
        : first_(first, 9), second_(second, 9) {}

    /// The answers, which are the same and cost the same; the common one.
    Bytes compare(const Bytes& apdu) {
        const Bytes answer = first_.transmit(apdu);
        CAPTURE(cancuoc::toHex(apdu));
        REQUIRE(second_.transmit(apdu) == answer);
        REQUIRE(first_.work() == second_.work());
        return answer;
    }
    Bytes compare(std::string_view digits) { return compare(hex(digits)); }
    std::uint16_t compareStatus(std::string_view digits) {
        const Bytes answer = compare(digits);
        return static_cast<std::uint16_t>(answer[answer.size() - 2] << 8 | answer.back());
    }

    /// Answers whose content hangs on a password or on chance; status, length and cost are the same.
    std::uint16_t compareForm(std::string_view digits) {
        CAPTURE(digits);
        const Bytes first = first_.transmit(hex(digits));
        const Bytes second = second_.transmit(hex(digits));
        REQUIRE(first.size() == second.size());
        REQUIRE(std::equal(first.end() - 2, first.end(), second.end() - 2));
        REQUIRE(first_.work() == second_.work());
        return static_cast<std::uint16_t>(first[first.size() - 2] << 8 | first.back());
    }

    void reset() {
        first_.reset();
        second_.reset();
    }

private:
    ObservedChip first_;
    ObservedChip second_;
};

// P1, P2 and what follows them: selections, data to name a chip with, short file identifiers, the beginnings
// of protocols.
const std::vector<Bytes> parameters{hex("0000"),
                                    hex("000000"),
                                    hex("0000020101"),
                                    hex("020C02010300"),
                                    hex("040C07A000000247100100"),
                                    hex("9F7F00"),
                                    hex("00CF00"),
                                    hex("006600"),
                                    hex("00E000"),
                                    hex("004500"),
                                    hex("9C0000"),
                                    hex("830000"),
                                    hex("0000080102030405060708 00"),
                                    hex("C1A4 0F 800A04007F00070202040202 830102"),
                                    hex("01030354010000"),
                                    join(hex("000028"), Bytes(40, 0x5A), hex("28"))};

} // namespace

int __wrap_mbedtls_des_crypt_ecb(mbedtls_des_context* context, const unsigned char* input,
                                 unsigned char* output) {
    ++desBlocks;
    return __real_mbedtls_des_crypt_ecb(context, input, output);
}

TEST_CASE("two documents of a series answer a stranger alike, byte for byte and for the same work") {
    const DomainKeys keys = DomainKeys::issuer(0x02, 16);
    for (const DocumentProfile profile :
         {DocumentProfile::VietnameseCard2021, DocumentProfile::VietnameseCard2024,
          DocumentProfile::EuropeanPassport, DocumentProfile::PaceOnly,
          DocumentProfile::BasicAccessControlOnly}) {
        CAPTURE(cancuoc::test::nameOf(profile));
        Pair pair(issued(profile, 1, keys), issued(profile, 2, keys));
        for (const char* select : {"00A40000", selectLds, selectDomain}) {
            for (const std::uint8_t cla : hex("000C1080848C90")) {
                for (unsigned ins = 0; ins <= 0xFF; ++ins) {
                    for (const Bytes& rest : parameters) {
                        static_cast<void>(pair.compare(select));
                        static_cast<void>(
                            pair.compare(join(Bytes{cla, static_cast<std::uint8_t>(ins)}, rest)));
                    }
                }
            }
            pair.reset();
        }
    }
}

TEST_CASE("a foreign application identifier is refused at once, without a look at the memory") {
    ObservedChip chip(issued(DocumentProfile::VietnameseCard2021, 1, DomainKeys::issuer(0x02, 16)), 9);
    for (const char* select : {"00A4040009A00000030800001000 00", "00A404000CA000000063504B43532D313500"}) {
        CHECK(chip.transmit(hex(select)) == hex("6A82"));
        CHECK(chip.work() == Work{});
    }
}

TEST_CASE("passwords that are wrong are refused alike, for the same work") {
    const DomainKeys keys = DomainKeys::issuer(0x02, 16);
    const auto profile = DocumentProfile::VietnameseCard2021;
    Pair pair(issued(profile, 1, keys), issued(profile, 2, keys));
    for (int round = 0; round < 12; ++round) {
        REQUIRE(pair.compareStatus(selectLds) == 0x9000);
        REQUIRE(pair.compareStatus("0084000008") == 0x9000);
        REQUIRE(pair.compareStatus("0082000028"
                                   "0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20"
                                   "2122232425262728 28") == 0x6300);
        REQUIRE(pair.compareStatus("0022C1A4 0F 800A04007F00070202040202 830102") == 0x9000);
        REQUIRE(pair.compareForm("10860000027C0000") == 0x9000);
        // A point that is on no curve.
        REQUIRE(pair.compareForm("1086000045 7C43 8141 04"
                                 "0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20"
                                 "0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20 00") ==
                0x6A80);
    }
}

TEST_CASE("a secured card draws whatever could name it anew at every power-up") {
    for (const char* option : {"0360", "0370", "0300", "0310", "0361", "0371"}) {
        CAPTURE(option);
        const DomainKeys keys = DomainKeys::issuer(0x02, 32);
        const auto memory = issued(DocumentProfile::VietnameseCard2021, 2, keys, option);
        const bool longMode = (hex(option)[1] & 1) != 0;
        const Bytes command =
            longMode ? hex("8050000010 01020304050607080102030405060708 00") : hex(initializeUpdate);
        const auto named = [&](std::uint64_t seed) {
            ObservedChip chip(memory, seed);
            REQUIRE(chip.transmit(hex(selectDomain)).size() > 2);
            const Bytes first = chip.transmit(command);
            const Bytes second = chip.transmit(command);
            const std::size_t size = longMode ? 16 : 8;
            REQUIRE(first.size() == 10 + 3 + 2 * size + 2);
            // The same names in one power-up, another challenge.
            CHECK(Bytes(first.begin(), first.begin() + 13) == Bytes(second.begin(), second.begin() + 13));
            CHECK(Bytes(first.begin() + 13, first.end()) != Bytes(second.begin() + 13, second.end()));
            return first;
        };
        const Bytes one = named(1);
        const Bytes other = named(2);
        // Key diversification data, card challenge and cryptogram; key information is the series'.
        std::size_t same = 0;
        for (std::size_t i = 0; i < one.size() - 2; ++i) {
            same += one[i] == other[i] && (i < 10 || i >= 13) ? 1 : 0;
        }
        CHECK(same <= 4);
        CHECK(Bytes(one.begin() + 10, one.begin() + 13) == Bytes(other.begin() + 10, other.begin() + 13));
        CHECK((one[12] & 0x10) == 0);
        // The issuer still opens it, and reads the serial number inside the channel alone.
        host::FlashMemory copy = memory;
        ChipFixture chip(copy);
        GlobalPlatformHost host(chip, keys);
        REQUIRE(host.open(0x03) == 0x9000);
        CHECK(host.send(0xCA, 0x00, 0xCF, {}).data.size() == 12);
        CHECK(host.send(0xCA, 0x00, 0x66, {}).data.back() == one[12]);
        CHECK(chip.status(selectDomain) == 0x9000);
        for (const char* naming : {"80CA00CF00", "80CA9F7F00", "80CA004200", "80CA004500", "80CA00C100"}) {
            CAPTURE(naming);
            CHECK(chip.transmit(naming) == hex("6982"));
        }
    }
}

TEST_CASE("a secured card with SCP02, which tells its counter, opens to nobody") {
    for (const char* option : {"0215", "0255"}) {
        CAPTURE(option);
        auto memory = issued(DocumentProfile::VietnameseCard2021, 1, DomainKeys::issuer(0x02, 16), option);
        ChipFixture chip(memory);
        REQUIRE(chip.status(selectDomain) == 0x9000);
        CHECK(chip.transmit(initializeUpdate) == hex("6985"));
        CHECK(chip.transmit("80CA006600") == hex("6985"));
        CHECK(chip.status(selectLds) == 0x9000);
    }
}

TEST_CASE("SCP02 tells a wrong padding from a wrong MAC neither by its answer nor by its work") {
    constexpr std::size_t macSize = 8;
    host::FlashMemory memory;
    {
        ChipFixture chip(memory);
        GlobalPlatformHost host(chip, DomainKeys::transport());
        REQUIRE(host.open(0x01) == 0x9000);
        REQUIRE(host.send(0xE2, 0x88, 0x00, hex("9003020215")).status == 0x9000);
    }
    std::optional<Work> common;
    // All that two blocks of plain data can be, right and wrong.
    for (std::size_t size = 8; size < 16; ++size) {
        for (const bool spoilsPadding : {false, true}) {
            CAPTURE(size);
            CAPTURE(spoilsPadding);
            ObservedChip chip(memory, 9);
            bool spoils = false;
            cancuoc::InProcessConnection line(
                "chip", {},
                [&](cancuoc::BytesView apdu) {
                    Bytes sent = test::toBytes(apdu);
                    if (spoils) {
                        // The last byte of the MAC; the last byte of the first block, which turns the same
                        // bit in the second one. Le is the last byte of all.
                        sent[sent.size() - 2] ^= 0x01;
                        sent[sent.size() - 2 - macSize - 8] ^= spoilsPadding ? 0x01 : 0x00;
                    }
                    return chip.transmit(sent);
                },
                [] {});
            GlobalPlatformHost host(line, DomainKeys::transport(0x20));
            REQUIRE(host.open(0x03) == 0x9000);
            spoils = true;
            CHECK(host.send(0xE2, 0x88, 0x00, Bytes(size, 0x11)).status == 0x6982);
            if (!common) {
                common = chip.work();
            }
            CHECK((chip.work() == *common));
        }
    }
    REQUIRE(common);
    CHECK(common->desBlocks > 0);
}
