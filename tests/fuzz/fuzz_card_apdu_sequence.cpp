// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/elementary_file.hpp"
#include "card/applets/emrtd/file_system.hpp"
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/chip.hpp"
#include "card/core/command_parser.hpp"
#include "card/crypto/aes.hpp"
#include "card/ports/host/flash_memory.hpp"
#include "tests/support/stored_objects.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

// A sequence of command APDUs, each after its length in two bytes, at a chip in a state that the first byte
// chooses: blank, personalized, personalized with access to the files, or blank with the commands brought
// through SCP03, which no fuzzer would find the keys of.
namespace {

using namespace cancuoc::card;
using Bytes = std::vector<std::uint8_t>;

enum class Mode : std::uint8_t { Blank, Personalized, Files, SecureChannel };

[[noreturn]] void fail() {
    std::abort();
}

void require(bool condition) {
    if (!condition) {
        fail();
    }
}

class FixedRandom final : public RandomSource {
public:
    [[nodiscard]] bool fill(std::span<std::uint8_t> output) override {
        for (std::uint8_t& byte : output) {
            byte = ++next_;
        }
        return true;
    }

private:
    std::uint8_t next_ = 0;
};

class NoDelay final : public Delay {
public:
    void wait(std::uint32_t) override {}
    void scatter() override {}
};

/// Every object but the count of failed attempts, which anybody can raise.
test::StoredObjects contentOf(const host::FlashMemory& memory) {
    host::FlashMemory copy = memory;
    return test::storedObjects(copy);
}

host::FlashMemory blankMemory() {
    host::FlashMemory memory;
    FixedRandom random;
    NoDelay delay;
    Chip chip(memory, random, delay);
    require(chip.powerOn());
    return memory;
}

/// The PACEInfo and the ChipAuthenticationInfo of the Vietnamese card; other files repeat their number.
Bytes contentFor(const emrtd::ElementaryFile& file) {
    const Bytes infos{0x31, 0x25, 0x30, 0x0F, 0x06, 0x0A, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02,
                      0x03, 0x02, 0x02, 0x02, 0x01, 0x01, 0x30, 0x12, 0x06, 0x0A, 0x04, 0x00, 0x7F,
                      0x00, 0x07, 0x02, 0x02, 0x04, 0x02, 0x02, 0x02, 0x01, 0x02, 0x02, 0x01, 0x0D};
    if (file.object == emrtd::cardAccessIdentifier) {
        return infos;
    }
    if (file.object == emrtd::dataGroupIdentifier(14)) {
        Bytes dataGroup{0x6E, static_cast<std::uint8_t>(infos.size())};
        dataGroup.insert(dataGroup.end(), infos.begin(), infos.end());
        return dataGroup;
    }
    return Bytes(file.shortIdentifier * 150U, file.shortIdentifier);
}

host::FlashMemory personalizedMemory() {
    host::FlashMemory memory = blankMemory();
    ObjectStore store(memory);
    require(store.open());
    for (const emrtd::ElementaryFile& file : emrtd::elementaryFiles) {
        Transaction transaction(store);
        const Bytes content = contentFor(file);
        require(transaction.beginFile(file.object, content.size()) && transaction.appendToFile(content) &&
                transaction.commit());
    }
    Bytes key(33, 0x11);
    key[0] = 0x0D;
    Transaction transaction(store);
    require(transaction.put(emrtd::cardAccessNumberObject, Bytes(6, '1')) &&
            transaction.put(emrtd::mrzInformationObject, Bytes(24, '1')) &&
            transaction.put(emrtd::chipAuthenticationKeyObject, key) &&
            transaction.put(emrtd::activeAuthenticationKeyObject, key) &&
            transaction.put(emrtd::personalizedObject, {}) && transaction.commit());
    return memory;
}

/// The host's end of an SCP03 channel with C-MAC, on the transport keys.
class Host {
public:
    explicit Host(Chip& chip) : chip_(&chip) {
        const Bytes select{0x00, 0xA4, 0x04, 0x0C, 0x08, 0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00, 0x00};
        const Bytes initializeUpdate{0x80, 0x50, 0x30, 0x00, 0x08, 1, 2, 3, 4, 5, 6, 7, 8, 0x00};
        require(chip.transmit(select).size() == 2);
        const std::span<const std::uint8_t> answer = chip.transmit(initializeUpdate);
        require(answer.size() == 31);
        std::copy_n(initializeUpdate.begin() + 5, 8, context_.begin());
        std::copy_n(answer.begin() + 13, 8, context_.begin() + 8);
        Bytes transportKey(16);
        std::generate(transportKey.begin(), transportKey.end(),
                      [next = std::uint8_t{0x40}]() mutable { return next++; });
        macKey_ = derive(transportKey, 0x06, 16);
        const std::span<const std::uint8_t> response = send(0x82, 0x01, 0x00, derive(macKey_, 0x01, 8));
        require(response.size() == 2 && response[0] == 0x90);
    }

