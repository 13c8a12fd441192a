// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/date.hpp"
#include "host/base/object_identifier.hpp"
#include "host/trust/certificate.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cancuoc::trust {

/// One thing that is wrong with some documents (Doc 9303-12, 10.2: DeviationDescription). Parameters and what
/// is for national use are passed over.
struct DeviationDescription {
    std::string description; ///< what the issuer says; may be empty
    ObjectIdentifier type;

    /// A sentence's end for a person: the kind of deviation in words and what the issuer says.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const DeviationDescription&, const DeviationDescription&) = default;
};

/// What the deviations of a list are held against.
struct DocumentInQuestion {
    const Certificate* documentSigner = nullptr; ///< null if it is not known
    std::string documentCode;                    ///< as in the MRZ; empty if it is not known
    std::string documentNumber;                  ///< likewise
    std::optional<Date> issueDate;               ///< nothing if it is not known
};

/// Which documents have something wrong, and what (Doc 9303-12, 10.2: Deviation). Each limit that is stated
/// must fit the document; one without limits is for all documents of the issuer.
struct Deviation {
    /// DocumentSignerIdentifier: which Document Signers.
    struct IssuerAndSerialNumber {
        Bytes issuer;       ///< Name, DER
        Bytes serialNumber; ///< INTEGER, DER

        friend bool operator==(const IssuerAndSerialNumber&, const IssuerAndSerialNumber&) = default;
    };
    struct SubjectKeyIdentifier {
        Bytes identifier;

        friend bool operator==(const SubjectKeyIdentifier&, const SubjectKeyIdentifier&) = default;
    };
    struct CertificateDigest {
        Bytes digest; ///< its length tells the algorithm

        friend bool operator==(const CertificateDigest&, const CertificateDigest&) = default;
    };
    struct IssuancePeriod {
        Date firstIssued;
        Date lastIssued;

        friend bool operator==(const IssuancePeriod&, const IssuancePeriod&) = default;
    };
    using SignerIdentifier =
        std::variant<std::monostate, IssuerAndSerialNumber, SubjectKeyIdentifier, CertificateDigest>;

    std::string documentType;                                ///< as in the MRZ; empty: all
    SignerIdentifier documentSigner;                         ///< monostate: all
    std::optional<IssuancePeriod> issuingDate;               ///< nothing: all
    std::optional<std::vector<std::string>> documentNumbers; ///< nothing: all
    std::vector<DeviationDescription> descriptions;

    /// Whether the document is one of those meant. What is not known of a document fits no limit.
    [[nodiscard]] bool concerns(const DocumentInQuestion& document) const;

    friend bool operator==(const Deviation&, const Deviation&) = default;
};

/// Reads the signed content of a deviation list, the DeviationList of 10.2. Throws MalformedData.
[[nodiscard]] std::vector<Deviation> readDeviations(BytesView content);

/// A deviation list: what an issuer says is wrong with some of its documents (Doc 9303-12, 10).
class DeviationList {
public:
    static constexpr std::size_t maximumLength = std::size_t{16} << 20;

    /// Reads a list whose signature holds, whoever made it. Throws MalformedData.
    [[nodiscard]] static DeviationList decode(BytesView file);

    /// The file as read.
    [[nodiscard]] const Bytes& file() const { return file_; }
    /// SHA-256 over the file.
    [[nodiscard]] const Bytes& sha256() const { return sha256_; }
    /// The Deviation List Signer: nobody has asked yet whether it may be trusted.
    [[nodiscard]] const Certificate& signer() const { return signer_; }
    /// When it was signed; nothing when it does not say.
    [[nodiscard]] std::optional<std::chrono::sys_seconds> signingTime() const { return signingTime_; }
    [[nodiscard]] const std::vector<Deviation>& deviations() const { return deviations_; }

    /// What the list says of a document; nothing of documents that another State's signer signed.
    [[nodiscard]] std::vector<DeviationDescription> descriptionsFor(const DocumentInQuestion& document) const;

private:
    explicit DeviationList(Certificate signer) : signer_(std::move(signer)) {}

    Bytes file_;
    Bytes sha256_;
    Certificate signer_;
    std::optional<std::chrono::sys_seconds> signingTime_;
    std::vector<Deviation> deviations_;
};

/// Whether `file` is a CMS SignedData with a deviation list inside.
[[nodiscard]] bool isDeviationList(BytesView file);

} // namespace cancuoc::trust
