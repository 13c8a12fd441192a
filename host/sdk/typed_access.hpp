// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/secret_bytes.hpp"
#include "host/inspection/given_access.hpp"

namespace cancuoc::sdk {

/// What was typed to open a card, overwritten before it is replaced and before its memory is given back. It
/// is copied and never moved: a text that is moved from leaves its characters where it was.
struct TypedAccess : inspection::GivenAccess {
    TypedAccess() = default;
    TypedAccess(const TypedAccess&) = default;
    TypedAccess& operator=(const TypedAccess& other) {
        if (this != &other) {
            wipeAll();
            GivenAccess::operator=(other);
        }
        return *this;
    }
    ~TypedAccess() { wipeAll(); }

private:
    void wipeAll() noexcept {
        for (auto* text : {&can, &mrz, &number, &documentNumber, &pin, &puk}) {
            wipe(*text);
        }
    }
};

/// Overwrites what a request says of the card's holder.
inline void wipeExpected(inspection::InspectionRequest& request) noexcept {
    for (auto* text :
         {&request.expectedNumber, &request.expectedZone.text, &request.expectedZone.documentNumber}) {
        wipe(*text);
    }
}

} // namespace cancuoc::sdk
