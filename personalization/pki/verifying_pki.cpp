// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/verifying_pki.hpp"

#include <fmt/format.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

using trust::CertificateHolderRole;
using trust::CvCertificate;

constexpr const char* firstKeyKind = "brainpoolP256r1";
constexpr const char* firstDocumentVerifier = "VNDV00001";

CvIssuer loadAuthority(const VerifyingPkiFiles& files) {
    if (!fs::exists(files.cvcaCertificate)) {
        throw BadConfiguration("There is no \"" + files.cvcaCertificate.string() +
                               "\"; make a CVCA with \"cancuoc pki cvca DIR\".");
    }
    auto certificate = readCvCertificate(files.cvcaCertificate);
    auto key = CvKey::load(files.cvcaKey, certificate.body().publicKey);
    auto curve = certificate.body().publicKey.curve();
    return {std::move(key), std::move(certificate), std::move(curve)};
}

// Of the CVCA key that `reference` names, which may be an earlier one.
std::optional<EllipticCurve> curveOf(const VerifyingPkiFiles& files, const std::string& reference) {
    auto authority = readCvCertificate(files.cvcaCertificate);
    for (int number = files.formerCvcas(); number > 0 && authority.body().holderReference != reference;
         --number) {
        authority = readCvCertificate(files.formerCvca(number));
    }
    return authority.body().publicKey.curve();
}

CvIssuer loadDocumentVerifier(const VerifyingPkiFiles& files) {
    if (!fs::exists(files.documentVerifierCertificate)) {
        throw BadConfiguration("There is no \"" + files.documentVerifierCertificate.string() +
                               "\"; make one with \"cancuoc pki document-verifier DIR\".");
    }
    auto certificate = readCvCertificate(files.documentVerifierCertificate);
    auto key = CvKey::load(files.documentVerifierKey, certificate.body().publicKey);
    auto curve = curveOf(files, certificate.body().authorityReference);
    return {std::move(key), std::move(certificate), std::move(curve)};
}

CvGrant grantOf(CertificateHolderRole role, const CvLimits& limits, const Clock& clock) {
    const Date today = dateOf(clock());
    // The day on which it ends counts.
    return {role, limits.rights, today,
            limits.days ? std::chrono::days(*limits.days - 1) : longestValidity(role, today)};
}

CertificateHolderRole documentVerifierRole(const CvLimits& limits) {
    return limits.foreign ? CertificateHolderRole::ForeignDocumentVerifier
                          : CertificateHolderRole::DomesticDocumentVerifier;
}

void writeIssuer(const CvIssuer& issuer, const fs::path& certificate, const fs::path& key) {
    writePrivateFile(key, encodePem(*issuer.key().key).view());
    writeFile(certificate, issuer.certificate().encoded());
}

} // namespace

CvCertificate readCvCertificate(const fs::path& file) {
    try {
        return CvCertificate::decode(readFile(file, CvCertificate::maximumLength));
    } catch (const MalformedData& malformed) {
        throw BadConfiguration("\"" + file.string() + "\" is no CV certificate: " + malformed.what());
    }
}

VerifyingPkiFiles::VerifyingPkiFiles(const fs::path& folder)
    : directory(folder), cvcaCertificate(folder / "cvca.cvcert"), cvcaKey(folder / "cvca.key"),
      documentVerifierCertificate(folder / "document-verifier.cvcert"),
      documentVerifierKey(folder / "document-verifier.key") {}

fs::path VerifyingPkiFiles::formerCvca(int number) const {
    return directory / fmt::format("cvca-{:03}.cvcert", number);
}

fs::path VerifyingPkiFiles::cvcaLink(int number) const {
    return directory / fmt::format("cvca-link-{:03}.cvcert", number);
}

int VerifyingPkiFiles::formerCvcas() const {
    int count = 0;
    while (fs::exists(formerCvca(count + 1))) {
        ++count;
    }
    return count;
}

