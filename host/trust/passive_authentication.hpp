// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/lds/data_group.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/check.hpp"
#include "host/trust/trust_store.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::trust {

/// What Passive Authentication found out about a document.
struct PassiveAuthenticationResult {
    Check hashes;    ///< "passive-authentication.hashes": the files read against the Document Security Object
    Check signature; ///< "passive-authentication.signature": the Document Signer's signature over it
    Check chain;     ///< "passive-authentication.chain": the Document Signer against an anchor of the store
    Check revocation; ///< "passive-authentication.revocation": the Document Signer against the CRLs of the
                      ///< store

    std::vector<int> matching;  ///< data groups read whose hash is the signed one
    std::vector<int> differing; ///< data groups read whose hash is another
    std::vector<int> notListed; ///< data groups read that the Document Security Object does not list
    std::vector<int> notRead;   ///< data groups listed that were not read

    /// What was signed; nothing when it could not be decoded.
    std::optional<lds::DocumentSecurityObject> documentSecurityObject;
    /// When the Document Signer says that it signed; nothing when it does not say.
    std::optional<std::chrono::sys_seconds> signingTime;
    /// The Document Signer certificate, DER; empty when the file has none. Named even when it is not trusted.
    Bytes documentSigner;
    /// The anchor the chain ends at, DER; empty when there is none.
    Bytes anchor;

    /// The four checks in the order of their names above.
    [[nodiscard]] std::vector<Check> checks() const { return {hashes, signature, chain, revocation}; }
};

/// Passive Authentication (Doc 9303-11, 5.1): the Document Security Object is signed by a Document Signer
/// whose certificate leads to a CSCA of the store, and the data groups have the signed hashes.
class PassiveAuthentication {
public:
    /// `store` outlives this object; without one (null) chain and revocation are not performed. `time` is the
    /// moment at which certificates and CRLs must be valid.
    PassiveAuthentication(const TrustStore* store, std::chrono::sys_seconds time);

    /// `sodFile` is the content of EF.SOD as read, `files` the content of the files read, as read; files that
    /// are no data group are passed over. A file that cannot be decoded is a failed check, never an
    /// exception.
    [[nodiscard]] PassiveAuthenticationResult verify(BytesView sodFile,
                                                     const std::map<lds::FileId, Bytes>& files) const;

    /// The part of verify() that needs no data group: signature, chain and revocation. The hashes are not
    /// performed, for want of data groups; compareHashes() settles them.
    [[nodiscard]] PassiveAuthenticationResult verifySecurityObject(BytesView sodFile) const;

    /// The rest of verify(): holds the hashes of the data groups read against the Document Security Object in
    /// `result`, and replaces what was found about others before.
    /// @param dataGroupHashes by data group number, of the whole content as read, under the hash algorithm of
    /// the Document Security Object
    static void compareHashes(PassiveAuthenticationResult& result,
                              const std::map<int, Bytes>& dataGroupHashes);

    /// Holds a chain that passed against the document itself (Doc 9303-11, 5.1.1): the Document Signer may
    /// sign for this type of document, and it and its CSCA are of the State that issued the document.
    /// @param documentCode as in the MRZ: "ID", "P"
    /// @param issuingState as in the MRZ: "VNM", "D"
    static void compareDocument(PassiveAuthenticationResult& result, std::string_view documentCode,
                                std::string_view issuingState);

private:
    const TrustStore* store_;
    std::chrono::sys_seconds time_;
};

} // namespace cancuoc::trust
