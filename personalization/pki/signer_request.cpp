// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/signer_request.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/signing_role.hpp"
#include "host/trust/x509.hpp"
#include "personalization/pki/country_signing_authority.hpp"
#include "personalization/pki/issued_by.hpp"
#include "personalization/pki/key_ledger.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/revocations.hpp"
#include "personalization/pki/signer_issuance.hpp"
#include "personalization/pki/signer_number.hpp"
#include "personalization/pki/token_key.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

using Pkcs7Ptr = std::unique_ptr<PKCS7, OpensslFree<PKCS7_free>>;
using RequestPtr = std::unique_ptr<X509_REQ, OpensslFree<X509_REQ_free>>;

constexpr const char* requestedPrefix = "requested-";
constexpr const char* requestFailure = "The request cannot be made";

fs::path requestedKey(const fs::path& directory, const SignerName& name) {
    return directory / (requestedPrefix + name.fileStem() + ".key");
}

BioPtr bioOver(BytesView content) {
    return ownOpenssl<BioPtr>(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())),
                              "No memory for a file");
}

template <class Write>
Bytes pemOf(Write write) {
    const auto bio = ownOpenssl<BioPtr>(BIO_new(BIO_s_mem()), "No memory for a file");
    requireOpenssl(write(bio.get()), "A file cannot be encoded in PEM");
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return Bytes(data, data + size);
}

void addName(X509_NAME& name, int attribute, const std::string& value) {
    requireOpenssl(X509_NAME_add_entry_by_NID(&name, attribute, V_ASN1_PRINTABLESTRING,
                                              reinterpret_cast<const unsigned char*>(value.data()),
                                              static_cast<int>(value.size()), -1, 0),
                   requestFailure);
}

Bytes encodeRequest(const std::string& country, const SignerName& name, EVP_PKEY& key) {
    const auto request = ownOpenssl<RequestPtr>(X509_REQ_new(), requestFailure);
    X509_NAME& subject = *X509_REQ_get_subject_name(request.get());
    addName(subject, NID_countryName, country);
    addName(subject, NID_commonName, name.fileStem());
    requireOpenssl(X509_REQ_set_pubkey(request.get(), &key), requestFailure);
    if (X509_REQ_sign_ctx(request.get(), signingContext(key).get()) == 0) {
        throwSigningFailure(requestFailure);
    }
    return pemOf([&](BIO* bio) { return PEM_write_bio_X509_REQ(bio, request.get()); });
}

std::string commonNameOf(const X509_NAME& name) {
    const int index = X509_NAME_get_index_by_NID(&name, NID_commonName, -1);
    return index < 0 ? ""
                     : toText(trust::bytesOf(*X509_NAME_ENTRY_get_data(X509_NAME_get_entry(&name, index))));
}

