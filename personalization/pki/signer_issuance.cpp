// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/signer_issuance.hpp"

#include <algorithm>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/trust/x509.hpp"
#include "personalization/pki/issued_by.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/signer_number.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

// Seal signers are numbered together: by the serial numbers of their certificates, which a CSCA never uses
// twice.
int nextSealSignerNumber(const PkiFiles& files, std::chrono::sys_seconds now) {
    constexpr int mostInAYear = 5;
    long last = 0;
    int inAYear = 0;
    for (const auto& entry : fs::directory_iterator(files.directory)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with("seal-signer-") && entry.path().extension() == ".pem") {
            const X509Ptr certificate = readCertificate(entry.path());
            last = std::max(last, ASN1_INTEGER_get(X509_get0_serialNumber(certificate.get())));
            inAYear +=
                after(trust::timeOf(*X509_get0_notBefore(certificate.get())), {std::chrono::years(1)}) > now
                    ? 1
                    : 0;
        }
    }
    if (inAYear >= mostInAYear) {
        throw BadConfiguration(
            "There are five new seal signers within a year already, as many as there may be "
            "(Doc 9303-12, 4.1.3).");
    }
    return static_cast<int>(last) + 1;
}

// Of the present signer of `name`, for the former one's file.
int presentNumber(const X509& certificate, const SignerName& name, const fs::path& file) {
    return name.kind == SignerKind::SealSigner
               ? static_cast<int>(ASN1_INTEGER_get(X509_get0_serialNumber(&certificate)))
               : signerNumberOf(certificate, file);
}

} // namespace

int nextSignerNumber(const PkiFiles& files, const SignerName& name, std::chrono::sys_seconds now) {
    if (name.kind == SignerKind::SealSigner) {
        return nextSealSignerNumber(files, now);
    }
    const fs::path present = files.certificateOf(name);
    return fs::exists(present) ? signerNumberOf(*readCertificate(present), present) + 1 : 1;
}

int makeNextSigner(const IssuingWork& work, const SignerName& name, std::string keyKind,
                   const std::string& documentType) {
    const fs::path present = work.files.certificateOf(name);
    const int number = nextSignerNumber(work.files, name, work.now);
    std::string token = KeyStore::tokenOf(work.files.cscaKey);
    if (fs::exists(present)) {
        const X509Ptr former = readCertificate(present);
        token = KeyStore::tokenOf(work.files.keyOf(name));
        if (keyKind.empty()) {
            keyKind = KeyKind::nameOf(*X509_get0_pubkey(former.get()));
        }
        writeFile(work.made.formerCertificateOf(name, presentNumber(*former, name, present)),
                  encodePem(*former));
    }
    const auto signer = work.authority.issue(
        {name, number, documentType}, {std::move(keyKind), work.authority.namesItsCurve(), std::move(token)},
        PkiPolicy::read(work.files.policy), work.now, work.random, work.keys);
    work.keys.write(work.made.keyOf(name), *signer.key);
    writeFile(work.made.certificateOf(name), encodePem(*signer.certificate));
    return number;
}

CertifiedKey presentOrNextSigner(const IssuingWork& work, const SignerName& name) {
    const fs::path file = work.files.certificateOf(name);
    if (fs::exists(file)) {
        CertifiedKey present{work.keys.read(work.files.keyOf(name)), readCertificate(file)};
        if (isIssuedBy(*present.certificate, *work.authority.self().certificate)) {
            return present;
        }
    }
    makeNextSigner(work, name, "", "");
    return {work.keys.read(work.made.keyOf(name)), readCertificate(work.made.certificateOf(name))};
}

} // namespace cancuoc::personalization
