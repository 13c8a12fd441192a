// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/renewal.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

#include <openssl/core_names.h>

#include "host/apdu/tlv.hpp"
#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/lds/asn1.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/signing_role.hpp"
#include "host/trust/x509.hpp"
#include "personalization/pki/country_signing_authority.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/signed_content.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;
namespace asn1 = lds::asn1;

using IntegerPtr = std::unique_ptr<ASN1_INTEGER, OpensslFree<ASN1_INTEGER_free>>;

void requirePki(const PkiFiles& files) {
    if (!fs::exists(files.cscaCertificate)) {
        throw BadConfiguration("There is no \"" + files.cscaCertificate.string() +
                               "\"; make a PKI with \"cancuoc pki init DIR\".");
    }
}

// What has been finished in the workshop takes its place.
void takePlace(const fs::path& made, const fs::path& file) {
    fs::rename(made, file);
}

// Whether the CSCA's certificate names its curve, so that the next certificate does so too.
bool namesItsCurve(const X509& csca) {
    char encoding[32] = {};
    return EVP_PKEY_get_utf8_string_param(X509_get0_pubkey(&csca), OSSL_PKEY_PARAM_EC_ENCODING, encoding,
                                          sizeof encoding, nullptr) == 1 &&
           std::string_view(encoding) == OSSL_PKEY_EC_ENCODING_GROUP;
}

// The serialNumber in its name, which counts the document signers.
int numberOf(const X509& documentSigner, const fs::path& file) {
    const X509_NAME* const name = X509_get_subject_name(&documentSigner);
    const int index = X509_NAME_get_index_by_NID(name, NID_serialNumber, -1);
    const std::string text =
        index < 0 ? "" : toText(trust::bytesOf(*X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index))));
    constexpr std::size_t mostDigits = 9;
    if (text.empty() || text.size() > mostDigits || !isDigits(text)) {
        throw BadConfiguration("\"" + file.string() +
                               "\" is not numbered, so that the next document signer cannot be.");
    }
    return std::stoi(text);
}

fs::path formerSigner(const fs::path& directory, int number) {
    char name[40];
    std::snprintf(name, sizeof name, "document-signer-%03d.pem", number);
    return directory / name;
}

std::vector<Revocation> entriesOf(X509_CRL& crl) {
    std::vector<Revocation> entries;
    auto* const listed = X509_CRL_get_REVOKED(&crl);
    for (int index = 0; listed != nullptr && index < sk_X509_REVOKED_num(listed); ++index) {
        const X509_REVOKED* const entry = sk_X509_REVOKED_value(listed, index);
        entries.push_back({toBytes(trust::bytesOf(*X509_REVOKED_get0_serialNumber(entry))),
                           trust::timeOf(*X509_REVOKED_get0_revocationDate(entry))});
    }
    return entries;
}

long numberOf(X509_CRL& crl) {
    const IntegerPtr number(
        static_cast<ASN1_INTEGER*>(X509_CRL_get_ext_d2i(&crl, NID_crl_number, nullptr, nullptr)));
    return number ? ASN1_INTEGER_get(number.get()) : 0;
}

// The serial number of a certificate that `csca` has issued.
Bytes serialNumberOf(const fs::path& file, X509& csca) {
    const X509Ptr certificate = readCertificate(file);
    if (X509_NAME_cmp(X509_get_issuer_name(certificate.get()), X509_get_subject_name(&csca)) != 0 ||
        X509_verify(certificate.get(), X509_get0_pubkey(&csca)) != 1 ||
        X509_cmp(certificate.get(), &csca) == 0) {
        throw BadConfiguration("\"" + file.string() +
                               "\" is not a certificate that this CSCA has issued, so it cannot revoke it.");
    }
    return toBytes(trust::bytesOf(*X509_get0_serialNumber(certificate.get())));
}

CertifiedKey masterListSigner(const CountrySigningAuthority& authority, const PkiFiles& files,
                              const PkiFiles& made, std::chrono::sys_seconds now, RandomSource& random) {
    if (fs::exists(files.masterListSignerCertificate)) {
        return {readPrivateKey(files.masterListSignerKey),
                readCertificate(files.masterListSignerCertificate)};
    }
    auto signer = authority.issueMasterListSigner(now, random);
    writePrivateFile(made.masterListSignerKey, encodePem(*signer.key).view());
    writeFile(made.masterListSignerCertificate, encodePem(*signer.certificate));
    takePlace(made.masterListSignerKey, files.masterListSignerKey);
    takePlace(made.masterListSignerCertificate, files.masterListSignerCertificate);
    return signer;
}

