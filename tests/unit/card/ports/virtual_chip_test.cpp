// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/flash_memory.hpp"
#include "card/ports/host/system_entropy.hpp"
#include "card/ports/host/virtual_chip.hpp"
#include "tests/unit/card/known_answer.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace cancuoc::card;
using test::Bytes;
using test::hex;

namespace {

const Bytes selectDomain = hex("00A4040008A000000151000000");
const Bytes initializeUpdate = hex("8050300008010203040506070800");

Bytes serialNumberOf(host::VirtualChip& chip) {
    chip.powerOn();
    REQUIRE(chip.transmit(selectDomain) == hex("9000"));
    const Bytes response = chip.transmit(initializeUpdate);
    REQUIRE(response.size() > 10);
    return {response.begin(), response.begin() + 10};
}

} // namespace

TEST_CASE("a chip answers only with power") {
    host::VirtualChip chip;
    CHECK(chip.transmit(selectDomain).empty());
    chip.powerOn();
    CHECK(chip.transmit(selectDomain) == hex("9000"));
    chip.powerOff();
    CHECK(chip.transmit(selectDomain).empty());
    CHECK(chip.atr().front() == 0x3B);
}

TEST_CASE("a chip in a file is the same chip again, and each new one is another") {
    const cancuoc::test::TemporaryDirectory directory;
    Bytes first;
    {
        host::VirtualChip chip(directory.path() / "a.chip");
        first = serialNumberOf(chip);
    }
    host::VirtualChip again(directory.path() / "a.chip");
    CHECK(serialNumberOf(again) == first);
    host::VirtualChip other(directory.path() / "b.chip");
    CHECK(serialNumberOf(other) != first);
    host::VirtualChip inMemory;
    CHECK(serialNumberOf(inMemory) != first);
}

TEST_CASE("a chip may move") {
    host::VirtualChip chip;
    const Bytes serialNumber = serialNumberOf(chip);
    host::VirtualChip moved(std::move(chip));
    CHECK(serialNumberOf(moved) == serialNumber);
}

TEST_CASE("a memory that holds no chip is told in a sentence") {
    host::FlashMemory memory;
    host::SystemEntropy entropy;
    for (std::size_t address = 0; address < 65536; address += 8) {
        REQUIRE(memory.program(address, hex("0102030405060708")));
    }
    host::VirtualChip chip(memory, entropy);
    CHECK_THROWS_WITH_AS(chip.powerOn(), doctest::Contains("holds no chip"), std::runtime_error);
    CHECK(chip.transmit(selectDomain).empty());
}
