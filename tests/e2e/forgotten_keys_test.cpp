// SPDX-License-Identifier: Apache-2.0
// A process that has read a card holds none of the keys in its memory any more: another one, which is the
// card and knows them all, looks for them there.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>

#include "host/access/key_derivation.hpp"
#include "tests/e2e/process_link.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"
#include "tests/unit/host/inspection/test_card.hpp"

using namespace cancuoc;
using test::LinkMessage;
using test::ProcessLink;
using test::SimulatedCard;

namespace {

using Secrets = std::map<std::string, Bytes>;

constexpr std::uint64_t draws = 16; // more than a reading makes

/// The memory of another process that can be written, as it is now.
class Memory {
public:
    explicit Memory(pid_t process) {
        const std::string folder = "/proc/" + std::to_string(process);
        std::ifstream maps(folder + "/maps");
        const int memory = open((folder + "/mem").c_str(), O_RDONLY);
        REQUIRE(memory >= 0);
        std::string line;
        while (std::getline(maps, line)) {
            std::istringstream words(line);
            std::uintptr_t first = 0;
            std::uintptr_t behind = 0;
            char dash = 0;
            std::string access;
            words >> std::hex >> first >> dash >> behind >> access;
            if (access.starts_with("rw")) {
                Bytes region(behind - first);
                const auto size = pread(memory, region.data(), region.size(), static_cast<off_t>(first));
                region.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
                regions_.push_back(std::move(region));
            }
        }
        close(memory);
        REQUIRE(regions_.size() > 3);
    }

    /// Whether the bytes stand anywhere, in this order or, as big numbers are kept, in the other.
    [[nodiscard]] bool holds(BytesView secret) const {
        const Bytes reversed(secret.rbegin(), secret.rend());
        return std::any_of(regions_.begin(), regions_.end(), [&](const Bytes& region) {
            return contains(region, secret) || contains(region, reversed);
        });
    }

    /// Whether 8 bytes of a secret stand anywhere; all of a shorter one.
    [[nodiscard]] bool holdsPartOf(BytesView secret) const {
        const std::size_t part = std::min(secret.size(), std::size_t{8});
        for (std::size_t offset = 0; offset + part <= secret.size(); offset += part) {
            if (holds(secret.subspan(offset, part))) {
                return true;
            }
        }
        return false;
    }

private:
    static bool contains(BytesView region, BytesView wanted) {
        return memmem(region.data(), region.size(), wanted.data(), wanted.size()) != nullptr;
    }

    std::vector<Bytes> regions_;
};

/// Another process that reads a card of this one's with `password`.
class ReadingProcess {
public:
    explicit ReadingProcess(const std::string& password) {
        std::array<int, 2> sockets{};
        REQUIRE(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets.data()) == 0);
        const int enough = 1 << 20;
        setsockopt(sockets[0], SOL_SOCKET, SO_SNDBUF, &enough, sizeof enough);
        process_ = fork();
        if (process_ == 0) {
            close(sockets[0]);
            const std::string socket = std::to_string(sockets[1]);
            execl(CANCUOC_READING_PROCESS, CANCUOC_READING_PROCESS, socket.c_str(), nullptr);
            _exit(127);
        }
        close(sockets[1]);
        link_.emplace(sockets[0]);
        link_->send(viewOf(password));
    }
    ReadingProcess(const ReadingProcess&) = delete;
    ReadingProcess& operator=(const ReadingProcess&) = delete;
    ~ReadingProcess() {
        link_.reset();
        int status = 0;
        waitpid(process_, &status, 0);
        CHECK(status == 0);
    }

    /// Answers as `card` until the process has forgotten everything; `before` sees each command first.
    void serve(Connection& card, const std::function<void()>& before) {
        Bytes buffer(ProcessLink::longestMessage);
        while (true) {
            const BytesView message = link_->receive(buffer);
            REQUIRE_FALSE(message.empty());
            switch (static_cast<LinkMessage>(message.front())) {
            case LinkMessage::Done:
                return;
            case LinkMessage::Reset:
                card.reset();
                break;
            case LinkMessage::Command:
                before();
                link_->send(card.transmit(message.subspan(1)));
                break;
            }
        }
    }

