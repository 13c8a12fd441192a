// SPDX-License-Identifier: Apache-2.0
#include "host/reader/pcsc_context.hpp"

#include "host/reader/pcsc_error.hpp"

#include <algorithm>

namespace cancuoc {

namespace {

// The name under which PC/SC tells of readers that come and go.
constexpr const char* plugAndPlay = "\\\\?PnP?\\Notification";
// The upper half of a state counts the cards that came or went.
constexpr unsigned changeCountShift = 16;

std::vector<std::string> splitNames(const std::string& multiString) {
    std::vector<std::string> names;
    for (std::size_t start = 0; start < multiString.size() && multiString[start] != '\0';) {
        names.emplace_back(multiString.c_str() + start);
        start += names.back().size() + 1;
    }
    return names;
}

bool has(const SCARD_READERSTATE& state, DWORD flag) {
    return (state.dwEventState & flag) != 0;
}

ReaderInfo describe(const SCARD_READERSTATE& state) {
    const bool gone = has(state, SCARD_STATE_UNAVAILABLE | SCARD_STATE_UNKNOWN);
    ReaderInfo reader;
    reader.name = state.szReader;
    reader.answers = !gone;
    reader.cardPresent = !gone && has(state, SCARD_STATE_PRESENT);
    reader.cardMute = reader.cardPresent && has(state, SCARD_STATE_MUTE);
    reader.exclusive = reader.cardPresent && has(state, SCARD_STATE_EXCLUSIVE);
    reader.inUse = reader.exclusive || (reader.cardPresent && has(state, SCARD_STATE_INUSE));
    if (reader.cardPresent) {
        const std::size_t length = std::min<std::size_t>(state.cbAtr, MAX_ATR_SIZE);
        reader.atr.assign(state.rgbAtr, state.rgbAtr + length);
    }
    reader.cardChanges = static_cast<unsigned>(state.dwEventState >> changeCountShift & 0xFFFFU);
    return reader;
}

} // namespace

PcscContext::PcscContext() {
    requirePcsc(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_), PcscPhase::Service,
                {});
}

PcscContext::~PcscContext() {
    SCardReleaseContext(context_);
}

std::vector<std::string> PcscContext::readerNames() const {
    std::string names;
    LONG result = SCARD_E_INSUFFICIENT_BUFFER;
    // A reader may be plugged in between asking for the length and for the names.
    while (result == SCARD_E_INSUFFICIENT_BUFFER) {
        DWORD length = 0;
        result = SCardListReaders(context_, nullptr, nullptr, &length);
        if (result == SCARD_S_SUCCESS) {
            names.assign(length, '\0');
            result = SCardListReaders(context_, nullptr, names.data(), &length);
        }
    }
    if (result == SCARD_E_NO_READERS_AVAILABLE) {
        return {};
    }
    requirePcsc(result, PcscPhase::Service, {});
    return splitNames(names);
}

ReaderInfo PcscContext::stateOf(const std::string& readerName) const {
    return waitForChange(readerName, SCARD_STATE_UNAWARE, {}).info;
}

std::vector<ReaderInfo> PcscContext::readers() const {
    std::vector<ReaderInfo> readers;
    for (const std::string& name : readerNames()) {
        readers.push_back(stateOf(name));
    }
    return readers;
}

ReaderState PcscContext::waitForChange(const std::string& readerName, DWORD known,
                                       std::chrono::milliseconds patience) const {
    SCARD_READERSTATE state{};
    state.szReader = readerName.c_str();
    state.dwCurrentState = known;
    state.dwEventState = known;
    const LONG result = SCardGetStatusChange(context_, static_cast<DWORD>(patience.count()), &state, 1);
    if (result == SCARD_E_UNKNOWN_READER) {
        state.dwEventState = SCARD_STATE_UNAVAILABLE;
    } else if (result != SCARD_E_TIMEOUT) {
        requirePcsc(result, PcscPhase::Service, readerName);
    }
    return {state.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED), describe(state)};
}

void PcscContext::waitForReaders(std::chrono::milliseconds patience) const {
    static_cast<void>(waitForChange(plugAndPlay, SCARD_STATE_UNAWARE, patience));
}

void PcscContext::cancel() const {
    SCardCancel(context_);
}

} // namespace cancuoc
