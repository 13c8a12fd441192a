// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/file_descriptor.hpp"
#include "card/ports/host/vpcd_client.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <future>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>

using namespace cancuoc::card;
using host::FileDescriptor;
using host::VpcdAddress;
using host::VpcdEvent;
using test::Bytes;
using test::hex;

namespace {

/// vpcd's end of the wire, as its source has it: it listens, and speaks frames of a two-byte length and a
/// body.
class Reader {
public:
    explicit Reader(std::uint16_t port = 0) : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const int on = 1;
        ::setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(listener_.get(), 0) == 0);
        socklen_t length = sizeof address;
        REQUIRE(::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &length) == 0);
        port_ = ntohs(address.sin_port);
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }

    void accept() {
        card_ = FileDescriptor(::accept(listener_.get(), nullptr, nullptr));
        REQUIRE(card_.valid());
    }
    void eject() { card_ = FileDescriptor(); }

    // Length and body go out in pieces, as vpcd does it.
    void send(const Bytes& body) {
        const Bytes length{static_cast<std::uint8_t>(body.size() >> 8),
                           static_cast<std::uint8_t>(body.size())};
        REQUIRE(::send(card_.get(), length.data(), 2, 0) == 2);
        REQUIRE(::send(card_.get(), body.data(), body.size(), 0) == static_cast<ssize_t>(body.size()));
    }
    Bytes receive() {
        const Bytes length = receiveExactly(2);
        return receiveExactly(static_cast<std::size_t>(length[0] << 8 | length[1]));
    }
    Bytes transceive(const Bytes& body) {
        send(body);
        return receive();
    }

private:
    Bytes receiveExactly(std::size_t size) {
        Bytes bytes(size);
        REQUIRE(::recv(card_.get(), bytes.data(), size, MSG_WAITALL) == static_cast<ssize_t>(size));
        return bytes;
    }

    FileDescriptor listener_;
    FileDescriptor card_;
    std::uint16_t port_ = 0;
};

const Bytes powerOff{0x00};
const Bytes powerOn{0x01};
const Bytes reset{0x02};
const Bytes getAnswerToReset{0x04};
const Bytes selectDomain = hex("00A4040008A000000151000000");
const Bytes externalAuthenticate = test::join(hex("8482010010"), Bytes(16));

} // namespace

TEST_CASE("addresses of virtual readers") {
    CHECK(VpcdAddress::parse("").host == "127.0.0.1");
    CHECK(VpcdAddress::parse("").port == 35963);
    CHECK(VpcdAddress::parse("reader.example").host == "reader.example");
    CHECK(VpcdAddress::parse("reader.example:35964").port == 35964);
    CHECK(VpcdAddress::parse(":35964").host == "127.0.0.1");
    for (const char* wrong : {"host:", "host:x", "host:0", "host:65536", "host:12x"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(static_cast<void>(VpcdAddress::parse(wrong)), std::runtime_error);
    }
}

TEST_CASE("the chip serves vpcd's frames, comes back when it is ejected, and stops when told") {
    Reader reader;
    host::VirtualChip chip;
    std::vector<VpcdEvent> events;
    std::jthread card([&](std::stop_token stop) {
        host::serveVpcd(chip, VpcdAddress{"127.0.0.1", reader.port()}, std::move(stop),
                        [&](VpcdEvent event) { events.push_back(event); });
    });
    reader.accept();
    const Bytes answerToReset = reader.transceive(getAnswerToReset);
    CHECK(answerToReset == hex("3B 87 80 01 80 31 F8 73 D4 01 E0 09"));
    reader.send(powerOn);
    CHECK(reader.transceive(getAnswerToReset) == answerToReset);
    CHECK(reader.transceive(selectDomain) == hex("9000"));
    CHECK(reader.transceive(externalAuthenticate) == hex("6985"));
    // Asking for the answer to reset is no reset, a reset is one.
    CHECK(reader.transceive(getAnswerToReset) == answerToReset);
    CHECK(reader.transceive(externalAuthenticate) == hex("6985"));
    reader.send(reset);
    CHECK(reader.transceive(externalAuthenticate) == hex("6E00"));
    reader.send(powerOff);
    // A long frame.
    reader.send(powerOn);
    CHECK(reader.transceive(test::join(hex("80E20000000FFF"), Bytes(4095))) == hex("6E00"));
    CHECK(reader.transceive(Bytes(65535)) == hex("6700"));

    reader.eject();
    reader.accept();
    CHECK(reader.transceive(getAnswerToReset) == answerToReset);
    card.request_stop();
    card.join();
    CHECK(events == std::vector<VpcdEvent>{VpcdEvent::Inserted, VpcdEvent::Removed, VpcdEvent::Inserted,
                                           VpcdEvent::Removed});
}

TEST_CASE("the chip waits for a reader that is not there yet") {
    std::uint16_t port = 0;
    {
        const Reader reader;
        port = reader.port();
    }
    host::VirtualChip chip;
    std::promise<void> waiting;
    std::jthread card([&](std::stop_token stop) {
        host::serveVpcd(chip, VpcdAddress{"127.0.0.1", port}, std::move(stop), [&](VpcdEvent event) {
            if (event == VpcdEvent::Waiting) {
                waiting.set_value();
            }
        });
    });
    waiting.get_future().wait();
    Reader reader(port);
    reader.accept();
    CHECK(reader.transceive(getAnswerToReset).size() == 12);
}

TEST_CASE("a reader's address that cannot be found is told in a sentence") {
    host::VirtualChip chip;
    CHECK_THROWS_WITH_AS(host::serveVpcd(chip, VpcdAddress{"no host at all", 1}, {}),
                         doctest::Contains("cannot be found"), std::runtime_error);
}
