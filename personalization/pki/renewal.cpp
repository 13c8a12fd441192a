// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/renewal.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "personalization/pki/country_signing_authority.hpp"
#include "personalization/pki/issued_by.hpp"
#include "personalization/pki/key_ledger.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/signer_issuance.hpp"
#include "personalization/pki/signer_number.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

const SignerName documentSignerName{SignerKind::DocumentSigner, ""};

constexpr std::chrono::seconds patience{30};

// What it may sign, as the present one.
std::string documentTypeOf(const X509& certificate) {
    const auto types = trust::documentTypesOf(certificate);
    return types && !types->empty() ? types->front() : PkiOptions().documentType;
}

bool isRevoked(const PkiFiles& files, X509& certificate) {
    X509_REVOKED* entry = nullptr;
    return X509_CRL_get0_by_cert(readCrl(files.crl).get(), &entry, &certificate) != 0;
}

// The number of the document signer that is ready, where it may go on: certified by the CSCA's key of today
// after the present one, within the time of its key, and not revoked.
std::optional<int> preparedNumber(const PkiFiles& files, std::chrono::sys_seconds now) {
    if (!fs::exists(files.nextDocumentSigner()) || !fs::exists(files.nextDocumentSignerKey())) {
        return std::nullopt;
    }
    const X509Ptr next = readCertificate(files.nextDocumentSigner());
    const X509Ptr present = readCertificate(files.documentSignerCertificate);
    const int number = signerNumberOf(*next, files.nextDocumentSigner());
    const auto usage = trust::privateKeyUsagePeriodOf(*next);
    const bool mayGoOn = number > signerNumberOf(*present, files.documentSignerCertificate) &&
                         isIssuedBy(*next, *readCertificate(files.cscaCertificate)) && usage &&
                         usage->contains(now) && !isRevoked(files, *next);
    return mayGoOn ? std::optional(number) : std::nullopt;
}

void makeNext(const IssuingWork& work) {
    const X509Ptr present = readCertificate(work.files.documentSignerCertificate);
    work.ledger.announceEnd(nextDocumentSignerStem); // of one that will not do
    const int number = nextSignerNumber(work.files, documentSignerName, work.now);
    makeSigner(work, {documentSignerName, number, documentTypeOf(*present)},
               likePresentSigner(work, documentSignerName, ""), work.made.nextDocumentSigner(),
               work.made.nextDocumentSignerKey());
}

// Copies of the files of the document signer that is ready, under the names of the present one.
void putPreparedInPlace(const PkiFiles& files, const PkiFiles& made) {
    constexpr std::size_t maximumSize = 65536;
    const SecretBytes key(readFile(files.nextDocumentSignerKey(), maximumSize));
    writePrivateFile(made.documentSignerKey, key.view());
    writeFile(made.documentSignerCertificate, readFile(files.nextDocumentSigner(), maximumSize));
}

} // namespace

int prepareDocumentSigner(const fs::path& directory, const Clock& clock, RandomSource& random,
                          const KeyStore& keys) {
    const PkiFiles files = PkiFiles::existing(directory);
    PkiWorkshop workshop(directory, patience);
    KeyLedger ledger(directory, clock, random, keys);
    ledger.settle();
    if (!preparedNumber(files, clock())) {
        const PkiFiles made(workshop.path());
        const auto authority = CountrySigningAuthority::load(files, keys);
        makeNext({authority, files, made, clock(), random, keys, ledger});
        workshop.commit();
        ledger.settle();
    }
    static_cast<void>(keys.read(files.nextDocumentSignerKey()));
    return signerNumberOf(*readCertificate(files.nextDocumentSigner()), files.nextDocumentSigner());
}

