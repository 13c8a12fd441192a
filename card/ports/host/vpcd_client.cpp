// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/vpcd_client.hpp"

#include "card/ports/host/file_descriptor.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <poll.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <vector>

namespace cancuoc::card::host {
namespace {

// The control messages of vpcd have one byte; everything longer is a command APDU.
enum class Control : std::uint8_t { PowerOff = 0, PowerOn = 1, Reset = 2, GetAnswerToReset = 4 };

constexpr std::chrono::milliseconds retryInterval{400};
constexpr std::size_t lengthFieldSize = 2;

using AddressList = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

AddressList resolve(const VpcdAddress& address) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int error =
        ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found);
    if (error != 0) {
        throw std::runtime_error("The virtual reader's address " + address.host +
                                 " cannot be found: " + ::gai_strerror(error) + ".");
    }
    return {found, &::freeaddrinfo};
}

/// Becomes readable when a stop is requested, so that every wait can include it.
class StopSignal {
public:
    explicit StopSignal(std::stop_token token)
        : event_(::eventfd(0, EFD_CLOEXEC)), token_(token), callback_(std::move(token), [this] {
              const std::uint64_t one = 1;
              [[maybe_unused]] const ssize_t written = ::write(event_.get(), &one, sizeof one);
          }) {}

    [[nodiscard]] bool requested() const { return token_.stop_requested(); }

    /// Waits until `file` has one of `events` or the time is over; false when a stop was requested.
    [[nodiscard]] bool wait(int file, short events, int milliseconds) const {
        std::array<pollfd, 2> waiting{{{event_.get(), POLLIN, 0}, {file, events, 0}}};
        ::poll(waiting.data(), file < 0 ? 1 : 2, milliseconds);
        return !requested();
    }

private:
    FileDescriptor event_;
    std::stop_token token_;
    std::stop_callback<std::function<void()>> callback_;
};

// Without these a command takes some 40 ms of waiting for acknowledgements: vpcd sends length and body apart.
void setOption(int socket, int option) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, option, &on, sizeof on);
}

/// One connection to vpcd: a card in its slot.
class Slot {
public:
    Slot(FileDescriptor socket, const StopSignal& stop) : socket_(std::move(socket)), stop_(&stop) {
        setOption(socket_.get(), TCP_NODELAY);
    }

    /// The next frame's body; nothing when the reader is gone or a stop was requested.
    [[nodiscard]] std::optional<std::vector<std::uint8_t>> receive() {
        std::array<std::uint8_t, lengthFieldSize> length{};
        if (!receiveAll(length)) {
            return std::nullopt;
        }
        std::vector<std::uint8_t> body(static_cast<std::size_t>(length[0] << 8 | length[1]));
        if (!receiveAll(body)) {
            return std::nullopt;
        }
        return body;
    }

    /// Sends length and body in one piece; false when the reader is gone.
    [[nodiscard]] bool send(std::span<const std::uint8_t> body) {
        std::vector<std::uint8_t> frame{static_cast<std::uint8_t>(body.size() >> 8),
                                        static_cast<std::uint8_t>(body.size())};
        frame.insert(frame.end(), body.begin(), body.end());
        std::span<const std::uint8_t> rest = frame;
        while (!rest.empty()) {
            const ssize_t count = ::send(socket_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
            if (count < 0 && errno != EINTR) {
                return false;
            }
            rest = rest.subspan(static_cast<std::size_t>(count < 0 ? 0 : count));
        }
        return true;
    }

private:
    [[nodiscard]] bool receiveAll(std::span<std::uint8_t> output) {
        while (!output.empty()) {
            if (!stop_->wait(socket_.get(), POLLIN, -1)) {
                return false;
            }
            // The kernel forgets this option, so it is set before every receive.
            setOption(socket_.get(), TCP_QUICKACK);
            const ssize_t count = ::recv(socket_.get(), output.data(), output.size(), 0);
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count <= 0) {
                return false;
            }
            output = output.subspan(static_cast<std::size_t>(count));
        }
        return true;
    }

    FileDescriptor socket_;
    const StopSignal* stop_;
};

FileDescriptor connectTo(const addrinfo* addresses) {
    for (const addrinfo* address = addresses; address != nullptr; address = address->ai_next) {
        FileDescriptor socket(
            ::socket(address->ai_family, address->ai_socktype | SOCK_CLOEXEC, address->ai_protocol));
        if (socket.valid() && ::connect(socket.get(), address->ai_addr, address->ai_addrlen) == 0) {
            return socket;
        }
    }
    return FileDescriptor();
}

// False when the reader is gone.
bool control(VirtualChip& chip, Slot& slot, std::uint8_t code) {
    switch (static_cast<Control>(code)) {
    case Control::PowerOff:
        chip.powerOff();
        return true;
    case Control::PowerOn:
    case Control::Reset:
        chip.powerOn();
        return true;
    case Control::GetAnswerToReset:
        return slot.send(chip.atr());
    }
    return true;
}

// Some readers send commands without a power-up before; an empty answer would hang vpcd's client.
bool answer(VirtualChip& chip, Slot& slot, std::span<const std::uint8_t> command) {
    std::vector<std::uint8_t> response = chip.transmit(command);
    if (response.empty()) {
        chip.powerOn();
        response = chip.transmit(command);
    }
    return slot.send(response);
}

void serve(VirtualChip& chip, Slot& slot) {
    while (const std::optional<std::vector<std::uint8_t>> message = slot.receive()) {
        const bool connected =
            message->size() == 1 ? control(chip, slot, message->front()) : answer(chip, slot, *message);
        if (!connected) {
            return;
        }
    }
}

} // namespace

VpcdAddress VpcdAddress::parse(const std::string& text) {
    VpcdAddress address;
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) {
        address.host = text.empty() ? address.host : text;
        return address;
    }
    if (colon > 0) {
        address.host = text.substr(0, colon);
    }
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, address.port);
    if (error != std::errc() || stop != end || address.port == 0) {
        throw std::runtime_error(
            "\"" + text + "\" is no address of a virtual reader; write HOST:PORT, such as 127.0.0.1:35963.");
    }
    return address;
}

void serveVpcd(VirtualChip& chip, const VpcdAddress& address, std::stop_token stop,
               const std::function<void(VpcdEvent)>& notify) {
    const auto tell = [&](VpcdEvent event) {
        if (notify) {
            notify(event);
        }
    };
    const StopSignal stopSignal(std::move(stop));
    const AddressList addresses = resolve(address);
    bool waiting = false;
    while (!stopSignal.requested()) {
        FileDescriptor socket = connectTo(addresses.get());
        if (!socket.valid()) {
            if (!waiting) {
                tell(VpcdEvent::Waiting);
                waiting = true;
            }
            static_cast<void>(stopSignal.wait(-1, 0, static_cast<int>(retryInterval.count())));
            continue;
        }
        waiting = false;
        tell(VpcdEvent::Inserted);
        Slot slot(std::move(socket), stopSignal);
        serve(chip, slot);
        chip.powerOff();
        tell(VpcdEvent::Removed);
        static_cast<void>(stopSignal.wait(-1, 0, static_cast<int>(retryInterval.count())));
    }
}

} // namespace cancuoc::card::host
