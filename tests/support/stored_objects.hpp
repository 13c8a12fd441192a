// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/storage/object_store.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <vector>

namespace cancuoc::card::test {

using StoredObjects = std::map<ObjectIdentifier, std::vector<std::uint8_t>>;

/// Every object that a chip keeps on `flash`: files, what the eMRTD application keeps besides, and the issuer
/// domain's. Without the count of failed attempts, which any terminal raises. Throws std::runtime_error when
/// the memory holds no store.
inline StoredObjects storedObjects(Flash& flash) {
    ObjectStore store(flash);
    if (!store.open()) {
        throw std::runtime_error("the memory holds no store");
    }
    StoredObjects objects;
    for (const unsigned first : {0x0100U, 0x0200U, 0x2F00U, 0x8000U, 0x8300U, 0x9000U}) {
        for (unsigned id = first; id < first + 0x20; ++id) {
            const auto object = static_cast<ObjectIdentifier>(id);
            const auto length = store.length(object);
            if (!length || object == emrtd::failedAttemptsObject) {
                continue;
            }
            std::vector<std::uint8_t> content(*length);
            if (!store.read(object, 0, content)) {
                throw std::runtime_error("the memory cannot be read");
            }
            objects[object] = content;
        }
    }
    return objects;
}

/// The count of failed attempts at a password.
inline std::uint8_t failedAttempts(Flash& flash) {
    ObjectStore store(flash);
    std::array<std::uint8_t, 1> count{};
    if (!store.open() ||
        (store.length(emrtd::failedAttemptsObject) && !store.read(emrtd::failedAttemptsObject, 0, count))) {
        throw std::runtime_error("the memory holds no store");
    }
    return count[0];
}

} // namespace cancuoc::card::test
