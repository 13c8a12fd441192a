// SPDX-License-Identifier: Apache-2.0
#include "card/core/configuration.hpp"
#include "card/ports/host/flash_file.hpp"
#include "card/storage/object_store.hpp"
#include "tests/unit/card/known_answer.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <fstream>
#include <optional>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace cancuoc::card;
using test::Bytes;

namespace {

constexpr ObjectIdentifier counterObject = 1;
constexpr ObjectIdentifier fileObject = 2;
constexpr std::size_t fileLength = 5000;

Bytes filled(std::size_t length, std::uint32_t counter) {
    Bytes bytes(length);
    for (std::size_t i = 0; i < length; ++i) {
        bytes[i] = static_cast<std::uint8_t>(counter + i * 13);
    }
    return bytes;
}

Bytes encoded(std::uint32_t counter) {
    return {static_cast<std::uint8_t>(counter >> 24), static_cast<std::uint8_t>(counter >> 16),
            static_cast<std::uint8_t>(counter >> 8), static_cast<std::uint8_t>(counter)};
}

// A transaction that writes a counter, and a file with content made from it.
bool write(ObjectStore& store, std::uint32_t counter) {
    Transaction transaction(store);
    return transaction.put(counterObject, encoded(counter)) &&
           transaction.beginFile(fileObject, fileLength) &&
           transaction.appendToFile(filled(fileLength, counter)) && transaction.commit();
}

// The counter of the state in `path`; fails the test when counter and file are not of one transaction.
std::optional<std::uint32_t> readState(const std::filesystem::path& path) {
    host::FlashFile flash(path);
    ObjectStore store(flash);
    REQUIRE(store.open());
    if (!store.length(counterObject)) {
        CHECK_FALSE(store.length(fileObject));
        return std::nullopt;
    }
    Bytes bytes(4);
    REQUIRE(store.read(counterObject, 0, bytes));
    const auto counter =
        static_cast<std::uint32_t>(bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3]);
    Bytes file(fileLength);
    REQUIRE(store.read(fileObject, 0, file));
    CHECK(file == filled(fileLength, counter));
    return counter;
}

// A process that goes on writing from `first` on, and tells each counter when its commit has returned.
[[noreturn]] void writeForEver(const std::filesystem::path& path, std::uint32_t first, int pipe) {
    try {
        host::FlashFile flash(path);
        ObjectStore store(flash);
        if (store.open()) {
            for (std::uint32_t counter = first; write(store, counter); ++counter) {
                if (::write(pipe, &counter, sizeof counter) != sizeof counter) {
                    break;
                }
            }
        }
    } catch (...) {
        ::_exit(2);
    }
    ::_exit(1);
}

} // namespace

TEST_CASE("a new file is an erased memory of the chip's size") {
    const cancuoc::test::TemporaryDirectory directory;
    const auto path = directory.path() / "new.chip";
    const host::FlashFile flash(path);
    CHECK(std::filesystem::file_size(path) == configuration::flashSize);
    Bytes content(configuration::flashSize);
    REQUIRE(flash.read(0, content));
    CHECK(content == Bytes(configuration::flashSize, 0xFF));
    // Nothing is left of its making.
    CHECK(std::distance(std::filesystem::directory_iterator(directory.path()), {}) == 1);
}

TEST_CASE("what was programmed is there when the file is opened again") {
    const cancuoc::test::TemporaryDirectory directory;
    const auto path = directory.path() / "a.chip";
    {
        host::FlashFile flash(path);
        REQUIRE(flash.program(4096, Bytes(16, 0x5A)));
        REQUIRE(flash.program(configuration::flashPageSize * 5, Bytes(8, 0x11)));
        REQUIRE(flash.erase(5));
    }
    const host::FlashFile flash(path);
    Bytes bytes(24);
    REQUIRE(flash.read(4096, bytes));
    CHECK(bytes == test::join(Bytes(16, 0x5A), Bytes(8, 0xFF)));
    REQUIRE(flash.read(configuration::flashPageSize * 5, bytes));
    CHECK(bytes == Bytes(24, 0xFF));
}

TEST_CASE("operations outside the memory or across words are refused") {
    const cancuoc::test::TemporaryDirectory directory;
    host::FlashFile flash(directory.path() / "a.chip");
    Bytes bytes(8);
    CHECK_FALSE(flash.read(configuration::flashSize - 7, bytes));
    CHECK_FALSE(flash.read(static_cast<std::size_t>(-4), bytes));
    CHECK_FALSE(flash.program(configuration::flashSize, bytes));
    CHECK_FALSE(flash.program(4, bytes));
    CHECK_FALSE(flash.program(0, Bytes(7)));
    CHECK_FALSE(flash.erase(configuration::flashPages));
}

TEST_CASE("a chip's file serves one process at a time, and only a chip's file serves") {
    const cancuoc::test::TemporaryDirectory directory;
    const auto path = directory.path() / "a.chip";
    const host::FlashFile first(path);
    CHECK_THROWS_WITH_AS(host::FlashFile{path}, doctest::Contains("in use by another program"),
                         std::runtime_error);
    const auto text = directory.path() / "text";
    std::ofstream(text) << "hello";
    CHECK_THROWS_WITH_AS(host::FlashFile{text}, doctest::Contains("is not a chip's memory"),
                         std::runtime_error);
    CHECK(std::filesystem::file_size(text) == 5);
    CHECK_THROWS_WITH_AS(host::FlashFile{directory.path() / "none" / "a.chip"},
                         doctest::Contains("cannot be"), std::runtime_error);
    CHECK_THROWS_WITH_AS(host::FlashFile{directory.path()}, doctest::Contains("cannot be opened"),
                         std::runtime_error);
}

TEST_CASE("a process killed at any moment leaves whole transactions, and all that it told of") {
    const cancuoc::test::TemporaryDirectory directory;
    const auto path = directory.path() / "a.chip";
    std::uint32_t last = 0;
    constexpr int kills = 150;
    for (int kill = 0; kill < kills; ++kill) {
        CAPTURE(kill);
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::close(ends[0]);
            writeForEver(path, last + 1, ends[1]);
        }
        ::close(ends[1]);
        // Moments from the making of the file to many commits later.
        ::usleep(static_cast<useconds_t>(kill * kill % 1700 * (kill < 10 ? 1 : 7)));
        REQUIRE(::kill(child, SIGKILL) == 0);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));

        std::uint32_t told = last;
        std::uint32_t counter = 0;
        while (::read(ends[0], &counter, sizeof counter) == sizeof counter) {
            told = counter;
        }
        ::close(ends[0]);
        const std::uint32_t found = readState(path).value_or(0);
        REQUIRE((found == told || found == told + 1));
        last = found;
    }
    // The kills met processes that were at work.
    CHECK(last > kills);
}
