// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/signer_issuance.hpp"

#include <algorithm>
#include <vector>

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

} // namespace

int nextSignerNumber(const PkiFiles& files, const SignerName& name, std::chrono::sys_seconds now) {
    if (name.kind == SignerKind::SealSigner) {
        return nextSealSignerNumber(files, now);
    }
    int last = 0;
    std::vector<fs::path> signers{files.certificateOf(name)};
    if (name.kind == SignerKind::DocumentSigner) {
        signers.push_back(files.nextDocumentSigner());
    }
    for (const auto& file : signers) {
        last = fs::exists(file) ? std::max(last, signerNumberOf(*readCertificate(file), file)) : last;
    }
    return last + 1;
}

void makeSigner(const IssuingWork& work, const SignerGrant& grant, const SignerKeyOptions& options,
                const fs::path& certificateFile, const fs::path& keyFile) {
    const auto signer = work.authority.issue(grant, options, PkiPolicy::read(work.files.policy), work.now,
                                             work.random, work.keys);
    work.keys.write(keyFile, *signer.key);
    writeFile(certificateFile, encodePem(*signer.certificate));
    work.ledger.recordIssue(grant.name.fileStem(), *signer.certificate);
}

SignerKeyOptions likePresentSigner(const IssuingWork& work, const SignerName& name, std::string keyKind) {
    const fs::path present = work.files.certificateOf(name);
    const bool isThere = fs::exists(present);
    if (isThere && keyKind.empty()) {
        keyKind = KeyKind::nameOf(*X509_get0_pubkey(readCertificate(present).get()));
    }
    return {std::move(keyKind), work.authority.namesItsCurve(),
            KeyStore::tokenOf(isThere ? work.files.keyOf(name) : work.files.cscaKey),
            work.ledger.announcement()};
}

void keepFormerSigner(const PkiFiles& files, const PkiFiles& made, const SignerName& name,
                      KeyLedger& ledger) {
    const fs::path present = files.certificateOf(name);
    if (fs::exists(present)) {
        const X509Ptr former = readCertificate(present);
        writeFile(made.formerCertificateOf(name, signerNumberIn(*former, name, present)), encodePem(*former));
        ledger.announceEnd(name.fileStem());
    }
}

int makeNextSigner(const IssuingWork& work, const SignerName& name, const std::string& keyKind,
                   const std::string& documentType) {
    const int number = nextSignerNumber(work.files, name, work.now);
    makeSigner(work, {name, number, documentType}, likePresentSigner(work, name, keyKind),
               work.made.certificateOf(name), work.made.keyOf(name));
    keepFormerSigner(work.files, work.made, name, work.ledger);
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
