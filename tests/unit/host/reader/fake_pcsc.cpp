// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/reader/fake_pcsc.hpp"

#include <reader.h>

#include <algorithm>

using cancuoc::Bytes;
using cancuoc::BytesView;
using cancuoc::test::fakePcsc;

namespace cancuoc::test {

FakePcsc& fakePcsc() {
    static FakePcsc service;
    return service;
}

} // namespace cancuoc::test

namespace {

LONG called(const std::string& function) {
    fakePcsc().calls.push_back(function);
    const auto found = fakePcsc().results.find(function);
    return found != fakePcsc().results.end() ? found->second : SCARD_S_SUCCESS;
}

LONG answer(const Bytes& bytes, LPBYTE buffer, LPDWORD length) {
    std::copy(bytes.begin(), bytes.end(), buffer);
    *length = bytes.size();
    return SCARD_S_SUCCESS;
}

constexpr DWORD propertiesCode = 0x42000D12;

} // namespace

LONG SCardEstablishContext(DWORD, LPCVOID, LPCVOID, LPSCARDCONTEXT context) {
    *context = 1;
    return called("SCardEstablishContext");
}

LONG SCardReleaseContext(SCARDCONTEXT) {
    return called("SCardReleaseContext");
}

LONG SCardListReaders(SCARDCONTEXT, LPCSTR, LPSTR names, LPDWORD length) {
    if (const LONG result = called("SCardListReaders"); result != SCARD_S_SUCCESS) {
        return result;
    }
    if (fakePcsc().readers.empty()) {
        return SCARD_E_NO_READERS_AVAILABLE;
    }
    std::string list;
    for (const auto& reader : fakePcsc().readers) {
        list += reader.name + '\0';
    }
    list += '\0';
    if (names != nullptr) {
        std::copy(list.begin(), list.end(), names);
    }
    *length = list.size();
    return SCARD_S_SUCCESS;
}

LONG SCardGetStatusChange(SCARDCONTEXT, DWORD, SCARD_READERSTATE* state, DWORD) {
    for (const auto& reader : fakePcsc().readers) {
        if (reader.name == state->szReader) {
            state->dwEventState = reader.state;
            return called("SCardGetStatusChange");
        }
    }
    return SCARD_E_UNKNOWN_READER;
}

LONG SCardConnect(SCARDCONTEXT, LPCSTR, DWORD, DWORD, LPSCARDHANDLE card, LPDWORD protocol) {
    *card = 2;
    *protocol = fakePcsc().protocol;
    return called("SCardConnect");
}

LONG SCardReconnect(SCARDHANDLE, DWORD, DWORD, DWORD, LPDWORD protocol) {
    *protocol = fakePcsc().protocol;
    return called("SCardReconnect");
}

LONG SCardDisconnect(SCARDHANDLE, DWORD) {
    return called("SCardDisconnect");
}

LONG SCardBeginTransaction(SCARDHANDLE) {
    return called("SCardBeginTransaction");
}

LONG SCardEndTransaction(SCARDHANDLE, DWORD) {
    return called("SCardEndTransaction");
}

LONG SCardStatus(SCARDHANDLE, LPSTR, LPDWORD, LPDWORD, LPDWORD, LPBYTE atr, LPDWORD length) {
    answer(fakePcsc().atr, atr, length);
    return called("SCardStatus");
}

LONG SCardControl(SCARDHANDLE, DWORD code, LPCVOID, DWORD, LPVOID buffer, DWORD, LPDWORD length) {
    if (!fakePcsc().apduDataSize) {
        return SCARD_E_UNSUPPORTED_FEATURE;
    }
    const Bytes features{0x06, 0x04, 0x01, 0x02, 0x03, 0x04, FEATURE_GET_TLV_PROPERTIES,
                         0x04, 0x42, 0x00, 0x0D, 0x12};
    const std::uint32_t size = *fakePcsc().apduDataSize;
    Bytes properties{0x01, 0x02, 0x00, 0x00, PCSCv2_PART10_PROPERTY_dwMaxAPDUDataSize, 0x04};
    for (unsigned shift = 0; shift < 32; shift += 8) {
        properties.push_back(static_cast<std::uint8_t>(size >> shift & 0xFFU));
    }
    return answer(code == propertiesCode ? properties : features, static_cast<LPBYTE>(buffer), length);
}

LONG SCardTransmit(SCARDHANDLE, const SCARD_IO_REQUEST*, LPCBYTE command, DWORD commandLength,
                   SCARD_IO_REQUEST*, LPBYTE response, LPDWORD length) {
    if (const LONG result = called("SCardTransmit"); result != SCARD_S_SUCCESS) {
        return result;
    }
    return answer(fakePcsc().chip(BytesView(command, commandLength)), response, length);
}
