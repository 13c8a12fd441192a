// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/public_key_infrastructure.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/pki/country_signing_authority.hpp"
#include "personalization/pki/key_ledger.hpp"
#include "personalization/pki/numbered_files.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/printable_string.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

void refuseExisting(const PkiFiles& files) {
    for (const fs::path& file : {files.cscaCertificate, files.cscaKey, files.documentSignerCertificate,
                                 files.documentSignerKey, files.crl}) {
        if (fs::exists(file)) {
            throw BadConfiguration(
                "\"" + file.string() +
                "\" is there already, and its PKI stays as it is. Name another directory, or move "
                "the old files away first.");
        }
    }
}

} // namespace

void checkOptions(const PkiOptions& options) {
    for (const std::string& key : {options.cscaKey, options.documentSignerKey}) {
        if (!key.empty()) {
            static_cast<void>(KeyKind::strong(key));
        }
    }
    const std::string& type = options.documentType;
    const bool letters = std::all_of(type.begin(), type.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (type.empty() || type.size() > 2 || !letters) {
        throw BadConfiguration(
            "A document type is the one or two capital letters with which its MRZ begins, like ID.");
    }
    const std::string& name = options.cscaName;
    constexpr std::size_t longestCommonName = 64; // RFC 5280, ub-common-name
    if (name.empty() || name.size() > longestCommonName || !isPrintableString(name)) {
        throw BadConfiguration("The name of a CSCA has 1 to 64 letters from A to Z, digits, blanks and "
                               "'()+,-./:=? only.");
    }
}

PkiFiles::PkiFiles(const fs::path& folder)
    : directory(folder), cscaCertificate(folder / "csca.pem"), cscaKey(folder / "csca.key"),
      documentSignerCertificate(folder / "document-signer.pem"),
      documentSignerKey(folder / "document-signer.key"), crl(folder / "csca.crl"),
      policy(folder / "policy.json"), masterListSignerCertificate(folder / "master-list-signer.pem"),
      masterListSignerKey(folder / "master-list-signer.key"), masterList(folder / "master-list.ml"),
      deviationList(folder / "deviation-list.dl") {}

PkiFiles PkiFiles::existing(const fs::path& directory) {
    PkiFiles files(directory);
    if (!fs::exists(files.cscaCertificate)) {
        throw BadConfiguration("There is no \"" + files.cscaCertificate.string() +
                               "\"; make a PKI with \"cancuoc pki init DIR\".");
    }
    return files;
}

fs::path PkiFiles::formerCsca(int number) const {
    return directory / fmt::format("csca-{:03}.pem", number);
}

fs::path PkiFiles::cscaLink(int number) const {
    return directory / fmt::format("csca-link-{:03}.pem", number);
}

fs::path PkiFiles::certificateOf(const SignerName& signer) const {
    return directory / (signer.fileStem() + ".pem");
}

fs::path PkiFiles::keyOf(const SignerName& signer) const {
    return directory / (signer.fileStem() + ".key");
}

fs::path PkiFiles::formerCertificateOf(const SignerName& signer, int number) const {
    return directory / fmt::format("{}-{:03}.pem", signer.fileStem(), number);
}

fs::path PkiFiles::nextDocumentSigner() const {
    return directory / "next-document-signer.pem";
}

fs::path PkiFiles::nextDocumentSignerKey() const {
    return directory / "next-document-signer.key";
}

fs::path PkiFiles::formerDocumentSigner(int number) const {
    return formerCertificateOf({SignerKind::DocumentSigner, ""}, number);
}

int PkiFiles::formerCscas() const {
    return countNumbered([this](int number) { return formerCsca(number); });
}

void createPki(const fs::path& directory, const PkiOptions& options, const Clock& clock, RandomSource& random,
               const KeyStore& keys) {
    checkOptions(options);
    PkiWorkshop workshop(directory);
    refuseExisting(PkiFiles(directory));
    const PkiFiles made(workshop.path());
    KeyLedger ledger(directory, clock, random, keys);
    ledger.settle();
    PkiOptions announced = options;
    announced.announce = ledger.announcement();

    const auto now = clock();
    const auto authority = CountrySigningAuthority::create(announced, now, random, keys);
    keys.write(made.cscaKey, *authority.self().key);
    writeFile(made.cscaCertificate, encodePem(*authority.self().certificate));
    writeFile(made.crl, encodeDer(*authority.issueCrl(now, 1, {}, options.policy.crlPeriod)));
    writeFile(made.policy, viewOf(options.policy.encode()));
    ledger.recordIssue("csca", *authority.self().certificate);
    if (!options.cscaOnly) {
        const SignerName name{SignerKind::DocumentSigner, ""};
        const SignerKeyOptions key{options.documentSignerKey, options.namedCurves, options.token,
                                   announced.announce};
        const auto signer =
            authority.issue({name, 1, options.documentType}, key, options.policy, now, random, keys);
        keys.write(made.documentSignerKey, *signer.key);
        writeFile(made.documentSignerCertificate, encodePem(*signer.certificate));
        ledger.recordIssue(name.fileStem(), *signer.certificate);
    }
    workshop.commit();
    ledger.settle();
}

} // namespace cancuoc::personalization
