// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <winscard.h>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace cancuoc::test {

/// What the PC/SC functions of this test program answer: they stand in for those of libpcsclite at link time.
struct FakePcsc {
    struct Reader {
        std::string name;
        DWORD state = SCARD_STATE_PRESENT;
    };

    std::vector<Reader> readers;
    /// Result codes by the name of the function; success when there is none.
    std::map<std::string, LONG> results;
    DWORD protocol = SCARD_PROTOCOL_T1;
    Bytes atr;
    std::function<Bytes(BytesView)> chip = [](BytesView) { return Bytes{0x90, 0x00}; };
    /// dwMaxAPDUDataSize, when the reader states it.
    std::optional<std::uint32_t> apduDataSize;
    /// The functions called, in order.
    std::vector<std::string> calls;
};

/// The service that the functions speak for; each test sets it up anew.
FakePcsc& fakePcsc();

} // namespace cancuoc::test