    [[nodiscard]] Memory memory() const { return Memory(process_); }

private:
    pid_t process_ = 0;
    std::optional<ProcessLink> link_;
};

void addKeys(Secrets& secrets, const std::string& name, BlockCipher cipher, BytesView from) {
    secrets[name + ", KSenc"] = toBytes(deriveKey(from, KeyPurpose::Encryption, cipher).view());
    secrets[name + ", KSmac"] = toBytes(deriveKey(from, KeyPurpose::MessageAuthentication, cipher).view());
}

/// The lines of the MRZ in the card's DG1.
std::vector<std::string> mrzLines() {
    const auto image = test::TestCard::image();
    return lds::DataGroup1::decode(image.file(lds::fileIdentifier(lds::FileId::DataGroup1))).lines;
}

/// All that both sides know when `card` was read, and that nobody else may.
Secrets secretsOf(SimulatedCard& card) {
    Secrets secrets;
    const auto& chip = card.chip();
    if (card.keys().can) {
        secrets["CAN"] = toBytes(card.keys().can->encoded());
        secrets["K_pi"] =
            toBytes(deriveKey(card.keys().can->encoded(), KeyPurpose::Password, chip.paceCipher).view());
        secrets["nonce of PACE"] = toBytes(chip.paceNonce());
    } else {
        // Document number and birth date stand apart in the MRZ.
        const auto lines = mrzLines();
        secrets["MRZ information"] = toBytes(viewOf(lines[0].substr(11, 4) + lines[1].substr(0, 4)));
        const BytesView seed = card.keys().mrz->encoded();
        secrets["K_seed of the document"] = toBytes(seed.first(16));
        addKeys(secrets, "document basic access keys", BlockCipher::TripleDes, seed.first(16));
    }
    for (std::size_t index = 0; index < chip.agreedSecrets().size(); ++index) {
        const auto& [cipher, secret] = chip.agreedSecrets()[index];
        const std::string name = "session " + std::to_string(index + 1);
        secrets[name + ", shared secret"] = secret;
        addKeys(secrets, name, cipher, secret);
    }
    // Among them are challenges, which are 8 bytes and no secret.
    for (std::uint64_t number = 0; number < draws; ++number) {
        const Bytes drawn = test::drawnBytes(number);
        secrets["bytes drawn " + std::to_string(number)] = {drawn.begin() + 8, drawn.end()};
    }
    return secrets;
}

/// The password that opens `card`: the MRZ, or a CAN that no file of the card repeats.
std::string givePassword(SimulatedCard& card) {
    if (!card.keys().can) {
        std::string mrz;
        for (const auto& line : mrzLines()) {
            mrz += line;
        }
        return mrz;
    }
    const std::string can = "738264";
    card.keys().can = AccessKey::fromCan(can);
    card.chip().password = toBytes(viewOf(can));
    return can;
}

} // namespace

TEST_CASE("after a reading no key is left in the memory of the process that read") {
    test::SimulatedCardProfile profile;
    profile.habits.extendedLength = true;
    SUBCASE("PACE and Chip Authentication") {}
    SUBCASE("PACE with the chip authentication mapping") {
        profile.chipAuthenticationMapping = true;
    }
    SUBCASE("Basic Access Control and Chip Authentication") {
        profile.basicAccessControl = true;
    }
    SimulatedCard card(profile);
    const std::string password = givePassword(card);
    ReadingProcess process(password);
    bool seenInUse = false;
    process.serve(card.chip(), [&] {
        // What is looked for can be found while it is in use: with the session's key in the second session.
        if (!seenInUse && card.chip().agreedSecrets().size() == 2) {
            const auto& [cipher, secret] = card.chip().agreedSecrets().back();
            seenInUse =
                process.memory().holds(toBytes(deriveKey(secret, KeyPurpose::Encryption, cipher).view()));
        }
    });
    CHECK(seenInUse);
    const Memory memory = process.memory();
    for (const auto& [name, secret] : secretsOf(card)) {
        const std::string secretName = name; // Clang 14 cannot capture a structured binding
        CAPTURE(secretName);
        REQUIRE(secret.size() >= 6);
        CHECK_FALSE(memory.holdsPartOf(secret));
    }
}
