// SPDX-License-Identifier: Apache-2.0
#include "host/reader/pcsc_card.hpp"

#include "host/base/error.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/reader/pcsc_error.hpp"

#include <algorithm>

namespace cancuoc {

namespace {

constexpr DWORD protocols = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;
constexpr int mostAcknowledgements = 3;

// T=0 carries either data or an expected length; the response data are fetched with GET RESPONSE
// (ISO/IEC 7816-3, 12.2.3).
BytesView withoutExpectedLength(BytesView command) {
    const bool hasBoth = command.size() > 5 && command.size() == 5U + command[4] + 1U;
    return hasBoth ? command.first(command.size() - 1) : command;
}

} // namespace

PcscCard::PcscCard(std::string_view readerText, Sharing sharing)
    : readerName_(chooseReader(context_.readers(), readerText).name),
      shareMode_(sharing == Sharing::Exclusive ? SCARD_SHARE_EXCLUSIVE : SCARD_SHARE_SHARED),
      received_(MAX_BUFFER_SIZE_EXTENDED) {
    requirePcsc(
        SCardConnect(context_.get(), readerName_.c_str(), shareMode_, protocols, &handle_, &protocol_),
        PcscPhase::Connect, readerName_);
    try {
        beginTransaction();
        cardChanges_ = context_.stateOf(readerName_).cardChanges;
        readAtr();
        features_ = readFeatures(handle_, readerName_);
    } catch (...) {
        SCardDisconnect(handle_, SCARD_LEAVE_CARD);
        throw;
    }
}

PcscCard::~PcscCard() {
    wipe(received_);
    SCardEndTransaction(handle_, SCARD_LEAVE_CARD);
    SCardDisconnect(handle_, SCARD_RESET_CARD);
}

Bytes PcscCard::transmit(BytesView command) {
    const BytesView sent = usesT1() ? command : withoutExpectedLength(command);
    auto length = static_cast<DWORD>(received_.size());
    const LONG result = SCardTransmit(handle_, usesT1() ? SCARD_PCI_T1 : SCARD_PCI_T0, sent.data(),
                                      static_cast<DWORD>(sent.size()), nullptr, received_.data(), &length);
    if (result != SCARD_S_SUCCESS) {
        throwLost(result);
    }
    // Some drivers report a card that leaves during the exchange as a success without a status word.
    if (length < 2 || length > received_.size()) {
        throwLost(SCARD_E_COMM_DATA_LOST);
    }
    return toBytes(BytesView(received_).first(length));
}

void PcscCard::reset() {
    SCardEndTransaction(handle_, SCARD_LEAVE_CARD);
    reconnect(SCARD_UNPOWER_CARD);
    beginTransaction();
    readAtr();
}

void PcscCard::reconnect(DWORD initialization) {
    const LONG result = SCardReconnect(handle_, shareMode_, protocols, initialization, &protocol_);
    if (result == SCARD_S_SUCCESS) {
        return;
    }
    try {
        throwLost(result);
    } catch (const CardReset&) {
        // A card that gets its power and does not answer: it must be moved.
        throwPcsc(SCARD_W_UNRESPONSIVE_CARD, PcscPhase::Exchange, readerName_);
    }
}

void PcscCard::keepAlive() noexcept {
    SCardStatus(handle_, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
}

Bytes PcscCard::control(DWORD code, BytesView input) {
    Bytes answer(MAX_BUFFER_SIZE_EXTENDED);
    DWORD length = 0;
    const LONG result = SCardControl(handle_, code, input.data(), static_cast<DWORD>(input.size()),
                                     answer.data(), static_cast<DWORD>(answer.size()), &length);
    if (result != SCARD_S_SUCCESS || length > answer.size()) {
        throwLost(result);
    }
    answer.resize(length);
    return answer;
}

// Who held the card before may have left it reset, which is acknowledged by connecting anew.
void PcscCard::beginTransaction() {
    LONG result = SCardBeginTransaction(handle_);
    for (int attempt = 0; result == SCARD_W_RESET_CARD && attempt < mostAcknowledgements; ++attempt) {
        reconnect(SCARD_LEAVE_CARD);
        result = SCardBeginTransaction(handle_);
    }
    requirePcsc(result, PcscPhase::Connect, readerName_);
}

void PcscCard::readAtr() {
    atr_.assign(MAX_ATR_SIZE, 0);
    DWORD length = atr_.size();
    requirePcsc(SCardStatus(handle_, nullptr, nullptr, nullptr, nullptr, atr_.data(), &length),
                PcscPhase::Connect, readerName_);
    atr_.resize(std::min<std::size_t>(length, MAX_ATR_SIZE));
}

// Drivers report the same loss in several ways; the reader's state tells what really happened.
void PcscCard::throwLost(LONG code) const {
    const ReaderInfo state = context_.stateOf(readerName_);
    if (!state.answers) {
        code = SCARD_E_READER_UNAVAILABLE;
    } else if (!state.cardPresent || state.cardChanges != cardChanges_) {
        code = SCARD_W_REMOVED_CARD; // or another lies there now
    } else if (state.cardMute) {
        code = SCARD_W_UNRESPONSIVE_CARD;
    }
    throwPcsc(code, PcscPhase::Exchange, readerName_);
}

} // namespace cancuoc
