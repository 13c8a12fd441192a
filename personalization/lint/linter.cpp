// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/linter.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "host/base/error.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trust/cv_certificate.hpp"
#include "host/trust/deviation_list.hpp"
#include "host/trust/master_list.hpp"
#include "host/trust/signing_role.hpp"
#include "personalization/lint/certificate_rules.hpp"
#include "personalization/lint/cv_certificate_rules.hpp"
#include "personalization/lint/deviation_list_rules.hpp"
#include "personalization/lint/master_list_rules.hpp"
#include "personalization/lint/revocation_list_rules.hpp"
#include "personalization/lint/seal_rules.hpp"
#include "personalization/lint/security_object_rules.hpp"
#include "qr/digital_seal.hpp"

namespace cancuoc::personalization::lint {

namespace {

constexpr std::uint8_t securityObjectFileTag = 0x77;
constexpr std::array<std::uint8_t, 2> cvCertificateTag{0x7F, 0x21};

const Rule& malformed() {
    static const Rule rule{"file.malformed", "Doc 9303-10, 4.6.2; 9303-12, 7, 9 and 10; 9303-13, 2",
                           Severity::Error,
                           "it cannot be read as a certificate, CRL, CV certificate, EF.SOD, master list, "
                           "deviation list or digital seal",
                           inEveryProfile};
    return rule;
}

/// One examination: the report as it grows.
class Examination {
public:
    explicit Examination(Profile profile) : profile_(profile) {}

    [[nodiscard]] Report examine(BytesView file);

private:
    void add(const std::string& where, const std::vector<const Rule*>& broken,
             const std::string& country = "");
    void addMalformed(const std::string& where) { add(where, {&malformed()}); }
    void addCertificate(const std::string& where, const trust::Certificate& certificate,
                        std::optional<CertificateRole> meant);
    void addCertificateFile(const std::string& where, BytesView der,
                            std::optional<CertificateRole> meant = std::nullopt);
    void addCertificatesInside(const lds::SignedData& data, CertificateRole signer,
                               const std::vector<Bytes>& known = {});

    void examineByKind(BytesView file);
    void examineSignedData(BytesView file);
    void examineMasterList(const lds::SignedData& data);
    void examineDeviationList(const lds::SignedData& data);
    void examineSecurityObject(BytesView file);
    void examineCvCertificate(BytesView file);
    void examineSeal(BytesView file);
    void examineX509(BytesView file);