// Who asks has the key that it wants certified.
RequestPtr decodeRequest(BytesView file) {
    RequestPtr request(PEM_read_bio_X509_REQ(bioOver(file).get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    if (!request) {
        throw MalformedData("The request is no PKCS #10 request in PEM.");
    }
    EVP_PKEY* const key = X509_REQ_get0_pubkey(request.get());
    const bool isSigned = key != nullptr && X509_REQ_verify(request.get(), key) == 1;
    ERR_clear_error();
    if (!isSigned) {
        throw BadConfiguration("The request is not signed with the key that it asks a certificate for.");
    }
    return request;
}

// A key is certified once: another certificate would let it sign beyond its count and its time.
void refuseKnownKey(const fs::path& directory, EVP_PKEY& key) {
    for (const auto& entry : fs::directory_iterator(directory)) {
        if (entry.path().extension() == ".pem" &&
            EVP_PKEY_eq(X509_get0_pubkey(readCertificate(entry.path()).get()), &key) == 1) {
            throw BadConfiguration("The key of the request was certified before, in \"" +
                                   entry.path().string() + "\"; a signer's key is made anew each time.");
        }
    }
}

Bytes encodeResponse(X509& certificate, X509& csca, X509_CRL& crl) {
    constexpr const char* failure = "The response cannot be made";
    const auto response = ownOpenssl<Pkcs7Ptr>(PKCS7_new(), failure);
    requireOpenssl(PKCS7_set_type(response.get(), NID_pkcs7_signed), failure);
    requireOpenssl(PKCS7_content_new(response.get(), NID_pkcs7_data), failure);
    requireOpenssl(static_cast<int>(PKCS7_set_detached(response.get(), 1)), failure);
    requireOpenssl(PKCS7_add_certificate(response.get(), &certificate), failure);
    requireOpenssl(PKCS7_add_certificate(response.get(), &csca), failure);
    requireOpenssl(PKCS7_add_crl(response.get(), &crl), failure);
    return pemOf([&](BIO* bio) { return PEM_write_bio_PKCS7(bio, response.get()); });
}

// The first certificate that is not the CSCA's, and the CRL; both live as long as the response.
struct Response {
    Pkcs7Ptr file;
    X509* certificate = nullptr;
    X509_CRL* crl = nullptr;
};

Response decodeResponse(BytesView file, X509& csca) {
    Response response{Pkcs7Ptr(PEM_read_bio_PKCS7(bioOver(file).get(), nullptr, nullptr, nullptr))};
    ERR_clear_error();
    if (response.file && PKCS7_type_is_signed(response.file.get())) {
        const auto* const certificates = response.file->d.sign->cert;
        for (int index = 0; index < sk_X509_num(certificates); ++index) {
            X509* const certificate = sk_X509_value(certificates, index);
            response.certificate = X509_cmp(certificate, &csca) == 0 || response.certificate != nullptr
                                       ? response.certificate
                                       : certificate;
        }
        const auto* const crls = response.file->d.sign->crl;
        response.crl = sk_X509_CRL_num(crls) == 1 ? sk_X509_CRL_value(crls, 0) : nullptr;
    }
    if (response.certificate == nullptr || response.crl == nullptr) {
        throw MalformedData("The response is no CMS in PEM with a certificate and a CRL.");
    }
    return response;
}

void refuseUnless(bool condition, const std::string& defect) {
    if (!condition) {
        throw BadConfiguration("The certificate in the response " + defect + ".");
    }
}

// Which of the signers that were requested here the certificate is for.
SignerName requestedName(const fs::path& directory, const X509& certificate, const KeyStore& keys) {
    for (const auto& entry : fs::directory_iterator(directory)) {
        const std::string file = entry.path().stem().string();
        if (entry.path().extension() == ".key" && file.starts_with(requestedPrefix) &&
            X509_check_private_key(&certificate, keys.read(entry.path()).get()) == 1) {
            return SignerName::fromStem(file.substr(std::string_view(requestedPrefix).size()));
        }
    }
    ERR_clear_error();
    throw BadConfiguration("The certificate in the response is for no key that was requested here.");
}

bool isOfKind(const trust::Certificate& certificate, const SignerName& name) {
    switch (name.kind) {
    case SignerKind::DocumentSigner:
        return certificate.kind() == trust::CertificateKind::DocumentSigner;
    case SignerKind::MasterListSigner:
        return certificate.kind() == trust::CertificateKind::MasterListSigner;
    case SignerKind::DeviationListSigner:
        return certificate.kind() == trust::CertificateKind::DeviationListSigner;
    case SignerKind::SealSigner:
        break;
    }
    return trust::hasOnlyPurpose(*certificate.x509(), trust::barCodeSignerRole.purpose) &&
           commonNameOf(*X509_get_subject_name(certificate.x509())) == name.identifier;
}

// Everything that the online side can tell (Doc 9303-12, 7.1); the curve may be named, as in a legacy
// profile.
void checkCertificate(const SignerName& name, const Response& response, X509& csca,
                      std::chrono::sys_seconds now) {
    refuseUnless(isIssuedBy(*response.certificate, csca), "is not issued by the CSCA of this directory");
    const auto certificate = trust::Certificate::decode(encodeDer(*response.certificate));
    refuseUnless(isOfKind(certificate, name), "is not that of a " + name.fileStem());
    refuseUnless(certificate.notBefore() <= now && now <= certificate.notAfter(), "is not valid today");
    X509_REVOKED* entry = nullptr;
    refuseUnless(X509_CRL_verify(response.crl, X509_get0_pubkey(&csca)) == 1,
                 "comes with a CRL that the CSCA of this directory has not signed");
    refuseUnless(X509_CRL_get0_by_cert(response.crl, &entry, response.certificate) == 0, "is revoked");
    ERR_clear_error();
    const auto weaknesses = trust::findWeaknesses(*response.certificate);
    refuseUnless(weaknesses.empty(), "is weak: " + (weaknesses.empty() ? "" : weaknesses.front().text()));
}

} // namespace

Bytes requestSigner(const fs::path& directory, const SignerRequestOptions& options, const Clock& clock,
                    RandomSource& random, const KeyStore& keys) {
    const PkiFiles files = PkiFiles::existing(directory);
    const X509Ptr csca = readCertificate(files.cscaCertificate);
    PkiWorkshop workshop(directory);
    KeyLedger ledger(directory, clock, random, keys);
    ledger.settle();
    keys.requireLikeOthersIn(directory);
    const fs::path present = files.certificateOf(options.name);
    const bool isThere = fs::exists(present);
    const SignerKeyOptions key{
        .kind = isThere && options.key.empty()
                    ? KeyKind::nameOf(*X509_get0_pubkey(readCertificate(present).get()))
                    : options.key,
        .namedCurves = namesCurve(*csca),
        .token =
            isThere && options.token.empty() ? KeyStore::tokenOf(files.keyOf(options.name)) : options.token,
        .announce = ledger.announcement()};
    const EvpKey made = makeSignerKey(options.name, key, random, keys);
    keys.write(requestedKey(workshop.path(), options.name), *made);
    const fs::path former = requestedKey(directory, options.name);
    const std::string formerUri = fs::exists(former) ? KeyStore::tokenOf(former) : "";
    if (!formerUri.empty()) {
        ledger.announce(formerUri);
    }
    auto request = encodeRequest(trust::countryOf(*X509_get_subject_name(csca.get())), options.name, *made);
    workshop.commit();
    ledger.settle();
    return request;
}

CertifiedRequest certifySigner(const fs::path& directory, BytesView file, const std::string& documentType,
                               const Clock& clock, RandomSource& random, const KeyStore& keys) {
    PkiOptions options;
    options.documentType = documentType;
    checkOptions(options);
    const PkiFiles files = PkiFiles::existing(directory);
    const RequestPtr request = decodeRequest(file);
    const SignerName name = SignerName::fromStem(commonNameOf(*X509_REQ_get_subject_name(request.get())));
    EVP_PKEY& key = *X509_REQ_get0_pubkey(request.get());
    PkiWorkshop workshop(directory);
    const PkiFiles made(workshop.path());
    KeyLedger ledger(directory, clock, random, keys);
    ledger.settle();
    refuseKnownKey(directory, key);
    const auto authority = CountrySigningAuthority::load(files, keys);
    const auto now = clock();
    const int number = nextSignerNumber(files, name, now);
    const X509Ptr certificate =
        authority.certify({name, number, documentType}, key, PkiPolicy::read(files.policy), now, random);
    keepFormerSigner(files, made, name, ledger);
    writeFile(made.certificateOf(name), encodePem(*certificate));
    ledger.recordIssue(name.fileStem(), *certificate);
    workshop.commit();
    fs::remove(files.keyOf(name)); // of a former signer whose key was made on this side
    ledger.settle();
    return {name, number, encodeResponse(*certificate, *authority.self().certificate, *readCrl(files.crl))};
}

AcceptedSigner acceptSigner(const fs::path& directory, BytesView file, const Clock& clock,
                            RandomSource& random, const KeyStore& keys) {
    const PkiFiles files = PkiFiles::existing(directory);
    PkiWorkshop workshop(directory);
    const PkiFiles made(workshop.path());
    KeyLedger ledger(directory, clock, random, keys);
    const X509Ptr csca = readCertificate(files.cscaCertificate);
    const Response response = decodeResponse(file, *csca);
    const SignerName name = requestedName(directory, *response.certificate, keys);
    checkCertificate(name, response, *csca, clock());

    AcceptedSigner accepted{name, signerNumberIn(*response.certificate, name, "the response"),
                            name.kind == SignerKind::DocumentSigner && fs::exists(files.certificateOf(name))};
    const fs::path requested = requestedKey(directory, name);
    constexpr std::size_t maximumKeyFileSize = 65536;
    const SecretBytes key(readFile(requested, maximumKeyFileSize));
    writePrivateFile(accepted.ahead ? made.nextDocumentSignerKey() : made.keyOf(name), key.view());
    writeFile(accepted.ahead ? made.nextDocumentSigner() : made.certificateOf(name),
              encodePem(*response.certificate));
    if (accepted.ahead) {
        ledger.announceEnd(nextDocumentSignerStem);
    } else {
        keepFormerSigner(files, made, name, ledger);
    }
    if (!fs::exists(files.crl) || crlNumberOf(*response.crl) > crlNumberOf(*readCrl(files.crl))) {
        writeFile(made.crl, encodeDer(*response.crl));
    }
    workshop.commit();
    fs::remove(requested);
    ledger.settle();
    return accepted;
}

} // namespace cancuoc::personalization
