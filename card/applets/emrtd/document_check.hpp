// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/protocol_profile.hpp"
#include "card/storage/object_store.hpp"

#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {

/// Whether what was loaded makes a document: before it is activated its files, keys and lists have to fit
/// together.
class DocumentCheck {
public:
    /// The store outlives the object.
    explicit DocumentCheck(const ObjectStore& store);

    /// Whether all of this holds:
    /// - EF.COM lists exactly the data groups that are there (Doc 9303-10, 4.6.1);
    /// - EF.SOD is one data object DO'77' from its first byte to its last, with the hash of each data group
    ///   that is there (Doc 9303-10, 4.6.2);
    /// - with Basic Access Control or PACE there is the MRZ information, and it is that of the machine
    ///   readable zone in EF.DG1; with PACE EF.CardAccess announces it and nothing the chip cannot serve,
    ///   without it EF.CardAccess announces no PACE (Doc 9303-11, 9.2.11);
    /// - every key that EF.DG14 announces for Chip Authentication is there with its public key in EF.DG14;
    ///   for every Chip Authentication Mapping there is one with its public key in EF.CardSecurity; every key
    ///   that is there is announced, and EF.DG14 has no more public keys than the chip has private ones;
    /// - with EF.DG15 there is the one key whose public key it holds, and a hash function no longer than an
    ///   ECDSA key (Doc 9303-11, 6.1.2.3); without it there is none, and EF.DG14 announces none;
    /// - with EF.DG3 or EF.DG4 EF.DG14 announces Terminal Authentication;
    /// - with a trust point there is a current date, and EF.DG14 announces Terminal Authentication and either
    ///   it or EF.CardAccess a protocol with a key that it binds to (Doc 9303-11, 7.1). Without one nobody
    ///   reads EF.DG3 and EF.DG4: an issuer may announce, as the citizen cards' EF.CardAccess does, what he
    ///   gives no terminal the key to.
    [[nodiscard]] bool passed() const;

private:
    [[nodiscard]] bool securityObjectHoldsTheDataGroups() const;
    [[nodiscard]] bool listsTheDataGroups() const;
    [[nodiscard]] bool isPresent(ObjectIdentifier id) const { return store_->length(id).has_value(); }
    [[nodiscard]] bool accessControlFits() const;
    [[nodiscard]] bool passwordFits() const;
    [[nodiscard]] bool chipAuthenticationFits() const;
    [[nodiscard]] bool announcesEveryChipAuthenticationKey() const;
    [[nodiscard]] bool activeAuthenticationFits() const;
    [[nodiscard]] bool terminalAuthenticationFits() const;
    [[nodiscard]] bool ecdsaKeyFits() const;
    [[nodiscard]] bool rsaKeyFits() const;
    [[nodiscard]] bool contains(ObjectIdentifier file, std::span<const std::uint8_t> bytes) const;

    const ObjectStore* store_;
    ProtocolProfile profile_;
};

} // namespace cancuoc::card::emrtd