    Profile profile_;
    Report report_{"unknown", 0, {}};
};

void Examination::add(const std::string& where, const std::vector<const Rule*>& broken,
                      const std::string& country) {
    for (const Rule* rule : broken) {
        report_.findings.push_back({where, country, rule});
    }
}

void Examination::addCertificate(const std::string& where, const trust::Certificate& certificate,
                                 std::optional<CertificateRole> meant) {
    ++report_.certificates;
    const bool isMeant = meant && !certificate.certificationAuthority();
    add(where, checkCertificate(certificate, profile_, isMeant ? meant : std::nullopt),
        certificate.country());
    add(where, checkOwnSignature(certificate), certificate.country());
}

// What cannot be read may say at least how it is written.
void Examination::addCertificateFile(const std::string& where, BytesView der,
                                     std::optional<CertificateRole> meant) {
    try {
        const auto certificate = trust::Certificate::decode(der);
        addCertificate(where.empty() ? where : where + " (" + certificate.subject() + ")", certificate,
                       meant);
    } catch (const MalformedData&) {
        ++report_.certificates;
        if (!der.empty() && der.front() == lds::asn1::sequence) {
            add(where, checkCertificateEncoding(der, profile_));
        }
        addMalformed(where);
    }
}

// Whose CA signs the signer may be inside as well; whoever is no CA is meant to be the signer.
void Examination::addCertificatesInside(const lds::SignedData& data, CertificateRole signer,
                                        const std::vector<Bytes>& known) {
    for (const auto& der : data.certificates()) {
        if (std::find(known.begin(), known.end(), der) == known.end()) {
            addCertificateFile("certificate inside", der, signer);
        }
    }
}

std::vector<Bytes> certificatesOn(const lds::SignedData& masterList) {
    try {
        return trust::MasterList::unverified(masterList).certificates;
    } catch (const MalformedData&) {
        return {}; // the rules of the list say so
    }
}

void Examination::examineMasterList(const lds::SignedData& data) {
    report_.kind = "master list";
    add("", checkMasterList(data, profile_));
    const auto certificates = certificatesOn(data);
    for (const auto& der : certificates) {
        addCertificateFile("certificate " + std::to_string(report_.certificates + 1), der);
    }
    const auto listed = report_.certificates;
    addCertificatesInside(data, CertificateRole::ListSigner, certificates);
    report_.certificates = listed;
}

void Examination::examineDeviationList(const lds::SignedData& data) {
    report_.kind = "deviation list";
    add("", checkDeviationList(data, profile_));
    addCertificatesInside(data, CertificateRole::ListSigner);
}

// By its type, and where that is none of the two by what is in it.
bool isDeviationList(const lds::SignedData& data) {
    const std::string type = data.contentType().toText();
    if (type == trust::masterListSignerRole.contentType ||
        type == trust::deviationListSignerRole.contentType) {
        return type == trust::deviationListSignerRole.contentType;
    }
    try {
        return !trust::readDeviations(data.content()).empty();
    } catch (const MalformedData&) {
        return false;
    }
}

void Examination::examineSignedData(BytesView file) {
    const auto data = lds::SignedData::decode(file);
    if (isDeviationList(data)) {
        examineDeviationList(data);
    } else {
        examineMasterList(data);
    }
}

void Examination::examineSecurityObject(BytesView file) {
    const auto securityObject = lds::SecurityObjectFile::decode(file);
    report_.kind = "EF.SOD";
    add("", checkSecurityObject(securityObject.signedData(), profile_));
    addCertificatesInside(securityObject.signedData(), CertificateRole::DocumentSigner);
}

void Examination::examineCvCertificate(BytesView file) {
    report_.kind = "CV certificate";
    const auto broken = checkCvCertificate(file, profile_);
    report_.certificates = 1;
    try {
        const auto certificate = trust::CvCertificate::decode(file);
        add("", broken, certificate.body().holderReference.substr(0, 2));
    } catch (const MalformedData&) {
        add("", broken);
        addMalformed("");
    }
}

void Examination::examineSeal(BytesView file) {
    report_.kind = "digital seal";
    add("", checkSeal(file, profile_));
    try {
        (void)qr::DigitalSeal::decode(file);
    } catch (const MalformedData&) {
        addMalformed("");
    }
}

std::optional<trust::CertificateRevocationList> asRevocationList(BytesView file) {
    try {
        return trust::CertificateRevocationList::decode(file);
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

void Examination::examineX509(BytesView file) {
    if (const auto list = asRevocationList(file)) {
        report_.kind = "CRL";
        add("", checkRevocationList(*list, profile_));
        return;
    }
    addCertificateFile("", file);
    const bool isRead = std::none_of(report_.findings.begin(), report_.findings.end(),
                                     [](const Finding& finding) { return finding.rule == &malformed(); });
    report_.kind = isRead ? "certificate" : report_.kind;
}

void Examination::examineByKind(BytesView file) {
    if (!file.empty() && file.front() == securityObjectFileTag) {
        examineSecurityObject(file);
    } else if (file.size() > 1 && file[0] == cvCertificateTag[0] && file[1] == cvCertificateTag[1]) {
        examineCvCertificate(file);
    } else if (qr::isDigitalSeal(file)) {
        examineSeal(file);
    } else if (trust::isSignedData(file)) {
        examineSignedData(file);
    } else {
        examineX509(file);
    }
}

Report Examination::examine(BytesView file) {
    try {
        examineByKind(file);
    } catch (const Error&) {
        return {"unknown", 0, {{"", "", &malformed()}}};
    }
    return std::move(report_);
}

} // namespace

bool Report::isConformant() const {
    return std::none_of(findings.begin(), findings.end(),
                        [](const Finding& finding) { return finding.rule->severity == Severity::Error; });
}

std::vector<const Rule*> everyRule() {
    std::vector<const Rule*> all{&malformed()};
    const auto ofCertificates = certificateRules();
    all.insert(all.end(), ofCertificates.begin(), ofCertificates.end());
    for (const auto* rules : {&revocationListRules(), &securityObjectRules(), &masterListRules(),
                              &deviationListRules(), &cvCertificateRules(), &sealRules()}) {
        std::transform(rules->begin(), rules->end(), std::back_inserter(all),
                       [](const Rule& rule) { return &rule; });
    }
    return all;
}

Report examine(BytesView file, Profile profile) {
    return Examination(profile).examine(file);
}

} // namespace cancuoc::personalization::lint