// Doc 9303-12, 9.2: in DER, the elements of a SET stand in the order of their encodings.
Bytes masterListOf(const std::set<std::string>& certificates) {
    Bytes set;
    for (const auto& certificate : certificates) {
        append(set, viewOf(certificate));
    }
    return encodeTlv(asn1::sequence, lds::encodeInteger(0), encodeTlv(asn1::set, set));
}

Bytes countrySigningCertificate(const fs::path& file) {
    const Bytes der = encodeDer(*readCertificate(file));
    if (!trust::Certificate::decode(der).certificationAuthority()) {
        throw BadConfiguration("\"" + file.string() + "\" is no CSCA certificate.");
    }
    return der;
}

} // namespace

int renewDocumentSigner(const fs::path& directory, PkiOptions options, const Clock& clock,
                        RandomSource& random) {
    checkOptions(options);
    const PkiFiles files(directory);
    requirePki(files);
    const PkiWorkshop workshop(directory);
    const PkiFiles made(workshop.path());
    const auto authority = CountrySigningAuthority::load(files);
    const X509Ptr former = readCertificate(files.documentSignerCertificate);
    const int number = numberOf(*former, files.documentSignerCertificate);

    options.namedCurves = namesItsCurve(*authority.self().certificate);
    const auto signer = authority.issueDocumentSigner(options, number + 1, clock(), random);
    writePrivateFile(made.documentSignerKey, encodePem(*signer.key).view());
    writeFile(made.documentSignerCertificate, encodePem(*signer.certificate));
    writeFile(formerSigner(directory, number), encodePem(*former));
    takePlace(made.documentSignerKey, files.documentSignerKey);
    takePlace(made.documentSignerCertificate, files.documentSignerCertificate);
    return number + 1;
}

bool documentSignerIsWhole(const fs::path& directory) {
    const PkiFiles files(directory);
    return X509_check_private_key(readCertificate(files.documentSignerCertificate).get(),
                                  readPrivateKey(files.documentSignerKey).get()) == 1;
}

RenewedCrl renewCrl(const fs::path& directory, const std::vector<fs::path>& revoked, const Clock& clock) {
    const PkiFiles files(directory);
    requirePki(files);
    const PkiWorkshop workshop(directory);
    const auto authority = CountrySigningAuthority::load(files);
    const X509CrlPtr former = readCrl(files.crl);
    auto entries = entriesOf(*former);
    const auto now = clock();
    for (const auto& file : revoked) {
        Bytes serialNumber = serialNumberOf(file, *authority.self().certificate);
        const bool isListed = std::any_of(entries.begin(), entries.end(), [&](const Revocation& entry) {
            return entry.serialNumber == serialNumber;
        });
        if (!isListed) {
            entries.push_back({std::move(serialNumber), now});
        }
    }
    const RenewedCrl renewed{numberOf(*former) + 1, entries.size()};
    writeFile(files.crl, encodeDer(*authority.issueCrl(now, renewed.number, entries)));
    return renewed;
}

std::size_t publishMasterList(const fs::path& directory, const std::vector<fs::path>& others,
                              const Clock& clock, RandomSource& random) {
    const PkiFiles files(directory);
    requirePki(files);
    const PkiWorkshop workshop(directory);
    const auto authority = CountrySigningAuthority::load(files);
    std::set<std::string> certificates{toText(encodeDer(*authority.self().certificate))};
    for (const auto& file : others) {
        certificates.insert(toText(countrySigningCertificate(file)));
    }
    const auto now = clock();
    const auto signer = masterListSigner(authority, files, PkiFiles(workshop.path()), now, random);
    const auto cms =
        signContent(masterListOf(certificates), trust::masterListSignerRole.contentType, *signer.certificate,
                    *signer.key, now, SignerIdentifier::SubjectKeyIdentifier);
    requireOpenssl(CMS_add1_cert(cms.get(), authority.self().certificate.get()),
                   "The list cannot take the CSCA's certificate");
    writeFile(files.masterList, encodeDer(*cms));
    return certificates.size();
}

} // namespace cancuoc::personalization
