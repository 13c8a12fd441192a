// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/reader/fake_pcsc.hpp"

#include <reader.h>

#include <algorithm>
#include <chrono>

namespace cancuoc::test {

namespace {

constexpr const char* plugAndPlay = "\\\\?PnP?\\Notification";
// A program that is not of this process.
constexpr SCARDHANDLE stranger = -1;

} // namespace

const Bytes FakePcsc::extendedLengthAtr = fromHex("3B8580018073C0014000");

FakePcsc& fakePcsc() {
    // Never destroyed: threads that were given up may still be in it when the program ends.
    static auto* service = new FakePcsc;
    return *service;
}

void FakePcsc::clear() {
    readers_.clear();
    ++readerChanges_;
    failures_.clear();
    hanging_.clear();
    caught_.clear();
    chip_ = [](BytesView) { return Bytes{0x90, 0x00}; };
    controls_.clear();
    protocol_ = SCARD_PROTOCOL_T1;
    calls_.clear();
    dispositions_.clear();
}

void FakePcsc::restart() {
    const Lock lock(mutex_);
    clear();
    changed_.notify_all();
}

void FakePcsc::restartWithCard(const std::string& reader) {
    restart();
    plugIn(reader);
    insertCard(reader);
}

void FakePcsc::plugIn(const std::string& reader) {
    const Lock lock(mutex_);
    readers_[reader] = Reader{};
    ++readerChanges_;
    changed_.notify_all();
}

void FakePcsc::unplug(const std::string& reader) {
    const Lock lock(mutex_);
    readers_.erase(reader);
    ++readerChanges_;
    changed_.notify_all();
}

void FakePcsc::insertCard(const std::string& reader, const Bytes& atr) {
    const Lock lock(mutex_);
    Reader& found = readers_.at(reader);
    found.flags = SCARD_STATE_PRESENT;
    found.atr = atr;
    ++found.changes;
    changed_.notify_all();
}

void FakePcsc::removeCard(const std::string& reader) {
    const Lock lock(mutex_);
    Reader& found = readers_.at(reader);
    found.flags = SCARD_STATE_EMPTY;
    found.atr.clear();
    ++found.changes;
    changed_.notify_all();
}

void FakePcsc::muteCard(const std::string& reader) {
    const Lock lock(mutex_);
    readers_.at(reader).flags |= SCARD_STATE_MUTE;
    changed_.notify_all();
}

void FakePcsc::holdTransaction(const std::string& reader) {
    const Lock lock(mutex_);
    readers_.at(reader).holder = stranger;
}

void FakePcsc::releaseTransaction(const std::string& reader) {
    const Lock lock(mutex_);
    readers_.at(reader).holder = 0;
    changed_.notify_all();
}

void FakePcsc::fail(const std::string& function, LONG result, unsigned times) {
    const Lock lock(mutex_);
    failures_[function] = {result, times};
}

void FakePcsc::succeed(const std::string& function) {
    const Lock lock(mutex_);
    failures_.erase(function);
}

void FakePcsc::hang(const std::string& function, const std::string& reader) {
    const Lock lock(mutex_);
    hanging_.insert({function, reader});
}

void FakePcsc::letGo() {
    const Lock lock(mutex_);
    hanging_.clear();
    changed_.notify_all();
}

void FakePcsc::setChip(Chip chip) {
    const Lock lock(mutex_);
    chip_ = std::move(chip);
}

void FakePcsc::setProtocol(DWORD protocol) {
    const Lock lock(mutex_);
    protocol_ = protocol;
}

void FakePcsc::setControl(DWORD code, Control control) {
    const Lock lock(mutex_);
    controls_[code] = std::move(control);
}

std::vector<std::string> FakePcsc::calls() {
    const Lock lock(mutex_);
    return calls_;
}

std::size_t FakePcsc::count(const std::string& function) {
    const Lock lock(mutex_);
    return static_cast<std::size_t>(std::count(calls_.begin(), calls_.end(), function));
}

void FakePcsc::awaitCalls(const std::string& function, std::size_t number) {
    Lock lock(mutex_);
    changed_.wait(lock, [&] {
        return static_cast<std::size_t>(std::count(calls_.begin(), calls_.end(), function)) >= number;
    });
}

void FakePcsc::awaitHanging(const std::string& function, const std::string& reader) {
    Lock lock(mutex_);
    changed_.wait(lock, [&] { return caught_.count({function, reader}) != 0; });
}

void FakePcsc::awaitIdle() {
    Lock lock(mutex_);
    changed_.wait(lock, [this] { return openContexts_ == 0; });
}

DWORD FakePcsc::lastDisposition(const std::string& function) {
    const Lock lock(mutex_);
    return dispositions_.at(function);
}

LONG FakePcsc::enter(Lock& lock, const std::string& function, const std::string& reader) {
    calls_.push_back(function);
    changed_.notify_all();
    const auto hangs = [&] {
        return hanging_.count({function, ""}) != 0 || hanging_.count({function, reader}) != 0;
    };
    if (hangs()) {
        caught_.insert({function, reader});
        changed_.notify_all();
        changed_.wait(lock, [&] { return !hangs(); });
    }
    const auto failure = failures_.find(function);
    if (failure == failures_.end()) {
        return SCARD_S_SUCCESS;
    }
    const LONG result = failure->second.result;
    if (failure->second.times != forever && --failure->second.times == 0) {
        failures_.erase(failure);
    }
    return result;
}

DWORD FakePcsc::stateOf(const std::string& reader) {
    const auto found = readers_.find(reader);
    if (found == readers_.end()) {
        return SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE;
    }
    DWORD flags = found->second.flags;
    if (found->second.connections > 0) {
        flags |= found->second.exclusive ? SCARD_STATE_EXCLUSIVE : SCARD_STATE_INUSE;
    }
    return flags | static_cast<DWORD>(found->second.changes) << 16U;
}

std::string FakePcsc::readerOf(SCARDHANDLE card) {
    const auto found = cards_.find(card);
    return found != cards_.end() ? found->second : std::string();
}

LONG FakePcsc::establish(SCARDCONTEXT* context) {
    Lock lock(mutex_);
    *context = ++lastHandle_;
    const LONG result = enter(lock, "SCardEstablishContext", "");
    openContexts_ += result == SCARD_S_SUCCESS ? 1 : 0;
    return result;
}

LONG FakePcsc::release(SCARDCONTEXT context) {
    Lock lock(mutex_);
    cancelled_.erase(context);
    --openContexts_;
    return enter(lock, "SCardReleaseContext", "");
}

LONG FakePcsc::cancel(SCARDCONTEXT context) {
    Lock lock(mutex_);
    cancelled_.insert(context);
    return enter(lock, "SCardCancel", "");
}

LONG FakePcsc::listReaders(char* names, DWORD* length) {
    Lock lock(mutex_);
    if (const LONG result = enter(lock, "SCardListReaders", ""); result != SCARD_S_SUCCESS) {
        return result;
    }
    if (readers_.empty()) {
        return SCARD_E_NO_READERS_AVAILABLE;
    }
    std::string list;
    for (const auto& [name, reader] : readers_) {
        list += name + '\0';
    }
    list += '\0';
    if (names != nullptr) {
        if (*length < list.size()) {
            return SCARD_E_INSUFFICIENT_BUFFER;
        }
        std::copy(list.begin(), list.end(), names);
    }
    *length = list.size();
    return SCARD_S_SUCCESS;
}

LONG FakePcsc::getStatusChange(SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE& state) {
    Lock lock(mutex_);
    const std::string reader = state.szReader;
    if (const LONG result = enter(lock, "SCardGetStatusChange", reader); result != SCARD_S_SUCCESS) {
        return result;
    }
    const bool isPlugAndPlay = reader == plugAndPlay;
    if (!isPlugAndPlay && readers_.count(reader) == 0) {
        return SCARD_E_UNKNOWN_READER;
    }
    const unsigned readersBefore = readerChanges_;
    cancelled_.erase(context); // only a wait that runs is ended
    const bool changed = changed_.wait_for(lock, std::chrono::milliseconds(timeout), [&] {
        return cancelled_.count(context) != 0 || failures_.count("SCardGetStatusChange") != 0 ||
               (isPlugAndPlay ? readerChanges_ != readersBefore : stateOf(reader) != state.dwCurrentState);
    });
    if (cancelled_.erase(context) != 0) {
        return SCARD_E_CANCELLED;
    }
    if (const auto failure = failures_.find("SCardGetStatusChange"); failure != failures_.end()) {
        return failure->second.result;
    }
    if (!isPlugAndPlay) {
        state.dwEventState = stateOf(reader) | (changed ? SCARD_STATE_CHANGED : 0);
        const auto found = readers_.find(reader);
        state.cbAtr = found != readers_.end() ? found->second.atr.size() : 0;
        if (state.cbAtr != 0) {
            std::copy(found->second.atr.begin(), found->second.atr.end(), state.rgbAtr);
        }
    }
    return changed ? SCARD_S_SUCCESS : SCARD_E_TIMEOUT;
}

LONG FakePcsc::connect(const std::string& reader, DWORD share, SCARDHANDLE* card, DWORD* protocol) {
    Lock lock(mutex_);
    if (const LONG result = enter(lock, "SCardConnect", reader); result != SCARD_S_SUCCESS) {
        return result;
    }
    const auto found = readers_.find(reader);
    if (found == readers_.end()) {
        return SCARD_E_UNKNOWN_READER;
    }
    const bool exclusive = share == SCARD_SHARE_EXCLUSIVE;
    if (found->second.exclusive || (exclusive && found->second.connections > 0)) {
        return SCARD_E_SHARING_VIOLATION;
    }
    if ((found->second.flags & SCARD_STATE_EMPTY) != 0) {
        return SCARD_E_NO_SMARTCARD;
    }
    ++found->second.connections;
    found->second.exclusive = exclusive;
    *card = ++lastHandle_;
    cards_[*card] = reader;
    *protocol = protocol_;
    changed_.notify_all();
    return SCARD_S_SUCCESS;
}

LONG FakePcsc::reconnect(SCARDHANDLE card, DWORD initialization, DWORD* protocol) {
    Lock lock(mutex_);
    dispositions_["SCardReconnect"] = initialization;
    *protocol = protocol_;
    return enter(lock, "SCardReconnect", readerOf(card));
}

LONG FakePcsc::disconnect(SCARDHANDLE card, DWORD disposition) {
    Lock lock(mutex_);
    dispositions_["SCardDisconnect"] = disposition;
    const LONG result = enter(lock, "SCardDisconnect", readerOf(card));
    if (const auto found = readers_.find(readerOf(card)); found != readers_.end()) {
        --found->second.connections;
        found->second.exclusive = false;
    }
    cards_.erase(card);
    changed_.notify_all();
    return result;
}

LONG FakePcsc::beginTransaction(SCARDHANDLE card) {
    Lock lock(mutex_);
    const std::string reader = readerOf(card);
    if (const LONG result = enter(lock, "SCardBeginTransaction", reader); result != SCARD_S_SUCCESS) {
        return result;
    }
    changed_.wait(lock, [&] { return readers_.count(reader) == 0 || readers_[reader].holder == 0; });
    if (const auto found = readers_.find(reader); found != readers_.end()) {
        found->second.holder = card;
    }
    return SCARD_S_SUCCESS;
}

LONG FakePcsc::endTransaction(SCARDHANDLE card) {
    Lock lock(mutex_);
    const LONG result = enter(lock, "SCardEndTransaction", readerOf(card));
    if (const auto found = readers_.find(readerOf(card));
        found != readers_.end() && found->second.holder == card) {
        found->second.holder = 0;
    }
    changed_.notify_all();
    return result;
}

LONG FakePcsc::status(SCARDHANDLE card, BYTE* atr, DWORD* length) {
    Lock lock(mutex_);
    const std::string reader = readerOf(card);
    const LONG result = enter(lock, "SCardStatus", reader);
    const auto found = readers_.find(reader);
    if (result == SCARD_S_SUCCESS && atr != nullptr && found != readers_.end()) {
        std::copy(found->second.atr.begin(), found->second.atr.end(), atr);
        *length = found->second.atr.size();
    }
    return result;
}

LONG FakePcsc::transmit(SCARDHANDLE card, BytesView command, BYTE* response, DWORD* length) {
    Chip chip;
    {
        Lock lock(mutex_);
        if (const LONG result = enter(lock, "SCardTransmit", readerOf(card)); result != SCARD_S_SUCCESS) {
            return result;
        }
        chip = chip_;
    }
    const Bytes answer = chip(command);
    std::copy(answer.begin(), answer.end(), response);
    *length = answer.size();
    return SCARD_S_SUCCESS;
}

LONG FakePcsc::control(SCARDHANDLE card, DWORD code, BytesView input, BYTE* answer, DWORD size,
                       DWORD* length) {
    Control control;
    {
        Lock lock(mutex_);
        const LONG result = enter(lock, "SCardControl", readerOf(card));
        const auto found = controls_.find(code);
        if (result != SCARD_S_SUCCESS || found == controls_.end()) {
            return result != SCARD_S_SUCCESS ? result : SCARD_E_UNSUPPORTED_FEATURE;
        }
        control = found->second;
    }
    const Bytes bytes = control(input);
    if (bytes.size() > size) {
        return SCARD_E_INSUFFICIENT_BUFFER;
    }
    std::copy(bytes.begin(), bytes.end(), answer);
    *length = bytes.size();
    return SCARD_S_SUCCESS;
}

} // namespace cancuoc::test

