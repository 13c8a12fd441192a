// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trust/cv_certificate.hpp"

#include <filesystem>
#include <functional>
#include <span>
#include <vector>

namespace cancuoc::trust {

/// Signs for a terminal: returns the signature over `toBeSigned` in the scheme of the public key in the
/// terminal's certificate. Where the private key lives is its own business: in a file, behind PKCS#11, with a
/// service far away. Throws Error when it cannot sign.
using TerminalSigner = std::function<Bytes(BytesView toBeSigned)>;

/// The way from a chip's trust point to a terminal that may sign.
struct TerminalCertificateChain {
    /// Each is signed with the key of the one before it, the first with that of the trust point; the last is
    /// the terminal's own. Link certificates come first.
    std::vector<CvCertificate> certificates;
    TerminalSigner sign;

    /// The terminal's own certificate.
    [[nodiscard]] const CvCertificate& terminal() const { return certificates.back(); }
    /// Whether every certificate of the chain grants data group `number`, which the chip demands.
    [[nodiscard]] bool mayRead(int number) const;
};

/// The keys and certificates with which a terminal authenticates itself (BSI TR-03110-3, 2.1 to 2.3).
class TerminalKeys {
public:
    static constexpr std::size_t maximumFileSize = 65536;

    /// All that a folder holds: CV certificates in *.cvcert; private keys in *.pkcs8, *.der, *.key and *.pem,
    /// DER or PEM without a password. Keys without a terminal's certificate are passed over. The key of
    /// NAME.cvcert may also stay in a token, whose PKCS#11 URI is the one line of NAME.pkcs11 (see
    /// pkcs11Signer). Throws BadConfiguration, naming the file, for what cannot be read, and when there is no
    /// terminal's certificate with its key; what pkcs11Signer throws.
    /// OpenSSL leaves parts of a private key that it has decoded from a file in memory that it gives back;
    /// one in a token never comes into the process.
    [[nodiscard]] static TerminalKeys fromDirectory(const std::filesystem::path& directory);

    /// Certificates and keys that are fetched once the card has said whom it trusts: `fetch` is called with
    /// the references of the trust points whenever a chain is asked for. What it throws goes through
    /// chainFrom().
    using Fetch = std::function<TerminalKeys(std::span<const std::string> trustPoints)>;
    [[nodiscard]] static TerminalKeys fetchedBy(Fetch fetch);

    /// A certificate on the way: of a document verifier, a link certificate, or a self-signed one of a CVCA,
    /// which is never shown to a chip but tells the domain parameters.
    void addCertificate(CvCertificate certificate);
    /// A terminal's certificate, and what signs with its key. Throws BadConfiguration unless the certificate
    /// is a terminal's.
    void addTerminal(CvCertificate certificate, TerminalSigner sign);

    /// The way from the first of `trustPoints`, references of CVCA keys, that leads to a terminal of ours;
    /// nothing when there is none. Signatures are verified as far as the keys are known here. Of several
    /// terminals, those whose certificates are valid on `day` come first, then the newest: in the end the
    /// chip decides.
    [[nodiscard]] std::optional<TerminalCertificateChain> chainFrom(std::span<const std::string> trustPoints,
                                                                    Date day) const;

private:
    struct Terminal {
        CvCertificate certificate;
        TerminalSigner sign;
    };

    [[nodiscard]] bool extend(std::vector<const CvCertificate*>& chain, const std::string& trustPoint) const;
    [[nodiscard]] bool signaturesAgree(std::span<const CvCertificate* const> chain) const;
    [[nodiscard]] const CvCertificate* selfSigned(const std::string& reference) const;

    std::vector<CvCertificate> certificates_;
    std::vector<Terminal> terminals_;
    Fetch fetch_;
};

} // namespace cancuoc::trust
