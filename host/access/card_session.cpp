// SPDX-License-Identifier: Apache-2.0
#include "host/access/card_session.hpp"

#include "host/base/error.hpp"

#include <algorithm>
#include <utility>

namespace cancuoc {

namespace {

constexpr std::uint8_t bytesAvailable = 0x61;
constexpr std::uint8_t wrongExpectedLength = 0x6C;
constexpr std::uint8_t getResponse = 0xC0;
// ISO/IEC 7816-4, 5.4.1: this command is not the last of a chain.
constexpr std::uint8_t chainingClass = 0x10;
constexpr std::size_t statusWordSize = 2;
// Header, extended Lc and Le around the data of a command.
constexpr std::size_t extendedLengthFields = 4 + 3 + 2;

std::size_t statedLength(StatusWord statusWord) {
    return statusWord.sw2() != 0 ? statusWord.sw2() : CommandApdu::maximumShortLe;
}

} // namespace

CardSession::CardSession(Connection& connection) : connection_(connection) {}

ResponseApdu CardSession::transmit(const CommandApdu& command) {
    return command.data.size() > maximumCommandData() ? transmitChain(command) : transmitCorrecting(command);
}

// ISO/IEC 7816-4, 5.3.3: the data in parts, under the same header.
ResponseApdu CardSession::transmitChain(const CommandApdu& command) {
    const std::size_t partSize = maximumCommandData();
    CommandApdu part{.cla = static_cast<std::uint8_t>(command.cla | chainingClass),
                     .ins = command.ins,
                     .p1 = command.p1,
                     .p2 = command.p2};
    BytesView rest = command.data;
    while (rest.size() > partSize) {
        part.data = toBytes(rest.first(partSize));
        rest = rest.subspan(partSize);
        ResponseApdu response = transmitOnce(part);
        if (!response.sw.isSuccess()) {
            return response;
        }
    }
    CommandApdu last = command;
    last.data = toBytes(rest);
    return transmitCorrecting(last);
}

ResponseApdu CardSession::transmitCorrecting(const CommandApdu& command) {
    ResponseApdu response = transmitOnce(command);
    if (response.sw.sw1() == wrongExpectedLength && command.le) {
        CommandApdu corrected = command;
        corrected.le = statedLength(response.sw);
        corrected.forceExtendedLength = false;
        response = transmitOnce(corrected);
    }
    return response;
}

void CardSession::interruptBy(Interruption interruption) {
    connection_.interruptBy(interruption);
    interruption_ = std::move(interruption);
}

Bytes CardSession::transmitExpectingSuccess(const CommandApdu& command, std::string_view action) {
    ResponseApdu response = transmit(command);
    if (!response.sw.isSuccess()) {
        throw CardError(std::string(action) + " failed: the card answered " + describe(response.sw) + ".",
                        response.sw.value());
    }
    return std::move(response.data);
}

ResponseApdu CardSession::transmitOnce(const CommandApdu& command) {
    requireUninterrupted(interruption_);
    if (broken_) {
        throw SecureMessagingError(
            "Secure messaging with the card has ended. Start again from the beginning.");
    }
    const bool secured = secureMessaging_.has_value();
    std::optional<ResponseApdu> response;
    try {
        response = readerChannel_ ? throughReader(command)
                   : secured      ? transmitSecured(command)
                                  : exchangeCollecting(command.encode());
    } catch (...) {
        tellTap(command, secured, nullptr);
        throw;
    }
    tellTap(command, secured, &*response);
    return *std::move(response);
}

void CardSession::tellTap(const CommandApdu& command, bool secured, const ResponseApdu* response) const {
    if (tap_) {
        tap_({stepClock_.current(), command, secured, response});
    }
}

ResponseApdu CardSession::transmitSecured(const CommandApdu& command) {
    try {
        ResponseApdu response =
            secureMessaging_->unprotect(exchangeCollecting(secureMessaging_->protect(command)));
        ++provenResponses_;
        return response;
    } catch (...) {
        // Doc 9303-11, 9.8.3: the chip has deleted its keys, or the counters no longer agree.
        secureMessaging_.reset();
        broken_ = true;
        throw;
    }
}

// BSI TR-03119, D.1.1: an error of secure messaging ends the reader's channel, and what follows would go in
// plain.
ResponseApdu CardSession::throughReader(const CommandApdu& command) {
    try {
        ResponseApdu response = exchangeCollecting(command.encode());
        if (response.sw == status_word::secureMessagingObjectsMissing ||
            response.sw == status_word::secureMessagingObjectsIncorrect) {
            throw SecureMessagingError(
                "The card has left the reader's secure messaging: " + describe(response.sw) + ".",
                response.sw.value());
        }
        return response;
    } catch (...) {
        readerChannel_ = false;
        broken_ = true;
        throw;
    }
}

// ISO/IEC 7816-4, 5.3.4: after 61xx the rest is fetched with GET RESPONSE.
ResponseApdu CardSession::exchangeCollecting(BytesView command) {
    ResponseApdu response = exchange(command);
    while (response.sw.sw1() == bytesAvailable) {
        const CommandApdu next{.ins = getResponse, .le = statedLength(response.sw)};
        const ResponseApdu more = exchange(next.encode());
        if (more.data.empty() || response.data.size() + more.data.size() > CommandApdu::maximumExtendedLe) {
            throw MalformedData("The card announces more response data than it gives, or more than it may.");
        }
        append(response.data, more.data);
        response.sw = more.sw;
    }
    return response;
}

ResponseApdu CardSession::exchange(BytesView command) {
    const auto start = std::chrono::steady_clock::now();
    Bytes received = connection_.transmit(command);
    const std::size_t receivedSize = received.size();
    stepClock_.count(command.size(), receivedSize);
    ResponseApdu response = ResponseApdu::decode(std::move(received));
    if (observer_) {
        observer_({stepClock_.current(), command.first(4), command.size(), receivedSize, response.sw,
                   std::chrono::steady_clock::now() - start});
    }
    return response;
}

void CardSession::startSecureMessaging(SecureMessaging secureMessaging) {
    secureMessaging_.emplace(std::move(secureMessaging));
    readerChannel_ = false;
    broken_ = false;
    provenResponses_ = 0;
}

void CardSession::startReaderChannel() {
    endSecureMessaging();
    readerChannel_ = true;
}

void CardSession::endSecureMessaging() {
    secureMessaging_.reset();
    readerChannel_ = false;
    broken_ = false;
    provenResponses_ = 0;
}

void CardSession::reset() {
    connection_.reset();
    endSecureMessaging();
}

std::optional<BlockCipher> CardSession::secureMessagingCipher() const {
    return secureMessaging_ ? std::optional(secureMessaging_->cipher()) : std::nullopt;
}

// Which cipher a reader uses it does not tell; AES leaves the least room.
std::optional<BlockCipher> CardSession::cipherOnTheWay() const {
    return readerChannel_ ? std::optional(BlockCipher::Aes128) : secureMessagingCipher();
}

std::size_t CardSession::throughChannel(std::size_t responseLength) const {
    const auto cipher = cipherOnTheWay();
    return cipher ? SecureMessaging::maximumResponseData(*cipher, responseLength) : responseLength;
}

// Short lengths are always possible, whatever a card states.
std::size_t CardSession::maximumResponseLength() const {
    if (!statedLengths_) {
        return connection_.maximumResponseLength();
    }
    const std::size_t stated =
        std::max(statedLengths_->response, CommandApdu::maximumShortLe + statusWordSize) - statusWordSize;
    return std::min(connection_.readerMaximumLength(), stated);
}

std::size_t CardSession::maximumCommandLength() const {
    if (!statedLengths_) {
        return connection_.maximumCommandLength();
    }
    return std::min(connection_.readerMaximumLength() + extendedLengthFields, statedLengths_->command);
}

std::size_t CardSession::maximumResponseData() const {
    return throughChannel(maximumResponseLength());
}

std::size_t CardSession::maximumShortResponseData() const {
    return throughChannel(CommandApdu::maximumShortLe);
}

std::size_t CardSession::maximumCommandData() const {
    const std::size_t length = std::max(maximumCommandLength(), CommandApdu::maximumShortSize);
    const std::size_t data = maximumResponseLength() > CommandApdu::maximumShortLe
                                 ? std::clamp(length - extendedLengthFields, CommandApdu::maximumShortData,
                                              CommandApdu::maximumExtendedData)
                                 : CommandApdu::maximumShortData;
    const auto cipher = cipherOnTheWay();
    return cipher ? SecureMessaging::maximumCommandData(*cipher, data) : data;
}

void CardSession::observe(Observer observer) {
    observer_ = std::move(observer);
}

CardSession::Step::Step(CardSession& session, std::string_view name)
    : clock_(session.stepClock_), previous_(clock_.enter(name)) {}

CardSession::Step::~Step() {
    clock_.leave(previous_);
}

} // namespace cancuoc