std::string renewCountryVerifyingAuthority(const fs::path& directory, const CvcaOptions& options,
                                           const Clock& clock, RandomSource& random) {
    PkiWorkshop workshop(directory);
    const VerifyingPkiFiles files(directory);
    const VerifyingPkiFiles made(workshop.path());
    const Date today = dateOf(clock());
    const auto write = [&](const CvIssuer& authority) {
        writeIssuer(authority, made.cvcaCertificate, made.cvcaKey);
        workshop.commit();
        return authority.certificate().body().holderReference;
    };
    if (!fs::exists(files.cvcaCertificate)) {
        const auto& kind = options.keyKind.empty() ? firstKeyKind : options.keyKind;
        return write(
            CvIssuer::createAuthority(CvKey::generate(kind, random), options.holderReference, today));
    }
    const CvIssuer former = loadAuthority(files);
    const int number = files.formerCvcas() + 2;
    const CvIssuer next = former.successor(
        options.keyKind.empty() ? CvKey::like(former.certificate().body().publicKey, std::nullopt, random)
                                : CvKey::generate(options.keyKind, random),
        today);
    writeFile(made.cvcaLink(number), former.issueLink(next).encoded());
    writeFile(made.formerCvca(number - 1), former.certificate().encoded());
    return write(next);
}

std::string renewDocumentVerifier(const fs::path& directory, const CvLimits& limits, const Clock& clock,
                                  RandomSource& random) {
    const VerifyingPkiFiles files(directory);
    const CvIssuer authority = loadAuthority(files);
    PkiWorkshop workshop(directory);
    const VerifyingPkiFiles made(workshop.path());
    const std::string reference =
        fs::exists(files.documentVerifierCertificate)
            ? nextReference(readCvCertificate(files.documentVerifierCertificate).body().holderReference)
            : firstDocumentVerifier;
    auto key = CvKey::like(authority.certificate().body().publicKey, authority.curve(), random);
    const auto request = CvRequest::make(key, reference, authority.certificate().body().holderReference);
    auto certificate = authority.issue(request, grantOf(documentVerifierRole(limits), limits, clock));
    writeIssuer({std::move(key), std::move(certificate), authority.curve()}, made.documentVerifierCertificate,
                made.documentVerifierKey);
    workshop.commit();
    return reference;
}

void makeTerminal(const fs::path& directory, const fs::path& folder, const std::string& holderReference,
                  const CvLimits& limits, const Clock& clock, RandomSource& random) {
    const VerifyingPkiFiles files(directory);
    const CvIssuer verifier = loadDocumentVerifier(files);
    auto key = CvKey::like(verifier.certificate().body().publicKey, verifier.curve(), random);
    const auto request = CvRequest::make(key, holderReference, verifier.certificate().body().holderReference);
    auto certificate = verifier.issue(request, grantOf(CertificateHolderRole::Terminal, limits, clock));
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    writeIssuer({std::move(key), std::move(certificate), verifier.curve()}, folder / "terminal.cvcert",
                folder / "terminal.key");
    std::vector<fs::path> above{files.cvcaCertificate, files.documentVerifierCertificate};
    for (int number = files.formerCvcas(); number > 0; --number) {
        above.push_back(files.formerCvca(number));
        above.push_back(files.cvcaLink(number + 1));
    }
    for (const auto& file : above) {
        writeFile(folder / file.filename(), readFile(file, CvCertificate::maximumLength));
    }
}

CvCertificate certifyRequest(const fs::path& directory, CertificateHolderRole role, BytesView request,
                             const std::optional<CvCertificate>& present, const CvLimits& limits,
                             const Clock& clock) {
    const VerifyingPkiFiles files(directory);
    const CvIssuer issuer =
        role == CertificateHolderRole::Terminal ? loadDocumentVerifier(files) : loadAuthority(files);
    const auto decoded = CvRequest::decode(request);
    if (present && (decoded.presentReference() != present->body().holderReference ||
                    !decoded.isSignedBy(present->body().publicKey, issuer.curve()))) {
        throw BadConfiguration("The request is not signed with the present key of its holder, \"" +
                               present->body().holderReference + "\".");
    }
    return issuer.issue(decoded, grantOf(role, limits, clock));
}

} // namespace cancuoc::personalization
