// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/ports/host/flash_memory.hpp"
#include "card/ports/host/system_entropy.hpp"
#include "card/ports/host/virtual_chip.hpp"
#include "host/base/bytes.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/support/unchecked_activation.hpp"

/// A chip in memory and the connection to it.
class BlankChip {
public:
    BlankChip() { chip_.powerOn(); }

    [[nodiscard]] cancuoc::InProcessConnection connect() {
        return {"virtual", chip_.atr(),
                [this](cancuoc::BytesView command) { return chip_.transmit(command); },
                [this] { chip_.powerOn(); }};
    }

    /// Activates whatever was loaded.
    void activateUnchecked() { cancuoc::test::activateUnchecked(memory_, chip_); }

private:
    cancuoc::card::host::FlashMemory memory_;
    cancuoc::card::host::SystemEntropy entropy_;
    cancuoc::card::host::VirtualChip chip_{memory_, entropy_};
};
