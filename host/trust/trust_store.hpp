// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/clock.hpp"
#include "host/crypto/openssl.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/certificate_revocation_list.hpp"
#include "host/trust/deviation_list.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::trust {

/// What became of one thing that was offered to the store.
enum class Import { Added, AlreadyThere };

/// A master list whose certificates are in the store; the list itself is not kept.
struct MasterListSource {
    std::string country; ///< of the signer, two letters
    std::string signer;  ///< the subject of its certificate
    /// Nothing when the list does not say when it was signed.
    std::optional<std::chrono::sys_seconds> signingTime;
    std::size_t certificates = 0; ///< in the list, those that the store refused included

    friend bool operator==(const MasterListSource&, const MasterListSource&) = default;
};

/// A directory of certificates, CRLs and deviation lists that the owner of the store has chosen to trust:
/// `certificates/SHA256.cer`, `crls/SHA256.crl`, `deviations/SHA256.dl` and `store.json` with the time of the
/// last change and the master lists that were imported.
/// Every self-signed CA certificate in it is an anchor, and a link certificate that an anchor vouches for is
/// as good as one; the store does not check what it is given beyond its form.
class TrustStore {
public:
    /// Opens the store in `directory`, or makes an empty one when there is none. Throws BadConfiguration when
    /// the directory holds something else, Error when it cannot be written.
    [[nodiscard]] static TrustStore create(const std::filesystem::path& directory, const Clock& clock);

    /// Opens the store in `directory` and reads all of it. Throws BadConfiguration when there is none, or
    /// when a file in it is broken.
    [[nodiscard]] static TrustStore open(const std::filesystem::path& directory, const Clock& clock);

    /// An empty store that no directory keeps.
    [[nodiscard]] static TrustStore inMemory();

    /// Adds one certificate, DER or PEM. Throws MalformedData when it is none.
    Import addCertificate(BytesView certificate);

    /// Adds one CRL, DER or PEM. Throws MalformedData when it is none.
    Import addCrl(BytesView crl);

    /// Adds one deviation list. Throws MalformedData when it is none, or its signature does not hold.
    Import addDeviationList(BytesView file);

    /// Notes a master list whose certificates were added, in the place of an earlier list from that country.
    void noteMasterList(MasterListSource list);

    /// The master lists that were imported last, one a country, ordered by country.
    [[nodiscard]] const std::map<std::string, MasterListSource>& masterLists() const { return masterLists_; }

    /// All certificates, ordered by country, subject and SHA-256.
    [[nodiscard]] const std::vector<Certificate>& certificates() const { return certificates_; }

    /// The CA certificates whose subject is `name` (an X509_NAME). The pointers live until the next change.
    [[nodiscard]] std::vector<const Certificate*> authorities(const X509_NAME* name) const;

    /// Those that may have signed `certificate`, by its issuer's name and key identifier; a missing
    /// identifier contradicts nothing. The pointers live until the next change.
    [[nodiscard]] std::vector<const Certificate*> issuersOf(const Certificate& certificate) const;

    /// All CRLs, ordered by country, issuer and time, oldest first.
    [[nodiscard]] const std::vector<CertificateRevocationList>& crls() const { return crls_; }

    /// The CRLs whose issuer is `name` (an X509_NAME). The pointers live until the next change.
    [[nodiscard]] std::vector<const CertificateRevocationList*> crls(const X509_NAME* name) const;

    /// All deviation lists, ordered by country and time, oldest first.
    [[nodiscard]] const std::vector<DeviationList>& deviationLists() const { return deviationLists_; }

    /// What the newest deviation list of the State that issued a document says of it.
    [[nodiscard]] std::vector<DeviationDescription> deviationsOf(const DocumentInQuestion& document) const;

    /// When something was last added to the store; nothing for an empty one.
    [[nodiscard]] std::optional<std::chrono::sys_seconds> snapshotTime() const { return snapshotTime_; }

private:
    TrustStore(std::filesystem::path directory, Clock clock);

    void load();
    template <class Item>
    void loadAll(const std::filesystem::path& directory, std::string_view extension);
    void readIndex();
    void writeIndex();
    void insert(Certificate certificate);
    void insert(CertificateRevocationList crl);
    void insert(DeviationList list);
    void keep(const std::filesystem::path& file, BytesView der);

    std::filesystem::path directory_;
    Clock clock_;
    std::vector<Certificate> certificates_;
    std::vector<CertificateRevocationList> crls_;
    std::vector<DeviationList> deviationLists_;
    std::map<std::string, MasterListSource> masterLists_; // by country
    std::optional<std::chrono::sys_seconds> snapshotTime_;
};

} // namespace cancuoc::trust
