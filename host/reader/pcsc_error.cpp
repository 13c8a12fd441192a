// SPDX-License-Identifier: Apache-2.0
#include "host/reader/pcsc_error.hpp"

#include "host/base/bytes.hpp"
#include "host/base/error.hpp"

namespace cancuoc {

namespace {

[[noreturn]] void throwCardMissing(PcscPhase phase, const std::string& readerName) {
    if (phase == PcscPhase::Exchange) {
        throw CardRemoved("The card was taken off the reader \"" + readerName +
                          "\". Put it back, leave it there, and start again.");
    }
    throw NoCard("There is no card on the reader \"" + readerName + "\". Put the card on it.");
}

[[noreturn]] void throwCardSilent(PcscPhase phase, const std::string& readerName) {
    if (phase == PcscPhase::Exchange) {
        throw CardRemoved("The card on the reader \"" + readerName +
                          "\" stopped answering. Take it off, put it back flat, and start again.");
    }
    throw NoCard("The card on the reader \"" + readerName +
                 "\" does not answer. Take it off, check its side, and put it back flat.");
}

[[noreturn]] void throwPowerLost(PcscPhase phase, const std::string& readerName) {
    if (phase == PcscPhase::Exchange) {
        throw CardReset("The card on the reader \"" + readerName +
                        "\" stopped answering. Leave it there flat and start again.");
    }
    throwCardSilent(phase, readerName);
}

[[noreturn]] void throwUnknown(LONG code) {
    throw ReaderUnavailable(
        "The smart card service reports error " + toHex(toBigEndian(static_cast<std::uint64_t>(code), 4)) +
        ". Unplug the reader, plug it in again, and restart the service pcscd if that does "
        "not help.");
}

} // namespace

void throwPcsc(LONG code, PcscPhase phase, const std::string& readerName) {
    switch (code) {
    case SCARD_E_NO_SERVICE:
    case SCARD_E_SERVICE_STOPPED:
    case SCARD_E_INVALID_HANDLE:
        throw ReaderUnavailable(
            "The smart card service pcscd is not running. Start it (\"systemctl start pcscd\") "
            "and try again.");
    case SCARD_W_SECURITY_VIOLATION:
    case SCARD_E_NO_ACCESS:
        throw ReaderUnavailable(
            "The smart card service pcscd does not let this user in. Ask the administrator for "
            "access to the reader.");
    case SCARD_E_NO_READERS_AVAILABLE:
        throw ReaderUnavailable("No card reader is attached. Plug one in and try again.");
    case SCARD_E_UNKNOWN_READER:
    case SCARD_E_READER_UNAVAILABLE:
        throw ReaderUnavailable("The reader \"" + readerName +
                                "\" was unplugged. Plug it in again and start again.");
    case SCARD_E_SHARING_VIOLATION:
    case SCARD_E_SERVER_TOO_BUSY:
        throw ReaderBusy("Another program is using the reader \"" + readerName +
                         "\". Close that program, or wait until it is done.");
    case SCARD_W_RESET_CARD:
        throw CardReset("Another program has reset the card on the reader \"" + readerName +
                        "\". Close that program and start again.");
    case SCARD_E_NO_SMARTCARD:
    case SCARD_W_REMOVED_CARD:
        throwCardMissing(phase, readerName);
    case SCARD_W_UNRESPONSIVE_CARD:
    case SCARD_W_UNSUPPORTED_CARD:
    case SCARD_E_PROTO_MISMATCH:
        throwCardSilent(phase, readerName);
    case SCARD_W_UNPOWERED_CARD:
    case SCARD_E_NOT_TRANSACTED:
    case SCARD_E_NOT_READY:
    case SCARD_E_TIMEOUT:
    case SCARD_E_COMM_DATA_LOST:
    case SCARD_F_COMM_ERROR:
        throwPowerLost(phase, readerName);
    case SCARD_E_CANCELLED:
    case SCARD_E_SYSTEM_CANCELLED:
        throw Cancelled("The work with the card was cancelled.");
    default:
        throwUnknown(code);
    }
}

void requirePcsc(LONG code, PcscPhase phase, const std::string& readerName) {
    if (code != SCARD_S_SUCCESS) {
        throwPcsc(code, phase, readerName);
    }
}

} // namespace cancuoc
