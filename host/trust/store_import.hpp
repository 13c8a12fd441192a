// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/trust/master_list.hpp"
#include "host/trust/trust_store.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace cancuoc::trust {

/// What became of the certificates, CRLs and lists that were offered to a trust store.
struct ImportReport {
    std::size_t offered = 0;
    std::size_t added = 0;
    std::size_t alreadyThere = 0;
    std::vector<std::string> refused; ///< a sentence for each that was not taken

    /// How many of those offered are in the store now.
    [[nodiscard]] std::size_t taken() const { return added + alreadyThere; }

    /// Counts one that the store took.
    void count(Import result);
    /// Counts one that was not taken.
    void refuse(std::string reason);
    /// Counts what another report counts.
    void add(ImportReport other);
};

/// Offers each certificate of the list to `store`. Defects of a certificate that parses do not keep it out.
[[nodiscard]] ImportReport importMasterList(TrustStore& store, const MasterList& list);

/// Adds a deviation list whose signer leads to a CSCA certificate of the store at `time`. Throws
/// MalformedData when it is none, or cannot be trusted.
[[nodiscard]] Import importDeviationList(TrustStore& store, BytesView file, std::chrono::sys_seconds time);

/// Offers to `store` what a file holds, as it tells itself: certificates and CRLs, DER or PEM, any number of
/// PEM blocks in one file; a CSCA master list or a deviation list, whose signature must lead to a CSCA
/// certificate of the store at `time`; or an LDIF file of the ICAO PKD with any number of these. A CSCA
/// certificate in LDIF counts only inside a master list, and a list there may stand under one that comes
/// later. What cannot be read is refused and reported, and the rest of the file is taken all the same. Throws
/// Error when the store cannot be written.
[[nodiscard]] ImportReport importFile(TrustStore& store, BytesView file, std::chrono::sys_seconds time);

} // namespace cancuoc::trust