int succeedDocumentSigner(const fs::path& directory, const Clock& clock, RandomSource& random,
                          const KeyStore& keys) {
    const PkiFiles files = PkiFiles::existing(directory);
    PkiWorkshop workshop(directory, patience);
    const PkiFiles made(workshop.path());
    KeyLedger ledger(directory, clock, random, keys);
    const auto prepared = preparedNumber(files, clock());
    if (!prepared) {
        const auto authority = CountrySigningAuthority::load(files, keys);
        const X509Ptr present = readCertificate(files.documentSignerCertificate);
        const int number = makeNextSigner({authority, files, made, clock(), random, keys, ledger},
                                          documentSignerName, "", documentTypeOf(*present));
        workshop.commit();
        return number;
    }
    putPreparedInPlace(files, made);
    const X509Ptr present = readCertificate(files.documentSignerCertificate);
    writeFile(made.formerDocumentSigner(signerNumberOf(*present, files.documentSignerCertificate)),
              encodePem(*present));
    ledger.announceEnd(documentSignerName.fileStem());
    workshop.commit();
    fs::remove(files.nextDocumentSigner());
    fs::remove(files.nextDocumentSignerKey());
    return *prepared;
}

void endUsedUpKeys(const fs::path& directory, const Clock& clock, RandomSource& random,
                   const KeyStore& keys) {
    static_cast<void>(PkiFiles::existing(directory));
    const PkiWorkshop workshop(directory, patience);
    KeyLedger(directory, clock, random, keys).settle();
}

int renewDocumentSigner(const fs::path& directory, const PkiOptions& options, const Clock& clock,
                        RandomSource& random, const KeyStore& keys) {
    checkOptions(options);
    const PkiFiles files = PkiFiles::existing(directory);
    PkiWorkshop workshop(directory);
    const PkiFiles made(workshop.path());
    KeyLedger ledger(directory, clock, random, keys);
    ledger.settle();
    const auto authority = CountrySigningAuthority::load(files, keys);
    const int number = makeNextSigner({authority, files, made, clock(), random, keys, ledger},
                                      documentSignerName, options.documentSignerKey, options.documentType);
    workshop.commit();
    ledger.settle();
    return number;
}

RenewedAuthority renewCountrySigningAuthority(const fs::path& directory, PkiOptions options,
                                              const std::optional<std::string>& name, const Clock& clock,
                                              RandomSource& random, const KeyStore& keys) {
    const PkiFiles files = PkiFiles::existing(directory);
    PkiWorkshop workshop(directory);
    const PkiFiles made(workshop.path());
    KeyLedger ledger(directory, clock, random, keys);
    ledger.settle();
    const auto former = CountrySigningAuthority::load(files, keys);
    options.cscaName = name.value_or(former.commonName());
    options.namedCurves = former.namesItsCurve();
    options.token = KeyStore::tokenOf(files.cscaKey);
    options.policy = PkiPolicy::read(files.policy);
    options.announce = ledger.announcement();
    if (options.cscaKey.empty()) {
        options.cscaKey = KeyKind::nameOf(*X509_get0_pubkey(former.self().certificate.get()));
    }
    checkOptions(options);

    const auto now = clock();
    const int number = files.formerCscas() + 2;
    const auto next = former.successor(options, now, random, keys);
    const X509CrlPtr crl = readCrl(files.crl);
    writeFile(made.cscaLink(number), encodePem(*former.issueLink(next, now, random)));
    writeFile(made.formerCsca(number - 1), encodePem(*former.self().certificate));
    keys.write(made.cscaKey, *next.self().key);
    writeFile(made.cscaCertificate, encodePem(*next.self().certificate));
    writeFile(made.crl, encodeDer(*next.issueCrl(now, crlNumberOf(*crl) + 1, entriesOf(*crl),
                                                 options.policy.crlPeriod)));
    const int documentSigner =
        makeNextSigner({next, files, made, now, random, keys, ledger}, documentSignerName,
                       options.documentSignerKey, options.documentType);
    ledger.announceEnd("csca");
    ledger.recordIssue("csca", *next.self().certificate);
    workshop.commit();
    ledger.settle();
    return {number, documentSigner};
}

} // namespace cancuoc::personalization
