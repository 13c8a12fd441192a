// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/renewal.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/pki/country_signing_authority.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/signer_issuance.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

const SignerName documentSignerName{SignerKind::DocumentSigner, ""};

} // namespace

int renewDocumentSigner(const fs::path& directory, const PkiOptions& options, const Clock& clock,
                        RandomSource& random, const KeyStore& keys) {
    checkOptions(options);
    const PkiFiles files = PkiFiles::existing(directory);
    PkiWorkshop workshop(directory);
    const PkiFiles made(workshop.path());
    const auto authority = CountrySigningAuthority::load(files, keys);
    const int number = makeNextSigner({authority, files, made, clock(), random, keys}, documentSignerName,
                                      options.documentSignerKey, options.documentType);
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
    options.policy = PkiPolicy::read(files.policy);
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
    const int documentSigner = makeNextSigner({next, files, made, now, random, keys}, documentSignerName,
                                              options.documentSignerKey, options.documentType);
    const std::string formerKeys[] = {options.token, KeyStore::tokenOf(files.documentSignerKey)};
    workshop.commit();
    for (const auto& formerKey : formerKeys) {
        keys.destroy(formerKey);
    }
    return {number, documentSigner};
}

} // namespace cancuoc::personalization