    std::span<const std::uint8_t> send(std::uint8_t ins, std::uint8_t p1, std::uint8_t p2, Bytes data) {
        const std::size_t length = data.size() + 8;
        Bytes apdu{0x84,
                   ins,
                   p1,
                   p2,
                   0x00,
                   static_cast<std::uint8_t>(length >> 8),
                   static_cast<std::uint8_t>(length)};
        apdu.insert(apdu.end(), data.begin(), data.end());
        Bytes message = chaining_;
        message.insert(message.end(), apdu.begin(), apdu.end());
        require(crypto::aesCmac(macKey_, message, chaining_));
        apdu.insert(apdu.end(), chaining_.begin(), chaining_.begin() + 8);
        return chip_->transmit(apdu);
    }

private:
    Bytes derive(const Bytes& key, std::uint8_t constant, std::size_t size) const {
        Bytes input(11);
        input.insert(input.end(), {constant, 0x00, 0x00, static_cast<std::uint8_t>(size * 8), 0x01});
        input.insert(input.end(), context_.begin(), context_.end());
        Bytes output(size);
        require(crypto::aesCmac(key, input, output));
        return output;
    }

    Chip* chip_;
    std::array<std::uint8_t, 16> context_{};
    Bytes macKey_;
    Bytes chaining_ = Bytes(16);
};

/// Calls `take` with one APDU after another.
template <typename Take>
void forEachApdu(std::span<const std::uint8_t> input, Take take) {
    while (input.size() >= 2) {
        const std::size_t length = static_cast<std::size_t>(input[0] << 8 | input[1]);
        input = input.subspan(2);
        // A copy of its own, so that reads past its end are found.
        const Bytes apdu(input.begin(),
                         input.begin() + static_cast<std::ptrdiff_t>(std::min(length, input.size())));
        input = input.subspan(apdu.size());
        take(apdu);
    }
}

void readFiles(const ObjectStore& store, std::span<const std::uint8_t> input) {
    NoDelay delay;
    const ApplicationDirectory directory;
    emrtd::FileSystem files(store, directory, emrtd::AccessControl(FaultGuard(delay)));
    const emrtd::AccessRights rights{.documentAccess = SecureBool(true), .fingerprints = {}, .iris = {}};
    forEachApdu(input, [&](const Bytes& apdu) {
        const auto command = parseCommand(apdu);
        if (!command) {
            return;
        }
        Response response;
        files.enter((command->cla & 0x40) != 0 ? emrtd::Directory::MasterFile
                                               : emrtd::Directory::LdsApplication);
        static_cast<void>(files.select(*command, rights, response));
        response.clear();
        static_cast<void>(files.readBinary(*command, rights, response));
        // The content of DG3 and DG4 is their number, and must not show.
        require(response.size() == 0 || (response.data().front() != 3 && response.data().front() != 4));
        response.clear();
        static_cast<void>(files.readBinaryOdd(*command, rights, response));
        require(response.size() < 5 || (response.data().back() != 3 && response.data().back() != 4));
    });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const host::FlashMemory blank = blankMemory();
    static const host::FlashMemory personalized = personalizedMemory();
    std::span<const std::uint8_t> input(data, size);
    if (input.empty()) {
        return 0;
    }
    const auto mode = static_cast<Mode>(input[0] % 4);
    input = input.subspan(1);
    host::FlashMemory flash(mode == Mode::Personalized || mode == Mode::Files ? personalized : blank);
    if (mode == Mode::Files) {
        ObjectStore store(flash);
        require(store.open());
        readFiles(store, input);
        return 0;
    }
    FixedRandom random;
    NoDelay delay;
    Chip chip(flash, random, delay);
    require(chip.powerOn());
    if (mode == Mode::SecureChannel) {
        Host host(chip);
        forEachApdu(input, [&](const Bytes& apdu) {
            if (const auto command = parseCommand(apdu)) {
                require(host.send(command->ins, command->p1, command->p2,
                                  {command->data.begin(), command->data.end()})
                            .size() >= 2);
            }
        });
        require(chip.powerOn());
        return 0;
    }
    forEachApdu(input, [&](const Bytes& apdu) { require(chip.transmit(apdu).size() >= 2); });
    // Nobody without the channel's keys changes anything.
    static const auto blankContent = contentOf(blank);
    static const auto personalizedContent = contentOf(personalized);
    require(contentOf(flash) == (mode == Mode::Personalized ? personalizedContent : blankContent));
    return 0;
}
