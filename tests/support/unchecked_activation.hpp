// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/ports/host/virtual_chip.hpp"
#include "card/storage/flash.hpp"
#include "card/storage/object_store.hpp"

#include <stdexcept>

namespace cancuoc::test {

/// Activates whatever was loaded into `chip` on `memory` and powers it up anew: a forger's chip, or one that
/// a line gave another's data, checks not whether they fit together.
inline void activateUnchecked(card::Flash& memory, card::host::VirtualChip& chip) {
    card::ObjectStore store(memory);
    card::Transaction transaction(store);
    if (!store.open() || !transaction.put(card::emrtd::personalizedObject, {}) || !transaction.commit()) {
        throw std::runtime_error("the chip's store refuses what the test gives it");
    }
    chip.powerOn();
}

} // namespace cancuoc::test
