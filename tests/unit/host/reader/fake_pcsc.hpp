// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <winscard.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace cancuoc::test {

/// A smart card service whose readers do what a test says: the PC/SC functions of the test program speak for
/// it in place of those of libpcsclite, from any thread.
class FakePcsc {
public:
    using Chip = std::function<Bytes(BytesView command)>;
    using Control = std::function<Bytes(BytesView input)>;

    /// Historical bytes 80 73 C0 01 40: card capabilities with extended length (ISO/IEC 7816-4, 8.1.1.2.7).
    static const Bytes extendedLengthAtr;

    /// Everything as at the beginning, without readers. Calls that hang come back.
    void restart();
    /// The same, with one reader and a card on it.
    void restartWithCard(const std::string& reader = "Counter Reader 00 00");

    void plugIn(const std::string& reader);
    void unplug(const std::string& reader);
    void insertCard(const std::string& reader, const Bytes& atr = extendedLengthAtr);
    void removeCard(const std::string& reader);
    /// The card does not answer to power.
    void muteCard(const std::string& reader);
    /// Another program takes the reader's transaction, or gives it back.
    void holdTransaction(const std::string& reader);
    void releaseTransaction(const std::string& reader);

    /// What the function answers from now on, or the next `times` times.
    void fail(const std::string& function, LONG result, unsigned times = forever);
    void succeed(const std::string& function);
    /// The function does not come back; where it is about a reader, only for this one.
    void hang(const std::string& function, const std::string& reader = {});
    /// Calls that hang come back.
    void letGo();

    void setChip(Chip chip);
    void setProtocol(DWORD protocol);
    /// What SCardControl answers to `code`; it fails for all others.
    void setControl(DWORD code, Control control);

    /// The functions called, in order.
    std::vector<std::string> calls();
    std::size_t count(const std::string& function);
    /// Waits until the function has been called so often.
    void awaitCalls(const std::string& function, std::size_t number);
    /// Waits until a call about the reader hangs in the function.
    void awaitHanging(const std::string& function, const std::string& reader);
    /// Waits until every context has been released.
    void awaitIdle();
    /// The disposition or initialization of the last call of the function.
    DWORD lastDisposition(const std::string& function);

    // What the PC/SC functions do.
    LONG establish(SCARDCONTEXT* context);
    LONG release(SCARDCONTEXT context);
    LONG cancel(SCARDCONTEXT context);
    LONG listReaders(char* names, DWORD* length);
    LONG getStatusChange(SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE& state);
    LONG connect(const std::string& reader, DWORD share, SCARDHANDLE* card, DWORD* protocol);
    LONG reconnect(SCARDHANDLE card, DWORD initialization, DWORD* protocol);
    LONG disconnect(SCARDHANDLE card, DWORD disposition);
    LONG beginTransaction(SCARDHANDLE card);
    LONG endTransaction(SCARDHANDLE card);
    LONG status(SCARDHANDLE card, BYTE* atr, DWORD* length);
    LONG transmit(SCARDHANDLE card, BytesView command, BYTE* response, DWORD* length);
    LONG control(SCARDHANDLE card, DWORD code, BytesView input, BYTE* answer, DWORD size, DWORD* length);

private:
    static constexpr unsigned forever = static_cast<unsigned>(-1);

    struct Reader {
        DWORD flags = SCARD_STATE_EMPTY;
        Bytes atr;
        unsigned changes = 0;
        int connections = 0;
        bool exclusive = false;
        SCARDHANDLE holder = 0; ///< of the transaction
    };
    struct Failure {
        LONG result;
        unsigned times;
    };

    using Lock = std::unique_lock<std::mutex>;
    LONG enter(Lock& lock, const std::string& function, const std::string& reader);
    [[nodiscard]] DWORD stateOf(const std::string& reader);
    [[nodiscard]] std::string readerOf(SCARDHANDLE card);
    void clear();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, Reader> readers_;
    unsigned readerChanges_ = 0;
    std::map<SCARDHANDLE, std::string> cards_;
    std::set<SCARDCONTEXT> cancelled_;
    long lastHandle_ = 0;
    int openContexts_ = 0;
    std::map<std::string, Failure> failures_;
    std::set<std::pair<std::string, std::string>> hanging_;
    std::set<std::pair<std::string, std::string>> caught_; ///< what hangs there
    Chip chip_;
    std::map<DWORD, Control> controls_;
    DWORD protocol_ = SCARD_PROTOCOL_T1;
    std::vector<std::string> calls_;
    std::map<std::string, DWORD> dispositions_;
};

/// The service that the functions speak for; each test sets it up anew.
FakePcsc& fakePcsc();

} // namespace cancuoc::test
