// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/public_key_infrastructure.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/pki/country_signing_authority.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"

#include <algorithm>

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

void writeAll(const PkiFiles& files, const CertifiedKey& csca, const CertifiedKey& documentSigner,
              const X509_CRL& crl) {
    writePrivateFile(files.cscaKey, encodePem(*csca.key).view());
    writePrivateFile(files.documentSignerKey, encodePem(*documentSigner.key).view());
    writeFile(files.crl, encodeDer(crl));
    writeFile(files.documentSignerCertificate, encodePem(*documentSigner.certificate));
    writeFile(files.cscaCertificate, encodePem(*csca.certificate));
}

} // namespace

void checkOptions(const PkiOptions& options) {
    const std::string& type = options.documentType;
    const bool letters = std::all_of(type.begin(), type.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (type.empty() || type.size() > 2 || !letters) {
        throw BadConfiguration(
            "A document type is the one or two capital letters with which its MRZ begins, like ID.");
    }
    if (options.documentValidity < std::chrono::years(1) ||
        options.documentValidity > std::chrono::years(100)) {
        throw BadConfiguration("The validity of documents must be 1 to 100 years.");
    }
}

PkiFiles::PkiFiles(const fs::path& directory)
    : cscaCertificate(directory / "csca.pem"), cscaKey(directory / "csca.key"),
      documentSignerCertificate(directory / "document-signer.pem"),
      documentSignerKey(directory / "document-signer.key"), crl(directory / "csca.crl"),
      masterListSignerCertificate(directory / "master-list-signer.pem"),
      masterListSignerKey(directory / "master-list-signer.key"), masterList(directory / "master-list.ml") {}

void createPki(const fs::path& directory, const PkiOptions& options, const Clock& clock,
               RandomSource& random) {
    checkOptions(options);
    const PkiFiles files(directory);
    refuseExisting(files);
    const PkiWorkshop workshop(directory);
    const PkiFiles made(workshop.path());

    const auto now = clock();
    const auto authority = CountrySigningAuthority::create(options, now, random);
    const CertifiedKey documentSigner = authority.issueDocumentSigner(options, 1, now, random);
    writeAll(made, authority.self(), documentSigner, *authority.issueCrl(now, 1, {}));

    // The anchor last: where it is, the rest is whole.
    fs::rename(made.cscaKey, files.cscaKey);
    fs::rename(made.documentSignerKey, files.documentSignerKey);
    fs::rename(made.crl, files.crl);
    fs::rename(made.documentSignerCertificate, files.documentSignerCertificate);
    fs::rename(made.cscaCertificate, files.cscaCertificate);
}

} // namespace cancuoc::personalization
