// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/verifying_pki.hpp"

#include <fmt/format.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/pki/key_ledger.hpp"
#include "personalization/pki/numbered_files.hpp"
#include "personalization/pki/pki_workshop.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

using trust::CertificateHolderRole;
using trust::CvCertificate;

constexpr const char* firstKeyKind = "brainpoolP256r1";
constexpr const char* firstDocumentVerifier = "VNDV00001";

// What "cancuoc pki COMMAND" has made.
CvCertificate existing(const fs::path& certificate, const char* command) {
    if (!fs::exists(certificate)) {
        throw BadConfiguration(fmt::format("There is no \"{}\"; make it with \"cancuoc pki {} DIR\".",
                                           certificate.string(), command));
    }
    return readCvCertificate(certificate);
}

CvIssuer issuerOf(CvCertificate certificate, const fs::path& keyFile, std::optional<EllipticCurve> curve,
                  const KeyStore& keys) {
    auto key = CvKey::load(keyFile, certificate.body().publicKey, keys);
    return {std::move(key), std::move(certificate), std::move(curve)};
}

CvIssuer loadAuthority(const VerifyingPkiFiles& files, const KeyStore& keys) {
    auto certificate = existing(files.cvcaCertificate, "cvca");
    auto curve = certificate.body().publicKey.curve();
    return issuerOf(std::move(certificate), files.cvcaKey, std::move(curve), keys);
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

CvIssuer loadDocumentVerifier(const VerifyingPkiFiles& files, const KeyStore& keys) {
    auto certificate = existing(files.documentVerifierCertificate, "document-verifier");
    auto curve = curveOf(files, certificate.body().authorityReference);
    return issuerOf(std::move(certificate), files.documentVerifierKey, std::move(curve), keys);
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

// The former key, if it is in a token.
void announceEndInToken(const fs::path& keyFile, KeyLedger& ledger) {
    if (const auto uri = fs::exists(keyFile) ? KeyStore::tokenOf(keyFile) : ""; !uri.empty()) {
        ledger.announce(uri);
    }
}

void writeIssuer(const CvIssuer& issuer, const fs::path& certificate, const fs::path& key,
                 const KeyStore& keys) {
    keys.write(key, *issuer.key().key);
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
    return countNumbered([this](int number) { return formerCvca(number); });
}

std::string renewCountryVerifyingAuthority(const fs::path& directory, const CvcaOptions& options,
                                           const Clock& clock, RandomSource& random, const KeyStore& keys) {
    PkiWorkshop workshop(directory);
    const VerifyingPkiFiles files(directory);
    const VerifyingPkiFiles made(workshop.path());
    KeyLedger ledger(directory, clock, random, keys);
    ledger.settle();
    const Date today = dateOf(clock());
    const bool isFirst = !fs::exists(files.cvcaCertificate);
    const KeyPlace place{keys, isFirst ? options.token : KeyStore::tokenOf(files.cvcaKey), "cvca",
                         ledger.announcement()};
    const auto write = [&](const CvIssuer& authority) {
        writeIssuer(authority, made.cvcaCertificate, made.cvcaKey, keys);
        announceEndInToken(files.cvcaKey, ledger);
        workshop.commit();
        ledger.settle();
        return authority.certificate().body().holderReference;
    };
    if (isFirst) {
        keys.requireLikeOthersIn(directory);
        const auto& kind = options.keyKind.empty() ? firstKeyKind : options.keyKind;
        return write(
            CvIssuer::createAuthority(CvKey::generate(kind, random, place), options.holderReference, today));
    }
    const CvIssuer former = loadAuthority(files, keys);
    const int number = files.formerCvcas() + 2;
    const auto& formerKey = former.certificate().body().publicKey;
    const CvIssuer next =
        former.successor(options.keyKind.empty() ? CvKey::like(formerKey, std::nullopt, random, place)
                                                 : CvKey::generate(options.keyKind, random, place),
                         today);
    writeFile(made.cvcaLink(number), former.issueLink(next).encoded());
    writeFile(made.formerCvca(number - 1), former.certificate().encoded());
    return write(next);
}

std::string renewDocumentVerifier(const fs::path& directory, const CvLimits& limits, const Clock& clock,
                                  RandomSource& random, const KeyStore& keys) {
    const VerifyingPkiFiles files(directory);
    const CvIssuer authority = loadAuthority(files, keys);
    PkiWorkshop workshop(directory);
    const VerifyingPkiFiles made(workshop.path());
    KeyLedger ledger(directory, clock, random, keys);
    ledger.settle();
    const bool isFirst = !fs::exists(files.documentVerifierCertificate);
    std::string reference =
        isFirst ? firstDocumentVerifier
                : nextReference(readCvCertificate(files.documentVerifierCertificate).body().holderReference);
    const KeyPlace place{keys, KeyStore::tokenOf(isFirst ? files.cvcaKey : files.documentVerifierKey),
                         "document-verifier", ledger.announcement()};
    auto key = CvKey::like(authority.certificate().body().publicKey, authority.curve(), random, place);
    const auto request = CvRequest::make(key, reference, authority.certificate().body().holderReference);
    auto certificate = authority.issue(request, grantOf(documentVerifierRole(limits), limits, clock));
    writeIssuer({std::move(key), std::move(certificate), authority.curve()}, made.documentVerifierCertificate,
                made.documentVerifierKey, keys);
    announceEndInToken(files.documentVerifierKey, ledger);
    workshop.commit();
    ledger.settle();
    return reference;
}

void makeTerminal(const fs::path& directory, const fs::path& folder, const std::string& holderReference,
                  const CvLimits& limits, const Clock& clock, RandomSource& random, const KeyStore& keys) {
    const VerifyingPkiFiles files(directory);
    const CvIssuer verifier = loadDocumentVerifier(files, keys);
    auto key = CvKey::like(verifier.certificate().body().publicKey, verifier.curve(), random);
    const auto request = CvRequest::make(key, holderReference, verifier.certificate().body().holderReference);
    auto certificate = verifier.issue(request, grantOf(CertificateHolderRole::Terminal, limits, clock));
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    writeIssuer({std::move(key), std::move(certificate), verifier.curve()}, folder / "terminal.cvcert",
                folder / "terminal.key", KeyStore::unencrypted());
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
                             const Clock& clock, const KeyStore& keys) {
    const VerifyingPkiFiles files(directory);
    const CvIssuer issuer = role == CertificateHolderRole::Terminal ? loadDocumentVerifier(files, keys)
                                                                    : loadAuthority(files, keys);
    const auto decoded = CvRequest::decode(request);
    if (present && (decoded.presentReference() != present->body().holderReference ||
                    !decoded.isSignedBy(present->body().publicKey, issuer.curve()))) {
        throw BadConfiguration("The request is not signed with the present key of its holder, \"" +
                               present->body().holderReference + "\".");
    }
    return issuer.issue(decoded, grantOf(role, limits, clock));
}

} // namespace cancuoc::personalization
