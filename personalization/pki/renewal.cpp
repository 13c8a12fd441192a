// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/renewal.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/pki/country_signing_authority.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/signer_number.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

// The next document signer by `authority`, and the former one's certificate under its number. Returns the
// number of the next.
int makeDocumentSigner(const CountrySigningAuthority& authority, const PkiFiles& files, const PkiFiles& made,
                       PkiOptions options, std::chrono::sys_seconds now, RandomSource& random,
                       const KeyStore& keys) {
    const X509Ptr former = readCertificate(files.documentSignerCertificate);
    const int number = signerNumberOf(*former, files.documentSignerCertificate);
    options.token = KeyStore::tokenOf(files.documentSignerKey);
    if (options.documentSignerKey.empty()) {
        options.documentSignerKey = KeyKind::nameOf(*X509_get0_pubkey(former.get()));
    }
    const auto signer = authority.issueDocumentSigner(options, number + 1, now, random, keys);
    keys.write(made.documentSignerKey, *signer.key);
    writeFile(made.documentSignerCertificate, encodePem(*signer.certificate));
    writeFile(made.formerDocumentSigner(number), encodePem(*former));
    return number + 1;
}

} // namespace

int renewDocumentSigner(const fs::path& directory, PkiOptions options, const Clock& clock,
                        RandomSource& random, const KeyStore& keys) {
    checkOptions(options);
    const PkiFiles files = PkiFiles::existing(directory);
    PkiWorkshop workshop(directory);
    const auto authority = CountrySigningAuthority::load(files, keys);
    options.namedCurves = authority.namesItsCurve();
    const int number =
        makeDocumentSigner(authority, files, PkiFiles(workshop.path()), options, clock(), random, keys);
    const auto formerKey = KeyStore::tokenOf(files.documentSignerKey);
    workshop.commit();
    keys.destroy(formerKey);
    return number;
}

RenewedAuthority renewCountrySigningAuthority(const fs::path& directory, PkiOptions options,
                                              const std::optional<std::string>& name, const Clock& clock,
                                              RandomSource& random, const KeyStore& keys) {
    const PkiFiles files = PkiFiles::existing(directory);
    PkiWorkshop workshop(directory);
    const PkiFiles made(workshop.path());
    const auto former = CountrySigningAuthority::load(files, keys);
    options.cscaName = name.value_or(former.commonName());
    options.namedCurves = former.namesItsCurve();
    options.token = KeyStore::tokenOf(files.cscaKey);
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
    writeFile(made.crl, encodeDer(*next.issueCrl(now, crlNumberOf(*crl) + 1, entriesOf(*crl))));
    const int documentSigner = makeDocumentSigner(next, files, made, options, now, random, keys);
    const std::string formerKeys[] = {options.token, KeyStore::tokenOf(files.documentSignerKey)};
    workshop.commit();
    for (const auto& formerKey : formerKeys) {
        keys.destroy(formerKey);
    }
    return {number, documentSigner};
}

} // namespace cancuoc::personalization
