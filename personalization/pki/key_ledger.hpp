// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "personalization/audit/audit_log.hpp"
#include "personalization/pki/key_store.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// What becomes of the keys of a PKI: which signers were made, and that used-up keys were destroyed
/// (Doc 9303-12, 4.1.1.2 wants that to be auditable). It stands in `pki.audit`, an audit log as
/// `cancuoc perso audit verify` reads it. Keys that are being made in a token, and keys that end, are noted
/// in `keys-pending` before that begins, so that a process that is killed leaves none behind in a token: who
/// comes next destroys it. For who holds the PkiWorkshop of the directory; one thread at a time.
class KeyLedger {
public:
    /// `random` and `keys` outlive the object.
    KeyLedger(const std::filesystem::path& directory, Clock clock, RandomSource& random,
              const KeyStore& keys);

    /// Notes that a key is about to be made in a token at the place `uri`.
    void announce(const std::string& uri);

    /// announce() as KeyStore::generate wants it; the ledger outlives it.
    [[nodiscard]] KeyStore::Announce announcement() {
        return [this](const std::string& uri) { announce(uri); };
    }

    /// Notes that the key beside the certificate STEM.pem, if there is one, ends with the next commit.
    void announceEnd(const std::string& fileStem);

    /// Puts the issue of a certificate into the audit log.
    void recordIssue(const std::string& fileStem, const X509& certificate);

    /// Destroys what is noted and no longer belongs to a signer of the directory, puts that into the audit
    /// log, and forgets it. What cannot be destroyed now stays noted.
    /// @throws TokenUnavailable when a token is not there, Error when the disk refuses
    void settle();

private:
    struct Noted {
        std::string place;     ///< PKCS#11 URI, or the name of a file
        std::string publicKey; ///< SHA-256 of the SubjectPublicKeyInfo, hexadecimal; empty: not known
    };

    [[nodiscard]] std::vector<Noted> noted() const;
    void write(const std::vector<Noted>& all) const;
    void note(Noted key);
    [[nodiscard]] bool isInUse(const Noted& key) const;
    void end(const Noted& key);
    void record(const std::string& what, nlohmann::json members);

    PkiFiles files_;
    std::filesystem::path pending_;
    Clock clock_;
    RandomSource& random_;
    const KeyStore& keys_;
};

/// Where the audit log of the PKI in `directory` is.
[[nodiscard]] std::filesystem::path auditLogOf(const std::filesystem::path& directory);

} // namespace cancuoc::personalization
