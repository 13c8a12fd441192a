// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/ports/host/virtual_chip.hpp"
#include "host/base/bytes.hpp"
#include "host/reader/in_process_connection.hpp"

/// A chip in memory and the connection to it.
class BlankChip {
public:
    BlankChip() { chip_.powerOn(); }

    [[nodiscard]] cancuoc::InProcessConnection connect() {
        return {"virtual", chip_.atr(),
                [this](cancuoc::BytesView command) { return chip_.transmit(command); },
                [this] { chip_.powerOn(); }};
    }

private:
    cancuoc::card::host::VirtualChip chip_;
};
