// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/seal_signer.hpp"

#include "host/base/error.hpp"
#include "host/trust/x509.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/signer_check.hpp"
#include "personalization/pki/signer_issuance.hpp"

namespace cancuoc::personalization {

namespace fs = std::filesystem;

int renewSealSigner(const fs::path& directory, const std::string& identifier, const std::string& keyKind,
                    const Clock& clock, RandomSource& random, const KeyStore& keys) {
    const PkiFiles files = PkiFiles::existing(directory);
    const SignerName name = SignerName::fromStem("seal-signer-" + identifier);
    PkiWorkshop workshop(directory);
    const PkiFiles made(workshop.path());
    KeyLedger ledger(directory, clock, random, keys);
    ledger.settle();
    const auto authority = CountrySigningAuthority::load(files, keys);
    const int number =
        makeNextSigner({authority, files, made, clock(), random, keys, ledger}, name, keyKind, "");
    workshop.commit();
    ledger.settle();
    return number;
}

SealSigner SealSigner::load(const fs::path& directory, const std::string& identifier, const Clock& clock,
                            const KeyStore& keys) {
    PkiWorkshop::finishInterrupted(directory);
    const PkiFiles files = PkiFiles::existing(directory);
    const SignerName name = SignerName::fromStem("seal-signer-" + identifier);
    if (!fs::exists(files.certificateOf(name))) {
        throw BadConfiguration("There is no \"" + files.certificateOf(name).string() +
                               "\"; make it with \"cancuoc pki seal-signer DIR\".");
    }
    SealSigner signer{keys.read(files.keyOf(name)), readCertificate(files.certificateOf(name))};
    const X509Ptr csca = readCertificate(files.cscaCertificate);
    checkSigner(files, *csca, name, *signer.certificate, *signer.key);
    const auto from = trust::timeOf(*X509_get0_notBefore(signer.certificate.get()));
    const auto now = clock();
    if (now < from || now >= after(from, PkiPolicy::read(files.policy).sealSignerKeyUsage)) {
        throw BadConfiguration(
            "The seal signer's key may not sign today, its usage period is over or has not "
            "begun; make the next one with \"cancuoc pki seal-signer DIR\".");
    }
    return signer;
}

} // namespace cancuoc::personalization