using cancuoc::BytesView;
using cancuoc::test::fakePcsc;

LONG SCardEstablishContext(DWORD, LPCVOID, LPCVOID, LPSCARDCONTEXT context) {
    return fakePcsc().establish(context);
}

LONG SCardReleaseContext(SCARDCONTEXT context) {
    return fakePcsc().release(context);
}

LONG SCardCancel(SCARDCONTEXT context) {
    return fakePcsc().cancel(context);
}

LONG SCardListReaders(SCARDCONTEXT, LPCSTR, LPSTR names, LPDWORD length) {
    return fakePcsc().listReaders(names, length);
}

LONG SCardGetStatusChange(SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE* state, DWORD) {
    return fakePcsc().getStatusChange(context, timeout, *state);
}

LONG SCardConnect(SCARDCONTEXT, LPCSTR reader, DWORD share, DWORD, LPSCARDHANDLE card, LPDWORD protocol) {
    return fakePcsc().connect(reader, share, card, protocol);
}

LONG SCardReconnect(SCARDHANDLE card, DWORD, DWORD, DWORD initialization, LPDWORD protocol) {
    return fakePcsc().reconnect(card, initialization, protocol);
}

LONG SCardDisconnect(SCARDHANDLE card, DWORD disposition) {
    return fakePcsc().disconnect(card, disposition);
}

LONG SCardBeginTransaction(SCARDHANDLE card) {
    return fakePcsc().beginTransaction(card);
}

LONG SCardEndTransaction(SCARDHANDLE card, DWORD) {
    return fakePcsc().endTransaction(card);
}

LONG SCardStatus(SCARDHANDLE card, LPSTR, LPDWORD, LPDWORD, LPDWORD, LPBYTE atr, LPDWORD length) {
    return fakePcsc().status(card, atr, length);
}

LONG SCardControl(SCARDHANDLE card, DWORD code, LPCVOID input, DWORD inputLength, LPVOID answer, DWORD size,
                  LPDWORD length) {
    return fakePcsc().control(card, code, BytesView(static_cast<const BYTE*>(input), inputLength),
                              static_cast<BYTE*>(answer), size, length);
}

LONG SCardTransmit(SCARDHANDLE card, const SCARD_IO_REQUEST*, LPCBYTE command, DWORD commandLength,
                   SCARD_IO_REQUEST*, LPBYTE response, LPDWORD length) {
    return fakePcsc().transmit(card, BytesView(command, commandLength), response, length);
}
